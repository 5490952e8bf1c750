import type { FlowStepView, MessageView } from '../../shared/views/flowView.ts';
import { decodeToken } from '../token/decode.ts';
import type { FlowReport } from '../flow/report.ts';
import { flowView } from './flowView.ts';

/** Parameters, header fields and claims that differ from run to run by their nature and say nothing about a change. */
const volatile = new Set([
  ...[
    'state',
    'nonce',
    'code',
    'code_challenge',
    'code_verifier',
    'session_state',
    'sid',
    'at_hash',
    'auth_time',
  ],
  ...[
    'jti',
    'iat',
    'exp',
    'nbf',
    'date',
    'etag',
    'x-request-id',
    'set-cookie',
    'cookie',
    'age',
    'expires_in',
  ],
  ...['access_token', 'id_token', 'refresh_token', 'authorization', 'content-length', 'uti', 'rat'],
]);

/**
 * A run as text in which only what matters changes from run to run: for comparing two of them side by side, redacted.
 *
 * @returns lines of `step`, `name: value`; claims of the tokens at the end.
 */
export function flowText(flow: FlowReport): string {
  const { title, subtitle, summary, steps } = flowView({ state: 'ended', flow });
  const withoutDuration = flow.outcome.kind === 'token' ? 'A token was issued.' : summary;
  const lines = [
    `${title}: ${subtitle}`,
    withoutDuration,
    '',
    ...steps.flatMap(stepLines),
    ...claimLines(flow),
    '',
  ];
  return withoutRandomPort(flow, lines.join('\n'));
}

function stepLines(step: FlowStepView): string[] {
  return [
    `== ${step.title}`,
    ...messageLines('>', step.request),
    ...(step.response ? messageLines('<', step.response) : []),
    ...step.notes.map((note) => `   ! ${oneLine(note)}`),
    '',
  ];
}

function messageLines(mark: string, { line, groups, body }: MessageView): string[] {
  return [
    `${mark} ${line}`,
    ...groups.flatMap(({ title, parameters }) => [
      `${mark}   ${title}`,
      ...parameters
        .map(({ name, value }) => `${mark}     ${name}: ${valueOf(name, value)}`)
        .sort((a, b) => (a < b ? -1 : 1)),
    ]),
    ...(body === undefined ? [] : body.split('\n').map((each) => `${mark}   ${each}`)),
  ];
}

function claimLines({ outcome }: FlowReport): string[] {
  if (outcome.kind !== 'token') return [];
  const { access_token, id_token, scope } = outcome.tokens;
  return [
    '== What was issued',
    `   scope of the response: ${scope ?? '(none: as asked for)'}`,
    ...tokenLines('access token', access_token),
    ...(id_token === undefined ? [] : tokenLines('ID token', id_token)),
  ];
}

function tokenLines(title: string, token: string): string[] {
  const { payload } = decodeToken(token);
  if (!payload?.json) return [`   ${title}: opaque, ${token.length} characters`];
  const claims = Object.entries(payload.json)
    .map(
      ([name, value]) =>
        `     ${name}: ${valueOf(name, typeof value === 'string' ? value : JSON.stringify(value))}`,
    )
    .sort((a, b) => (a < b ? -1 : 1));
  return [`   ${title}`, ...claims];
}

function valueOf(name: string, value: string): string {
  return volatile.has(name.toLowerCase()) ? '(new in each run)' : oneLine(value);
}

/** The listener's random port is no difference; one that the profile names is. */
function withoutRandomPort({ profile, exchanges }: FlowReport, text: string): string {
  if (profile.grant !== 'authorization_code' || new URL(profile.redirectUri).port !== '') return text;
  const hit = exchanges.find(({ leg }) => leg === 'loopback')?.request.url ?? '';
  const port = URL.canParse(hit) ? new URL(hit).port : '';
  return port === ''
    ? text
    : text.replaceAll(`:${port}/`, ':<port>/').replaceAll(`%3A${port}%2F`, ':<port>/');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
