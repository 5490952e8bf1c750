import { unmatchedParts } from '../unmatched.ts';
import type { UnmatchedRedirect } from '../../record/unmatched.ts';
import { isOurHost, splitTarget, type Expectation, type Hit } from './judge.ts';

/** What an ignored hit looks like when it is a redirect all the same; undefined for what is none, such as an icon. */
export function unmatchedHit(hit: Hit, expected: Expectation): UnmatchedRedirect | undefined {
  const { path, query } = splitTarget(hit.target);
  if (!isOurHost(hit.host, expected.port) || (hit.method !== 'GET' && hit.method !== 'POST'))
    return undefined;
  const parameters = new URLSearchParams(hit.method === 'POST' ? (hit.body ?? '') : query);
  const parts = unmatchedParts(parameters);
  const states = parameters.getAll('state');
  // At the redirect URI itself also what has a token in the place of the code.
  const isAnswer =
    path === expected.path && ['access_token', 'id_token'].some((name) => parameters.has(name));
  if (!parts.code && parts.error === undefined && !isAnswer) return undefined;
  if (path !== expected.path)
    return states.length > 0 || isNear(path, expected.path)
      ? { ...parts, why: 'other_path', path }
      : undefined;
  if (hit.method === 'POST' && !expected.formPost) return { ...parts, why: 'post' };
  if (states.length > 1) return { ...parts, why: 'several_states' };
  return { ...parts, why: states.length === 0 ? 'no_state' : 'other_state' };
}

/** The same path but for a slash at its end or its case, as servers and proxies change it. */
function isNear(path: string, expected: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/\/$/, '');
  return bare(path) === bare(expected);
}
