import { isEncrypted } from '../isJwt.ts';
import { isSameAddress, splitTarget, type Hit } from './judge.ts';

/** Decrypts an encrypted response; undefined when no key of the profile fits. */
export type OpenResponse = (response: string) => Promise<string | undefined>;

/** Longest response that is decrypted, in characters. */
const longest = 32 * 1024;

/**
 * Replaces an encrypted response in a request by the signed one inside it: only that has the `state` which tells whose sign-in
 * it belongs to.
 *
 * @param path of the redirect URI: requests for another path stay as they are
 * @see JWT Secured Authorization Response Mode for OAuth 2.0 section 2.2
 */
export async function openHit(hit: Hit, path: string, open: OpenResponse): Promise<Hit> {
  const { path: asked, query } = splitTarget(hit.target);
  if (asked !== path) return hit;
  const opened = await openParameters(hit.body ?? query, open);
  if (opened === undefined) return hit;
  return hit.body === undefined ? { ...hit, target: `${asked}?${opened}` } : { ...hit, body: opened };
}

/** The same for an address that was pasted or that the editor handed over. */
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

/** The parameters with the decrypted response; undefined where nothing was decrypted. */
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
