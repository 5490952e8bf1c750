import { randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT, type JWTPayload } from 'jose';
import type { AuthorizationServer } from 'oauth4webapi';
import { privateParts } from '../authentication/privateKey.ts';
import { signingKey } from '../authentication/signingKey.ts';
import type { FlowContext } from './context.ts';
import { FailureError } from '../record/failure.ts';
import type { Profile } from '../profile/profile.ts';
import { isJwt } from './isJwt.ts';

/** Seconds that an assertion of ours is good for: Box takes none that is good for longer. */
const lifetime = 60;

/**
 * The assertion to hand in: as it was given, or made with the key that was given. What the profile's `assertionClaims` say
 * comes before what is usual: `iss` and `sub` the client, `aud` the token endpoint.
 *
 * @throws FailureError when it has ended already, or cannot be made
 * @see RFC 7523 section 3
 */
export async function assertionOf(
  given: string,
  profile: Profile,
  { issuer, token_endpoint: tokenEndpoint = issuer }: AuthorizationServer,
  { clock, trace }: Pick<FlowContext, 'clock' | 'trace'>,
): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  if (isJwt(given)) return stillGood(given, now);
  for (const part of privateParts(given)) trace.useSecret(part);
  const { key, alg, kid } = await signingKey(given, profile);
  const claims: JWTPayload = {
    iss: profile.clientId,
    sub: profile.clientId,
    aud: tokenEndpoint,
    iat: now,
    exp: now + lifetime,
    jti: randomUUID(),
    // Google reads the scopes here and nowhere else; others read them in the form.
    ...(profile.scopes.length > 0 && { scope: profile.scopes.join(' ') }),
    ...(profile.assertionClaims as JWTPayload | undefined),
  };
  const header = { alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }) };
  const assertion = await new SignJWT(claims).setProtectedHeader(header).sign(key);
  trace.useSecret(assertion);
  return assertion;
}

function stillGood(assertion: string, now: number): string {
  const { exp } = claimsOf(assertion);
  if (exp === undefined || exp > now) return assertion;
  throw new FailureError({
    kind: 'secret_missing',
    step: 'secret',
    message: `The assertion ended at ${new Date(exp * 1000).toISOString()}, so it was not sent.`,
    advice: 'Have a new one issued, and give it with “Set Client Secret”.',
  });
}

function claimsOf(jwt: string): JWTPayload {
  try {
    return decodeJwt(jwt);
  } catch {
    return {}; // The server says what is wrong with it.
  }
}
