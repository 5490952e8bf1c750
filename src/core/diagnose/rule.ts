import { endedHere, provedItself, provesClient } from './asked.ts';
import type { Cause } from './explanation.ts';
import type { Facts } from './facts.ts';
import { errorMeaning } from './meanings.ts';
import { wantedProof } from './otherProof.ts';
import { sentParameters } from './sentParameters.ts';
import { worked } from './worked.ts';

/** Looks at the facts for one kind of cause; none found is an empty list. Never throws. */
export type Rule = (facts: Facts) => readonly Cause[];

/** Whether the server said `code`, or one of several, as its error or in its words. */
export function said(facts: Facts, ...codes: readonly string[]): boolean {
  const { error, inner } = facts;
  return [error?.toLowerCase().replaceAll('-', '_'), inner].some(
    (code) => code !== undefined && codes.includes(code),
  );
}

/** Whether the token endpoint or the authorization endpoint answered with an OAuth error or an error status. */
export function wasRefused(facts: Facts): boolean {
  const { failure } = facts;
  const asked = [...provesClient, 'authorization', 'redirect', 'sign_out'].includes(failure.step);
  return asked && !endedHere(facts) && (failure.kind === 'oauth_error' || failure.kind === 'http_error');
}

/** Whether it is the client's credentials that were refused, as far as the answer tells. */
export function clientRefused(facts: Facts): boolean {
  const { failure, status } = facts;
  if (!provedItself(facts)) return false;
  return (
    said(facts, ...clientErrors) ||
    (status === 401 && failure.kind !== 'network' && !said(facts, ...otherErrors)) ||
    /client[ _-]?(secret|authentication)|(invalid|bad|wrong|incorrect) client/i.test(
      withoutLists(facts.words.slice(0, 2000)),
    )
  );
}

/** Words without what only lists the names of parameters, of which one may be missing. */
function withoutLists(words: string): string {
  return words.replaceAll(/\b[a-z_]+(?:, ?(?:and |or )?[a-z_]+){2,}\b/g, '');
}

/** Whether the answer says nothing at all, as some servers refuse wrong credentials, codes and refresh tokens. */
export function refusedSilently({ failure, exchange, error }: Facts): boolean {
  return (
    (failure.step === 'token' || failure.step === 'refresh') &&
    failure.kind === 'http_error' &&
    error === undefined &&
    [400, 401, 403].includes(failure.status) &&
    (exchange?.response?.body ?? '').trim() === ''
  );
}

/**
 * How likely it is that the client's credentials were refused: `told`, or `possible` when the answer says nothing, or
 * says `unauthorized_client` without a word about the grant, as servers do for a wrong secret. Credentials that worked in
 * this session are only doubted when the server says so.
 */
export function clientDoubt(facts: Facts): 'told' | 'possible' | undefined {
  const { words } = facts;
  // What the server wants is something else than the credentials it got.
  const other = wantedProof(facts);
  if (other?.told === true && !other.sent) return undefined;
  if (refusedSilently(facts)) return worked(facts).client ? undefined : 'possible';
  if (clientRefused(facts)) return 'told';
  if (!provedItself(facts)) return undefined;
  const unclear =
    (said(facts, 'unauthorized_client') &&
      !/grant|flow|scope|service account|this method/i.test(words.slice(0, 2000))) ||
    findsNothing(facts) ||
    codeAloneRefused(facts);
  return unclear && !worked(facts).client ? 'possible' : undefined;
}

/** Whether a code exchange is answered with invalid_grant alone: some servers say so of a wrong secret, too. */
export function codeAloneRefused(facts: Facts): boolean {
  const { failure, exchange } = facts;
  if (failure.kind !== 'oauth_error' || failure.step !== 'token' || !said(facts, 'invalid_grant'))
    return false;
  const sent = exchange !== undefined && sentParameters(exchange).has('code');
  return sent && failure.body.error_description === undefined;
}

/**
 * Whether the token endpoint itself answers with status 404: it has an error of its own and describes it, and what it did not
 * find is something that was sent.
 */
export function findsNothing({ failure, status }: Facts): boolean {
  if (failure.kind !== 'oauth_error' || status !== 404) return false;
  const { error, error_description: description } = failure.body;
  return (
    description !== undefined &&
    !/^not found\W*$/i.test(description) &&
    errorMeaning(error, failure.step) === undefined &&
    !/not[ _-]?found|no such|not exist|unable to find/i.test(error)
  );
}

/** What some servers say with status 401, too: it is not the client that they refuse. @see RFC 6749 section 5.2 */
const otherErrors = [
  ...['invalid_grant', 'invalid_scope', 'unsupported_grant_type', 'invalid_target'],
  ...['invalid_token', 'token_expired'],
];

const clientErrors = [
  'invalid_client',
  'incorrect_client_credentials',
  'bad_client_secret',
  'unauthorized',
  'invalid_client_secret',
  // Slack's, of credentials or of what they come with.
  'invalid_auth',
];
