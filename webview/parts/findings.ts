import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FindingView, Severity, SourceView } from '../../src/shared/views/finding.ts';
import { icon, type Tone } from './icon.ts';
import { foreign } from './text.ts';

const looks: Readonly<Record<Severity, { tone: Tone; icon: string; word: string }>> = {
  error: { tone: 'bad', icon: 'error', word: 'Error' },
  warning: { tone: 'warn', icon: 'warning', word: 'Warning' },
  note: { tone: 'info', icon: 'info', word: 'Note' },
};

/** What the extension has to say, each with its reason and its source; `actions` puts buttons under one. */
export function findingList<Finding extends FindingView>(
  findings: readonly Finding[],
  actions?: (finding: Finding) => TemplateResult | typeof nothing,
): TemplateResult {
  return html`<ul class="findings">
    ${findings.map((finding) => {
      const look = looks[finding.severity];
      return html`<li class="finding finding-${finding.severity}" data-code=${finding.code}>
        ${icon(look.icon, look.tone)}
        <div>
          <div class="finding-message">
            <span class="visually-hidden">${look.word}: </span>${foreign(finding.message)}
          </div>
          <div class="finding-reason">
            ${foreign(finding.reason)}${finding.source === undefined ? nothing : html` ${sourceLink(finding.source)}`}
          </div>
          ${actions?.(finding) ?? nothing}
        </div>
      </li>`;
    })}
  </ul>`;
}

/** Where a statement comes from; a link when we know its address. */
export function sourceLink(source: SourceView): TemplateResult {
  return source.url === undefined
    ? html`<span class="source">${source.text}</span>`
    : html`<a class="source" href=${source.url}>${source.text}</a>`;
}
