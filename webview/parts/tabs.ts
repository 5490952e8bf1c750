import { html, nothing, type TemplateResult } from 'lit/html.js';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Shown small beside the label, such as a number of findings. */
  readonly count?: number;
}

/** Tabs over one panel, with the keys of the ARIA tabs pattern; `select` asks for another one. */
export function tabs<Id extends string>(
  label: string,
  list: readonly Tab<Id>[],
  selected: Id,
  select: (id: Id) => void,
  panel: TemplateResult,
): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -list.length, End: list.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = list.findIndex(({ id }) => id === selected);
    const wrapped = Math.abs(step) === 1 ? (from + step + list.length) % list.length : from + step;
    const next = list[Math.min(Math.max(wrapped, 0), list.length - 1)];
    if (next === undefined) return;
    document.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
    select(next.id);
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${onKey}>
      ${list.map(
        (tab) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${tab.id}"
            aria-selected=${tab.id === selected}
            aria-controls="panel"
            tabindex=${tab.id === selected ? 0 : -1}
            @click=${() => select(tab.id)}
          >
            ${tab.label}${
              tab.count === undefined || tab.count === 0
                ? nothing
                : html` <span class="count">${tab.count}</span>`
            }
          </button>`,
      )}
    </div>
    <div role="tabpanel" id="panel" aria-labelledby="tab-${selected}">${panel}</div>`;
}
