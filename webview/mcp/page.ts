import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  McpClientView,
  McpFactView,
  McpFindingView,
  McpStepVerdict,
  McpStepView,
  McpViewIntent,
  McpViewModel,
} from '../../src/shared/views/mcpView.ts';
import { askLine } from '../parts/askLine.ts';
import { toneIcons } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { viewHeader } from '../parts/header.ts';
import { icon, type Tone } from '../parts/icon.ts';
import { keyValues } from '../parts/keyValues.ts';
import { section } from '../parts/section.ts';
import { foreign, longForeign } from '../parts/text.ts';
import type { Send } from '../view.ts';

type Sender = Send<McpViewIntent>;

/** The whole MCP view: what it comes to, each step with its evidence, what a sign-in will do, the tools. */
export function mcpPage(model: McpViewModel, send: Sender): TemplateResult {
  const { headline, url, steps, plan, needsClientId, tools, clients = [] } = model;
  return html`<main>
    ${viewHeader({
      icon: 'plug',
      title: 'Can a client connect to this MCP server?',
      subtitle: foreign(url),
      actions: actions(model, send),
    })}
    <p class="headline" role="status">
      ${icon(toneIcons[headline.tone], headline.tone)}<span>${foreign(headline.text)}</span>
    </p>
    ${
      steps.length === 0
        ? nothing
        : section(
            'What a client does',
            html`<ol class="walk">
              ${steps.map(walkStep)}
            </ol>`,
          )
    }
    ${needsClientId ? section('Client ID', clientId(send)) : nothing}
    ${
      plan === undefined || model.state === 'connected'
        ? nothing
        : section(
            'What “Sign in” will do',
            html`<ul class="plan">
              ${plan.map((line) => html`<li>${foreign(line)}</li>`)}
            </ul>`,
          )
    }
    ${clients.length === 0 ? nothing : section('Which client can connect?', clientList(clients))}
    ${tools === undefined ? nothing : section('Tools', toolList(tools), { count: tools.length })}
  </main>`;
}

function actions({ state, plan, steps, profile }: McpViewModel, send: Sender): TemplateResult[] {
  if (state === 'running') return [button('Cancel', () => send({ type: 'cancel' }), { icon: 'close' })];
  const signIn = button('Sign in', () => send({ type: 'signIn' }), {
    icon: 'account',
    primary: state !== 'connected',
  });
  return [
    ...(plan === undefined ? [] : [signIn]),
    button('Ask again', () => send({ type: 'again' }), { icon: 'refresh' }),
    ...(state === 'connected'
      ? [button('Show token', () => send({ type: 'showToken' }), { icon: 'key' })]
      : []),
    ...(profile === undefined
      ? []
      : [button('Edit profile', () => send({ type: 'editProfile' }), { icon: 'edit' })]),
    ...(steps.length === 0
      ? []
      : [
          button('Check', () => send({ type: 'check' }), { icon: 'beaker' }),
          button('Show flow', () => send({ type: 'showFlow' }), { icon: 'list-tree' }),
          button('Copy report', () => send({ type: 'copyReport' }), { icon: 'copy' }),
        ]),
  ];
}

const looks: Readonly<
  Record<McpStepVerdict, { readonly tone: Tone; readonly icon: string; readonly word: string }>
> = {
  ok: { tone: 'good', icon: 'pass-filled', word: 'as it should be' },
  note: { tone: 'info', icon: 'info', word: 'worth knowing' },
  warning: { tone: 'warn', icon: 'warning', word: 'keeps some clients out' },
  error: { tone: 'bad', icon: 'error', word: 'wrong' },
  open: { tone: 'neutral', icon: 'circle-outline', word: 'not done yet' },
};

function walkStep({ title, verdict, facts, findings }: McpStepView): TemplateResult {
  const look = looks[verdict];
  return html`<li class="step step-${verdict}">
    ${icon(look.icon, look.tone)}
    <div class="step-body">
      <h3>${foreign(title)} <span class="step-word">${look.word}</span></h3>
      ${findings.map(finding)} ${facts.length === 0 ? nothing : factList(facts, title)}
    </div>
  </li>`;
}

function clientList(clients: readonly McpClientView[]): TemplateResult {
  return html`<ul class="walk clients">
    ${clients.map(({ name, verdict, outcome, because, change, facts }) => {
      const look = looks[verdict];
      return html`<li class="step step-${verdict}">
        ${icon(look.icon, look.tone)}
        <div class="step-body">
          <h3>${name} <span class="step-word">${outcome}</span></h3>
          <p>${foreign(because)}</p>
          ${
            change === undefined
              ? nothing
              : html`<p class="advice"><strong>What to change:</strong> ${foreign(change)}</p>`
          }
          ${facts.map(
            ({ says, source, date }) =>
              html`<p class="muted">${says} <a href=${source}>${new URL(source).hostname}</a>, ${date}</p>`,
          )}
        </div>
      </li>`;
    })}
  </ul>`;
}

function finding({ severity, message, advice, source, compared }: McpFindingView): TemplateResult {
  return html`<div class="finding finding-${severity}">
    <p class="finding-message">
      <span class="visually-hidden">${severity}: </span>${foreign(message)}
      <span class="source">${source}</span>
    </p>
    ${compared.length === 0 ? nothing : factList(compared, 'What is compared')}
    <p class="advice"><strong>What to change:</strong> ${foreign(advice)}</p>
  </div>`;
}

function factList(facts: readonly McpFactView[], label: string): TemplateResult {
  return keyValues(
    facts.map(({ label: name, value }) => ({
      name: foreign(name),
      value: html`<span class="mono">${longForeign(value)}</span>`,
    })),
    label,
  );
}

function clientId(send: Sender): TemplateResult {
  const label =
    'Clients cannot register themselves here. Enter the client ID of one that was registered by hand:';
  return askLine({ label, action: 'Use it', icon: 'check', primary: true }, (clientId) =>
    send({ type: 'clientId', clientId }),
  );
}

function toolList(tools: NonNullable<McpViewModel['tools']>): TemplateResult {
  if (tools.length === 0) return html`<p class="muted">The server offers none to this token.</p>`;
  return keyValues(
    tools.map(({ name, description }) => ({
      name: html`<span class="mono">${foreign(name)}</span>`,
      value: description === '' ? html`<span class="muted">no description</span>` : longForeign(description),
    })),
    'Tools',
  );
}
