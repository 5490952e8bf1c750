import type { ClientAuthentication, Profile } from '../profile/profile.ts';
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

type Authenticates = Pick<Profile, 'clientAuthentication'>;

/** The client authentication of a profile. @throws TypeError when there is none, which parsing does not let happen */
export function authenticationOf({ clientAuthentication }: Authenticates): AuthenticationDescriptor {
  const found = allAuthentications.find(({ id }) => id === clientAuthentication);
  if (found === undefined) throw new TypeError(`There is no client authentication ${clientAuthentication}.`);
  return found;
}

/** The one that sends the client's secret where that of a profile does not: in the form, or in the `Authorization` header. */
export function inOtherPlace(profile: Authenticates): ClientAuthentication {
  const isInHeader = authenticationOf(profile).inHeader === true;
  const other = allAuthentications.find(
    ({ id, inHeader }) => sendsSecret(id) && (inHeader === true) !== isInHeader,
  );
  return (other ?? clientSecretBasic).id;
}

/** Whether this is the name of an authentication that sends the client secret itself. @see RFC 6749 section 2.3.1 */
export function sendsSecret(name: string | undefined): name is ClientAuthentication {
  return allAuthentications.some(
    ({ id, usesSecret, asserts }) => id === name && usesSecret && asserts !== true,
  );
}
