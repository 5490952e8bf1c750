import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  ClaimView,
  DecodedTokenView,
  TokenAnswerView,
  TokenPart,
  TokenPartView,
  TokenViewIntent,
  TokenViewModel,
} from '../../src/shared/views/tokenView.ts';
import { button, iconButton } from '../parts/button.ts';
import { copyButton } from '../parts/copyButton.ts';
import { findingList, sourceLink } from '../parts/findings.ts';
import { keyValues, type KeyValue } from '../parts/keyValues.ts';
import { below, folded } from '../parts/late.ts';
import { moreRows } from '../parts/moreRows.ts';
import { fold, section } from '../parts/section.ts';
import { codeBlock, foreign, longForeign } from '../parts/text.ts';
import { liveTime, localTime } from '../parts/time.ts';
import type { Send } from '../view.ts';
import { lifeline } from './lifeline.ts';
import { scopeMatrix } from './scopes.ts';
import { signInSection } from './signIn.ts';

type TokenSend = Send<TokenViewIntent>;

/** One token: what is to be said about it, its scopes, claims, signature and header, and its text. */
export function tokenPanel(
  token: DecodedTokenView,
  { scopes, signIn }: Pick<TokenViewModel, 'scopes' | 'signIn'>,
  send: TokenSend,
): TemplateResult {
  const { slot, header, payload, findings } = token;
  return html`
    <p class="format">
      ${foreign(token.format)}
      <span class="muted">${token.length.toLocaleString()} characters, ending in </span
      ><code class="muted">${foreign(token.end)}</code>
    </p>
    ${lifeline(token.lifetime)} ${findings.length === 0 ? nothing : findingList(findings)}
    ${slot === 'access' && scopes !== undefined ? below(() => scopeMatrix(scopes)) : nothing}
    ${below(
      () =>
        html`${slot === 'access' ? signInSection(signIn) : nothing}${payload === undefined ? nothing : payloadSection(payload, token, send)}`,
    )}
    ${below(() => signatureSection(token, send))}
    ${header === undefined ? nothing : below(() => partSection('Header', header, token, 'header', send))}
    ${folded(() => folds(token))}
  `;
}

function folds(token: DecodedTokenView): TemplateResult {
  const { payload } = token;
  return html`<div class="folds">
    ${
      payload === undefined || payload.rows.length === 0
        ? nothing
        : fold('Payload as JSON', codeBlock(payload.text, 'Payload as JSON', Infinity), {
            hint: cutHint(payload.cut),
          })
    }
    ${fold('Encoded token', encoded(token))}
  </div>`;
}

function payloadSection(payload: TokenPartView, token: DecodedTokenView, send: TokenSend): TemplateResult {
  return payload.rows.length === 0
    ? section('Payload', codeBlock(payload.text, 'Payload'), {
        hint: 'Not a JSON object, so there are no claims to explain.',
        actions: copyPart(token, 'payload', send),
      })
    : partSection('Claims', payload, token, 'payload', send);
}

function partSection(
  title: string,
  part: TokenPartView,
  token: DecodedTokenView,
  name: TokenPart,
  send: TokenSend,
): TemplateResult {
  const copy = (claim: string) => send({ type: 'copyClaim', slot: token.slot, part: name, name: claim });
  const copyPath =
    name === 'payload' ? (claim: string) => send({ type: 'copyPath', name: claim }) : undefined;
  const content =
    part.rows.length === 0
      ? codeBlock(part.text, title)
      : moreRows({
          noun: name === 'payload' ? 'claims' : 'parameters',
          rows: part.rows,
          later: part.later ?? 0,
          textOf: ({ name: claim, value, meaning }) => `${claim} ${value} ${meaning ?? ''}`,
          draw: (some, rest) =>
            keyValues(
              claimRows(some, copy, copyPath),
              rest ? `More ${title.toLowerCase()}` : `${title} of the ${token.label}`,
            ),
        });
  return section(title, html`${content}${leftOut(part.more)}`, {
    count: part.rows.length + (part.later ?? 0) + part.more,
    actions: copyPart(token, name, send),
  });
}

function copyPart({ slot, label }: DecodedTokenView, part: TokenPart, send: TokenSend): TemplateResult {
  return html`${iconButton(`Open the ${part} of the ${label} in an editor`, 'go-to-file', () =>
    send({ type: 'openPart', slot, part }),
  )}${copyButton(`the ${part} of the ${label} as JSON`, () => send({ type: 'copyPart', slot, part }))}`;
}

function leftOut(more: number): TemplateResult | typeof nothing {
  return more === 0
    ? nothing
    : html`<p class="muted">… and ${more.toLocaleString()} more: copy the part as JSON to see all.</p>`;
}

/** What the server said of the token or its user when it was asked. */
export function answerSection({ title, meaning, at, rows }: TokenAnswerView): TemplateResult {
  return section(
    title,
    html`<p>${foreign(meaning)} <span class="muted">(${liveTime(at)})</span></p>
      ${rows.length === 0 ? nothing : keyValues(claimRows(rows), title)}`,
    rows.length === 0 ? {} : { count: rows.length },
  );
}

/** How a member of an answer stands to the token, before what it means. */
function comparison({ compared, inToken = '' }: ClaimView): TemplateResult | typeof nothing {
  switch (compared) {
    case 'same':
      return html`As in the token. `;
    case 'only_here':
      return html`Not in the token. `;
    case 'differs':
      return html`<strong>Differs: the token says ${longForeign(inToken, 200)}.</strong> `;
    default:
      return nothing;
  }
}

/** Claims, header parameters or response members as rows, each with its meaning and a copy button. */
export function claimRows(
  claims: readonly ClaimView[],
  copy?: (name: string) => void,
  copyPath?: (name: string) => void,
): readonly KeyValue[] {
  return claims.map((claim) => ({
    name: html`<code>${longForeign(claim.name, 80)}</code>`,
    value: claimValue(claim),
    ...((claim.meaning !== undefined || claim.compared !== undefined) && {
      note: html`${comparison(claim)}${claim.meaning ?? nothing} ${source(claim)}`,
    }),
    action: html`${
      copyPath === undefined
        ? nothing
        : copyButton(`the path of ${claim.name.slice(0, 80)}`, () => copyPath(claim.name), 'symbol-field')
    }${
      copy === undefined
        ? nothing
        : copyButton(`the value of ${claim.name.slice(0, 80)}`, () => copy(claim.name))
    }`,
  }));
}

function source({ source: from }: ClaimView): TemplateResult | typeof nothing {
  return from === undefined ? nothing : sourceLink(from);
}

function claimValue({ kind, value, at, cut }: ClaimView): TemplateResult {
  if (kind === 'time' && at !== undefined)
    return html`<span class="moment">${localTime(at)}</span> <span class="muted">(${liveTime(at)})</span>
      <code class="muted raw-time">${foreign(value)}</code>`;
  return html`<div class="claim-value ${kind} mono">
    ${value === '' ? html`<span class="muted">(empty)</span>` : longForeign(value)}${
      cut === undefined
        ? nothing
        : html`<span class="muted"> … ${cut.toLocaleString()} more characters: copy to see all</span>`
    }
  </div>`;
}

function signatureSection(token: DecodedTokenView, send: TokenSend): TemplateResult {
  const { state, title, detail, source: from } = token.signature;
  return section(
    'Signature',
    html`<div class="signature" aria-live="polite">
      <p><strong>${title}.</strong> ${foreign(detail)} ${from === undefined ? nothing : sourceLink(from)}</p>
      ${
        state === 'can_check' || state === 'key_not_found'
          ? button('Check signature', () => send({ type: 'checkSignature', slot: token.slot }), {
              icon: 'verified',
            })
          : nothing
      }
    </div>`,
  );
}

const partNames = ['header', 'payload', 'signature'];
const encryptedNames = ['header', 'encrypted key', 'initialization vector', 'ciphertext', 'tag'];

function encoded({ encoded: parts, kind }: DecodedTokenView): TemplateResult {
  const names = kind === 'jwe' ? encryptedNames : partNames;
  return html`<pre class="encoded" tabindex="0" role="region" aria-label="Encoded token">
${parts.map(
  (part, index) =>
    html`${index === 0 ? nothing : html`<span class="dot">.</span>`}<span
        class="part-${index % 3}"
        title=${parts.length > 1 ? (names[index] ?? '') : ''}
        >${foreign(part)}</span
      >`,
)}</pre>`;
}

function cutHint(cut: number | undefined): string {
  return cut === undefined ? '' : `${cut.toLocaleString()} more characters: copy the payload to see all.`;
}
