import type { JWK } from 'jose';
import { secretsOf } from '../authentication/authentication.ts';
import { newSigningKey, requestObjectKey } from '../authentication/newSigningKey.ts';
import { privateParts, publicJwk } from '../authentication/privateKey.ts';
import type { FlowContext } from '../oauth/context.ts';
import type { Profile } from '../profile/profile.ts';

/**
 * The public keys that the server has to know of a profile's client: the one that it proves itself with, else the one that signs its
 * authorization requests. None, and nobody is asked for one, where the server fetches them.
 *
 * @param registered what the server has of the client
 * @see RFC 7591 section 2 (jwks, jwks_uri)
 */
export async function keysOf(
  profile: Profile,
  registered: Readonly<Record<string, unknown>>,
  { authentication, material, made, trace }: FlowContext,
): Promise<readonly JWK[]> {
  if (typeof registered['jwks_uri'] === 'string') return [];
  const { needs } = authentication;
  if (authentication.registers !== undefined && needs !== 'nothing') {
    const own = await material(needs);
    if (own === undefined) return [];
    for (const secret of secretsOf(own)) trace.useSecret(secret);
    return [await authentication.registers(own, profile)];
  }
  if (profile.signAuthorizationRequest !== true) return [];
  const key = await made(requestObjectKey, () => newSigningKey());
  for (const secret of [key, ...privateParts(key)]) trace.useSecret(secret);
  return [publicJwk(key)];
}
