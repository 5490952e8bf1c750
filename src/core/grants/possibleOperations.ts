import type { serverCommands } from '../../shared/commands.ts';
import { grantOf } from './all.ts';
import type { Profile } from '../profile/profile.ts';
import type { TokenSet } from '../record/report.ts';

/** Where a server does something with a token, by what is done: members of its metadata. @see RFC 8414 section 2 */
export const operationEndpoints = {
  introspection: 'introspection_endpoint',
  userinfo: 'userinfo_endpoint',
  revocation: 'revocation_endpoint',
  signOut: 'end_session_endpoint',
} as const satisfies Readonly<Record<keyof typeof serverCommands, string>>;

/** What can be done with a token at its server. */
export type OperationName = keyof typeof operationEndpoints;

/** Each of them. */
export const operationNames = Object.keys(operationEndpoints) as readonly OperationName[];

/**
 * What can be done with a profile's tokens at its server, as far as it is known without asking: nothing that must be refused.
 *
 * @param server what the server published when it was last asked; absent: not known
 */
export function possibleOperations(
  profile: Profile,
  tokens: TokenSet | undefined,
  server: Readonly<Record<string, unknown>> | undefined,
): readonly OperationName[] {
  // The addresses are in the metadata alone.
  if (tokens === undefined || profile.issuer === undefined) return [];
  const published = (name: OperationName) => typeof server?.[operationEndpoints[name]] === 'string';
  return operationNames.filter(
    (name) => (server === undefined || published(name)) && suits(name, profile, tokens, server !== undefined),
  );
}

function suits(name: OperationName, profile: Profile, tokens: TokenSet, known: boolean): boolean {
  const { id_token: idToken, scope } = tokens;
  switch (name) {
    case 'userinfo':
      // The endpoint takes only tokens of somebody who signed in. @see OpenID Connect Core 1.0 section 5.3
      return idToken !== undefined || (scope?.split(' ') ?? tokens.requested_scopes).includes('openid');
    case 'signOut':
      // Without an id_token the server asks whom it is to sign out. @see OpenID Connect RP-Initiated Logout 1.0 section 2
      return idToken !== undefined || (known && grantOf(profile).actsForUser);
    default:
      return true;
  }
}
