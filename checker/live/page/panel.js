/** A panel: takes in what the server says, and does what buttons ask. It knows no JupyterLab. */
import { h, morph } from './dom.js';
import { confirm, show } from './dialog.js';
import { news, view } from './view.js';
import { Wire } from './wire.js';
export class Panel {
    home;
    node;
    constructor(home) {
        this.home = home;
        this.sight = { connected: true, lesson: null, lessons: [], scores: new Map(), reads: home.reads };
        this.body = view(this.sight);
        this.status.setAttribute('role', 'status');
        this.node = h('section', { class: 'cwp', 'aria-label': 'Workbook', tabindex: '-1' }, this.body, this.status);
        this.node.addEventListener('click', event => {
            this.clicked(event);
        });
        this.wire = new Wire(home.socket, message => {
            this.take(message);
        }, connected => {
            this.see({ connected });
        });
    }
    /** Follow a lesson, by the path of its notebook or its name; anything else closes it. */
    follow(wanted) {
        this.wanted = wanted;
        const name = this.sight.lessons.find(one => one.path === wanted || one.lesson === wanted);
        const lesson = name?.lesson ?? '';
        if (lesson !== this.followed) {
            this.followed = lesson;
            this.see({ lesson: null, scores: new Map() });
            this.wire.say({ open: lesson });
        }
    }
    /** Take in what the notebook's checks say. */
    score(scores) {
        this.see({ scores });
    }
    close() {
        this.wire.close();
    }
    take(message) {
        if (message.about === 'lessons') {
            this.see({ lessons: message.lessons });
            this.follow(this.wanted);
        }
        else if (message.lesson === this.followed) {
            this.tell(news(this.sight.lesson, message));
            this.see({ lesson: message });
        }
    }
    see(change) {
        this.sight = { ...this.sight, ...change };
        morph(this.body, view(this.sight));
    }
    tell(sentence) {
        if (sentence !== '') {
            this.status.textContent = sentence;
        }
    }
    clicked(event) {
        const button = event.target instanceof Element ? event.target.closest('[data-do]') : null;
        if (button instanceof HTMLElement) {
            this.does(button.dataset).catch((fault) => {
                show(this.node, 'That did not work', [fault instanceof Error ? fault.message : String(fault)]);
            });
        }
    }
    async does({ do: deed, step, lesson }) {
        const path = `lessons/${this.followed}/steps/${step ?? ''}`;
        switch (deed) {
            case 'hint':
                await this.home.ask('POST', `${path}/hint`);
                break;
            case 'reset':
                await this.reset(path, step ?? '');
                break;
            case 'map':
                await this.map();
                break;
            case 'open': {
                const entry = this.sight.lessons.find(one => one.lesson === lesson);
                if (entry !== undefined) {
                    this.home.open(entry);
                }
            }
        }
    }
    /** Show what would go, ask, and do exactly that. */
    async reset(path, step) {
        const plan = (await this.home.ask('GET', `${path}/reset`));
        if (plan.empty) {
            show(this.node, `Reset step ${step}`, ['There is nothing to reset.']);
            return;
        }
        const title = `Reset step ${step}? This would:`;
        if (await confirm(this.node, title, plan.sentences, 'Reset this step', 'Change nothing')) {
            const done = (await this.home.ask('POST', `${path}/reset`, { plan: plan.plan }));
            const said = done.done.map(one => `${one.well ? '✓' : '✗'} ${one.sentence}`);
            show(this.node, `Step ${step} begins anew`, said);
        }
    }
    async map() {
        const found = (await this.home.ask('GET', 'map'));
        const address = URL.createObjectURL(new Blob([found.svg], { type: 'image/svg+xml' }));
        const picture = h('img', { src: address, alt: `Map of the engine: ${found.summary}` });
        const text = h('details', {}, h('summary', {}, 'The map as text'), h('pre', {}, found.text));
        show(this.node, 'What is on your engine', [], h('div', { class: 'cwp-map' }, picture, text), () => {
            URL.revokeObjectURL(address);
        });
    }
    sight;
    wanted = '';
    followed = '';
    body;
    status = h('p', { class: 'cwp-status' });
    wire;
}
