import type { JWTPayload } from 'jose';
import { isTime } from '../isTime.ts';
import { plainText } from '../http/plainText.ts';
import type { Profile } from '../profile/profile.ts';

/** Lifetime of an assertion of ours, in seconds: Box accepts none that lives longer. */
export const lifetime = 60;

/**
 * The claims of a profile's assertion, without its times. The profile's `assertionClaims` replace the usual ones, which are:
 * `iss` and `sub` the client, `aud` the token endpoint.
 *
 * @see RFC 7523 section 3
 */
export function assertionClaims(
  { clientId, scopes, assertionClaims: own }: Pick<Profile, 'clientId' | 'scopes' | 'assertionClaims'>,
  tokenEndpoint: string,
): JWTPayload {
  return {
    iss: clientId,
    sub: clientId,
    aud: tokenEndpoint,
    // Google reads the scopes here and nowhere else; others read them in the form.
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(own as JWTPayload | undefined),
  };
}

/** Describes an assertion in one sentence, before it is sent. @param end what to say of its lifetime where it has no `exp` */
export function assertionInWords(
  { exp, iat: _, nbf: _notBefore, jti: _id, ...claims }: JWTPayload,
  end = 'names no end',
): string {
  const said = Object.entries(claims).map(
    ([name, value]) => `${name} ${plainText(typeof value === 'string' ? value : JSON.stringify(value), 120)}`,
  );
  const until =
    typeof exp === 'number' && isTime(exp * 1000)
      ? `is good until ${new Date(exp * 1000).toISOString()}`
      : end;
  return plainText(`The assertion says ${said.join(', ') || 'nothing'}, and ${until}.`, 1000);
}
