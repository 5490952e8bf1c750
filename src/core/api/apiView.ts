import { tokenFacts } from '../diagnose/tokenFacts.ts';
import type { Explanation } from '../diagnose/explanation.ts';
import { explanationView } from '../diagnose/failureView.ts';
import type { Profile } from '../profile/profile.ts';
import { headerValue, type Exchange } from '../record/exchange.ts';
import { mask } from '../http/mask.ts';
import { plainText } from '../http/plainText.ts';
import { redactExchange } from '../http/redact.ts';
import type { Obtained } from '../session/session.ts';
import type { ApiResponseView, ApiStepView, ApiViewModel } from '../../shared/views/apiView.ts';
import { bodyView } from './bodyView.ts';
import type { ApiCall } from './callApi.ts';
import { bearerHeader, sentTokenOf, tokenHeaderOf } from '../profile/tokenHeader.ts';

/** Makes the API view's model, in which only the last 6 characters of the request's token are shown. Pure. */
export function apiView(
  call: ApiCall,
  explanation: Explanation | undefined,
  state: { readonly notice?: ApiViewModel['notice']; readonly busy: boolean; readonly now?: Profile },
): ApiViewModel {
  const last = call.report.exchanges.at(-1);
  const sent = last && redactExchange(sentOf(last), [call.tokens.access_token]).request;
  const scopes = tokenFacts(call.tokens).scopes;
  return {
    method: plainText(call.request.method, 20),
    url: (sent?.url ?? call.url).slice(0, 2000),
    profile: call.report.profile.name,
    steps: steps(call),
    request: {
      headers: sent?.headers ?? [],
      ...(sent?.body === undefined ? {} : { body: sent.body.slice(0, 20_000) }),
    },
    busy: state.busy,
    ...(last?.response ? { response: responseView(last, last.response) } : {}),
    ...(scopes.length > 0 ? { scopes } : {}),
    ...(explanation ? { explanation: explanationView(explanation, state) } : {}),
    ...(state.notice ? { notice: state.notice } : {}),
  };
}

/** Leaves out the response, which may be 10 MiB, and is not to be searched on each redraw. */
function sentOf({ response: _, ...sent }: Exchange): Exchange {
  return sent;
}

function steps(call: ApiCall): readonly ApiStepView[] {
  const { report, request, renewal, url } = call;
  const { exchanges, outcome } = report;
  const host = URL.canParse(url) ? new URL(url).host : '';
  const told: ApiStepView[] = [];
  if (exchanges.length > 0) told.push({ tone: 'info', text: sentWith(call) });
  if (request.readAs !== undefined) told.push({ tone: 'info', text: readingOf(request.readAs, request) });
  const named = headerValue(request.headers, 'host');
  if (named !== undefined && named !== host && !/^https?:/i.test(named))
    told.push({
      tone: 'warn',
      text: `The Host header (${plainText(named, 100)}) was left out: the request went to ${host}.`,
    });
  if (renewal) told.push({ tone: 'warn', text: `${host} answered 401 to the first try.` }, renewed(renewal));
  if (outcome.kind === 'failure') told.push({ tone: 'bad', text: outcome.failure.message });
  return told;
}

/** Tells whose dialect the file was read in. A tool's default User-Agent is not imitated. @see RFC 9110 section 10.1.5 */
function readingOf(tool: string, { headers }: ApiCall['request']): string {
  const ours = headerValue(headers, 'user-agent') === undefined ? ', but sent with another User-Agent' : '';
  return `Read as ${tool} reads it${ours}.`;
}

/** Tells which token was sent, and in which header where that is not the usual one. */
function sentWith({ report: { profile }, tokens }: ApiCall): string {
  const token = sentTokenOf(profile, tokens) ?? '';
  const { name } = tokenHeaderOf(profile);
  const kind = profile.sentToken === 'id_token' ? 'id_token' : 'token';
  const where = name === bearerHeader.name ? '' : `, in the header ${name}`;
  return `Sent with the ${kind} ending in ${mask(token)}${where}.`;
}

function renewed(renewal: Obtained): ApiStepView {
  if (renewal.kind === 'token')
    return { tone: 'info', text: 'A new token was fetched and the request sent once more.' };
  const { message, advice } = renewal.failure;
  const text = `No new token came, so it was not sent again: ${plainText(message)} ${plainText(advice)}`;
  return { tone: 'bad', text, action: renewal.report ? 'explainRenewal' : 'getToken' };
}

function responseView(
  { startedAt, endedAt }: Exchange,
  { status, statusText, headers, body }: NonNullable<Exchange['response']>,
): ApiResponseView {
  const type = headerValue(headers, 'content-type') ?? '';
  return {
    status,
    statusText: plainText(statusText, 80),
    tone: status < 300 ? 'good' : status < 400 ? 'warn' : 'bad',
    milliseconds: Math.max(0, (endedAt ?? startedAt) - startedAt),
    headers: headers.slice(0, 200).map(([name, value]) => [name.slice(0, 200), value.slice(0, 4000)]),
    body: bodyView(body, type),
  };
}
