import { withoutQuery } from '../http/ends.ts';
import { FailureError } from '../record/failure.ts';
import { parseShallow } from '../http/jsonDepth.ts';
import { plainText } from '../http/plainText.ts';
import type { Fetch } from '../ports.ts';
import { member } from '../../shared/json.ts';

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
    const jwks = keySetIn(await response.text());
    return jwks === undefined
      ? {
          kind: 'failed',
          why: `${address} answered with status 200, but not with a key set.`,
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

function keySetIn(text: string): KeySet | undefined {
  try {
    const value: unknown = parseShallow(text.replace(/^\uFEFF/, ''));
    return isKeySet(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKeySet(value: unknown): value is KeySet {
  return Array.isArray(member(value, 'keys'));
}
