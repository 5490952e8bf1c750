import type { FindingView } from '../../shared/views/finding.ts';
import { rfc } from '../source.ts';
import { decodeBase64url } from './base64url.ts';
import { finding, quotedList } from './finding.ts';

/** A JWT whose issuer hid claims in it, with what its holder discloses. @see RFC 9901 section 4 */
export interface SdJwt {
  /** The JWT that the issuer signed. */
  readonly jwt: string;
  /** Names of the claims that are disclosed; hostile. */
  readonly disclosed: readonly string[];
  /** How many disclosures there are, those of array elements and broken ones included. */
  readonly disclosures: number;
  /** A second JWT, signed by the holder, is at its end. */
  readonly bound: boolean;
}

/** Disclosures that are read. */
const most = 100;

/** Takes a token apart at its tildes; undefined for one without any. */
export function splitSdJwt(token: string): SdJwt | undefined {
  const at = token.indexOf('~');
  if (at < 0) return undefined;
  const parts = token.slice(at + 1).split('~');
  // Behind the last tilde is nothing, or the key binding JWT.
  const binding = parts.pop() ?? '';
  return {
    jwt: token.slice(0, at),
    disclosed: parts.slice(0, most).flatMap(nameIn),
    disclosures: parts.length,
    bound: binding !== '',
  };
}

/** Says what an SD-JWT is and discloses. */
export function sdJwtFinding({ disclosed, disclosures, bound }: SdJwt): FindingView {
  const what = disclosed.length === 0 ? '' : ` (${quotedList(disclosed)})`;
  const shown =
    disclosures === 0 ? 'nothing of what is hidden' : `${disclosures} of the hidden values${what}`;
  return finding(
    'note',
    'sd_jwt',
    `This is an SD-JWT: it discloses ${shown}.`,
    `The payload is what the issuer signed, with digests in the place of what is hidden.${bound ? ' A JWT of its holder follows, which binds it to a key.' : ''}`,
    rfc(9901, '4'),
  );
}

/** The claim's name in a disclosure: the second of its three parts. */
function nameIn(disclosure: string): readonly string[] {
  const decoded = decodeBase64url(disclosure.slice(0, 10_000));
  if (decoded.kind !== 'text') return [];
  try {
    const value: unknown = JSON.parse(decoded.text);
    const [, name, ...rest] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    return typeof name === 'string' && rest.length === 1 ? [name] : [];
  } catch {
    return [];
  }
}
