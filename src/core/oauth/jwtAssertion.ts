import { randomUUID } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import type { AuthorizationServer } from 'oauth4webapi';
import { privateParts } from '../authentication/privateKey.ts';
import { signingKey } from '../authentication/signingKey.ts';
import { assertionClaims, lifetime } from './assertionClaims.ts';
import type { FlowContext } from './context.ts';
import { FailureError } from '../record/failure.ts';
import type { Profile } from '../profile/profile.ts';
import { isTime } from '../isTime.ts';
import { isJwt } from './isJwt.ts';
import { claimsOf } from './jwtClaims.ts';

/**
 * The assertion to send: the one that was given, or one signed with the key that was given.
 *
 * @throws FailureError when it has expired, or cannot be made
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
    iat: now,
    exp: now + lifetime,
    jti: randomUUID(),
    ...assertionClaims(profile, tokenEndpoint),
  };
  const header = { alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }) };
  const assertion = await new SignJWT(claims).setProtectedHeader(header).sign(key);
  trace.useSecret(assertion);
  return assertion;
}

function stillGood(assertion: string, now: number): string {
  const { exp } = claimsOf(assertion);
  // What cannot be decoded, or is not a time, is left to the server to judge.
  if (typeof exp !== 'number' || exp > now || !isTime(exp * 1000)) return assertion;
  throw new FailureError({
    kind: 'secret_missing',
    what: 'stored',
    step: 'secret',
    message: `The assertion ended at ${new Date(exp * 1000).toISOString()}, so it was not sent.`,
    advice: 'Have a new one issued, and give it with “Set Client Secret”.',
  });
}
