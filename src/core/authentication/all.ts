import type { ClientAuthentication } from '../profile/profile.ts';
import type { AuthenticationDescriptor } from './authentication.ts';
import { clientSecretBasic } from './clientSecretBasic.ts';
import { clientSecretPost } from './clientSecretPost.ts';
import { clientSecretJwt } from './clientSecretJwt.ts';
import { federatedAssertion } from './federatedAssertion.ts';
import { none } from './none.ts';
import { privateKeyJwt } from './privateKeyJwt.ts';
import { selfSignedTlsClientAuth } from './selfSignedTlsClientAuth.ts';
import { tlsClientAuth } from './tlsClientAuth.ts';

/** Every client authentication, in the order they are offered: the only list of them. */
export const allAuthentications: readonly AuthenticationDescriptor[] = [
  clientSecretBasic,
  clientSecretPost,
  clientSecretJwt,
  privateKeyJwt,
  tlsClientAuth,
  selfSignedTlsClientAuth,
  federatedAssertion,
  none,
];

/**
 * The client authentication of a profile.
 *
 * @param authentications the list the profile was parsed with
 * @throws TypeError when it is not in the list, which parsing does not let happen
 */
export function authenticationOf(
  { clientAuthentication }: { readonly clientAuthentication: string },
  authentications: readonly AuthenticationDescriptor[] = allAuthentications,
): AuthenticationDescriptor {
  const found = authentications.find(({ id }) => id === clientAuthentication);
  if (found === undefined) throw new TypeError(`There is no client authentication ${clientAuthentication}.`);
  return found;
}

/** Whether this is the name of an authentication that sends the client secret itself. @see RFC 6749 section 2.3.1 */
export function sendsSecret(name: string | undefined): name is ClientAuthentication {
  return allAuthentications.some(
    ({ id, usesSecret, asserts }) => id === name && usesSecret && asserts !== true,
  );
}
