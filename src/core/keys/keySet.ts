import { withoutQuery } from '../http/ends.ts';
import { FailureError } from '../record/failure.ts';
import { membersIn } from '../http/jsonDepth.ts';
import { plainText } from '../http/plainText.ts';
import { privateMembers } from '../privateMembers.ts';
import type { Fetch } from '../ports.ts';
import { bodyInWords, responseBody } from '../http/responseBody.ts';
import { kindOf, member } from '../../shared/json.ts';

/**
 * A key set as it was fetched (its members are hostile), or why there is none: one sentence with the address and what came.
 * `unreadable`: a success, but no key set.
 */
export type FetchedKeySet =
  | { readonly kind: 'keys'; readonly jwks: KeySet; readonly from: string }
  | { readonly kind: 'failed'; readonly why: string; readonly unreadable?: true };

/** A document with a list of what should be keys. */
export interface KeySet {
  readonly keys: readonly unknown[];
}

/**
 * Fetches the key set at `from`. What fails is a result.
 *
 * @throws FailureError when the flow was cancelled
 * @see RFC 7517 section 5
 */
export async function fetchKeySet(from: string, fetch: Fetch): Promise<FetchedKeySet> {
  const address = plainText(from, 200);
  try {
    const response = await fetch(from, {
      method: 'GET',
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    const { status } = response;
    if (status !== 200)
      return { kind: 'failed', why: `${address} answered with status ${status}${towards(response)}.` };
    const text = await response.text();
    const jwks = keySetIn(text);
    return jwks === undefined
      ? {
          kind: 'failed',
          why: `${address} answered with status 200, but not with a key set${whatCame(text)}.`,
          unreadable: true,
        }
      : { kind: 'keys', jwks, from };
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.kind === 'cancelled') throw thrown;
    return { kind: 'failed', why: `${address} gave no answer to use: ${thrown.failure.message}` };
  }
}

function towards(response: Response): string {
  const location = response.headers.get('location');
  return location === null
    ? ''
    : ` and a redirect to ${plainText(withoutQuery(location), 200)}, which was not followed`;
}

/** What came in the place of a key set. */
function whatCame(text: string): string {
  const start = text.slice(0, 1000).trim();
  if (start === '') return ': its body is empty';
  if (start.startsWith('-----BEGIN')) return ', which is JSON: a certificate or key in PEM came';
  const body = responseBody(text, undefined);
  if (body.format === 'html' || body.format === 'xml') return ': a web page or XML came';
  if (body.format !== 'json') return `: ${bodyInWords(body)} came`;
  const { kty, keys } = body.members;
  if (typeof kty === 'string') return ': a single key came, without the list “keys”';
  return keys === undefined ? ': an object without the list “keys” came' : `: its “keys” is ${kindOf(keys)}`;
}

/** The `kid` of each key that is published with its private half, empty where it has none: a key set is for everybody. */
export function privateKeysIn({ keys }: KeySet): readonly string[] {
  return keys
    .filter((key) => privateMembers.some((name) => member(key, name) !== undefined))
    .map((key) => {
      const kid = member(key, 'kid');
      return typeof kid === 'string' ? kid : '';
    });
}

function keySetIn(text: string): KeySet | undefined {
  const { keys, ...others } = membersIn(text.replace(/^\uFEFF/, ''));
  return Array.isArray(keys) ? { ...others, keys } : undefined;
}
