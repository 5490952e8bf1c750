import { originOf } from '../http/urlHost.ts';
import { FailureError } from '../record/failure.ts';
import type { Profile } from '../profile/profile.ts';
import type { ServerMetadata } from './serverMetadata.ts';

/**
 * Makes sure that a code of one server is not handed to another: where no issuer vouches for typed endpoints of two origins,
 * a file of the provider catalogue must name exactly these two.
 *
 * @param knownPair whether the catalogue names both endpoints of the profile together
 * @throws FailureError of kind `invalid_profile`, before anything is sent
 * @see RFC 9700 section 4.4 (mix-up)
 */
export function requireOneServer(profile: Profile, { server }: ServerMetadata, knownPair: boolean): void {
  if (profile.issuer !== undefined || knownPair) return;
  const signIn = originOf(server.authorization_endpoint);
  const token = originOf(server.token_endpoint);
  if (signIn === undefined || signIn === token) return;
  const problem = `The authorization endpoint is at ${signIn}, the token endpoint at ${token ?? 'no origin'}, and nothing says that they are one server’s.`;
  throw new FailureError({
    kind: 'invalid_profile',
    step: 'profile',
    problems: [problem],
    message: `${problem} The sign-in was not started.`,
    advice:
      'Add the issuer to the profile, whose metadata names both endpoints, or correct the endpoint that is wrong.',
  });
}
