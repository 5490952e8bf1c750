import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { exchange, first, refused, why } from './evidence.ts';
import { cause, causeIds } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

/** A refusal that says nothing. */
const silent = (status: number, step: Failure['step'] = 'token'): Failure => ({
  ...{ kind: 'http_error', step, status, exchange: 1, message: '', advice: '' },
});
const basic = (secret: string) =>
  [['authorization', `Basic ${Buffer.from(`orders-worker:${secret}`).toString('base64')}`]] as const;

/** A token request with Basic; the answer is empty with this status, or a token. */
function request(status: number, form: Record<string, string>, secret = 's3cr3t') {
  const asked = exchange({ form, ...(form['grant_type'] === 'refresh_token' ? { purpose: 'refresh' } : {}) });
  const body = status === 200 ? '{"access_token":"a","token_type":"Bearer"}' : '';
  return {
    ...asked,
    request: { ...asked.request, headers: basic(secret) },
    response: { status, statusText: '', headers: [], body },
  };
}

/** An earlier run of this session that gave a token. */
function earlier(profile: Profile, form: Record<string, string>, refreshToken?: string): FlowReport {
  const tokens = { access_token: 'a', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} };
  return {
    ...{ id: 'before', kind: profile.grant, profile, startedAt: -10, endedAt: -5 },
    exchanges: [{ ...request(200, form), startedAt: -10 }],
    outcome: {
      kind: 'token',
      tokens: { ...tokens, ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }) },
    },
  };
}

const metadata = {
  grant_types_supported: ['authorization_code'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
};
const form = { grant_type: 'client_credentials' };

describe('what worked in this session is evidence against a cause', () => {
  it('an empty 403 or 400 makes the secret a suspect, before what the metadata does not list', () => {
    for (const status of [400, 403]) {
      const exchanges = [request(status, form)];
      const found = why(clientCredentials(), silent(status), {
        exchanges,
        metadata: { grant_types_supported: ['authorization_code'] },
      });
      assert.equal(first(found).id, 'client-unknown-or-secret-wrong');
      assert.ok(causeIds(found).includes('grant-not-supported'));
    }
  });

  it('neither grant nor client authentication nor secret is blamed when the same request just gave a token', () => {
    const exchanges = [request(403, form)];
    const profile = clientCredentials();
    const ids = causeIds(
      why(profile, silent(403), { exchanges, metadata, earlier: [earlier(profile, form)] }),
    );
    for (const id of [
      'grant-not-supported',
      'client-authentication-not-supported',
      'client-unknown-or-secret-wrong',
    ])
      assert.ok(!ids.includes(id), id);
  });

  it('credentials that gave a token with another grant are right: invalid_client is of this grant, as OAuth::Lite2 says it', () => {
    const code = { grant_type: 'authorization_code', code: 'c' };
    const failure = refused('invalid_client');
    const found = (before: readonly FlowReport[]) =>
      why(clientCredentials(), failure, { exchanges: [request(401, form)], earlier: before });
    const { title, evidence } = first(found([earlier(authorizationCode(), code)]));
    assert.equal(title, 'The client is not registered for the grant client_credentials.');
    assert.match(evidence.join(), /credentials gave a token with another grant/);
    for (const before of [[], [earlier(clientCredentials(), form)]])
      assert.ok(!causeIds(found(before)).includes('grant-not-allowed'));
  });

  it('another secret is still a suspect when one worked before', () => {
    const exchanges = [request(403, form, 'other')];
    const profile = clientCredentials();
    const found = why(profile, silent(403), { exchanges, metadata, earlier: [earlier(profile, form)] });
    assert.equal(first(found).id, 'client-unknown-or-secret-wrong');
  });

  it('a refresh token that was spent before is the cause of an empty 403', () => {
    const refresh = { grant_type: 'refresh_token', refresh_token: 'r1' };
    const exchanges = [request(403, refresh)];
    const profile = authorizationCode();
    const found = why(profile, silent(403, 'refresh'), {
      ...{ exchanges, metadata },
      earlier: [earlier(profile, refresh, 'r2')],
    });
    assert.equal(first(found).id, 'refresh-token-rotated');
    assert.equal(causeIds(found).includes('grant-not-supported'), false);
  });

  it('a client that is refused though it was accepted before was changed at the server', () => {
    const exchanges = [request(401, form)];
    const profile = clientCredentials();
    const found = why(profile, refused('invalid_client'), { exchanges, earlier: [earlier(profile, form)] });
    assert.match(cause(found, 'client-unknown-or-secret-wrong').title, /disabled or its secret expired/);
  });

  it('a refresh that is refused with invalid_client suspects no client id that got a token in this session', () => {
    const refresh = { grant_type: 'refresh_token', refresh_token: 'r1' };
    const code = { grant_type: 'authorization_code', code: 'c' };
    const profile = authorizationCode();
    const found = (secret?: string) =>
      cause(
        why(profile, refused('invalid_client', undefined, 'refresh'), {
          ...{ exchanges: [request(401, refresh, secret)], earlier: [earlier(profile, code, 'r1')] },
        }),
        'client-unknown-or-secret-wrong',
      );
    for (const secret of [undefined, 'another']) {
      const { steps, fixes } = found(secret);
      assert.doesNotMatch(steps.join(' '), /client ID|which client authentication/i);
      assert.deepEqual(
        fixes.map(({ kind }) => kind),
        ['enter_secret'],
      );
    }
    assert.match(found().title, /disabled or its secret expired/);
    const { title, evidence } = found('another');
    assert.match(title, /^The client secret is wrong/);
    assert.match(evidence.join(' '), /same client ID got a token .* with other credentials/);
  });

  it('an assertion is no credential of before because both had no secret', () => {
    const asserted = (kid: string) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const jwt = `${part({ alg: 'ES256', kid })}.${part({ jti: kid })}.c2ln`;
      const sent = exchange({ form: { ...form, client_id: 'orders-worker', client_assertion: jwt } });
      return (status: number, body = '') => ({
        ...sent,
        response: { status, statusText: '', headers: [], body },
      });
    };
    const profile = clientCredentials({ clientAuthentication: 'private_key_jwt' });
    const token = '{"access_token":"a","token_type":"Bearer"}';
    const found = (before: string) =>
      cause(
        why(profile, refused('invalid_client'), {
          exchanges: [asserted('new')(401)],
          earlier: [{ ...earlier(profile, form), exchanges: [asserted(before)(200, token)] }],
        }),
        'client-unknown-or-secret-wrong',
      );
    assert.match(found('new').title, /disabled/);
    assert.match(found('old').title, /does not know this client’s key/);
  });

  it('an address that gave a token in this session is the token endpoint: what answers there now stands before it', () => {
    const page = {
      statusText: '',
      headers: [['content-type', 'text/html'] as const],
      body: '<html>no</html>',
    };
    const profile = clientCredentials();
    for (const status of [403, 404]) {
      const asked = { ...request(status, form), response: { status, ...page } };
      const found = (before: readonly FlowReport[]) =>
        cause(why(profile, silent(status), { exchanges: [asked], earlier: before }), 'wrong-address');
      const { title, evidence, steps, fixes } = found([earlier(profile, form)]);
      assert.match(title, /stands before the token endpoint|is not there any more/);
      assert.match(evidence.join(' '), /gave a token earlier in this session/);
      assert.match(steps.join(' '), /proxy or VPN/);
      assert.deepEqual(fixes[0], { kind: 'run_again' });
      assert.doesNotMatch(found([]).evidence.join(' '), /earlier in this session/);
    }
  });

  it('scopes that were granted in this session are not suspected for what the metadata leaves out', () => {
    const scoped = { ...form, scope: 'read' };
    const profile = clientCredentials();
    const ids = (before: readonly FlowReport[]) =>
      causeIds(
        why(profile, refused('invalid_request'), {
          ...{
            exchanges: [request(400, scoped)],
            earlier: before,
            metadata: { scopes_supported: ['write'] },
          },
        }),
      );
    assert.ok(ids([]).includes('scope-not-supported'));
    assert.ok(!ids([earlier(profile, scoped)]).includes('scope-not-supported'));
  });

  it('unauthorized_client may be a wrong secret, unless the server speaks of the grant', () => {
    const exchanges = [exchange({ form: { grant_type: 'authorization_code', code: 'c' } })];
    const found = why(authorizationCode(), refused('unauthorized_client'), { exchanges });
    assert.equal(first(found).id, 'client-unknown-or-secret-wrong');
    assert.doesNotMatch(found.meaning.text, /was authenticated/);
    const told = why(authorizationCode(), refused('unauthorized_client', 'grant type not allowed'));
    assert.ok(!causeIds(told).includes('client-unknown-or-secret-wrong'));
  });
});

describe('invalid_scope without scopes_supported', () => {
  it('names the scope that the server’s words name, and removes it', () => {
    const found = first(
      why(clientCredentials({ scopes: ['read', 'write'] }), refused('invalid_scope', 'Invalid scope: write')),
    );
    assert.equal(found.id, 'scope-refused');
    assert.deepEqual(found.fixes[0], { kind: 'remove_scopes', scopes: ['write'] });
  });

  it('without scopes in the profile it says that one is wanted', () => {
    assert.match(
      first(why(clientCredentials({ scopes: [] }), refused('invalid_scope'))).title,
      /asks for none/,
    );
  });
});
