import { hasRedirect } from '../profile/profile.ts';
import type { FlowStepView, MessageView } from '../../shared/views/flowView.ts';
import { decodeToken } from '../token/decode.ts';
import type { FlowReport } from '../record/report.ts';
import type { ExchangePurpose } from '../record/exchange.ts';
import { flowView } from './flowView.ts';
import { isVolatile, withoutIds } from './volatile.ts';

/**
 * A redacted run as text for comparing two runs, without what differs between any two runs.
 *
 * @param other the run it is compared with: reads that only one of them made, because the other had the answer cached, are left
 * out
 * @returns lines of `step`, `name: value`; the claims of the tokens at the end
 */
export function flowText(flow: FlowReport, other: FlowReport = flow): string {
  const unequal = keptPurposes.filter((purpose) => reads(flow, purpose) !== reads(other, purpose));
  const exchanges = flow.exchanges.filter(({ purpose }) => !unequal.includes(purpose));
  const { title, subtitle, summary, steps } = flowView({ state: 'ended', flow: { ...flow, exchanges } });
  const lines = [
    `${title}: ${subtitle}`,
    flow.outcome.kind === 'token' ? endings[flow.kind === 'api_call' ? 'api' : 'token'] : summary,
    '',
    ...steps.flatMap(stepLines),
    ...claimLines(flow),
    '',
  ];
  return withoutRandomAddresses(flow, withoutIds(lines.join('\n')));
}

/** A summary without its duration. */
const endings = { token: 'A token was issued.', api: 'The API answered.' } as const;

/** The purposes of what is read from a server once, and cached for later runs. */
const keptPurposes: readonly ExchangePurpose[] = ['discovery', 'jwks'];

function reads({ exchanges }: FlowReport, wanted: ExchangePurpose): boolean {
  return exchanges.some(({ purpose }) => purpose === wanted);
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

function claimLines({ kind, outcome }: FlowReport): string[] {
  if (outcome.kind !== 'token') return [];
  const { access_token, id_token, scope } = outcome.tokens;
  return [
    kind === 'api_call' ? '== The token that was sent' : '== What was issued',
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
  if (isVolatile(name)) return '(new in each run)';
  // Its parameters are listed one by one.
  return oneLine(name.toLowerCase() === 'location' ? value.replace(/[?#].*/s, '') : value);
}

/** Removes the listener's random port and one-time addresses, which differ anyway; a port that the profile names stays. */
function withoutRandomAddresses({ profile, exchanges }: FlowReport, text: string): string {
  if (!hasRedirect(profile)) return text;
  const fixed = new URL(profile.redirectUri);
  const ours = exchanges.filter(({ leg }) => leg === 'loopback');
  const hits = ours.map(({ request }) => request.url);
  const results = ours
    .flatMap(({ response }) => response?.headers ?? [])
    .filter(([name]) => name === 'location');
  const sent = exchanges.find(({ leg }) => leg === 'browser')?.request.url ?? '';
  const redirect = URL.canParse(sent) ? (new URL(sent).searchParams.get('redirect_uri') ?? '') : '';
  const urls = [redirect, ...hits].filter((url) => URL.canParse(url)).map((url) => new URL(url));
  const port = fixed.port === '' ? urls.find((url) => url.port !== '')?.port : undefined;
  const paths = [...urls.map(({ pathname }) => pathname), ...results.map(([, path]) => path)];
  const withoutPaths = paths
    .filter((path) => /^\/[\w-]{32}$/.test(path))
    .filter((path) => path !== fixed.pathname)
    .reduce((result, path) => result.replaceAll(path, '/<one-time address>'), text);
  return port === undefined
    ? withoutPaths
    : withoutPaths.replace(new RegExp(`(?::|%3A)${port}\\b`, 'g'), ':<port>');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
