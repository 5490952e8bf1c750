import { plainText } from '../http/plainText.ts';
import { originOf } from '../http/urlHost.ts';
import { FailureError } from '../record/failure.ts';
import type { Profile } from '../profile/profile.ts';
import type { TokenSet } from '../record/report.ts';
import type { GrantOfServer, ServerMetadata } from './serverMetadata.ts';

/** The origin that issues something, such as a code, and the other one that would get it. */
export interface CodeRoute {
  readonly from: string;
  readonly to: string;
  /** The profile's endpoints, where it is the code of a browser’s sign-in. */
  readonly endpoints?: Pick<Profile, 'authorizationEndpoint' | 'tokenEndpoint'>;
}

/** Whether the user or the provider catalogue says that both origins belong to one service. */
export type IsOneService = (route: CodeRoute) => Promise<boolean>;

/**
 * Makes sure that what one server gives out (a code, a registered client) is not handed to another: both endpoints share an
 * origin, or the giving one is the issuer’s own, or `isOneService` confirms it. What an issuer says of another
 * server’s endpoint proves nothing: it may be after that server’s codes.
 *
 * @param giver the endpoint that gives it
 * @throws FailureError of kind `invalid_profile`, before anything is sent
 * @see RFC 9700 section 4.4 (mix-up)
 */
export async function requireOneServer(
  { issuer }: Pick<Profile, 'issuer'>,
  { server }: Pick<ServerMetadata, 'server'>,
  isOneService: IsOneService,
  giver: GrantOfServer['endpoints'][number] = 'authorization_endpoint',
): Promise<void> {
  const from = originOf(server[giver]);
  const to = originOf(server.token_endpoint);
  if (from === undefined || from === to || from === originOf(issuer)) return;
  const { authorization_endpoint: authorizationEndpoint = '', token_endpoint: tokenEndpoint = '' } = server;
  const endpoints = giver === 'authorization_endpoint' && { authorizationEndpoint, tokenEndpoint };
  await requireOneService(
    { from, to, ...(endpoints && { endpoints }) },
    `The ${giver.replaceAll('_', ' ')} is at ${from}`,
    isOneService,
    giver === 'registration_endpoint' ? 'No client was registered.' : undefined,
  );
}

/**
 * Makes sure that an assertion is only sent to the server that it is issued for.
 *
 * @throws FailureError of kind `invalid_profile`, before anybody signs in for it
 * @see RFC 7523 section 3
 */
export async function requireOwnAudience(
  { audience, issuer }: Profile,
  { server }: ServerMetadata,
  isOneService: IsOneService,
): Promise<void> {
  if (audience === undefined) return;
  const to = originOf(server.token_endpoint);
  const from = /^https?:/i.test(audience) ? (originOf(audience) ?? audience) : audience;
  if (from === to || from === originOf(issuer)) return;
  await requireOneService({ from, to }, `The assertion is for ${plainText(from, 200)}`, isOneService);
}

/** The origin at which the user signs in, where an issuer at another origin names it. */
export function otherGiver(
  { issuer }: Profile,
  { server }: ServerMetadata,
  { endpoints }: GrantOfServer,
): string | undefined {
  const giver = endpoints.find((name) => name !== 'token_endpoint');
  const from = giver && originOf(server[giver]);
  return issuer === undefined || from === originOf(issuer) ? undefined : from;
}

/**
 * Makes sure that a token only goes back to the server at which the user signed in: an issuer that had borrowed another
 * server's sign-in may name token endpoints of its own, now or later.
 *
 * @param taker the endpoint that gets the token
 * @throws FailureError of kind `invalid_profile`, before anything is sent
 * @see RFC 9700 section 4.4 (mix-up)
 */
export async function requireGiver(
  { signed_in_at: from }: Pick<TokenSet, 'signed_in_at'>,
  { server }: ServerMetadata,
  taker: GrantOfServer['endpoints'][number],
  isOneService: IsOneService,
): Promise<void> {
  const to = originOf(server[taker]);
  if (from === undefined || from === to) return;
  await requireOneService(
    { from, to },
    `The sign-in was at ${from}`,
    isOneService,
    'It was not sent.',
    taker,
  );
}

/** @param found what is at the origin it comes from. @param left what was not done. @throws FailureError of kind `invalid_profile` */
async function requireOneService(
  { to, ...route }: Omit<CodeRoute, 'to'> & { readonly to: string | undefined },
  found: string,
  isOneService: IsOneService,
  left = 'The sign-in was not started.',
  taker = 'token_endpoint',
): Promise<void> {
  if (to !== undefined && (await isOneService({ ...route, to }))) return;
  const problem = `${found}, the ${taker.replaceAll('_', ' ')} at ${to ?? 'no origin'}, and nothing says that they are one server’s.`;
  throw new FailureError({
    kind: 'invalid_profile',
    step: 'profile',
    problems: [problem],
    message: `${problem} ${left}`,
    advice:
      'Add the issuer that has both to the profile, or correct what is wrong there. If both are one service’s, allow it where the editor asks, or with --one-service on the command line.',
  });
}
