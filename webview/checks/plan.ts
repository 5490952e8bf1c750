import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type {
  ChecksPlanView,
  ChecksViewIntent,
  PlannedAreaView,
  PlannedCheckView,
} from '../../src/shared/views/checksView.ts';
import { icon } from '../parts/icon.ts';
import { disclosure } from '../parts/section.ts';
import type { Send } from '../view.ts';

type Sender = Send<ChecksViewIntent>;

/** What will be done, to choose from; nothing has been sent yet. */
export function planPart({ areas, signIn, cost }: ChecksPlanView, send: Sender): TemplateResult {
  return html`<p class="cost" role="status">${cost}</p>
    ${
      signIn === undefined
        ? nothing
        : html`<label class="choice sign-in">
            <input
              type="checkbox"
              .checked=${live(signIn)}
              @change=${changed((wanted) => send({ type: 'signIn', wanted }))}
            />
            <span
              >Let the browser open and sign you in<br /><span class="muted"
                >Without it, only what needs no sign-in is checked.</span
              ></span
            >
          </label>`
    }
    ${areas.map((area) => planArea(area, send))}`;
}

function planArea({ id, title, chosen, all, some, checks }: PlannedAreaView, send: Sender): TemplateResult {
  const open = checks.filter(({ notApplicable }) => notApplicable === undefined);
  const off = checks.filter(({ notApplicable }) => notApplicable !== undefined);
  return html`<fieldset>
    <legend>
      <label class="choice">
        <input
          type="checkbox"
          .checked=${live(all)}
          .indeterminate=${live(some && !all)}
          ?disabled=${chosen === 'not applicable'}
          @change=${changed((value) => send({ type: 'chooseArea', area: id, chosen: value }))}
        />
        <span class="area">${title} <span class="count">${chosen}</span></span>
      </label>
    </legend>
    ${open.length === 0 ? nothing : planList(open, send)}
    ${
      off.length === 0
        ? nothing
        : disclosure(`${off.length} ${off.length === 1 ? 'does' : 'do'} not apply`, planList(off, send))
    }
  </fieldset>`;
}

function planList(checks: readonly PlannedCheckView[], send: Sender): TemplateResult {
  return html`<ul class="plan">
    ${checks.map((check) => html`<li>${planCheck(check, send)}</li>`)}
  </ul>`;
}

function planCheck(check: PlannedCheckView, send: Sender): TemplateResult {
  const { id, title, tries, chosen, notApplicable, caution, cost } = check;
  const box = `c-${id}`;
  return html`<div class="choice ${notApplicable === undefined ? '' : 'off'}">
    <input
      type="checkbox"
      id=${box}
      aria-describedby="${box}-more"
      .checked=${live(chosen)}
      ?disabled=${notApplicable !== undefined}
      @change=${changed((value) => send({ type: 'choose', id, chosen: value }))}
    />
    <div>
      <label for=${box}>${title}</label>
      <div id="${box}-more" class="muted">
        ${notApplicable ?? html`${tries} ${cost === '' ? nothing : html`<span class="price">(${cost})</span>`}`}
        ${
          caution === undefined || notApplicable !== undefined
            ? nothing
            : html`<div class="caution">${icon('warning', 'warn')}<span>${caution}</span></div>`
        }
      </div>
    </div>
  </div>`;
}

function changed(tell: (checked: boolean) => void): (event: Event) => void {
  return ({ currentTarget }) => {
    if (currentTarget instanceof HTMLInputElement) tell(currentTarget.checked);
  };
}
