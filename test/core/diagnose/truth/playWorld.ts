import { createServer } from 'node:http';
import { runFlow, type FlowDeps } from '../../../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../../../src/core/oauth/metadataCache.ts';
import { allOperations } from '../../../../src/core/operations/all.ts';
import { runManagedRegistration } from '../../../../src/core/operations/managedRegistration.ts';
import { runRegistration } from '../../../../src/core/operations/registration.ts';
import { runOperation } from '../../../../src/core/operations/runOperation.ts';
import type { Clock } from '../../../../src/core/ports.ts';
import type { AuthorizationCodeProfile, Profile } from '../../../../src/core/profile/profile.ts';
import type { FlowReport, TokenSet } from '../../../../src/core/record/report.ts';
import { vaultFailure, type VaultCode } from '../../../../src/core/vault/vaultFailure.ts';
import { close, listen } from '../../../../src/demo/listen.ts';
import { realClock } from '../play.ts';
import { authorizationCode, clientCredentials } from '../support.ts';
import { WorldServer } from './worldServer.ts';
import { WorldUser } from './worldUser.ts';
import { issuer, type World } from './world.ts';

/** A run, and what is known of its server besides the trace. */
export interface Played {
  readonly report: FlowReport;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Runs of this session before it. */
  readonly earlier: readonly FlowReport[];
}

function isVaultTrouble(trouble: World['trouble']): trouble is VaultCode {
  return trouble !== undefined && trouble !== 'port in use' && trouble !== 'browser declined';
}

/** Runs the flow of a world to its report. */
export async function playWorld(world: World): Promise<Played> {
  if (world.trouble !== 'port in use') return playAt(world, 'http://127.0.0.1/callback');
  const other = createServer();
  const port = await listen(other, 0);
  try {
    return await playAt(world, `http://127.0.0.1:${port}/callback`);
  } finally {
    await close(other);
  }
}

/** The same flow where nothing is wrong. */
function rightly(world: World): World {
  return {
    ...world,
    ...{ metadata: {}, discovery: undefined, token: undefined, keys: undefined, endpoint: undefined },
    ...{ redirect: { code: 'the-code-before', state: 'STATE' }, claims: {}, trouble: undefined, pending: 0 },
    ...{ signed: true, cached: false, refreshToken: 'refresh-of-before', before: undefined },
    secret: world.before === 'another secret' ? 'the-secret-of-before-which-is-long-enough' : world.secret,
  };
}

async function playAt(world: World, redirectUri: string): Promise<Played> {
  const before = world.before === undefined ? undefined : await playAt(rightly(world), redirectUri);
  const server = new WorldServer(world);
  const user = new WorldUser(world, server);
  const metadata = new MetadataCache();
  const clock = jumpingClock();
  const profile = profileOf(world, redirectUri);
  const deps: FlowDeps = {
    fetch: server.fetch,
    clock,
    browser: world.trouble === 'browser declined' ? { open: () => Promise.resolve(false) } : user.browser,
    metadata,
    secret: () =>
      isVaultTrouble(world.trouble)
        ? Promise.reject(vaultFailure(world.trouble, 'The keychain does not answer.', 'Unlock it.'))
        : Promise.resolve(world.secret),
    input: () => Promise.resolve('subject-0123456789'),
    requestTimeout: 5000,
    signInTimeout: 150,
    // With tokens to refresh a flow is a refresh.
    ...(world.flow === 'refresh_token' && { previous: tokensOf(world) }),
  };
  if (world.cached)
    metadata.set(issuer, { kind: 'openid', server: { ...server.metadata, issuer } }, clock.now());
  const report = await runOf(world, profile, deps);
  await user.browser.done.catch(() => undefined);
  const known = metadata.last(issuer);
  return { report, ...(known && { metadata: known }), earlier: before === undefined ? [] : [before.report] };
}

/** A wait takes no time, and is over by this clock all the same. */
function jumpingClock(): Clock {
  let ahead = 0;
  return {
    ...realClock,
    now: () => Date.now() + ahead,
    sleep: (milliseconds) => {
      ahead += milliseconds;
      return Promise.resolve();
    },
  };
}

function tokensOf({ refreshToken, scopes }: World): TokenSet {
  return {
    ...{ access_token: 'old', token_type: 'Bearer' },
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...{ received_at: 0, requested_scopes: scopes, extra: {} },
  };
}

function profileOf(world: World, redirectUri: string): Profile {
  const { flow, authentication, scopes, clientId, provider, parameters } = world;
  const common = {
    ...{ issuer, clientAuthentication: authentication, scopes, clientId },
    ...(provider !== undefined && { provider }),
  };
  const signedIn = (change: Partial<AuthorizationCodeProfile> = {}) =>
    authorizationCode({ ...common, redirectUri, authorizationParameters: parameters, ...change });
  switch (flow) {
    case 'client_credentials':
    case 'device_code':
    case 'ciba':
    case 'token_exchange':
      return clientCredentials({ ...common, grant: flow, ...(flow === 'ciba' && { loginHint: 'ada' }) });
    case 'pushed':
      return signedIn({ pushAuthorizationRequest: true });
    case 'signed_response':
      return signedIn({ authorizationParameters: { ...parameters, response_mode: 'jwt' } });
    case 'sign_out_and_return':
      return signedIn({ postLogoutRedirectUri: redirectUri });
    default:
      return signedIn();
  }
}

async function runOf(world: World, profile: Profile, deps: FlowDeps): Promise<FlowReport> {
  const registered = { token: 'registration-0123456789', uri: `${issuer}/client` };
  const manage = (action: 'read' | 'update' | 'delete') =>
    runManagedRegistration({ action, profile, kept: registered, keep: () => Promise.resolve() }, deps);
  const operate = async (name: keyof typeof allOperations) =>
    (await runOperation(allOperations[name], profile, tokensOf(world), deps)).report;
  switch (world.flow) {
    case 'introspection':
    case 'userinfo':
    case 'revocation':
      return operate(world.flow);
    case 'sign_out':
    case 'sign_out_and_return':
      return operate('signOut');
    case 'registration':
      return (await runRegistration({ profile: profile as AuthorizationCodeProfile }, deps)).report;
    case 'read_client':
      return manage('read');
    case 'update_client':
      return manage('update');
    case 'delete_client':
      return manage('delete');
    case 'refresh_token':
      return runFlow(world.flow, profile, deps);
    default:
      return runFlow(profile.grant, profile, deps);
  }
}
