import { member } from '../shared/json.ts';

/** Whom a token is for: one text or a list; what is not text names nobody. @see RFC 7519 section 4.1.3 */
export function audiencesIn(claims: unknown): readonly string[] {
  const named = member(claims, 'aud');
  const all: readonly unknown[] = Array.isArray(named) ? named : [named];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}
