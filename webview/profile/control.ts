import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { noChange } from 'lit/html.js';
import type { Edits } from './edits.ts';

interface TextControl extends HTMLElement {
  value: string;
  readonly wrappedElement: HTMLInputElement;
  readonly updateComplete: Promise<boolean>;
}

interface ControlOptions {
  readonly value: string;
  readonly edits: Edits;
  readonly invalid: boolean;
  /** Ids of what is said beside the field. */
  readonly describedBy: readonly string[];
}

/**
 * Binds a `vscode-textfield`: its value is only set when it differs and never while something newer was typed, and the
 * input in its shadow tree is told what describes it, which ids cannot do from outside.
 */
class ControlDirective extends Directive {
  #element: TextControl | undefined;

  override render({ value, edits, invalid, describedBy }: ControlOptions): unknown {
    const element = this.#element;
    if (element === undefined) return noChange;
    const typing = document.activeElement === element && edits.behind;
    if (!typing && element.value !== value) element.value = value;
    void element.updateComplete.then(() => describe(element.wrappedElement, invalid, describedBy));
    return noChange;
  }

  override update(part: ElementPart, [options]: [ControlOptions]): unknown {
    this.#element = part.element as TextControl;
    return this.render(options);
  }
}

/** On a `vscode-textfield`. */
export const control = directive(ControlDirective);

function describe(input: HTMLInputElement, invalid: boolean, describedBy: readonly string[]): void {
  input.setAttribute('aria-invalid', String(invalid));
  input.spellcheck = false;
  const elements = describedBy.map((id) => document.getElementById(id)).filter((element) => element !== null);
  // Chromium below 135 cannot point out of a shadow tree: there the words themselves are handed over.
  if ('ariaDescribedByElements' in input) input.ariaDescribedByElements = elements;
  else (input as HTMLInputElement).setAttribute('aria-description', elements.map(words).join(' '));
}

function words(element: Element): string {
  return element.textContent.replace(/\s+/g, ' ').trim();
}
