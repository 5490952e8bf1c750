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

/** What the steps of a flow need to know about the grant that runs. */
export interface RunningGrant extends GrantTraits {
  readonly endpoints: readonly NeededEndpoint[];
}
