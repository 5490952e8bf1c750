import { html, type TemplateResult } from 'lit/html.js';
import { duration, relative } from '../../src/shared/duration.ts';

/** An element that is drawn anew every second while it is shown, and when its attributes change. */
export abstract class Ticking extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.draw();
    this.#timer = setInterval(() => this.draw(), 1000);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  attributeChangedCallback(): void {
    this.draw();
  }

  protected abstract draw(): void;
}

/** Keeps one sentence about a moment true: `at` in milliseconds since the epoch. */
class LiveTime extends Ticking {
  static readonly observedAttributes = ['at'];

  protected override draw(): void {
    const at = Number(this.getAttribute('at'));
    const left = at - Date.now();
    const past = this.getAttribute('past');
    const text =
      past === null
        ? this.hasAttribute('since')
          ? duration(Math.min(left, 0), true)
          : relative(at, Date.now())
        : left > 0
          ? `${this.getAttribute('future') ?? ''}${duration(left, true)}`
          : `${past}${duration(left, true)} ago`;
    if (this.textContent !== text) this.textContent = text;
    this.toggleAttribute('over', left <= 0);
  }
}
// Defining an element is what this module is for; the guard lets two entries share a page in tests.
if (customElements.get('oe-time') === undefined) customElements.define('oe-time', LiveTime);

/** `in 59 min 12 s` / `3 min ago`, ticking. */
export function liveTime(at: number): TemplateResult {
  return html`<oe-time at=${at}></oe-time>`;
}

/** `Valid for 59 min 12 s` until `at`, `Expired 3 min ago` after it, ticking. */
export function countdown(at: number, future: string, past: string): TemplateResult {
  return html`<oe-time at=${at} future="${future} " past="${past} "></oe-time>`;
}

/** `42 s` since `at`, ticking. */
export function since(at: number): TemplateResult {
  return html`<oe-time at=${at} since></oe-time>`;
}

/** A moment in the reader's own time zone and language, with the exact one as its tooltip. */
export function localTime(at: number): TemplateResult {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return html`<span>out of range</span>`;
  const text = date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  return html`<time datetime=${date.toISOString()} title=${date.toISOString()}>${text}</time>`;
}
