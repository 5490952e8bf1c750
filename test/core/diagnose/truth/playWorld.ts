import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { FlowReport, TokenSet } from '../../../../src/core/record/report.ts';
import { runFlow } from '../../../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../../../src/core/oauth/metadataCache.ts';
import { vaultFailure, type VaultCode } from '../../../../src/core/vault/vaultFailure.ts';
import { close, listen } from '../../../../src/demo/listen.ts';
import { callbackOf, User } from '../../oauth/support/user.ts';
import { realClock } from '../play.ts';
import { authorizationCode, clientCredentials } from '../support.ts';
import { issuer, type Answer, type World } from './world.ts';

const { privateKey, publicKey } = await generateKeyPair('ES256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };

function respond(found: Answer): Response {
  if (found.error !== undefined)
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: found.error } });
  if (!found.broken) return new Response(found.body, found);
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(found.body));
      controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    },
  });
  return new Response(stream, found);
}

function isVaultTrouble(trouble: World['trouble']): trouble is VaultCode {
  return trouble !== undefined && trouble !== 'port in use' && trouble !== 'browser declined';
}

/** Runs the flow of a world to its report. */
export async function playWorld(world: World): Promise<FlowReport> {
  if (world.trouble !== 'port in use') return playAt(world, 'http://127.0.0.1/callback');
  const other = createServer();
  const port = await listen(other, 0);
  try {
    return await playAt(world, `http://127.0.0.1:${port}/callback`);
  } finally {
    await close(other);
  }
}

async function playAt(world: World, redirectUri: string): Promise<FlowReport> {
  let nonce: string | undefined;
  const idToken = () => {
    // Not when the file was read: all unit tests run in one process, for minutes.
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, sub: 'ada', aud: 'orders-worker', iat: now, exp: now + 600, nonce };
    const changed = Object.entries<unknown>({ ...right, ...world.claims }).filter(
      ([, value]) => value !== null,
    );
    return new SignJWT(Object.fromEntries(changed))
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(privateKey);
  };
  const server = async (url: string): Promise<Response> => {
    const { pathname } = new URL(url);
    if (pathname === '/token' || pathname === '/token/')
      return world.token === undefined
        ? Response.json({ access_token: 'a-token', token_type: 'Bearer', id_token: await idToken() })
        : respond(world.token);
    if (pathname === '/jwks')
      return world.keys === undefined ? Response.json({ keys: [jwk] }) : respond(world.keys);
    if (world.discovery !== undefined) return respond(world.discovery);
    return Response.json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...world.metadata,
    });
  };
  const user = new User(async (url) => {
    nonce = new URL(url).searchParams.get('nonce') ?? undefined;
    if (world.redirect === undefined) return;
    const { redirectUri, state } = callbackOf(url);
    const query = new URLSearchParams({ ...world.redirect });
    if (query.get('state') === 'STATE') query.set('state', state);
    await fetch(`${redirectUri}?${query}`);
  });
  const common = { issuer, clientAuthentication: world.authentication, scopes: world.scopes };
  const profile =
    world.flow === 'client_credentials'
      ? clientCredentials(common)
      : authorizationCode({ ...common, redirectUri, authorizationParameters: world.parameters });
  const previous: TokenSet = {
    ...{ access_token: 'old', token_type: 'Bearer' },
    ...(world.refreshToken === undefined ? {} : { refresh_token: world.refreshToken }),
    ...{ received_at: 0, requested_scopes: world.scopes, extra: {} },
  };
  const report = await runFlow(world.flow, profile, {
    fetch: server,
    clock: realClock,
    browser: world.trouble === 'browser declined' ? { open: () => Promise.resolve(false) } : user,
    metadata: new MetadataCache(),
    secret: () =>
      isVaultTrouble(world.trouble)
        ? Promise.reject(vaultFailure(world.trouble, 'The keychain does not answer.', 'Unlock it.'))
        : Promise.resolve(world.secret),
    requestTimeout: 5000,
    signInTimeout: 150,
    // With tokens to refresh a flow is a refresh.
    ...(world.flow === 'refresh_token' && { previous }),
  });
  await user.done.catch(() => undefined);
  return report;
}
