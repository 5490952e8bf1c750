import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { revoke, type RevokeDeps } from '../../../src/core/operations/revoke.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { startOwnDemoServers, type DemoServers } from '../../demo/demoServers.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { formOf, startStandIn } from '../../support/servers/standIn.ts';
import { profileOf } from '../checks/support.ts';
import { realClock, run } from '../diagnose/play.ts';

const deps = (secret: string | undefined): RevokeDeps => ({
  ...{ fetch, clock: realClock, timeout: 5000 },
  metadata: new MetadataCache(),
  signal: new AbortController().signal,
  material: () => Promise.resolve(secret === undefined ? undefined : { kind: 'password', secret }),
});

const tokens: TokenSet = {
  ...{ access_token: 'access-1', refresh_token: 'refresh-1', token_type: 'Bearer' },
  ...{ received_at: 0, requested_scopes: [], extra: {} },
};

describe('revoking the tokens of a profile', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
  });
  after(() => demo.close());

  /** Whether oidc-provider says that a token is active. */
  const isActive = async (token: string): Promise<boolean> => {
    const { clientId, clientSecret = '' } = demo.clients.machine;
    const response = await fetch(`${demo.issuer}/token/introspection`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(clientSecret)}`).toString('base64')}`,
      },
      body: new URLSearchParams({ token }),
    });
    return ((await response.json()) as { active: boolean }).active;
  };

  it('has a real server forget them', async () => {
    const { machine } = demo.clients;
    // Without a resource, oidc-provider issues opaque tokens, which it can take back.
    const profile: Profile = { ...profileOf(demo.issuer, machine), scopes: [] };
    const { outcome } = await run('client_credentials', profile, machine.clientSecret);
    assert.ok(outcome.kind === 'token', JSON.stringify(outcome));
    const { access_token } = outcome.tokens;
    assert.equal(await isActive(access_token), true);
    assert.equal(await revoke(profile, outcome.tokens, deps(machine.clientSecret)), 'revoked');
    assert.equal(await isActive(access_token), false);
  });

  it('says which secret is missing before anything is sent', async () => {
    const profile = profileOf(demo.issuer, demo.clients.machine);
    await assert.rejects(
      revoke(profile, tokens, deps(undefined)),
      (thrown) => thrown instanceof FailureError && thrown.failure.kind === 'secret_missing',
    );
  });
});

describe('revoking at a server of its own kind', () => {
  const metadata = (origin: string, over: object) => ({
    ...{ issuer: origin, token_endpoint: `${origin}/token`, authorization_endpoint: `${origin}/authorize` },
    ...{ response_types_supported: ['code'], revocation_endpoint: `${origin}/revoke` },
    ...over,
  });
  const serve = async (over: (origin: string) => object, status = 200) => {
    const server = await startStandIn(({ path }, origin) =>
      path.startsWith('/.well-known/')
        ? { status: 200, body: metadata(origin, over(origin)) }
        : { status, body: status === 200 ? '' : { error: 'unsupported_token_type' } },
    );
    return { ...server, revoked: () => server.requests.filter(({ path }) => path === '/revoke') };
  };

  it('sends the refresh token first, as a public client with its id', async () => {
    const server = await serve(() => ({}));
    try {
      const profile = userProfile({ issuer: server.origin });
      assert.equal(await revoke(profile, tokens, deps(undefined)), 'revoked');
      const forms = server.revoked().map((request) => formOf(request));
      assert.deepEqual(
        forms.map((form) => [form?.get('token'), form?.get('client_id')]),
        [
          ['refresh-1', 'native-client'],
          ['access-1', 'native-client'],
        ],
      );
    } finally {
      await server.close();
    }
  });

  it('sends nothing where the server names no endpoint, or one that is not beside its token endpoint', async () => {
    const other = await startStandIn(() => ({ status: 200 }));
    for (const endpoint of [undefined, `${other.origin}/revoke`, 'no url']) {
      const server = await serve(() => ({ revocation_endpoint: endpoint }));
      const profile = machineProfile({ issuer: server.origin });
      assert.equal(await revoke(profile, tokens, deps('secret')), 'nowhere');
      assert.equal(server.revoked().length + other.requests.length, 0);
      await server.close();
    }
    await other.close();
  });

  it('says that the server refused', async () => {
    const server = await serve(() => ({}), 400);
    const profile = machineProfile({ issuer: server.origin });
    await assert.rejects(revoke(profile, tokens, deps('secret')), (thrown) => thrown instanceof FailureError);
    await server.close();
  });
});
