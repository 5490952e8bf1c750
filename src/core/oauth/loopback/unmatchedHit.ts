import { unmatchedParts } from '../unmatched.ts';
import type { UnmatchedRedirect } from '../../record/unmatched.ts';
import { isEncrypted } from '../isJwt.ts';
import { isBare, isOurHost, splitTarget, statesIn, type Expectation, type Hit } from './judge.ts';

/** How a request that was not accepted looks when it is a redirect all the same; undefined for anything else, such as an icon. */
export function unmatchedHit(hit: Hit, expected: Expectation): UnmatchedRedirect | undefined {
  const { path, query } = splitTarget(hit.target);
  if (!isOurHost(hit.host, expected.port) || (hit.method !== 'GET' && hit.method !== 'POST'))
    return undefined;
  const parameters = new URLSearchParams(hit.method === 'POST' ? (hit.body ?? '') : query);
  const parts = unmatchedParts(parameters);
  const states = statesIn(parameters);
  // At the redirect URI itself, any parameters make it a response; without parameters the response may be in the fragment.
  const isAnswer =
    hit.method === 'GET'
      ? !isBare(query, expected)
      : ['state', 'access_token', 'id_token', 'response'].some((name) => parameters.has(name));
  if (!parts.code && parts.error === undefined && !(isAnswer && path === expected.path)) return undefined;
  if (path !== expected.path)
    return states.length > 0 || isNear(path, expected.path)
      ? { ...parts, why: 'other_path', path }
      : undefined;
  if (hit.method === 'POST' && !expected.formPost) return { ...parts, why: 'post' };
  if (isEncrypted(parameters.get('response') ?? '')) return { ...parts, why: 'encrypted' };
  if (states.length > 1) return { ...parts, why: 'several_states' };
  return { ...parts, why: states.length === 0 ? 'no_state' : 'other_state' };
}

/**
 * What our page found in the fragment of its address, when that is a redirect or nothing at all.
 *
 * @param names of the parameters there
 */
export function unmatchedFragment(names: string): UnmatchedRedirect | undefined {
  if (names === '') return { why: 'empty', code: false };
  const held = names.split(' ');
  const isResponse = ['code', 'access_token', 'id_token', 'error'].some((name) => held.includes(name));
  return isResponse ? { why: 'fragment', code: held.includes('code') } : undefined;
}

/** Whether two paths differ at most by a slash at the end or by case, as servers and proxies change them. */
function isNear(path: string, expected: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/\/$/, '');
  return bare(path) === bare(expected);
}
