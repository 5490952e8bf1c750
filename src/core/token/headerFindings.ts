import type { FindingView } from '../../shared/views/finding.ts';
import type { TokenSlot } from '../../shared/views/tokenView.ts';
import { rfc } from '../source.ts';
import type { DecodedToken } from './decode.ts';
import { finding, quoted, quotedList } from './finding.ts';
import type { JsonObject } from './json.ts';
import { kindFindings, otherKindOf } from './otherKinds.ts';

/** Findings about a token's header. */
export function headerFindings(token: DecodedToken, slot: TokenSlot): readonly FindingView[] {
  const header = token.header?.json;
  if (header === undefined) return [];
  return [
    ...algorithmFindings(token, header),
    ...referenceFindings(header),
    ...typeFindings(token, header, slot),
  ];
}

function algorithmFindings(token: DecodedToken, header: JsonObject): FindingView[] {
  const { alg } = header;
  if (typeof alg !== 'string')
    return [
      finding(
        'error',
        'alg_missing',
        alg === undefined ? 'The header names no algorithm.' : 'The algorithm in the header is not a string.',
        'Without alg nobody can verify or decrypt the token.',
        rfc(7515, '4.1.1'),
      ),
    ];
  if (token.kind === 'jwe') return [];
  const signature = token.parts[2] ?? '';
  if (alg.toLowerCase() === 'none')
    return [
      finding(
        'error',
        'alg_none',
        'The token is not signed: its algorithm is “none”.',
        signature === ''
          ? 'Anyone can write such a token. An API must refuse it; the server must sign its tokens.'
          : 'There is a signature nobody may look at. Anyone can write such a token, and an API must refuse it.',
        rfc(8725, '3.2'),
      ),
    ];
  if (signature === '' && token.parts.length === 3)
    return [
      finding(
        'error',
        'signature_missing',
        `The signature is missing, although the header says ${quoted(alg)}.`,
        'Nothing stands after the second dot: the signature was cut off or removed, and no API may accept the token.',
        rfc(7515, '5.2'),
      ),
    ];
  return /^HS\d+$/.test(alg) ? [symmetric(alg)] : [];
}

function symmetric(alg: string): FindingView {
  return finding(
    'warning',
    'alg_symmetric',
    `The token is signed with a shared secret (${alg}).`,
    'Every API that verifies it must hold that secret, and could issue tokens itself. Prefer RS256, PS256 or ES256.',
    rfc(9068, '2.1'),
  );
}

function referenceFindings(header: JsonObject): FindingView[] {
  const references = ['jku', 'x5u', 'jwk'].filter((name) => name in header);
  const found: FindingView[] = [];
  if (references.length > 0)
    found.push(
      finding(
        'warning',
        'key_in_header',
        `The header itself names the key it was signed with (${references.join(', ')}).`,
        'Whoever forges a token would name a key of their own. OAuth Explorer never follows it, and an API must not either.',
        rfc(8725, '3.10'),
      ),
    );
  if (Array.isArray(header['crit']))
    found.push(
      finding(
        'note',
        'crit',
        `The header demands that extensions are understood: ${quotedList(header['crit'].map(String))}.`,
        'A recipient that does not know them must refuse the token.',
        rfc(7515, '4.1.11'),
      ),
    );
  return found;
}

/** The claims that RFC 9068 requires: a token that has all of them is meant to be one of that kind. */
const profileClaims = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'];

function typeFindings(token: DecodedToken, header: JsonObject, slot: TokenSlot): FindingView[] {
  const { typ } = header;
  const isAccessType = typeof typ === 'string' && /^(application\/)?at\+jwt$/i.test(typ);
  const found: FindingView[] = [];
  if (slot === 'id' && isAccessType)
    found.push(
      finding(
        'error',
        'access_token_as_id_token',
        'This is an access token in the place of the ID token.',
        'Its type is at+jwt. It says what a client may do, not who signed in.',
        rfc(9068, '5'),
      ),
    );
  const claims = token.payload?.json;
  const kind = otherKindOf(token);
  if (slot === 'access' && !isAccessType && !kind && claims && profileClaims.every((name) => name in claims))
    found.push(
      finding(
        'note',
        'typ_not_at_jwt',
        `The token has the claims of RFC 9068, but ${typeof typ === 'string' ? `its type is ${quoted(typ)}, not “at+jwt”` : 'no type; “at+jwt” is wanted'}.`,
        'An API that follows RFC 9068 refuses it, because it could be an ID token. Most APIs do not look at it.',
        rfc(9068, '2.1'),
      ),
    );
  if (kind) found.push(...kindFindings(kind, claims));
  if (token.nested)
    found.push(
      finding(
        'note',
        'nested',
        'There is another token inside this one.',
        token.kind === 'jwe'
          ? 'It is encrypted (cty is JWT); who holds the key finds a signed token within.'
          : 'Copy the payload and decode it to see its claims.',
        rfc(7519, '5.2'),
      ),
    );
  return found;
}
