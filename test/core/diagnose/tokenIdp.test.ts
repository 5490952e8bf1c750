import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { applyQuickFix } from '../../../src/core/diagnose/quickFix.ts';
import {
  startTokenIdp,
  type TokenIdpApplication,
  type TokenIdpServer,
} from '../../support/servers/tokenIdp.ts';
import { cause, causeIds, explain, explained, run } from './play.ts';
import { clientCredentials, without } from './support.ts';

const worker: TokenIdpApplication = {
  clientId: 'orders-worker',
  clientSecret: 's3cr3t',
  active: true,
  confidential: true,
  grants: ['client_credentials'],
  scopes: ['orders.read', 'orders.write'],
};

describe('TokenIDP', () => {
  let server: TokenIdpServer;
  before(async () => (server = await startTokenIdp([worker])));
  beforeEach(() => server.applications.set(worker.clientId, worker));
  after(() => server.close());

  const profile = (change: Partial<Profile> = {}) => {
    const rest = without(clientCredentials({ clientAuthentication: 'client_secret_post' }), 'issuer');
    const scopes = ['orders.read', 'orders.write'];
    const tokenEndpoint = `${server.origin}/token`;
    return { ...rest, provider: 'tokenidp', tokenEndpoint, scopes, ...change } as Profile;
  };

  it('gets a token, the flow knowing nothing of its dialect', async () => {
    const { outcome } = await run('client_credentials', profile());
    assert.equal(outcome.kind, 'token');
    assert.match(outcome.tokens.access_token, /^eyJ/);
    assert.equal(outcome.tokens.token_type, 'Bearer');
    assert.equal((outcome.tokens.expires_at ?? 0) - outcome.tokens.received_at, 3_600_000);
  });

  it('any profile can set the dialect by its name', async () => {
    const other = without(profile(), 'provider') as Profile;
    const { outcome } = await run('client_credentials', { ...other, tokenDialect: 'tokenidp' });
    assert.equal(outcome.kind, 'token');
  });

  it('isSuccess false is explained: application active and allowed the grant', async () => {
    for (const change of [{ active: false }, { grants: [] }, { confidential: false }]) {
      server.applications.set(worker.clientId, { ...worker, ...change });
      const explanation = explained(await run('client_credentials', profile()));
      assert.match(explanation.server?.error_description ?? '', /^The application is not/);
      const found = cause(explanation, 'tokenidp/rejected');
      assert.equal(causeIds(explanation)[0], 'tokenidp/rejected');
      assert.match(found.steps.join(' '), /application is active.*client_credentials grant/s);
      // What came over the wire is shown too: the envelope is the server's own word.
      assert.match(explanation.server?.body ?? '', /"isSuccess":false/);
    }
  });

  it('isSuccess false for a wrong secret and for a scope that was not granted', async () => {
    for (const [asked, secret, words, fix] of [
      [profile(), 'other', 'Unknown client or wrong secret.', { kind: 'enter_secret' }],
      [
        profile({ scopes: ['orders.delete'] }),
        's3cr3t',
        'A requested scope was not granted to the application.',
        { kind: 'enter_secret' },
      ],
    ] as const) {
      const explanation = explained(await run('client_credentials', asked, secret));
      assert.equal(explanation.server?.error_description, words);
      const found = cause(explanation, 'tokenidp/rejected');
      assert.equal(causeIds(explanation)[0], 'tokenidp/rejected');
      assert.match(found.steps.join(' '), /client ID and secret.*requested scopes were granted/s);
      assert.deepEqual(found.fixes[0], fix);
    }
  });

  it('without its dialect the profile is told which one to set, and then it works', async () => {
    const other = without(profile(), 'provider') as Profile;
    const explanation = explained(await run('client_credentials', other));
    assert.equal(explanation.causes[0]?.id, 'token-dialect-needed');
    const [fix] = explanation.causes[0].fixes;
    assert.deepEqual(fix, { kind: 'set_token_dialect', tokenDialect: 'tokenidp' });
    const fixed = applyQuickFix(other, fix);
    assert.equal(fixed.kind, 'profile');
    assert.equal((await run('client_credentials', fixed.profile)).outcome.kind, 'token');
  });

  it('the API denies: which scopes are among the token’s claims', async () => {
    const failure = {
      kind: 'http_error',
      step: 'api',
      status: 403,
      message: '',
      advice: '',
      exchange: 1,
    } as const;
    const sent = await fetch(`${server.origin}/orders`, {
      method: 'POST',
      headers: await bearer(['orders.read']),
    });
    assert.equal(sent.status, 403);
    const exchange = {
      ...({ id: 1, purpose: 'api', leg: 'extension', startedAt: 0, deviations: [] } as const),
      request: { method: 'POST', url: sent.url, headers: [] },
      response: { status: 403, statusText: '', headers: [...sent.headers], body: '' },
    };
    const token = { scopes: ['orders.read'], audience: ['orders'], opaque: false, dpop: false };
    const explanation = explain(
      profile({ scopes: ['orders.read'] }),
      { failure, exchanges: [exchange] },
      { token },
    );
    const [first] = explanation.causes;
    assert.equal(first?.id, 'insufficient-scope');
    assert.match(first.title, /lacks “orders.write”/);
    assert.match(first.evidence.join(' '), /The token has “orders.read”/);
    assert.deepEqual(first.fixes[0], { kind: 'add_scopes', scopes: ['orders.write'] });
    assert.match(cause(explanation, 'tokenidp/api-denied').steps.join(' '), /claims/);
  });

  const bearer = async (scopes: readonly string[]) => {
    const { outcome } = await run('client_credentials', profile({ scopes }));
    assert.equal(outcome.kind, 'token');
    return { authorization: `Bearer ${outcome.tokens.access_token}` };
  };
});
