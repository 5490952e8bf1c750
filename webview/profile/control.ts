import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import { noChange } from 'lit';
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
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('control() belongs on an element.');
  }

  override render(options: ControlOptions): unknown {
    // Nothing is rendered on its own; lit takes the arguments of update() from here.
    return options.invalid ? noChange : noChange;
  }

  override update(part: ElementPart, [options]: [ControlOptions]): unknown {
    const element = part.element as TextControl;
    const typing = document.activeElement === element && options.edits.behind;
    if (!typing && element.value !== options.value) element.value = options.value;
    void element.updateComplete.then(() => describe(element.wrappedElement, options));
    return noChange;
  }
}

export const control = directive(ControlDirective);

function describe(input: HTMLInputElement, { describedBy, invalid }: ControlOptions): void {
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
