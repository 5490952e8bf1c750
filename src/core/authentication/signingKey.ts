import { importJWK, type CryptoKey, type JWK } from 'jose';
import { FailureError } from '../record/failure.ts';
import type { Profile } from '../profile/profile.ts';
import { algorithmsOf, readPrivateKey } from './privateKey.ts';

/** A private key to sign with, and what the header of what it signs says. */
export interface SigningKey {
  readonly key: CryptoKey;
  readonly alg: string;
  readonly kid?: string;
  /** Of the certificate that came with it. @see RFC 7515 section 4.1.8 */
  readonly thumbprint?: string;
  readonly jwk: JWK;
}

/**
 * The key of a profile, as the vault has it, for the profile's algorithm.
 *
 * @param text a JWK or a PEM text
 * @throws FailureError of kind `secret_missing` when it is not a key, `invalid_profile` when it does not fit the algorithm
 * @see RFC 7515 section 4.1, RFC 7518 section 3.1
 */
export async function signingKey(
  text: string,
  { keyId, signingAlgorithm }: Pick<Profile, 'keyId' | 'signingAlgorithm'>,
): Promise<SigningKey> {
  const read = readPrivateKey(text);
  if (read.kind !== 'read')
    throw new FailureError({
      kind: 'secret_missing',
      what: 'stored',
      step: 'secret',
      message: `The stored private key cannot be used: ${read.kind === 'problem' ? read.problem : 'it is encrypted.'}`,
      advice: 'Set it again with the command “Set Client Secret”.',
    });
  const jwk = JSON.parse(read.text) as JWK;
  const possible = algorithmsOf(jwk);
  const alg = signingAlgorithm ?? jwk.alg ?? possible[0] ?? '';
  if (!possible.includes(alg)) throw doesNotFit(alg, possible);
  const kid = keyId ?? jwk.kid;
  const key = (await importJWK({ ...jwk, alg }, alg)) as CryptoKey;
  const { 'x5t#S256': thumbprint } = jwk;
  return {
    ...{ key, alg, jwk },
    ...(kid !== undefined && { kid }),
    ...(thumbprint !== undefined && { thumbprint }),
  };
}

function doesNotFit(alg: string, possible: readonly string[]): FailureError {
  const problem = `The private key does not fit the algorithm ${alg}: it signs with ${possible.join(', ') || 'none that servers take'}.`;
  return new FailureError({
    kind: 'invalid_profile',
    step: 'profile',
    problems: [problem],
    message: problem,
    advice: 'Remove signingAlgorithm from the profile, or set a key that fits it.',
  });
}
