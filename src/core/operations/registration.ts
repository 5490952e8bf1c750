import { randomUUID } from 'node:crypto';
import { allAuthentications } from '../authentication/all.ts';
import type { AuthenticationDescriptor } from '../authentication/authentication.ts';
import { FailureError } from '../record/failure.ts';
import type { FlowReport } from '../record/report.ts';
import { contextOf, liveFlow, type FlowDeps } from '../flow/runFlow.ts';
import { plainText } from '../http/plainText.ts';
import { scrubFailure } from '../http/scrubFailure.ts';
import { toFailure } from '../record/toFailure.ts';
import { Trace } from '../record/trace.ts';
import { moment } from '../token/finding.ts';
import { registerClient, type RegisteredClient } from '../oauth/registerClient.ts';
import { givenSecretPlace } from '../oauth/clientAuthentication.ts';
import { requireOneServer } from '../oauth/requireOneServer.ts';
import { serverMetadata } from '../oauth/serverMetadata.ts';
import { secretDestinations, type AuthorizationCodeProfile, type SecretPlace } from '../profile/profile.ts';

/** A client that is to be registered, as the profile it will be. */
export interface Registration {
  /** Its client ID is not known yet. */
  readonly profile: AuthorizationCodeProfile;
  /** The initial access token, for a server that does not register just anybody; secret. @see RFC 7591 section 3 */
  readonly initialAccessToken?: string;
}

/** A client that was registered; its secrets go to the vault and nowhere else. */
export interface Registered {
  readonly profile: AuthorizationCodeProfile;
  readonly client: RegisteredClient;
  /** Where its secret is kept, bound to the endpoints that the server names. */
  readonly place: SecretPlace;
}

/** The run of a registration, and the client if it succeeded. */
export interface RegistrationRun {
  readonly report: FlowReport;
  readonly registered?: Registered;
  /** The server refused because it wants an initial access token. */
  readonly wantsToken: boolean;
}

/**
 * Registers a client for the redirect URI of a profile, written down as a flow of its own. Never rejects.
 *
 * @see RFC 7591 section 3
 */
export async function runRegistration(registration: Registration, deps: FlowDeps): Promise<RegistrationRun> {
  const { profile, initialAccessToken } = registration;
  const { clock, signal = new AbortController().signal } = deps;
  const start = { id: randomUUID(), kind: 'registration', profile, startedAt: clock.now() };
  const trace: Trace = new Trace(() => deps.onProgress?.(liveFlow(start, trace)));
  if (initialAccessToken !== undefined) trace.useSecret(initialAccessToken);
  const end = (outcome: FlowReport['outcome']): FlowReport => {
    return { ...start, endedAt: clock.now(), exchanges: trace.exchanges, outcome };
  };
  try {
    const registered = await register(registration, deps, trace, signal);
    const { clientId } = registered.client;
    const meaning = `The server registered the client ${plainText(clientId, 200)}, ${secretOf(registered, clock.now())}${lostOf(registered.client)}`;
    const report = end({ kind: 'checked', title: 'Registration', verdict: 'registered', meaning });
    return { report, registered, wantsToken: false };
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    const refused = 'status' in failure && (failure.status === 401 || failure.status === 403);
    const report = end({ kind: 'failure', failure: scrubFailure(failure, trace) });
    return { report, wantsToken: refused && failure.step === 'registration' };
  }
}

/** What became of its secret, to follow a comma. @param now milliseconds since the epoch */
function secretOf({ client: { clientSecret, secretEnds }, place }: Registered, now: number): string {
  if (clientSecret === undefined) return 'which has no secret.';
  const end =
    secretEnds === undefined
      ? ''
      : secretEnds > now
        ? ` It ends on ${moment(secretEnds)}.`
        : ` By the answer it ended on ${moment(secretEnds)} already.`;
  return `whose secret is kept in the keychain, and sent to ${secretDestinations(place).join(' and ')} only.${end}`;
}

/** What the server left out of what was asked for, as a sentence of its own. @see RFC 7591 section 3.2.1 */
function lostOf({ lostRedirectUris = [] }: RegisteredClient): string {
  return lostRedirectUris.length === 0
    ? ''
    : ` By the answer it has not the redirect URI ${plainText(lostRedirectUris.join(', '), 400)}: a sign-in with it will be refused.`;
}

async function register(
  { profile, initialAccessToken }: Registration,
  deps: FlowDeps,
  trace: Trace,
  signal: AbortSignal,
): Promise<Registered> {
  const context = await contextOf(profile, deps, trace, signal);
  trace.enter('discovery');
  const needs = { endpoints: ['registration_endpoint'], actsForUser: true } as const;
  const metadata = await serverMetadata(profile, context, needs);
  await requireOneServer(profile, metadata, context.isOneService, 'registration_endpoint');
  const { server } = metadata;
  const asked = methodToAsk(server.token_endpoint_auth_methods_supported);
  const wanted = {
    clientName: profile.name,
    redirectUris: [profile.redirectUri],
    grantTypes: ['authorization_code', 'refresh_token'],
    tokenEndpointAuthMethod: asked,
    scopes: profile.scopes,
  };
  const client = await registerClient(server, wanted, context, {
    place: 'registration',
    ...(initialAccessToken === undefined ? {} : { initialAccessToken }),
  });
  const method = client.tokenEndpointAuthMethod ?? asked;
  const authentication = methods().find(({ id }) => id === method);
  if (authentication === undefined || authentication.usesSecret !== (client.clientSecret !== undefined))
    throw unusable(method, client.clientSecret !== undefined);
  const { id: clientAuthentication } = authentication;
  const made = { ...profile, clientId: client.clientId, clientAuthentication };
  return { profile: made, client, place: givenSecretPlace(made, server) };
}

/** What a client that has only just been registered can prove itself with: nothing, or the secret it was given. */
function methods(): readonly AuthenticationDescriptor[] {
  return allAuthentications.filter(({ proves, usesSecret }) => usesSecret || !proves);
}

/** A client on a user's machine keeps no secret, unless the server takes no client without one. @see RFC 8252 section 8.5 */
function methodToAsk(listed: unknown): string {
  const open = methods().find(({ proves }) => !proves)?.id ?? '';
  // Some servers write a single method as a text; what is neither that nor a list says nothing.
  const text = typeof listed === 'string' ? [listed] : undefined;
  const supported: readonly unknown[] | undefined = Array.isArray(listed) ? listed : text;
  if (supported === undefined || supported.includes(open)) return open;
  return methods().find(({ id }) => supported.includes(id))?.id ?? open;
}

function unusable(method: string, hasSecret: boolean): FailureError {
  return new FailureError({
    ...{ kind: 'malformed_response', step: 'registration', code: 'registration_method' },
    message: `The server registered a client that authenticates with ${plainText(method, 60)}${hasSecret ? '' : ', and gave no secret for it'}: no profile can be made of that.`,
    advice: 'Register the client by hand, with a client authentication that fits, and use its client ID.',
  });
}
