/** The panel as a page of its own, for front ends that have no sidebar. */
import { Panel } from './panel.js';
const { base = '/', xsrf = '' } = document.body.dataset;
const root = new URL(base, window.location.href);
async function ask(method, path, body) {
    const answer = await fetch(new URL(path, root), {
        method,
        headers: { 'X-XSRFToken': xsrf },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const told = (await answer.json());
    if (!answer.ok) {
        throw new Error(told.message ?? answer.statusText);
    }
    return told;
}
function follow(lesson) {
    window.location.hash = lesson;
    panel.follow(lesson);
}
const panel = new Panel({
    socket: () => new URL('live', root).href.replace(/^http/, 'ws'),
    ask,
    open: ({ lesson }) => {
        follow(lesson);
    },
    reads: false
});
document.querySelector('main')?.append(panel.node);
window.addEventListener('hashchange', () => {
    panel.follow(window.location.hash.slice(1));
});
panel.follow(window.location.hash.slice(1));
// The token in the address has done its work: the cookie stands for it now.
window.history.replaceState(null, '', `${window.location.pathname}${window.location.hash}`);
