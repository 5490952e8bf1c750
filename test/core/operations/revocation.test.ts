import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowDeps } from '../../../src/core/flow/runFlow.ts';
import type { FetchInit } from '../../../src/core/ports.ts';
import { revocation } from '../../../src/core/operations/revocation.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { formOf, startStandIn, type StandIn } from '../../support/servers/standIn.ts';
import { failureOf, flowDeps } from '../oauth/support/deps.ts';

const tokens: TokenSet = {
  ...{ access_token: 'access-1', refresh_token: 'refresh-1', token_type: 'Bearer' },
  ...{ received_at: 0, requested_scopes: [], extra: {} },
};

/** A server that takes back what it is given, or answers with `status`. */
function serve(over: object = {}, status = 200): Promise<StandIn> {
  return startStandIn(({ path }, origin) =>
    path.startsWith('/.well-known/')
      ? {
          status: 200,
          body: {
            ...{ issuer: origin, token_endpoint: `${origin}/token`, response_types_supported: ['code'] },
            ...{ authorization_endpoint: `${origin}/authorize`, revocation_endpoint: `${origin}/revoke` },
            ...over,
          },
        }
      : { status, body: status === 200 ? '' : { error: 'invalid_client' } },
  );
}

const revoked = ({ requests }: StandIn) => requests.filter(({ path }) => path === '/revoke');

const revoke = (profile: Profile, deps: Partial<FlowDeps> = {}) =>
  runOperation(revocation, profile, tokens, flowDeps(deps));

describe('revoking the tokens of a profile, however its client proves itself', () => {
  it('sends the refresh token first, as a public client with its id', async () => {
    const server = await serve();
    const { spent } = await revoke(userProfile({ issuer: server.origin }));
    const forms = revoked(server).map((request) => formOf(request));
    assert.deepEqual(
      forms.map((form) => [form?.get('token'), form?.get('client_id')]),
      [
        ['refresh-1', 'native-client'],
        ['access-1', 'native-client'],
      ],
    );
    assert.equal(spent, true);
    await server.close();
  });

  it('shows the certificate of a client that authenticates with one', async () => {
    const server = await serve();
    const { cert, key } = selfSignedCertificate({ name: 'orders' });
    const shown: (string | undefined)[] = [];
    const { report, spent } = await revoke(
      machineProfile({ issuer: server.origin, clientAuthentication: 'tls_client_auth' }),
      {
        secret: () => Promise.resolve(`${cert}${key}`),
        fetch: (url, { identity, ...init }: FetchInit = {}) => {
          if (url.endsWith('/revoke')) shown.push(identity?.certificate.trim());
          return fetch(url, init);
        },
      },
    );
    assert.equal(spent, true, JSON.stringify(report.outcome));
    assert.deepEqual(shown, [cert.trim(), cert.trim()]);
    await server.close();
  });

  it('sends the assertion that another program keeps for the workload', async () => {
    const server = await serve();
    const content = 'header.payload.signature';
    const { spent } = await revoke(
      machineProfile({ issuer: server.origin, clientAuthentication: 'federated_assertion' }),
      {
        material: (_, kind) => Promise.resolve(kind === 'file' ? { kind, content } : undefined),
        secret: () => Promise.reject(new Error('There is no secret to ask for.')),
      },
    );
    assert.equal(spent, true);
    assert.deepEqual(
      revoked(server).map((request) => formOf(request)?.get('client_assertion')),
      [content, content],
    );
    await server.close();
  });

  it('sends nothing without a secret, nor where the server names no endpoint or one of another server', async () => {
    const own = await serve();
    const { report } = await revoke(machineProfile({ issuer: own.origin }), {
      secret: () => Promise.resolve(undefined),
    });
    failureOf(report, 'secret_missing');
    assert.equal(revoked(own).length, 0);
    await own.close();
    for (const revocation_endpoint of [undefined, 'no url', 'http://192.0.2.1/revoke']) {
      const server = await serve({ revocation_endpoint });
      const run = await revoke(machineProfile({ issuer: server.origin }));
      assert.deepEqual([run.report.outcome.kind, run.spent], ['failure', false], String(revocation_endpoint));
      assert.equal(revoked(server).length, 0);
      await server.close();
    }
  });

  it('says that the server refused, and keeps the tokens', async () => {
    const server = await serve({}, 401);
    const { report, spent } = await revoke(machineProfile({ issuer: server.origin }));
    assert.deepEqual([failureOf(report, 'oauth_error').body.error, spent], ['invalid_client', false]);
    await server.close();
  });

  it('does not say of an answer that cannot be used that there was none', async () => {
    const server = await startStandIn(({ path }, origin) => ({
      status: 200,
      body: path.startsWith('/.well-known/')
        ? {
            ...{ issuer: origin, token_endpoint: `${origin}/token`, response_types_supported: ['code'] },
            ...{ revocation_endpoint: `${origin}/revoke`, introspection_endpoint: `${origin}/introspect` },
          }
        : path === '/revoke'
          ? ''
          : { active: 'no' },
    }));
    const { report } = await revoke(machineProfile({ issuer: server.origin }));
    await server.close();
    const { outcome } = report;
    assert.ok(outcome.kind === 'checked');
    assert.match(outcome.meaning, /, and that of the introspection endpoint cannot be used\.$/);
  });

  /** What is said of a revocation whose endpoint answers each token so. */
  async function answered(answers: {
    readonly refresh?: readonly [status: number, body: object | string];
    readonly access: readonly [status: number, body: object | string];
  }) {
    const server = await startStandIn(({ path, body }, origin) => {
      if (path.startsWith('/.well-known/'))
        return {
          ...{ status: 200 },
          body: {
            ...{ issuer: origin, token_endpoint: `${origin}/token`, response_types_supported: ['code'] },
            revocation_endpoint: `${origin}/revoke`,
          },
        };
      const isAccess = new URLSearchParams(body).get('token_type_hint') === 'access_token';
      const [status, answer] = (isAccess ? answers.access : answers.refresh) ?? [200, ''];
      return { status, body: answer };
    });
    const { refresh_token: refresh = '', ...alone } = tokens;
    const both = { ...alone, ...(answers.refresh && { refresh_token: refresh }) };
    const profile = machineProfile({ issuer: server.origin });
    const { report, spent } = await runOperation(revocation, profile, both, flowDeps());
    await server.close();
    const { outcome } = report;
    const words = outcome.kind === 'checked' ? outcome.meaning : '';
    return { words: outcome.kind === 'failure' ? outcome.failure.message : words, spent };
  }
  const unsupported = [400, { error: 'unsupported_token_type' }] as const;
  const taken = [200, ''] as const;

  it('says which of the two a server does not take back, and that it works on', async () => {
    const noAccess = await answered({ refresh: taken, access: unsupported });
    assert.match(
      noAccess.words,
      /^The server took back the refresh token\. Access tokens it does not take back/,
    );
    const noRefresh = await answered({ refresh: unsupported, access: taken });
    assert.match(
      noRefresh.words,
      /^The server took back the access token\. Refresh tokens it does not take back/,
    );
    assert.deepEqual([noAccess.spent, noRefresh.spent], [true, true]);
    const neither = await answered({ refresh: unsupported, access: unsupported });
    assert.match(neither.words, /refused the revocation request with unsupported_token_type/);
    const alone = await answered({ access: unsupported });
    assert.match(alone.words, /refused the revocation request with unsupported_token_type/);
    assert.deepEqual([neither.spent, alone.spent], [false, false]);
  });

  for (const [name, access] of [
    ['unavailable', [503, '<html>later</html>']],
    ['unavailable in words', [503, { error: 'temporarily_unavailable' }]],
  ] as const)
    it(`says that the refresh token is gone already where the second answer is: ${name}`, async () => {
      const { words, spent } = await answered({ refresh: taken, access });
      assert.match(
        words,
        /^The server took back the refresh token, and not the access token: .*(?:503|temporarily_unavailable)/,
      );
      assert.equal(spent, false);
    });
});
