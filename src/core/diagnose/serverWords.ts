import type { Exchange } from '../record/exchange.ts';
import { redactExchange } from '../http/redact.ts';
import { replacersOf } from '../http/replaceSecrets.ts';
import { secretsIn } from '../http/secrets.ts';
import { unnamedError } from '../oauth/errorBody.ts';
import type { ServerWords } from './explanation.ts';
import type { Facts } from './facts.ts';
import { membersIn } from '../http/jsonDepth.ts';

/** Characters of a server's text that are kept. */
export const wordsLimit = 16_384;

/** What the server said, verbatim but for its length and for secrets it repeats; absent when no answer came. */
export function serverWords(facts: Facts): ServerWords | undefined {
  const { failure, exchange, exchanges, pkce } = facts;
  const oauth = failure.kind === 'oauth_error' ? failure.body : undefined;
  const secrets = [...secretsIn(exchanges.slice(-20)), ...(pkce ? [pkce.code_verifier] : [])];
  // What the browser got from our own listener is our page, and nothing that a server said.
  const theirs = exchange?.leg === 'loopback' ? undefined : exchange;
  const response = theirs && redactExchange(theirs, secrets).response;
  if (!oauth && !response) return undefined;
  const { all: replace } = replacersOf(secrets);
  const clean = (text: string) => replace(text.slice(0, wordsLimit));
  const body = oauth && inOwnWords(response?.body, oauth.error) ? undefined : response?.body;
  const failed = 'status' in failure && theirs === exchange ? failure.status : undefined;
  const status = response?.status ?? failed;
  const contentType = header(theirs, 'content-type')[0];
  const challenges = header(theirs, 'www-authenticate').slice(0, 10).map(clean);
  return {
    ...(status === undefined ? {} : { status }),
    ...(response ? { statusText: clean(response.statusText).slice(0, 200) } : {}),
    ...(oauth && isTheirs(oauth.error, response?.body) ? { error: clean(oauth.error) } : {}),
    ...(oauth?.error_description === undefined ? {} : { error_description: clean(oauth.error_description) }),
    ...(oauth?.error_uri === undefined ? {} : { error_uri: clean(oauth.error_uri) }),
    ...(body === undefined || body === '' ? {} : { body: clean(body) }),
    ...(body !== undefined && body.length >= wordsLimit ? { truncated: true as const } : {}),
    ...(contentType === undefined ? {} : { contentType: clean(contentType).slice(0, 200) }),
    ...(challenges.length > 0 ? { challenges } : {}),
  };
}

/** Whether the server gave its error this name: one without a name has got it here. */
function isTheirs(error: string, body: string | undefined): boolean {
  return error !== unnamedError || body === undefined || membersIn(body)['error'] === error;
}

/** Whether the body is the OAuth error itself, so that it says nothing more. @see RFC 6749 section 5.2 */
function inOwnWords(body: string | undefined, error: string): boolean {
  if (body === undefined || body.length > wordsLimit) return false;
  const members = membersIn(body);
  return members['error'] === error && Object.keys(members).every((name) => name.startsWith('error'));
}

function header(exchange: Exchange | undefined, name: string): readonly string[] {
  const headers = exchange?.response?.headers ?? [];
  return headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
}
