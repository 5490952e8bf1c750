import { constants, createPublicKey, verify } from 'node:crypto';

type Members = Readonly<Record<string, unknown>>;

/** The curves of an algorithm's keys. @see RFC 7518 section 3.4, RFC 8037 section 3.1, RFC 9864 section 2.2 */
const curves: ReadonlyMap<string, readonly string[]> = new Map([
  ['ES256', ['P-256']],
  ['ES384', ['P-384']],
  ['ES512', ['P-521']],
  ['EdDSA', ['Ed25519', 'Ed448']],
  ['Ed25519', ['Ed25519']],
  ['Ed448', ['Ed448']],
]);

/** Asymmetric signatures only: a public key must never be taken for a shared secret. @see RFC 8725 section 3.1 */
export const signatureAlgorithms: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...curves.keys(),
];

/** Whether a key is of the kind that makes signatures with `alg`. */
export function isKindFor(alg: string, { kty, crv }: Members): boolean {
  const own = curves.get(alg);
  if (own === undefined) return kty === 'RSA';
  return kty === (alg.startsWith('ES') ? 'EC' : 'OKP') && own.some((curve) => curve === crv);
}

/** Characters of a modulus of 16,384 bits and of an exponent of 32, the most that OpenSSL and Go take: with more, one key is minutes of work. */
const longest = { n: 2732, e: 6 };

/**
 * Whether a signature is that of a key: `broken` for one that cannot be read, is shorter than 2048 bits or too long, `unknown` for a curve
 * that this runtime does not have.
 *
 * @param token a JWT with `alg` in its header, one of `signatureAlgorithms`
 * @see RFC 7515 section 5.2
 */
export function signatureFit(
  token: string,
  alg: string,
  jwk: Members,
): 'fits' | 'differs' | 'broken' | 'unknown' {
  const at = token.lastIndexOf('.');
  if (isLonger(jwk['n'], longest.n) || isLonger(jwk['e'], longest.e)) return 'broken';
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    if (!isKindFor(alg, jwk)) return 'differs';
    if ((key.asymmetricKeyDetails?.modulusLength ?? 2048) < 2048) return 'broken';
    const how = {
      key,
      dsaEncoding: 'ieee-p1363' as const,
      ...(alg.startsWith('PS') && {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }),
    };
    const hash = alg.startsWith('Ed') ? undefined : `sha${alg.slice(2)}`;
    const signature = Buffer.from(token.slice(at + 1), 'base64url');
    return verify(hash, Buffer.from(token.slice(0, at)), how, signature) ? 'fits' : 'differs';
  } catch {
    // The runtime of VS Code has no Ed448. A key of its length is one.
    const isWhole = jwk['crv'] === 'Ed448' && Buffer.from(String(jwk['x']), 'base64url').length === 57;
    return isWhole ? 'unknown' : 'broken';
  }
}

function isLonger(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.length > most;
}
