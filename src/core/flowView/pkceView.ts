import { createHash } from 'node:crypto';
import type { PkceView } from '../../shared/views/flowView.ts';
import type { PkceRecord } from '../record/report.ts';
import type { Exchange } from '../record/exchange.ts';
import { mask } from '../http/mask.ts';

/** The random bytes behind a verifier: 32 of them, base64url-encoded, give the 43 characters RFC 7636 recommends. */
const verifierBytes = 32;

/**
 * The PKCE values, with the S256 computation repeated.
 *
 * @param spent whether the code has been exchanged, after which the verifier is useless
 * @param show whether the user asked to see the verifier; without `spent` it stays masked all the same
 * @see RFC 7636 section 4.6
 */
export function pkceView(pkce: PkceRecord, spent: boolean, show: boolean): PkceView {
  const digest = createHash('sha256').update(pkce.code_verifier, 'ascii').digest();
  const shown = spent && show;
  return {
    length: pkce.code_verifier.length,
    entropy: `${verifierBytes * 8} bits from the platform’s cryptographic random generator`,
    verifier: shown ? pkce.code_verifier : mask(pkce.code_verifier),
    verifierShown: shown,
    canShow: spent,
    digest: spent ? digest.toString('hex') : '',
    computed: digest.toString('base64url'),
    challenge: pkce.code_challenge,
    method: pkce.code_challenge_method,
  };
}

/**
 * Whether the code was sent to the token endpoint, and got a response. A finished flow is not enough: the code of one that was
 * cancelled or could not reach the token endpoint is still valid.
 *
 * @see RFC 6749 section 4.1.2
 */
export function isCodeSpent(exchanges: readonly Exchange[]): boolean {
  return exchanges.some(
    ({ purpose, request, response }) =>
      purpose === 'token' && response !== undefined && /code_?verifier/i.test(request.body ?? ''),
  );
}
