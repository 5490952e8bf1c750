import { render, type TemplateResult } from 'lit/html.js';
import type { FromView, ToView } from '../src/shared/messages.ts';
import { drawFirst } from './parts/late.ts';
import { baseStyles } from './styles.ts';
// What several views have goes with what all have.
import './parts/badge.ts';
import './parts/copyButton.ts';
import './parts/emptyState.ts';
import './parts/findings.ts';
import './parts/keyValues.ts';
import './parts/time.ts';

declare function acquireVsCodeApi(): {
  postMessage: (message: unknown) => void;
  /** What was set in an earlier page of the same tab. */
  getState: () => unknown;
  setState: (state: unknown) => void;
};

/** Sends what the user wants to the extension host. */
export type Send<Intent> = (intent: Intent) => void;

/** Draws a model; pure, called again for every model. */
export type Template<Model, Intent> = (model: Model, send: Send<Intent>) => TemplateResult;

/**
 * Starts a view: draws `template(model, send)` into the page, the model that the page brings with it and whatever the host sends.
 *
 * @returns draws the last model again.
 */
export function startView<Model, Intent>(
  template: Template<Model, Intent>,
  ...styles: readonly CSSStyleSheet[]
): () => void {
  const api = acquireVsCodeApi();
  const post = (message: FromView<Intent>) => api.postMessage(message);
  const send: Send<Intent> = (intent) => post({ type: 'intent', intent });
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, baseStyles, ...styles];
  let draw = (): void => undefined;
  const show = (model: Model, start = (all: () => void) => all()) => {
    draw = () => void render(template(model, send), document.body);
    start(() => draw());
  };
  window.addEventListener('message', ({ data }: MessageEvent<ToView<Model>>) => show(data.model));
  document.addEventListener('keydown', closeOnEscape);
  const ready = () => post({ type: 'ready' });
  const first = document.querySelector('#model')?.textContent;
  // A page that comes back is whole at once, as VS Code scrolls it to where it was.
  const comesBack = api.getState() !== undefined;
  api.setState(true);
  // The page is ready when it is painted: what the host has by then, such as a checked signature, would come before that.
  if (first) show(JSON.parse(first) as Model, comesBack ? undefined : (all) => drawFirst(all, ready));
  if (!first || comesBack) ready();
  return () => draw();
}

/** Escape closes what was opened around the focus; in a field it is the field's own, and nothing that was typed goes. */
function closeOnEscape(event: KeyboardEvent): void {
  const { target, key } = event;
  if (key !== 'Escape' || event.defaultPrevented || !(target instanceof Element)) return;
  if (target.matches('input, textarea')) return;
  const opened = target.closest('details[open]');
  if (opened === null) return;
  opened.removeAttribute('open');
  opened.querySelector('summary')?.focus();
}
