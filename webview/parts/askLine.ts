import { html, nothing, type TemplateResult } from 'lit/html.js';
import { button, type ButtonOptions } from './button.ts';

interface Asked extends ButtonOptions {
  readonly label: string;
  readonly placeholder?: string;
  /** What the button says; Enter does the same. */
  readonly action: string;
}

/** One line to type in; `take` is given what stands there, unless that is nothing. */
export function askLine(
  { label, placeholder, action, ...options }: Asked,
  take: (text: string) => void,
): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    const input = (event.currentTarget as Element).closest('form')?.querySelector('input');
    if (!input || input.value.trim() === '') return;
    take(input.value);
    input.value = '';
  };
  return html`<form class="ask-line" @submit=${submit}>
    <label
      >${label}<input type="text" placeholder=${placeholder ?? nothing} spellcheck="false" autocomplete="off"
    /></label>
    ${button(action, submit, options)}
  </form>`;
}
