/** Make elements out of text, and change a page only where it differs. It knows no lessons. */
export function h(name, attributes = {}, ...parts) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, value);
    }
    element.append(...parts.filter(part => part !== null));
    return element;
}
/** Make `old` look like `wanted`, keeping the elements that have focus or were unfolded. */
export function morph(old, wanted) {
    // What somebody folded or unfolded stays so, until another step is the one to do.
    const keeps = old.getAttribute('data-now') === wanted.getAttribute('data-now');
    for (const { name } of [...old.attributes]) {
        if (!wanted.hasAttribute(name) && name !== 'open') {
            old.removeAttribute(name);
        }
    }
    for (const { name, value } of wanted.attributes) {
        if (old.getAttribute(name) !== value && !(name === 'open' && keeps)) {
            old.setAttribute(name, value);
        }
    }
    morphChildren(old, wanted);
}
function morphChildren(old, wanted) {
    const [there, parts] = [[...old.childNodes], [...wanted.childNodes]];
    parts.forEach((part, place) => {
        const mine = there[place];
        if (mine === undefined) {
            old.append(part);
        }
        else if (mine instanceof Element && part instanceof Element && same(mine, part)) {
            morph(mine, part);
        }
        else if (mine.nodeType !== Node.TEXT_NODE || part.nodeType !== Node.TEXT_NODE) {
            mine.replaceWith(part);
        }
        else if (mine.textContent !== part.textContent) {
            mine.textContent = part.textContent;
        }
    });
    there.slice(parts.length).forEach(node => {
        node.remove();
    });
}
function same(one, other) {
    return (one.tagName === other.tagName && one.getAttribute('data-key') === other.getAttribute('data-key'));
}
