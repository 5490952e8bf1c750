import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { callApi, type ApiCallDeps, type ApiRequest } from '../../../src/core/api/callApi.ts';
import { apiView } from '../../../src/core/api/apiView.ts';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { hostVerdict } from '../../../src/core/api/hostVerdict.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { Obtained } from '../../../src/core/session/session.ts';
import { applicationSecretHash, startErpNet, type ErpNetServer } from '../../support/servers/erpNet.ts';
import { startSalesforce, type SalesforceServer } from '../../support/servers/salesforce.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { realClock, run } from '../diagnose/play.ts';
import { clientCredentials } from '../diagnose/support.ts';

const tokenSet = (change: Partial<TokenSet> = {}): TokenSet => ({
  ...{
    access_token: 'opaque-token-1',
    token_type: 'Bearer',
    received_at: 0,
    requested_scopes: [],
    extra: {},
  },
  ...change,
});
const obtained = ({ outcome }: FlowReport): Obtained => {
  if (outcome.kind === 'checked') throw new TypeError('A check is not a way to a token.');
  return outcome;
};
const tokensOf = (one: Obtained): TokenSet => {
  assert.equal(one.kind, 'token');
  return one.tokens;
};
const renewTo = (tokens: TokenSet) => () => Promise.resolve<Obtained>({ kind: 'token', tokens });
const bytes = (text: string | readonly number[]) =>
  Uint8Array.from(typeof text === 'string' ? Buffer.from(text) : text);
const get = (url: string, headers: ApiRequest['headers'] = []): ApiRequest => ({
  method: 'GET',
  url,
  headers,
});

/** A call of `profile` that gets its tokens by its own flow unless told otherwise, and agrees to every host. */
const call = async (profile: Profile, request: ApiRequest, change: Partial<ApiCallDeps> = {}) => {
  const fetchToken = async () => obtained(await run('client_credentials', profile));
  const tokens = change.tokens ?? tokensOf(await fetchToken());
  return callApi(profile, request, {
    ...{ fetch, clock: realClock, timeout: 5000, used: [], signal: new AbortController().signal },
    renew: fetchToken,
    confirm: () => Promise.resolve(true),
    made: (_what, make) => make(),
    ...change,
    tokens,
  });
};

describe('calling the ERP.net API', () => {
  let server: ErpNetServer;
  let profile: Profile;
  let url = '';
  before(async () => {
    server = await startErpNet([
      {
        ...{ ApplicationUri: 'my.trusted.app/service', ClientType: 'Confidential', SystemUserAllowed: true },
        ...{ ApplicationSecretHash: applicationSecretHash('s3cr3t'), SystemUser: 'svc.integration' },
        ...{ Scope: 'read', IsEnabled: true },
      },
    ]);
    profile = clientCredentials({
      ...{ issuer: `${server.origin}/id`, tokenEndpoint: `${server.origin}/id/connect/token` },
      ...{ clientId: 'my.trusted.app/service', clientAuthentication: 'client_secret_post' },
    });
    url = `${server.origin}/api/domain/odata/Crm_Customers?$top=10`;
  });
  after(() => server.close());

  it('sends the token and gives back the answer', async () => {
    const { report, renewal } = await call(profile, get(url));
    assert.equal(report.kind, 'api_call');
    assert.equal(report.outcome.kind, 'token');
    assert.equal(report.exchanges.length, 1);
    assert.match(report.exchanges[0]?.response?.body ?? '', /Ada Ltd\./);
    assert.equal(renewal, undefined);
  });

  it('on 401 gets a new token with the same credentials and retries once', async () => {
    const stale = tokensOf(obtained(await run('client_credentials', profile)));
    server.expireTokens();
    const { report, renewal, tokens } = await call(profile, get(url), { tokens: stale });
    assert.deepEqual(
      report.exchanges.map(({ response }) => response?.status),
      [401, 200],
    );
    assert.equal(renewal?.kind, 'token');
    assert.notEqual(tokens.access_token, stale.access_token);
    assert.equal(report.outcome.kind, 'token');
  });

  it('leaves out the name and password that stand in the URL: the token takes their place', async () => {
    const seen: (readonly [string | undefined, string | undefined])[] = [];
    const api = await startStandIn(({ path, headers }) => {
      seen.push([path, headers.authorization]);
      return { status: 200 };
    });
    const written = `${api.origin.replace('//', '//orders:s3cr3t%21@')}/_search?q=a@b`;
    const { report, url: called } = await call(profile, get(written), { tokens: tokenSet() });
    await api.close();
    assert.equal(report.outcome.kind, 'token', JSON.stringify(report.outcome));
    assert.deepEqual(seen, [['/_search', `Bearer ${tokenSet().access_token}`]]);
    assert.equal(called, `${api.origin}/_search?q=a@b`);
    assert.equal(report.exchanges[0]?.request.url, called);
  });

  it('sends the name and password of the URL where the token goes elsewhere and the file says nothing else', async () => {
    const seen: unknown[] = [];
    const api = await startStandIn(({ headers }) => {
      seen.push([headers.authorization, headers['x-token']]);
      return { status: 200 };
    });
    const written = `${api.origin.replace('//', '//orders:s3cr3t%21@')}/`;
    const other = { ...profile, tokenHeader: 'X-Token', tokenPrefix: '' };
    await call(other, get(written), { tokens: tokenSet() });
    await call(other, get(written, [['Authorization', 'Key own']]), { tokens: tokenSet() });
    await api.close();
    const token = tokenSet().access_token;
    const basic = `Basic ${Buffer.from('orders:s3cr3t!').toString('base64')}`;
    assert.deepEqual(seen, [
      [basic, token],
      ['Key own', token],
    ]);
  });

  it('gets no new token where the sign-in is too weak, or the token for too little: it would be so again', async () => {
    for (const error of [
      '"insufficient_user_authentication"',
      '"insufficient_scope"',
      'insufficient_scope',
    ]) {
      const api = await startStandIn(() => ({
        ...{ status: 401, headers: { 'WWW-Authenticate': `DPoP error="x", Bearer error=${error}` } },
      }));
      const { report, renewal } = await call(profile, get(`${api.origin}/pay`), { tokens: tokenSet() });
      await api.close();
      assert.deepEqual([report.exchanges.length, renewal], [1, undefined]);
    }
  });

  it('never retries twice', async () => {
    const { report } = await call(profile, get(url), {
      ...{ tokens: tokenSet(), renew: renewTo(tokenSet({ access_token: 'opaque-token-2' })) },
    });
    assert.deepEqual(
      report.exchanges.map(({ response }) => response?.status),
      [401, 401],
    );
    assert.equal(report.outcome.kind, 'failure');
    assert.deepEqual([report.outcome.failure.kind, report.outcome.failure.exchange], ['http_error', 2]);
  });

  it('keeps why no new token came, and does not send again', async () => {
    const failed: Obtained = {
      kind: 'failure',
      failure: {
        kind: 'sign_in_required',
        step: 'refresh',
        message: 'No refresh token.',
        advice: 'Sign in.',
      },
    };
    const { report, renewal } = await call(profile, get(url), {
      ...{ tokens: tokenSet(), renew: () => Promise.resolve(failed) },
    });
    assert.deepEqual([report.exchanges.length, renewal], [1, failed]);
    assert.equal(report.outcome.kind === 'failure' && report.outcome.failure.exchange, 1);
  });
});

describe('calling the Salesforce API', () => {
  let server: SalesforceServer;
  before(async () => {
    const app = { consumerKey: 'key', consumerSecret: 's3cr3t', selectedScopes: ['api'], runAsUser: 'u' };
    server = await startSalesforce([app]);
  });
  after(() => server.close());

  it('takes the instance_url as the base of a path, and renews an ended session', async () => {
    const profile = clientCredentials({
      ...{ provider: 'salesforce', issuer: server.origin, scopes: [], clientId: 'key' },
      ...{
        tokenEndpoint: `${server.origin}/services/oauth2/token`,
        clientAuthentication: 'client_secret_post',
      },
    });
    const stale = tokensOf(obtained(await run('client_credentials', profile)));
    server.expireTokens();
    const asked: string[] = [];
    const answer = await call(profile, get('/services/data/v60.0/query?q=x'), {
      tokens: stale,
      confirm: ({ origin }) => Promise.resolve(asked.push(origin) > 0),
    });
    assert.equal(answer.url, `${server.origin}/services/data/v60.0/query?q=x`);
    assert.equal(answer.report.exchanges.at(-1)?.response?.status, 200);
    assert.deepEqual(asked, [], 'the instance_url needs no question');
  });
});

describe('after a renewal', () => {
  it('the new token is judged anew: its instance_url is the base, and another audience is asked about', async () => {
    const ended = await startStandIn(() => ({ status: 401 }));
    const moved = await startStandIn(() => ({ status: 200 }));
    const tokens = tokenSet({ extra: { instance_url: ended.origin } });
    const next = tokenSet({ access_token: 'opaque-token-2', extra: { instance_url: moved.origin } });
    const { url } = await call(clientCredentials(), get('/data'), { tokens, renew: renewTo(next) });
    assert.deepEqual([url, moved.requests.length], [`${moved.origin}/data`, 1]);

    const asked: string[] = [];
    const { report, renewal } = await call(clientCredentials(), get(`${ended.origin}/data`), {
      ...{ tokens, renew: renewTo(next) },
      confirm: ({ origin }) => Promise.resolve(asked.push(origin) === 0),
    });
    await Promise.all([ended.close(), moved.close()]);
    assert.deepEqual([asked, renewal?.kind, report.exchanges.length], [[ended.origin], 'token', 1]);
    assert.equal(report.outcome.kind === 'failure' && report.outcome.failure.kind, 'cancelled');
  });

  it('no second question comes for a host that was agreed to a moment ago', async () => {
    const server = await startStandIn(() => ({ status: 401 }));
    let asked = 0;
    await call(clientCredentials(), get(server.origin), {
      ...{ tokens: tokenSet(), renew: renewTo(tokenSet({ access_token: 'opaque-token-2' })) },
      confirm: () => Promise.resolve(++asked > 0),
    });
    await server.close();
    assert.deepEqual([asked, server.requests.length], [1, 2]);
  });
});

describe('what is sent', () => {
  it('is the request of the file, its own authorization replaced, redirects not followed', async () => {
    const server = await startStandIn(() => ({
      status: 302,
      headers: { location: 'https://elsewhere.example/' },
    }));
    const request: ApiRequest = {
      ...{ method: 'POST', url: `${server.origin}/things`, body: bytes('{"a":1}') },
      headers: [
        ['Content-Type', 'application/json'],
        ['authorization', 'Basic abc'],
        ['Content-Length', '999'],
        ['X-Trace', '1'],
      ],
    };
    const { report } = await call(clientCredentials(), request, { tokens: tokenSet() });
    await server.close();
    const [seen] = server.requests;
    assert.equal(seen?.headers.authorization, 'Bearer opaque-token-1');
    assert.equal(seen.headers['x-trace'], '1');
    assert.equal(seen.body, '{"a":1}');
    assert.equal(server.requests.length, 1);
    assert.equal(report.outcome.kind === 'failure' && report.outcome.failure.kind, 'redirected');
  });

  it('holds the bytes of the body, whatever they are', async () => {
    const server = await startStandIn(() => ({ status: 200 }));
    const png = bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0xff]);
    const marked = bytes([0xef, 0xbb, 0xbf, 0x7b, 0x7d]);
    const sendBody = async (body: Uint8Array<ArrayBuffer>) => {
      const request = { method: 'PUT', url: server.origin, headers: [], body };
      const { report } = await call(clientCredentials(), request, { tokens: tokenSet() });
      return report.exchanges[0]?.request.body;
    };
    assert.equal(await sendBody(png), '(8 bytes that are not text)');
    assert.equal(await sendBody(marked), '\uFEFF{}');
    await server.close();
    assert.deepEqual(
      server.requests.map((request) => [...request.bytes]),
      [[...png], [...marked]],
    );
  });

  it('keeps the answer’s bytes where its text is not they, and only there', async () => {
    const rawOf = async (body: Uint8Array<ArrayBuffer>, type: string) => {
      const answer = () => Promise.resolve(new Response(body, { headers: { 'content-type': type } }));
      const change = { tokens: tokenSet(), fetch: answer };
      const { raw } = await call(clientCredentials(), get('https://api.example.com/'), change);
      return raw && [...raw];
    };
    const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0xff];
    assert.deepEqual(await rawOf(bytes(png), 'image/png'), png);
    assert.deepEqual(await rawOf(bytes([0xe9]), 'text/plain; charset=latin1'), [0xe9]);
    assert.deepEqual(await rawOf(bytes([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'application/json'), [
      ...[0xef, 0xbb, 0xbf, 0x7b, 0x7d],
    ]);
    assert.equal(await rawOf(bytes('{"é":1}'), 'application/json'), undefined);
  });

  it('goes neither over plain http to another host nor to one the user declines', async () => {
    const plain = await call(clientCredentials(), get('http://api.example.com/'), {
      tokens: tokenSet(),
    });
    assert.equal(
      plain.report.outcome.kind === 'failure' && plain.report.outcome.failure.kind,
      'insecure_url',
    );
    const server = await startStandIn(() => ({ status: 200 }));
    const declined = await call(clientCredentials(), get(server.origin), {
      ...{ tokens: tokenSet(), confirm: () => Promise.resolve(false) },
    });
    await server.close();
    assert.equal(server.requests.length, 0);
    assert.equal(
      declined.report.outcome.kind === 'failure' && declined.report.outcome.failure.kind,
      'cancelled',
    );
  });

  it('a header that HTTP does not allow is told, not thrown', async () => {
    const { report } = await call(clientCredentials(), get('https://127.0.0.1:1/', [['X', 'a\nb']]), {
      tokens: tokenSet(),
    });
    assert.equal(report.outcome.kind, 'failure');
    assert.match(report.outcome.failure.message, /characters that HTTP does not allow/);
  });
});

describe('where the profile says the token goes', () => {
  const sent = async (profile: Partial<Profile>, tokens: Partial<TokenSet> = {}) => {
    const server = await startStandIn(() => ({ status: 200 }));
    const request = get(`${server.origin}/things`, [['Authorization', 'Basic abc']]);
    const answer = await call(clientCredentials(profile), request, { tokens: tokenSet(tokens) });
    await server.close();
    return { answer, headers: server.requests[0]?.headers };
  };

  it('is the header and the word before it; the file’s own Authorization stays then', async () => {
    const { headers } = await sent({ tokenHeader: 'X-Access-Token' });
    assert.deepEqual([headers?.['x-access-token'], headers?.authorization], ['opaque-token-1', 'Basic abc']);
    assert.equal((await sent({ tokenPrefix: 'token' })).headers?.authorization, 'token opaque-token-1');
    assert.equal((await sent({ tokenPrefix: 'none' })).headers?.authorization, 'opaque-token-1');
    const both = await sent({ tokenHeader: 'X-Auth', tokenPrefix: 'Bearer' });
    assert.equal(both.headers?.['x-auth'], 'Bearer opaque-token-1');
  });

  it('is the id_token, where the server sent one', async () => {
    const { headers } = await sent({ sentToken: 'id_token' }, { id_token: 'the-id-token' });
    assert.equal(headers?.authorization, 'Bearer the-id-token');
    const { answer, headers: none } = await sent({ sentToken: 'id_token' });
    assert.equal(none, undefined);
    assert.ok(answer.report.outcome.kind === 'failure');
    assert.match(answer.report.outcome.failure.message, /sent none/);
  });

  it('hides the token in headers of any name, and what the file refers to elsewhere', async () => {
    const { answer } = await sent(
      { tokenHeader: 'X-Whoever', sentToken: 'id_token' },
      { id_token: 'opaque-id-token-77' },
    );
    const exchange = answer.report.exchanges.slice(0, 1);
    assert.doesNotMatch(JSON.stringify(redactExchanges(exchange)), /opaque-id-token/);
    assert.doesNotMatch(JSON.stringify(apiView(answer, undefined, { busy: false })), /opaque-id-token/);
    const server = await startStandIn(() => ({ status: 200 }));
    const elsewhere = await call(
      clientCredentials(),
      { ...get(`${server.origin}/?q=another-token-88`), secrets: ['another-token-88'] },
      { tokens: tokenSet() },
    );
    await server.close();
    assert.doesNotMatch(JSON.stringify(redactExchanges(elsewhere.report.exchanges)), /another-token/);
  });

  it('cannot be a header with a meaning of its own', () => {
    const problems = (tokenHeader: string) =>
      parseProfile({
        id: 'a',
        grant: 'client_credentials',
        clientId: 'c',
        issuer: 'https://as.example',
        tokenHeader,
      });
    for (const name of ['Cookie', 'host', 'Content-Length', 'X Y', 'X:', ''])
      assert.ok('problems' in problems(name), name);
    assert.ok('profile' in problems('X-Access-Token'));
  });
});

describe('the question before a token goes to a host', () => {
  const jwt = (claims: object) =>
    ['{"alg":"none"}', JSON.stringify(claims), 'x']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
  const verdict = (url: string, tokens: TokenSet, change = {}, used: readonly string[] = []) =>
    hostVerdict(url, clientCredentials(change), tokens, used);
  const api = 'https://api.example.com/orders';

  it('is not asked where the audience, a resource, the instance, the issuer or an earlier call names the host', () => {
    const known = [
      verdict(api, tokenSet({ access_token: jwt({ aud: 'https://api.example.com' }) })),
      verdict(api, tokenSet({ access_token: jwt({ aud: ['x', 'api.example.com'] }) })),
      verdict(api, tokenSet(), { resource: ['https://api.example.com/'] }),
      verdict(api, tokenSet(), { audience: 'https://api.example.com/v1' }),
      verdict(api, tokenSet({ extra: { instance_url: 'https://api.example.com' } })),
      verdict('https://login.example.com/userinfo', tokenSet()),
      verdict(api, tokenSet(), {}, ['https://api.example.com']),
    ];
    assert.deepEqual(
      known.map(({ kind }) => kind),
      known.map(() => 'known'),
    );
  });

  it('is asked for everything else, look-alikes included', () => {
    const tokens = tokenSet({ access_token: jwt({ aud: 'https://api.example.com' }) });
    for (const url of [
      'https://api.example.com.evil.example/',
      'https://evil.example/https://api.example.com',
      'https://api.example.com:8443/',
      'https://sub.api.example.com/',
    ]) {
      const asked = verdict(url, tokens);
      assert.equal(asked.kind, 'ask', url);
      assert.equal(asked.why, 'The token’s audience is https://api.example.com.');
    }
    assert.equal(verdict(api, tokenSet()).kind, 'ask');
  });
});

describe('a call without a network', () => {
  const noted = (status: number) => {
    const sent: { url: string; init: RequestInit | undefined }[] = [];
    const answer: ApiCallDeps['fetch'] = (url, init) => {
      sent.push({ url, init });
      return Promise.resolve(new Response('', { status }));
    };
    return { sent, fetch: answer };
  };
  const at = 'https://api.example.com/a';

  it('a bound token goes with its proof; the id_token, or another kind of token, without', async () => {
    const headersOf = async (profile: Profile, change: Partial<TokenSet>, method = 'POST') => {
      const { sent, fetch } = noted(200);
      const request = { method, url: at, headers: [], body: bytes('b') };
      await call(profile, request, { tokens: tokenSet(change), fetch });
      return { headers: new Headers(sent[0]?.init?.headers), body: sent[0]?.init?.body };
    };
    const bound = { token_type: 'DPoP', id_token: 'an-id-token' };
    const proved = await headersOf(clientCredentials(), bound);
    assert.match(proved.headers.get('authorization') ?? '', /^DPoP opaque-token-1$/);
    assert.ok(proved.headers.has('dpop'));
    assert.deepEqual(proved.body, bytes('b'));
    assert.deepEqual((await headersOf(clientCredentials(), bound, 'GET')).body, bytes('b'));
    for (const plain of [
      await headersOf(clientCredentials(), {}),
      await headersOf(clientCredentials({ sentToken: 'id_token' }), bound),
    ]) {
      assert.match(plain.headers.get('authorization') ?? '', /^Bearer /);
      assert.ok(!plain.headers.has('dpop'));
    }
    for (const method of ['GET', 'HEAD'])
      assert.deepEqual((await headersOf(clientCredentials(), {}, method)).body, bytes('b'));
  });

  it('the proof is made with the key that is kept for the profile', async () => {
    const asked: string[] = [];
    await call(clientCredentials(), get(at), {
      ...{ tokens: tokenSet({ token_type: 'DPoP' }), fetch: noted(200).fetch },
      made: (what, make) => (asked.push(what), make()),
    });
    assert.deepEqual(asked, ['dpop_key']);
  });

  it('hosts that were agreed to before are not asked about', async () => {
    const { fetch } = noted(200);
    const confirm = () => assert.fail('It asked.');
    const { report } = await call(clientCredentials(), get(at), {
      ...{ tokens: tokenSet(), fetch, confirm, used: ['https://api.example.com'] },
    });
    assert.equal(report.outcome.kind, 'token');
  });

  it('headers that belong to a connection are not the file’s to send; those that are called alike are', async () => {
    const { sent, fetch } = noted(200);
    const own = ['Host', 'CONNECTION', 'transfer-encoding', 'Content-Length'];
    const alike = ['x-host', 'host-x', 'my-connection', 'content-length-hint'];
    const headers = [...own, ...alike].map((name) => [name, 'v'] as const);
    await call(clientCredentials(), get(at, headers), { tokens: tokenSet(), fetch });
    const names = [...new Headers(sent[0]?.init?.headers).keys()];
    assert.deepEqual(names, ['authorization', ...alike].toSorted());
  });

  it('only a path is below the instance_url, and only where there is one', async () => {
    const urlOf = async (url: string, instance?: unknown) => {
      const { fetch } = noted(200);
      const extra = instance === undefined ? {} : { instance_url: instance };
      const { report, url: called } = await call(clientCredentials(), get(url), {
        tokens: tokenSet({ extra }),
        fetch,
      });
      return report.outcome.kind === 'failure' ? report.outcome.failure.kind : called;
    };
    const base = 'https://one.example.com/x';
    assert.equal(await urlOf('/a', base), 'https://one.example.com/a');
    assert.equal(await urlOf(at, base), at);
    for (const [url, instance] of [
      ['/a', 'no URL'],
      ['/a', 1],
      ['/a', undefined],
      ['//evil.example.com/a', base],
      ['a', base],
      ['a//', base],
    ] as const)
      assert.match(await urlOf(url, instance), /^[a-z_]+$/, `${url} ${instance}`);
  });

  it('what came of it is told by the status', async () => {
    const advice = async (status: number) => {
      const { fetch } = noted(status);
      const renew = renewTo(tokenSet({ access_token: 'opaque-token-2' }));
      const { report } = await call(clientCredentials(), get(at), { tokens: tokenSet(), fetch, renew });
      assert.equal(report.outcome.kind, 'failure');
      const { failure } = report.outcome;
      assert.ok(failure.kind === 'http_error' && failure.status === status);
      return failure.advice;
    };
    assert.match(await advice(401), /does not accept the token/);
    assert.match(await advice(403), /The API refuses, or a firewall before it/);
    assert.match(await advice(500), /See the answer/);
  });

  it('one that is cancelled says so, and a header that cannot be sent is named in short', async () => {
    const over = new AbortController();
    over.abort();
    const cancelled = await call(clientCredentials(), get(at), {
      ...{ tokens: tokenSet(), signal: over.signal },
      fetch: (_url, init) => Promise.reject(init?.signal?.reason as Error),
    });
    assert.equal(
      cancelled.report.outcome.kind === 'failure' && cancelled.report.outcome.failure.kind,
      'cancelled',
    );
    const { fetch } = noted(200);
    const long = await call(clientCredentials(), get(at, [[`X ${'y'.repeat(500)}`, 'v']]), {
      tokens: tokenSet(),
      fetch,
    });
    assert.ok(
      long.report.outcome.kind === 'failure' && long.report.outcome.failure.kind === 'invalid_profile',
    );
    assert.ok(long.report.outcome.failure.message.length < 200);
    assert.equal(long.report.outcome.failure.problems.length, 1);
  });
});
