import type { FlowStepView, StepOutcome } from '../../shared/views/flowView.ts';
import { allGrants, exchangeWords } from '../grants/all.ts';
import type { ExchangeWords } from '../grants/grant.ts';
import type { Exchange } from '../record/exchange.ts';
import { route } from './lanes.ts';
import { mcpWords } from './mcpWords.ts';
import { requestView, responseView } from './message.ts';

const titles: Readonly<Record<string, string>> = {
  discovery: 'Read the server’s metadata',
  jwks: 'Read the server’s keys',
  authorization: 'Ask the user to sign in',
  par: 'Push the authorization request',
  redirect: 'Come back with the code',
  token: 'Ask for a token',
  refresh: 'Renew the token',
  device: 'Ask for a code to type',
  revocation: 'Revoke the token',
  introspection: 'Ask whether the token is active',
  userinfo: 'Ask who the user is',
  registration: 'Register the client',
  registered_client: 'Read, change or delete the registered client',
  sign_out: 'End the session at the server',
  api: 'Call the API',
};

/** Titles of purposes that mean something else in one kind of run. */
const runTitles: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = {
  sign_out: { authorization: 'End the session at the server', redirect: 'Come back after the sign-out' },
};

/**
 * One redacted exchange as a step of the flow.
 *
 * @param start when the flow began, in milliseconds since the epoch
 * @param original the exchange before it was redacted, by which a server's own ellipsis is told from a mask
 */
export function stepView(exchange: Exchange, start: number, original = exchange, run: string): FlowStepView {
  const { request, response, endedAt } = exchange;
  return {
    id: exchange.id,
    ...route(exchange, run),
    title: titleOf(exchange, run),
    requestLabel: `${request.method} ${pathOf(request.url)}`,
    ...(response && { responseLabel: `${response.status} ${response.statusText}`.trim() }),
    ...(!response && exchange.error && { responseLabel: exchange.error.code }),
    offset: exchange.startedAt - start,
    ...(endedAt !== undefined && { duration: endedAt - exchange.startedAt }),
    outcome: outcomeOf(exchange),
    request: requestView(request, original.request, grantWords(exchange, run)?.parameters),
    ...(response && { response: responseView(response, original.response) }),
    notes: notesOf(exchange),
  };
}

function titleOf(exchange: Exchange, run: string): string {
  if (exchange.ignored) return 'Ignored: not the expected redirect';
  const { purpose } = exchange;
  if (exchange.leg === 'loopback' && purpose === 'authorization')
    return 'Hand the browser over to the server';
  const words = mcpWords(exchange, run) ?? grantWords(exchange, run);
  return words?.title ?? runTitles[run]?.[purpose] ?? titles[purpose] ?? purpose;
}

/** How the exchange is described: by the grant whose type the request names, else by the run's own. */
function grantWords({ purpose, request }: Exchange, run: string): ExchangeWords | undefined {
  const grantType = new URLSearchParams(request.body ?? '').get('grant_type');
  const kind = allGrants.find((grant) => grant.grantType === grantType)?.id ?? run;
  return exchangeWords(purpose, kind) ?? exchangeWords(purpose, run);
}

function outcomeOf({ ignored, error, response, endedAt }: Exchange): StepOutcome {
  if (ignored) return 'ignored';
  if (error || (response && response.status >= 400)) return 'error';
  return endedAt === undefined ? 'pending' : 'ok';
}

function notesOf({ ignored, error, deviations, request: { certificate } }: Exchange): string[] {
  return [
    ...(certificate === undefined
      ? []
      : [
          `The connection shows the client certificate with x5t#S256 ${certificate} when the server asks for it. (RFC 8705 section 2)`,
        ]),
    ...(ignored ? [`Expected ${ignored.expected}.`, `Received ${ignored.received}.`] : []),
    ...(error ? [error.message] : []),
    ...deviations.map(({ message, source }) => `${message} (${source})`),
  ];
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname } = new URL(url);
  return pathname.length > 48 ? `${pathname.slice(0, 47)}…` : pathname;
}
