import { tokenFacts } from '../diagnose/tokenFacts.ts';
import type { Failure, OAuthErrorBody } from '../record/failure.ts';
import type { FlowReport, TokenSet } from '../record/report.ts';
import { plainText } from '../http/plainText.ts';

/** Why not every scope was asked for. */
export interface Stopped {
  readonly kind: 'cancelled' | 'failed';
  readonly message: string;
}

/** What a token endpoint's answer says of the scopes that were asked for. */
export type ScopeAnswer =
  | { readonly kind: 'granted'; readonly scopes: readonly string[] }
  /** `named`: the server says that it is about the scope. */
  | { readonly kind: 'refused'; readonly reason: string; readonly named: boolean }
  | { readonly kind: 'stopped'; readonly stopped: Stopped };

/** The user ended the search. */
export const cancelled = { stopped: { kind: 'cancelled', message: 'You cancelled it.' } } as const;

/** Judges a run that asked for the scopes of its profile. */
export function judge({ outcome, profile }: FlowReport, aborted: boolean): ScopeAnswer {
  if (outcome.kind === 'token')
    return { kind: 'granted', scopes: grantedScopes(outcome.tokens, profile.scopes) };
  if (outcome.kind === 'checked') throw new TypeError('A check is not a way to a token.');
  const { failure } = outcome;
  if (aborted || failure.kind === 'cancelled') return { kind: 'stopped', ...cancelled };
  if (failure.kind === 'oauth_error') {
    const about = aboutScopes(failure.body, profile.scopes);
    if (about !== 'not') return { kind: 'refused', reason: reasonOf(failure), named: about === 'named' };
  }
  return { kind: 'stopped', stopped: { kind: 'failed', message: failure.message } };
}

/** The scopes of the response and of the token; without any, as requested. @see RFC 6749 section 5.1 */
function grantedScopes(tokens: TokenSet, requested: readonly string[]): readonly string[] {
  const { scopes, opaque } = tokenFacts(tokens);
  if (tokens.scope !== undefined)
    return [...tokens.scope.split(' ').filter(Boolean), ...(opaque ? [] : scopes)];
  return scopes.length > 0 ? scopes : requested;
}

/** What every further request would fail with in the same way, whatever it asks for. */
const otherCodes = /^(invalid_client|unsupported_grant_type|slow_down|server_error|temporarily_unavailable)/;

/** Whether an error is about the scopes: by its code, by its words, or perhaps. @see RFC 6749 section 5.2, RFC 8707 section 2 */
function aboutScopes(
  { error, error_description: words = '' }: OAuthErrorBody,
  asked: readonly string[],
): 'named' | 'perhaps' | 'not' {
  if (otherCodes.test(error)) return 'not';
  if (/^invalid_(scope|target|resource)$/.test(error) || /scope/i.test(words)) return 'named';
  const spoken = words.split(/[\s"'“”‘’`,;()[\]]+/).map((word) => word.replace(/[.:]$/, ''));
  if (asked.some((scope) => spoken.includes(scope))) return 'named';
  return ['invalid_grant', 'access_denied'].includes(error) ? 'perhaps' : 'not';
}

function reasonOf({ body }: Extract<Failure, { readonly kind: 'oauth_error' }>): string {
  return plainText([body.error, body.error_description].filter(Boolean).join(': '), 300);
}
