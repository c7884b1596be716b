/** What a panel shows, made from what the server said. It asks nobody and changes nothing. */
import { h } from './dom.js';
export function view(sight) {
    const { lesson } = sight;
    return h('div', { class: 'cwp-all' }, trouble(sight), ...(lesson === null ? nothingOpen(sight) : opened(lesson, sight)), doors(sight), h('h3', {}, 'All lessons'), h('ul', { class: 'cwp-lessons' }, ...sight.lessons.map(one => entry(one, sight))));
}
function trouble({ connected, lesson }) {
    const sentence = connected
        ? (lesson?.trouble ?? '')
        : 'The server does not answer. This panel goes on by itself when it is back.';
    const shown = sentence === '' ? {} : { class: 'cwp-trouble' };
    return h('p', { ...shown, 'data-key': 'trouble' }, sentence);
}
function nothingOpen({ connected, lessons }) {
    const sentence = lessons.length > 0 || !connected
        ? 'Open the notebook of a lesson, and its steps appear here.'
        : 'No workbook is in the folder of this server.';
    return [h('p', { 'data-key': 'nothing' }, sentence)];
}
function opened(lesson, sight) {
    return [
        h('h2', { 'data-key': 'question' }, lesson.question),
        h('p', { class: 'cwp-points', 'data-key': 'points' }, `${lesson.points} of ${lesson.out_of} points hold now${once(lesson, sight)}`),
        h('progress', {
            value: String(lesson.points),
            max: String(lesson.out_of),
            'aria-label': 'Points that hold now'
        }),
        h('ol', { class: 'cwp-steps', 'data-key': lesson.lesson }, ...lesson.steps.map(step => h('li', {}, stepView(step, lesson, sight)))),
        h('p', { class: 'cwp-note', 'data-key': 'note' }, 'Ticks here are feedback. The score comes from the checks in the notebook, and from grading.')
    ];
}
/** What held once counts in the list of all lessons: where it is more, both are told. */
function once({ lesson, points }, { lessons }) {
    const most = lessons.find(one => one.lesson === lesson)?.points ?? 0;
    return most > points ? `, ${most} held once` : '';
}
function stepView(step, lesson, sight) {
    const now = step.step === lesson.active;
    const failed = step.claims.find(claim => claim.verdict === 'failed' || claim.verdict === 'lost');
    const first = failed ?? step.claims.find(claim => claim.later !== undefined);
    return h('details', { 'data-now': now ? 'yes' : 'no', ...(now ? { open: '' } : {}) }, h('summary', {}, badge(step.mark, step.word, step.verdict), ` Step ${step.step}. ${step.title} – ${step.points} of ${step.out_of}`), h('ul', {}, ...step.claims.map(claim => claimView(claim, claim === first))), scored(step, sight), h('ol', { class: 'cwp-hints', 'aria-label': `Hints for step ${step.step}` }, ...step.hints.map(hint => h('li', {}, hint))), h('p', { class: 'cwp-buttons' }, hintButton(step), button('reset', step, 'Reset this step')));
}
/** The button stays when the ladder ends, so that focus does not get lost. */
function hintButton(step) {
    const left = step.hints_left > 0;
    const more = step.hints.length === 0 ? 'Hint' : 'One more hint';
    const made = button('hint', step, left ? more : 'No more hints');
    if (!left) {
        made.setAttribute('aria-disabled', 'true');
        made.removeAttribute('data-do');
    }
    return made;
}
function button(deed, { step }, label) {
    const name = `${label}: step ${step}`;
    return h('button', { type: 'button', 'data-do': deed, 'data-step': String(step), 'data-key': deed, 'aria-label': name }, label);
}
function badge(mark, word, verdict) {
    return h('span', { class: `cwp-badge cwp-${verdict}` }, h('span', { 'aria-hidden': 'true' }, mark), ` ${word}`);
}
/** Reasons are shown for what is to do first; what is lost again always says why. */
function claimView(claim, first) {
    const told = first || claim.verdict === 'lost' || claim.verdict === 'once' || claim.sorry;
    const rows = [
        ['found', claim.found],
        ['hint', first ? claim.hint : undefined],
        ['later', claim.later],
        ['sorry', claim.sorry]
    ];
    const there = told ? rows.filter(([, said]) => said !== undefined) : [];
    return h('li', {}, badge(claim.mark, claim.word, claim.verdict), ' ', h('span', {}, claim.sentence), there.length === 0
        ? null
        : h('dl', {}, ...there.flatMap(([label, said]) => [h('dt', {}, label), h('dd', {}, said ?? '')])));
}
/** Where the notebook's own check says something else, its word counts. */
function scored(step, { scores, reads }) {
    const score = scores.get(step.step);
    const same = score === step.points || (score === undefined && step.points === 0);
    const sentence = same || !reads ? '' : difference(score, step);
    return h('p', { class: 'cwp-scored', 'data-key': 'scored' }, sentence);
}
function difference(score, step) {
    if (score === undefined) {
        return 'Not checked in the notebook yet: run the check of this step to score it.';
    }
    const then = score < step.points ? ': run it again to score what holds now.' : ' until it runs again.';
    return `The check in the notebook says ${score} of ${step.out_of}, and that counts${then}`;
}
function doors({ lesson, lessons }) {
    const place = lessons.findIndex(one => one.lesson === lesson?.lesson);
    const next = place < 0 ? undefined : lessons[place + 1];
    return h('p', { class: 'cwp-buttons', 'data-key': 'doors' }, h('button', { type: 'button', 'data-do': 'map', 'data-key': 'map' }, 'Look at the map'), next === undefined
        ? null
        : h('button', { type: 'button', 'data-do': 'open', 'data-lesson': next.lesson, 'data-key': 'next' }, 'Open next lesson'));
}
function entry(one, { lesson }) {
    const here = one.lesson === lesson?.lesson ? { 'aria-current': 'true' } : {};
    return h('li', { 'data-key': one.lesson }, h('button', { type: 'button', class: 'cwp-link', 'data-do': 'open', 'data-lesson': one.lesson, ...here }, `${Number.parseInt(one.lesson, 10)}. ${one.question}`), h('span', {}, ` ${one.points} of ${one.out_of} points, ${one.state}`));
}
/** What has changed between two moments, in a sentence for those who do not see it. */
export function news(before, now) {
    if (before?.lesson !== now.lesson) {
        return '';
    }
    const said = now.trouble === before.trouble ? [] : [now.trouble || 'The engine answers again.'];
    now.steps.forEach((step, s) => {
        step.claims.forEach((claim, c) => {
            const was = before.steps[s]?.claims[c]?.verdict === 'held';
            if (was !== (claim.verdict === 'held')) {
                said.push(`${claim.word}: ${claim.sentence}.`);
            }
        });
    });
    return said.join(' ');
}
