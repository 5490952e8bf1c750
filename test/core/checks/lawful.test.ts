import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import { forbidsFraming } from '../../../src/core/checks/response/framing.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { json, known, page, redirect, respond, smallServer, type Asked } from './server.ts';
import { trial, type TrialOptions } from './support.ts';

type Found = Readonly<Record<string, string>>;

/** The verdicts of the named checks against a server that answers as `answer` says. */
async function found(
  answer: (asked: Asked) => void,
  ids: readonly string[],
  options: Partial<TrialOptions> = {},
): Promise<{ readonly verdicts: Found; readonly results: readonly CheckResult[] }> {
  const server = await smallServer(answer);
  try {
    const chosen = ids.length === 0 ? checks : checks.filter(({ id }) => ids.includes(id));
    const { results } = await trial({
      issuer: server.origin,
      client: known,
      signIn: false,
      checks: chosen,
      ...options,
    });
    return { results, verdicts: Object.fromEntries(results.map(({ id, verdict }) => [id, verdict])) };
  } finally {
    await server.close();
  }
}

const redirects = checks.flatMap(({ id, area }) => (area === 'redirect' ? [id] : []));
const pkce = ['no-challenge', 'plain', 'unknown-method', 'malformed-challenge', 'downgrade'].map(
  (name) => `pkce.${name}`,
);
/** Whatever a strict server answers in its own way: the right request, and any other one. */
const manners: Readonly<Record<string, Readonly<Record<'right' | 'wrong', (asked: Asked) => void>>>> = {
  'a sign-in page with 200, an error page with 400': {
    right: ({ response }) => page(response, 200, 'Sign in', { 'x-frame-options': 'DENY' }),
    wrong: ({ response }) => page(response, 400, 'Error'),
  },
  'a sign-in page with 200, an error page with 200': {
    right: ({ response }) => page(response, 200, 'Sign in', { 'x-frame-options': 'DENY' }),
    wrong: ({ response }) => page(response, 200, 'Error'),
  },
  'a redirect to its own sign-in and to its own error page': {
    right: ({ response }) => redirect(response, `/login/${hex(8)}`),
    wrong: ({ response }) => redirect(response, `/error?id=${hex(8)}`),
  },
  'sign-in and error pages at another origin': {
    right: ({ response }) => redirect(response, `https://login.example/start?challenge=${hex(16)}`),
    wrong: ({ response }) => redirect(response, `https://login.example/error?error=invalid_request`),
  },
  'login_required in the redirect, an error as JSON': {
    right: (asked) => respond(asked, { error: 'login_required' }),
    wrong: ({ response }) => json(response, 400, { error: 'invalid_request' }),
  },
};

function hex(length: number): string {
  return `1${randomBytes(length).toString('hex')}`.slice(0, length);
}

describe('the checks without a sign-in, against lawful servers', () => {
  for (const [name, { right, wrong }] of Object.entries(manners)) {
    /** Everything as it should be. */
    const strict = (asked: Asked) => {
      const { query, registered } = asked;
      const wellFormed =
        registered &&
        query.getAll('redirect_uri').length === 1 &&
        query.get('response_type') === 'code' &&
        query.get('code_challenge')?.length === 43 &&
        query.get('code_challenge_method') === 'S256';
      if (asked.path !== '/auth') page(asked.response, 200, 'Sign in', { 'x-frame-options': 'DENY' });
      else (wellFormed ? right : wrong)(asked);
    };
    it(`raise no alarm at ${name}`, async () => {
      const { results } = await found(strict, [
        ...redirects,
        ...pkce,
        'response.implicit',
        'response.framing',
      ]);
      const alarms = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'weakness');
      assert.deepEqual(
        alarms.map(({ id, meaning }) => [id, meaning]),
        [],
      );
      assert.equal(results.find(({ id }) => id === 'redirect.registered')?.verdict, 'pass');
      assert.equal(results.find(({ id }) => id === 'redirect.missing')?.verdict, 'pass');
      assert.equal(results.find(({ id }) => id === 'response.implicit')?.verdict, 'pass');
    });

    it(`do not praise a server that looks at nothing but the redirect URI: ${name}`, async () => {
      const careless = (asked: Asked) => (asked.registered ? right : wrong)(asked);
      const { verdicts } = await found(careless, [...pkce, 'response.implicit']);
      assert.deepEqual(
        Object.values(verdicts).filter((verdict) => verdict !== 'not_determined'),
        [],
        JSON.stringify(verdicts),
      );
    });
  }

  it('say nothing of a server that wants fewer requests or is broken', async () => {
    for (const [status, good] of [
      [429, 2],
      [503, 0],
    ] as const) {
      let count = 0;
      const answer = (asked: Asked) => {
        if (++count > good) json(asked.response, status, { error: 'access_denied' });
        else if (asked.registered) respond(asked, { error: 'login_required' });
        else page(asked.response, 400, 'Error');
      };
      const { results } = await found(answer, [
        ...redirects,
        ...pkce,
        'response.framing',
        'response.implicit',
      ]);
      const said = results.filter(({ verdict }) => verdict !== 'not_determined').map(({ id }) => id);
      // What the two good answers tell is told.
      assert.deepEqual(said, good > 0 ? ['redirect.registered'] : []);
    }
  });

  it('compare the error with that of a correct request before calling it a refusal', async () => {
    const answer = (asked: Asked) => {
      if (asked.registered) respond(asked, { error: 'invalid_scope' });
      else page(asked.response, 400, 'Error');
    };
    const { verdicts } = await found(answer, [...pkce, 'response.implicit']);
    assert.deepEqual([...new Set(Object.values(verdicts))], ['not_determined']);
    const telling = (asked: Asked) => {
      const error =
        asked.query.get('response_type') === 'code' ? 'invalid_scope' : 'unsupported_response_type';
      if (asked.registered) respond(asked, { error });
      else page(asked.response, 400, 'Error');
    };
    assert.equal((await found(telling, ['response.implicit'])).verdicts['response.implicit'], 'pass');
  });

  it('draw no conclusion on how redirect URIs are compared from the registered one alone', async () => {
    const server = await smallServer((asked) => respond(asked, { error: 'login_required' }));
    const only = checks.filter(({ id }) => id === 'redirect.registered');
    const report = await trial({ issuer: server.origin, client: known, signIn: false, checks: only });
    await server.close();
    assert.equal(report.matching, undefined);
  });

  it('say that the authorization endpoint is not known', async () => {
    const { results } = await found(({ response }) => page(response, 400, 'Error'), ['redirect.registered'], {
      context: {
        server: { tokenEndpoint: 'http://127.0.0.1:1/token', promisesIssuer: false, scopesSupported: [] },
      },
    });
    assert.match(results[0]?.meaning ?? '', /authorization endpoint of this profile is not known/);
  });
});

describe('the checks with a sign-in, against servers that refuse for other reasons', () => {
  let codes = 0;
  /** Signs everybody in at once. */
  const code = (asked: Asked) => respond(asked, { code: `code-${++codes}` });
  const token = { access_token: 'a-token', token_type: 'Bearer' };

  it('do not take an error of the moment for a refusal', async () => {
    for (const error of ['temporarily_unavailable', 'access_denied', 'server_error']) {
      const answer = (asked: Asked) => {
        const { path, query, response, registered } = asked;
        if (path === '/token') json(response, 200, token);
        else if (!registered) page(response, 400, 'Error');
        else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
        else if (query.get('code_challenge_method') === 'S256') code(asked);
        else respond(asked, { error });
      };
      const { verdicts } = await found(answer, ['pkce.no-challenge', 'pkce.plain'], { signIn: true });
      assert.deepEqual(verdicts, { 'pkce.no-challenge': 'not_determined', 'pkce.plain': 'not_determined' });
    }
  });

  const confidential: DemoClient = {
    ...known,
    clientAuthentication: 'client_secret_post',
    clientSecret: 'the-secret',
  };
  const clientChecks = ['client.wrong-secret', 'client.no-authentication', 'client.secret-in-query'];

  it('try a real code where a made-up one is refused whoever sends it', async () => {
    const examinesCodeFirst = (checksSecret: boolean) => (asked: Asked) => {
      const { path, query, form, response, registered } = asked;
      if (path !== '/token') {
        if (!registered) page(response, 400, 'Error');
        else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
        else code(asked);
      } else if (!(form.get('code') ?? '').startsWith('code-'))
        json(response, 400, { error: 'invalid_request' });
      else if (checksSecret && form.get('client_secret') !== 'the-secret')
        json(response, 401, { error: 'invalid_client' });
      else json(response, 200, token);
    };
    const options = { client: confidential, signIn: true };
    assert.deepEqual((await found(examinesCodeFirst(false), clientChecks, options)).verdicts, {
      'client.wrong-secret': 'fail',
      'client.no-authentication': 'fail',
      'client.secret-in-query': 'weakness',
    });
    const strictly = await found(examinesCodeFirst(true), clientChecks, options);
    assert.deepEqual([...new Set(Object.values(strictly.verdicts))], ['pass']);
    const without = await found(examinesCodeFirst(false), clientChecks, { client: confidential });
    assert.deepEqual([...new Set(Object.values(without.verdicts))], ['not_determined']);
  });

  const signsIn = (tokenAnswer: (asked: Asked) => void) => (asked: Asked) => {
    if (asked.path === '/token') tokenAnswer(asked);
    else if (!asked.registered) page(asked.response, 400, 'Error');
    else if (asked.query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
    else code(asked);
  };
  const withRefresh = { ...token, refresh_token: 'refresh' };
  const others = ['code.other-client', 'refresh.other-client'];

  it('do not take a stale secret of the other client for a refusal of the code', async () => {
    const answer = signsIn(({ form, response }) => {
      if (form.get('client_id') === 'other') json(response, 401, { error: 'invalid_client' });
      else json(response, 200, withRefresh);
    });
    const { verdicts } = await found(answer, others, {
      other: { ...confidential, clientId: 'other' },
      signIn: true,
    });
    assert.deepEqual([...new Set(Object.values(verdicts))], ['not_determined']);
  });

  it('never send the secret of another profile to a server it was not entered for', async () => {
    const received: string[] = [];
    const evil = await smallServer(({ form, response }) => {
      received.push(form.toString());
      json(response, 200, withRefresh);
    });
    try {
      const own = signsIn(({ response }) => json(response, 400, { error: 'invalid_grant' }));
      const server = await smallServer(own);
      const endpoint = `${evil.origin}/token`;
      const base = {
        issuer: server.origin,
        authorizationEndpoint: `${server.origin}/auth`,
        tokenEndpoint: endpoint,
        promisesIssuer: false,
        scopesSupported: [],
      };
      const run = (published: string) =>
        trial({
          issuer: server.origin,
          client: known,
          other: { ...confidential, clientId: 'other', clientSecret: 'secret-of-another-profile' },
          checks: checks.filter(({ id }) => others.includes(id)),
          context: { server: { ...base, publishedTokenEndpoint: published } },
        });
      const { results } = await run(`${server.origin}/token`);
      assert.ok(received.length > 0, 'The profile itself did use that endpoint.');
      assert.deepEqual(
        received.filter((form) => form.includes('secret-of-another-profile')),
        [],
      );
      assert.match(results[0]?.meaning ?? '', /belongs to .* It was not sent\./);
      // An endpoint that the issuer itself names is its own, wherever it is.
      await run(endpoint);
      assert.ok(received.some((form) => form.includes('secret-of-another-profile')));
      await server.close();
    } finally {
      await evil.close();
    }
  });

  it('call reuse of a refresh token a weakness for a client with a secret, a failure for a public one', async () => {
    let count = 0;
    const answer = signsIn(({ response }) =>
      json(response, 200, { ...token, refresh_token: `refresh-${++count}` }),
    );
    const ids = ['refresh.reuse'];
    const ofConfidential = await found(answer, ids, { client: confidential, signIn: true });
    assert.deepEqual(ofConfidential.verdicts, { 'refresh.reuse': 'weakness' });
    assert.deepEqual((await found(answer, ids, { signIn: true })).verdicts, { 'refresh.reuse': 'fail' });
  });

  it('do not take a server that never renews for one that revokes', async () => {
    const answer = signsIn(({ form, response }) => {
      const first = form.get('grant_type') === 'authorization_code' && !used.has(form.get('code') ?? '');
      used.add(form.get('code') ?? '');
      if (first) json(response, 200, withRefresh);
      else json(response, 400, { error: 'invalid_grant' });
    });
    const used = new Set<string>();
    const { verdicts } = await found(answer, ['code.replay-revokes'], { signIn: true });
    assert.deepEqual(verdicts, { 'code.replay-revokes': 'not_determined' });
  });

  it('find iss missing in an error even when the authorization response has it', async () => {
    const answer = (asked: Asked) => {
      const { path, query, response, registered } = asked;
      const iss = `http://${asked.response.req.headers.host ?? ''}`;
      if (path === '/token') json(response, 200, token);
      else if (!registered) page(response, 400, 'Error');
      else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
      else respond(asked, { code: `code-${++codes}`, iss });
    };
    const { results } = await found(answer, ['response.issuer'], { signIn: true });
    assert.equal(results[0]?.verdict, 'fail');
    assert.match(results[0].meaning, /an error response has none/);
  });
});

describe('whether a page can be framed', () => {
  for (const [headers, forbidden] of [
    [{ 'x-frame-options': 'DENY' }, true],
    [{ 'x-frame-options': 'DENY, DENY' }, true],
    [{ 'x-frame-options': 'ALLOW-FROM https://a.example' }, false],
    [{ 'content-security-policy': "frame-ancestors 'none'" }, true],
    [{ 'content-security-policy': "default-src 'self'; frame-ancestors https://a.example" }, true],
    [{ 'content-security-policy': "frame-ancestors *, frame-ancestors 'self'" }, true],
    [{ 'content-security-policy': 'frame-ancestors https: http:' }, false],
    [{ 'content-security-policy': 'frame-ancestors * https://a.example', 'x-frame-options': 'DENY' }, false],
    [{ 'content-security-policy': 'frame-ancestors https://*' }, false],
    [{ 'content-security-policy': 'frame-ancestors https://*.example.com' }, true],
    [{}, false],
  ] as const)
    it(`${JSON.stringify(headers)}: ${forbidden ? 'no' : 'yes'}`, () => {
      assert.equal(forbidsFraming(new Headers(headers)), forbidden);
    });
});
