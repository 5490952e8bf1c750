import type { TemplateResult } from 'lit/html.js';
import { iconButton } from './button.ts';

const shownFor = 1500;

/** Copies through the host (`onCopy` sends the intent) and shows for a moment that it did. */
export function copyButton(what: string, onCopy: () => void, iconName = 'copy'): TemplateResult {
  return iconButton(`Copy ${what}`, iconName, (event) => {
    onCopy();
    const target = event.currentTarget;
    if (!(target instanceof HTMLElement)) return;
    target.classList.add('copied');
    announce(`Copied ${what}.`);
    setTimeout(() => target.classList.remove('copied'), shownFor);
  });
}

/** Says something to screen readers without moving the focus. */
export function announce(sentence: string): void {
  let region = document.querySelector('#announcer');
  if (region === null) {
    region = document.createElement('div');
    region.id = 'announcer';
    region.className = 'visually-hidden';
    region.setAttribute('role', 'status');
    document.documentElement.append(region);
  }
  region.textContent = sentence;
}
