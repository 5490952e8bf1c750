import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  DecodedTokenView,
  TokenAction,
  TokenTab,
  TokenViewIntent,
  TokenViewModel,
} from '../../src/shared/views/tokenView.ts';
import { badge } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { emptyState } from '../parts/emptyState.ts';
import { findingList } from '../parts/findings.ts';
import { viewHeader } from '../parts/header.ts';
import type { Tone } from '../parts/icon.ts';
import { folded } from '../parts/late.ts';
import { tabs, type Tab } from '../parts/tabs.ts';
import { foreign } from '../parts/text.ts';
import { countdown, liveTime } from '../parts/time.ts';
import type { Send } from '../view.ts';
import { responsePanel } from './response.ts';
import { answerSection, tokenPanel } from './token.ts';

/** The whole token view. */
export function tokenPage(model: TokenViewModel, send: Send<TokenViewIntent>): TemplateResult {
  return html`<main>
    ${viewHeader({
      icon: 'key',
      title: model.title,
      subtitle: subtitle(model),
      badges: badges(model),
      actions: actions(model, send),
    })}
    ${model.tokens.length === 0 ? nothingToShow(model) : tabbed(model, send)}
  </main>`;
}

function subtitle({ subtitle: text, receivedAt }: TokenViewModel): TemplateResult {
  return html`${foreign(text)}${receivedAt === undefined ? nothing : html` · received ${liveTime(receivedAt)}`}`;
}

function nothingToShow({ findings }: TokenViewModel): TemplateResult {
  return html`${emptyState({
    alone: true,
    icon: 'question',
    title: 'No token to show',
    text: 'A token, an Authorization header, a token response or a redirect URL can be decoded.',
  })}
  ${findingList(findings)}`;
}

function tabbed(model: TokenViewModel, send: Send<TokenViewIntent>): TemplateResult {
  const shown = model.tokens.find(({ slot }) => slot === model.tab);
  const panel =
    shown === undefined
      ? model.response === undefined
        ? html``
        : responsePanel(model.response, model.refreshTokenEnd, send)
      : html`${tokenPanel(shown, model, send)}
        ${(model.answers ?? []).filter(({ slot }) => slot === shown.slot).map(answerSection)}`;
  const list: Tab<TokenTab>[] = [
    ...model.tokens.map(({ slot, label, findings }) => ({ id: slot, label, count: findings.length })),
    ...(model.response === undefined ? [] : [{ id: 'response' as const, label: 'Response' }]),
  ];
  return list.length === 1
    ? panel
    : tabs('Tokens and response', list, model.tab, (tab) => send({ type: 'tab', tab }), panel);
}

function badges({ tokens, scopes, tab }: TokenViewModel): readonly TemplateResult[] {
  const [token] = tokens;
  if (token === undefined) return [];
  const there = tab === token.slot;
  const to = (part: string, content: TemplateResult) => (there ? jump(part, content) : content);
  return [
    ...lifeBadges(token).map((life) => to('s-claims', life)),
    to('s-signature', signatureBadge(token)),
    ...(scopes === undefined || scopes.tone === 'neutral'
      ? []
      : [
          to(
            's-scopes',
            badge(scopes.tone, scopes.tone === 'good' ? 'Scopes as asked for' : 'Scopes differ'),
          ),
        ]),
  ];
}

/** A badge that leads to what it speaks of. */
function jump(id: string, content: TemplateResult): TemplateResult {
  const go = () => {
    const heading = document.querySelector<HTMLElement>(`#${id}`);
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'start' });
  };
  return html`<button type="button" class="jump" @click=${go}>${content}</button>`;
}

function lifeBadges({
  lifetime: { expiresAt },
  kind,
  findings,
}: DecodedTokenView): readonly TemplateResult[] {
  if (kind === 'malformed') return [badge('bad', 'Malformed')];
  if (expiresAt === undefined) return [badge('neutral', 'Expiry unknown', 'watch')];
  const over = findings.some(({ code }) => code === 'expired');
  return [
    badge(over ? 'bad' : 'good', countdown(expiresAt, 'Expires in', 'Expired'), over ? 'error' : 'watch'),
  ];
}

const signatureTones: Readonly<Record<DecodedTokenView['signature']['state'], readonly [Tone, string]>> = {
  valid: ['good', 'verified-filled'],
  invalid: ['bad', 'error'],
  key_not_found: ['warn', 'warning'],
  checking: ['neutral', 'loading codicon-modifier-spin'],
  not_checked: ['neutral', 'circle-slash'],
  can_check: ['neutral', 'question'],
  none: ['neutral', 'circle-slash'],
};

/** The verdict on a signature. */
function signatureBadge({ signature }: DecodedTokenView): TemplateResult {
  const [tone, icon] = signatureTones[signature.state];
  return badge(tone, signature.title, icon);
}

const actionLooks: Readonly<Record<TokenAction, readonly [label: string, icon: string]>> = {
  insertBearer: ['Insert bearer token', 'insert'],
  getToken: ['Get new token', 'play'],
  refreshToken: ['Refresh', 'refresh'],
  introspectToken: ['Introspect', 'search'],
  userInfo: ['User info', 'person'],
  revokeToken: ['Revoke', 'trash'],
  signOut: ['Sign out', 'sign-out'],
  showFlow: ['Show flow', 'list-tree'],
  compareTokens: ['Compare…', 'diff'],
  settings: ['Edit profile', 'edit'],
};

function actions(model: TokenViewModel, send: Send<TokenViewIntent>): readonly TemplateResult[] {
  const own = model.actions.map((action, index) => {
    const [label, icon] = actionLooks[action];
    return button(label, () => send({ type: 'run', action }), { icon, primary: index === 0 });
  });
  const [token] = model.tokens;
  if (token === undefined) return own;
  const copy = button(
    `Copy ${token.label.replace(/^[AT]/, (letter) => letter.toLowerCase())}`,
    () => send({ type: 'copyToken', slot: token.slot }),
    {
      icon: 'copy',
    },
  );
  const asRequest = model.copiesAsHeader
    ? [
        button('Copy as header', () => send({ type: 'copyHeader' }), { icon: 'copy' }),
        button('Copy as curl', () => send({ type: 'copyCurl' }), { icon: 'terminal' }),
      ]
    : [];
  const [first, ...rest] = own;
  // At 320 px all of them fill five lines: what is done daily is at hand, the rest one press away.
  const more = [...asRequest, ...rest];
  return [...(first === undefined ? [] : [first]), copy, ...(more.length > 1 ? [moreActions(more)] : more)];
}

/** The lesser actions in one fold, as far as the keyboard and a screen reader are concerned a group with a name. */
function moreActions(actions: readonly TemplateResult[]): TemplateResult {
  return html`<details class="more-actions">
    <summary><span class="codicon codicon-chevron-right" aria-hidden="true"></span>More actions</summary>
    <div class="row" role="group" aria-label="More actions">${folded(() => html`${actions}`)}</div>
  </details>`;
}
