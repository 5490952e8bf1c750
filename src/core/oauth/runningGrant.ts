import type { GrantTraits } from '../profile/traits.ts';

/** An endpoint of the server's metadata without which a flow cannot run. */
export type NeededEndpoint =
  | 'authorization_endpoint'
  | 'token_endpoint'
  | 'device_authorization_endpoint'
  | 'backchannel_authentication_endpoint'
  | 'pushed_authorization_request_endpoint'
  | 'registration_endpoint'
  | 'introspection_endpoint'
  | 'userinfo_endpoint'
  | 'revocation_endpoint'
  | 'end_session_endpoint';

/** What a flow's steps have to know of the grant it runs. */
export interface RunningGrant extends GrantTraits {
  readonly endpoints: readonly NeededEndpoint[];
}
