import type { ApiCall, ApiRequest } from '../api/callApi.ts';
import { maskJwts } from '../http/maskJwts.ts';
import { ofConnection } from '../http/ofConnection.ts';
import { redactExchange } from '../http/redact.ts';
import { replaceSecrets } from '../http/replaceSecrets.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { shorten } from '../http/plainText.ts';
import { isSecretHeader, isSecretName } from '../secretNames.ts';
import { FailureError } from '../record/failure.ts';
import type { Tool } from './tool.ts';
import { ToolError } from './toolError.ts';
import type { ToolInput } from './toolInput.ts';

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const longestUrl = 4000;
/** Characters of an answer's body that a model gets. */
const longestBody = 12_000;
/** Of what is read for that: more would be searched for secrets, and shown only where nearly all before it was one. */
const longestRead = 20 * longestBody;

/** `oauth_call_api`: one request with a profile's token, to hosts that the user agreed to. */
export const callApiTool: Tool = {
  inputs: ['profile', 'method', 'url', 'headers', 'body'],
  plan: (input, ports) => {
    const { name, ...profile } = input.profile(ports);
    const request = readRequest(input);
    const { origin, host } = new URL(request.url);
    const agreed = ports.agreed({ name, ...profile }).includes(origin);
    return {
      doing: `Sending ${request.method} to ${host} with the token of “${name}”`,
      question: {
        title: `Send this request with the token of “${name}”?`,
        text: `The access token of “${name}” is added by OAuth Explorer and goes to ${origin}. ${
          agreed
            ? 'You have agreed to that host before.'
            : 'You will be asked whether it may go to that host.'
        } The chat gets the answer, without the token. When there is no good token, one is fetched first, for which you may have to sign in.`,
        shown: shownRequest(request),
      },
    };
  },
  run: async (input, ports, signal) => {
    const profile = input.profile(ports);
    const request = readRequest(input);
    const answer = answerOf(await ports.send(profile, request, signal));
    return replaceSecrets(answer, await ports.secrets());
  },
};

/** @throws ToolError for anything that carries credentials, or cannot be sent */
function readRequest(input: ToolInput): ApiRequest {
  const method = (input.text('method') ?? 'GET').trim().toUpperCase();
  if (!methods.includes(method)) throw new ToolError(`method must be one of ${methods.join(', ')}.`);
  const body = input.text('body');
  if (body !== undefined && (method === 'GET' || method === 'HEAD'))
    throw new ToolError(`A ${method} request carries no body here. Leave body out, or use another method.`);
  return {
    method,
    url: readUrl(input.text('url')),
    headers: input.pairs('headers').map(readHeader),
    ...(body === undefined ? {} : { body: Uint8Array.from(Buffer.from(body)) }),
  };
}

function readUrl(text: string | undefined): string {
  const url = text?.trim() ?? '';
  if (url.length > longestUrl || !/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new ToolError(
      `url must be a full URL, such as https://api.example.com/orders, of at most ${longestUrl} characters.`,
    );
  try {
    secureUrl(url, 'api');
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    throw new ToolError(
      'A token goes over https only, or over http to this computer (127.0.0.1). Use an https address.',
    );
  }
  const { username, password, searchParams, hash } = new URL(url);
  const names = [...searchParams.keys(), ...new URLSearchParams(hash.slice(1)).keys()];
  if (username !== '' || password !== '' || names.some(isSecretName) || maskJwts(url) !== url)
    throw new ToolError(
      'The address carries credentials. Leave them out: OAuth Explorer adds the access token in the Authorization header.',
    );
  return new URL(url).href;
}

/** Fields that belong to whoever sends the request, besides those of the connection. */
const ours = /^(?:forwarded|x-forwarded-.*|x-http-method.*|x-method-override|proxy-.*|sec-.*)$/i;

function readHeader([name, value]: readonly [string, string]): readonly [string, string] {
  if (!/^[!#$%&'*+.^`|~\w-]{1,100}$/.test(name) || /[^\t\x20-\x7e]/.test(value))
    throw new ToolError(
      'A header has a name or a value that HTTP does not allow. Use visible ASCII characters.',
    );
  if (ofConnection.test(name) || ours.test(name))
    throw new ToolError(`The header ${name.toLowerCase()} cannot be set. Leave it out.`);
  const carries =
    isSecretHeader(name) || /^cookie2?$/i.test(name) || /\b(?:bearer|basic|dpop|digest)\s+\S/i.test(value);
  if (carries || maskJwts(value) !== value)
    throw new ToolError(
      'A header carries credentials. Leave it out: OAuth Explorer adds the access token itself, and other credentials are not sent.',
    );
  return [name, value];
}

function shownRequest({ method, url, headers, body }: ApiRequest): string {
  const text = body === undefined ? '' : shorten(Buffer.from(body).toString('utf8'), 4000);
  return [
    `${method} ${url}`,
    ...headers.map(([name, value]) => `${name}: ${shorten(value, 1000)}`),
    'Authorization: (the access token)',
    ...(text === '' ? [] : ['', ...text.split(/\r?\n/)]),
  ].join('\n');
}

function answerOf({ report, tokens, renewal }: ApiCall): string {
  const { outcome, exchanges } = report;
  const last = exchanges.at(-1);
  const failed = outcome.kind === 'failure' ? outcome.failure : undefined;
  if (last?.response === undefined)
    throw new ToolError(failed === undefined ? 'No answer came.' : `${failed.message} ${failed.advice}`);
  const known = [tokens, ...(renewal?.kind === 'token' ? [renewal.tokens] : [])].flatMap(
    ({ access_token, refresh_token = '', id_token = '' }) => [access_token, refresh_token, id_token],
  );
  const { body: whole } = last.response;
  const read = { ...last, response: { ...last.response, body: whole.slice(0, longestRead) } };
  const { status, statusText, headers, body } = redactExchange(read, known).response ?? read.response;
  const text = maskJwts(body);
  const leftOut = text.length - longestBody + whole.length - read.response.body.length;
  return [
    `HTTP ${status} ${statusText}`,
    ...headers
      .filter(([name]) => shownHeaders.test(name))
      .map(([name, value]) => `${name}: ${shorten(value, 500)}`),
    '',
    text.slice(0, longestBody),
    ...(leftOut > 0 ? [`(${leftOut} characters were left out.)`] : []),
    ...(failed === undefined ? [] : ['', `${failed.message} oauth_explain_failure says why.`]),
  ].join('\n');
}

const shownHeaders =
  /^(?:content-type|location|www-authenticate|retry-after|link|etag|allow|x-request-id|ratelimit.*|x-ratelimit.*)$/i;
