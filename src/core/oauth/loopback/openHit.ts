import { isEncrypted } from '../isJwt.ts';
import { isSameAddress, splitTarget, type Hit } from './judge.ts';

/** The text in an encrypted response; absent when no key opens it. */
export type OpenResponse = (response: string) => Promise<string | undefined>;

/** Longest response that is opened, in characters. */
const longest = 32 * 1024;

/**
 * A hit whose encrypted response, if it has one, is the signed one that was inside: only that tells whose sign-in it belongs to.
 *
 * @param path of the redirect URI: what comes elsewhere stays as it is
 * @param open the text that was in it; absent when no key fits
 * @see JWT Secured Authorization Response Mode for OAuth 2.0 section 2.2
 */
export async function openHit(hit: Hit, path: string, open: OpenResponse): Promise<Hit> {
  const { path: asked, query } = splitTarget(hit.target);
  if (asked !== path) return hit;
  const opened = await openParameters(hit.body ?? query, open);
  if (opened === undefined) return hit;
  return hit.body === undefined ? { ...hit, target: `${asked}?${opened}` } : { ...hit, body: opened };
}

/** The same of an address that was pasted, or that the editor was handed. */
export async function openAddress(
  address: string,
  redirectUri: string,
  open: OpenResponse | undefined,
): Promise<string> {
  const { path, query } = splitTarget(address);
  if (open === undefined || !isSameAddress(path, splitTarget(redirectUri).path)) return address;
  const opened = await openParameters(query, open);
  return opened === undefined ? address : `${path}?${opened}`;
}

/** The parameters with what was inside of their encrypted response; absent where nothing was opened. */
async function openParameters(text: string, open: OpenResponse): Promise<string | undefined> {
  if (!text.includes('response=')) return undefined;
  const parameters = new URLSearchParams(text);
  const responses = parameters.getAll('response');
  const [response = ''] = responses;
  if (responses.length !== 1 || response.length > longest || !isEncrypted(response)) return undefined;
  const inside = await open(response);
  if (inside === undefined) return undefined;
  parameters.set('response', inside);
  return parameters.toString();
}
