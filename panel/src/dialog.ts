/** Dialogs: something to read, something to confirm. They know no lessons. */

import { h } from './dom.js';

/** Show sentences until they are closed. */
export function show(
  near: HTMLElement,
  title: string,
  sentences: string[],
  below: HTMLElement | null = null,
  after: () => void = () => undefined
): void {
  const dialog = open(near, title, sentences, below, [h('button', { autofocus: '', value: '' }, 'Close')]);
  dialog.addEventListener('close', after);
}

/** Whether somebody says yes; closing is no. */
export function confirm(
  near: HTMLElement,
  title: string,
  sentences: string[],
  yes: string,
  no: string
): Promise<boolean> {
  const buttons = [h('button', { value: 'yes' }, yes), h('button', { autofocus: '', value: '' }, no)];
  const dialog = open(near, title, sentences, null, buttons);
  return new Promise(answer => {
    dialog.addEventListener('close', () => {
      answer(dialog.returnValue === 'yes');
    });
  });
}

function open(
  near: HTMLElement,
  title: string,
  sentences: string[],
  below: HTMLElement | null,
  buttons: HTMLElement[]
): HTMLDialogElement {
  const dialog = h(
    'dialog',
    { class: 'cwp-dialog', 'aria-label': title },
    h('h2', {}, title),
    sentences.length === 0
      ? null
      : h('ul', {}, ...sentences.map(sentence => h('li', {}, sentence))),
    below,
    h('form', { method: 'dialog', class: 'cwp-buttons' }, ...buttons)
  ) as HTMLDialogElement;
  near.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  // JupyterLab has keys of its own; what is typed in a dialog is for the dialog.
  dialog.addEventListener('keydown', event => {
    event.stopPropagation();
  });
  dialog.showModal();
  return dialog;
}
