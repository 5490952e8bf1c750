import { isEncrypted } from '../isJwt.ts';
import { splitTarget, type Hit } from './judge.ts';

/** Longest response that is opened, in characters. */
const longest = 32 * 1024;

/**
 * A hit whose encrypted response, if it has one, is the signed one that was inside: only that tells whose sign-in it belongs to.
 *
 * @param path of the redirect URI: what comes elsewhere stays as it is
 * @param open the text that was in it; absent when no key fits
 * @see JWT Secured Authorization Response Mode for OAuth 2.0 section 2.2
 */
export async function openHit(
  hit: Hit,
  path: string,
  open: (response: string) => Promise<string | undefined>,
): Promise<Hit> {
  const { path: asked, query } = splitTarget(hit.target);
  const text = hit.body ?? query;
  if (asked !== path || !text.includes('response=')) return hit;
  const parameters = new URLSearchParams(text);
  const responses = parameters.getAll('response');
  const [response = ''] = responses;
  if (responses.length !== 1 || response.length > longest || !isEncrypted(response)) return hit;
  const inside = await open(response);
  if (inside === undefined) return hit;
  parameters.set('response', inside);
  const opened = parameters.toString();
  return hit.body === undefined ? { ...hit, target: `${asked}?${opened}` } : { ...hit, body: opened };
}
