import type { CheckWords } from '../check.ts';

/** What FAPI 2.0 asks for that servers are checked for in any case. @see FAPI 2.0 Security Profile section 5.3 */
const shared: ReadonlySet<string> = new Set([
  ...['redirect.registered', 'redirect.missing', 'pkce.no-challenge', 'pkce.plain', 'pkce.wrong-verifier'],
  ...['code.replayed', 'code.lifetime', 'response.issuer', 'response.implicit', 'response.tls-version'],
  ...['client.password-grant', 'client.assertion-audience', 'client.assertion-other-key'],
  ...['par.expired', 'par.other-client', 'par.outside', 'dpop.bearer', 'dpop.other-key', 'token.in-query'],
]);

/** A check as one of the group, where it is of it; its id, by which it is promised, stays. */
export function inGroup<C extends CheckWords>(check: C): C {
  return shared.has(check.id) ? { ...check, area: 'fapi' } : check;
}
