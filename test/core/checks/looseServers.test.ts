import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import { reportJunit } from '../../../src/core/checks/reportJunit.ts';
import { reportSarif } from '../../../src/core/checks/reportSarif.ts';
import { reportJson } from '../../../src/core/checks/reportJson.ts';
import { reportMarkdown } from '../../../src/core/checks/reportMarkdown.ts';
import type { BenchServer, OtherClient } from '../../../src/core/checks/benchOptions.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { checksText } from '../../../src/cli/checksText.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { planChecks } from '../../../src/core/checks/plan.ts';
import { planView } from '../../../src/core/checks/planView.ts';
import { result } from './oneCheck.ts';
import { madeUpToken } from '../../../src/core/checks/tokenUse.ts';
import { isMadeUp, json, known, page, redirect, respond, smallServer, type Asked } from './server.ts';
import { signsInFirst } from './signsInFirst.ts';
import { profileOf, serverOf, trial } from './support.ts';

const secretive = { ...known, clientAuthentication: 'client_secret_basic', clientSecret: 'secret' } as const;
const plain = { ...secretive, scopes: ['read'] };

/** Signs everybody in at once and issues the tokens `a-0` and `r-0`; the rest is for `others`. */
function signsIn(others: (asked: Asked) => void): (asked: Asked) => void {
  return (asked) => {
    const { path, form, query, response, registered } = asked;
    if (path === '/token' && form.get('grant_type') === 'authorization_code')
      json(response, 200, { access_token: 'a-0', token_type: 'Bearer', refresh_token: 'r-0' });
    else if (path !== '/auth') others(asked);
    else if (!registered) page(response, 400, 'Error');
    else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
    else respond(asked, { code: 'a-code' });
  };
}

/** The results of these checks at a server with introspection, and without a userinfo endpoint where `lacks` says so. */
async function verdicts(
  ids: readonly string[],
  answer: (asked: Asked) => void,
  client: DemoClient = secretive,
  ...lacks: readonly ('userinfo' | 'introspection')[]
): Promise<Record<string, string>> {
  const server = await smallServer(answer);
  try {
    const { results } = await trial({
      ...{ issuer: server.origin, client, other: { ...client, clientId: 'other' } },
      checks: checks.filter(({ id }) => ids.includes(id)),
      context: { server: serverOf(server.origin, ...lacks) },
    });
    return Object.fromEntries(results.map(({ id, verdict, meaning }) => [id, `${verdict}: ${meaning}`]));
  } finally {
    await server.close();
  }
}

const ofUserinfo = ['token.in-query', 'token.wrong-kind', 'token.revoked-access', 'token.revocation-cascade'];

describe('a userinfo endpoint that answers whatever comes, as that of oauth2-mock-server', () => {
  it('is no evidence of a token', async () => {
    const found = await verdicts(
      [...ofUserinfo, 'token.made-up'],
      signsIn(({ path, response }) => {
        if (path === '/me') json(response, 200, { sub: 'johndoe' });
        else response.writeHead(200).end();
      }),
    );
    const said = 'The userinfo endpoint does not tell a fresh access token from a made-up one.';
    assert.deepEqual(found, {
      ...Object.fromEntries(ofUserinfo.map((id) => [id, `not_determined: ${said}`])),
      'token.made-up': 'fail: The userinfo endpoint accepts any token.',
    });
  });
});

describe('a server that ignores PKCE, as Net::OAuth2::AuthorizationServer', () => {
  it('leaves a code that was caught to the proof of the client, where it has one', async () => {
    const seen = (client: DemoClient) =>
      verdicts(
        ['pkce.wrong-verifier'],
        signsIn(() => undefined),
        client,
      );
    const { 'pkce.wrong-verifier': confidential = '' } = await seen(secretive);
    const { 'pkce.wrong-verifier': open = '' } = await seen(known);
    assert.match(
      confidential,
      /^fail: .* so only the proof of the client protects a code that was caught\.$/,
    );
    assert.match(open, /^fail: .* so whoever catches a code can use it\.$/);
  });
});

describe('a userinfo endpoint that never answers, as that of @solid/oidc-op', () => {
  it('is no place to try tokens at, is asked twice a run, and leaves nothing open that needs none', async () => {
    let asked = 0;
    let renewed = 0;
    const found = await verdicts(
      [...ofUserinfo, 'token.made-up', 'refresh.reuse', 'refresh.family-revoked', 'code.replay-revokes'],
      signsIn(({ path, form, response }) => {
        if (path === '/me') {
          asked++;
          response.destroy();
        } else if (form.get('grant_type') === 'refresh_token')
          json(response, 200, { access_token: 'a-1', token_type: 'Bearer', refresh_token: `r-${++renewed}` });
        else if (path === '/token/introspection') json(response, 400, { error: 'unsupported' });
        else response.writeHead(200).end();
      }),
      { ...secretive, scopes: ['openid', 'read'] },
    );
    const revoking = ['token.revoked-access', 'token.revocation-cascade'];
    const open = Object.entries(found).filter(([, said]) => said.startsWith('not_determined'));
    assert.deepEqual(
      open.map(([id, said]) => [id, said.includes('userinfo endpoint never answers')]).toSorted(),
      revoking.map((id) => [id, true]).toSorted(),
    );
    for (const id of ['token.in-query', 'token.wrong-kind', 'token.made-up'])
      assert.equal(
        found[id],
        'not_applicable: The userinfo endpoint never answers, with a token or without one.',
      );
    assert.match(found['refresh.reuse'] ?? '', /^weakness/);
    assert.match(found['refresh.family-revoked'] ?? '', /^weakness/);
    assert.equal(asked, 2);
  });
});

describe('a server without a userinfo endpoint, as those of @jmondi/oauth2-server and OpenAuth', () => {
  const revoking = [
    'token.revoked-access',
    'token.revocation-cascade',
    'token.revocation-other-client',
    'token.revocation-open',
  ];

  it('has nothing to send a token to in the query, or of a wrong kind', async () => {
    const found = await verdicts(
      ['token.in-query', 'token.wrong-kind'],
      signsIn(({ response }) => response.writeHead(404).end()),
      plain,
      'userinfo',
    );
    for (const meaning of Object.values(found)) assert.match(meaning, /^not_applicable: /);
  });

  /** Revokes as it is asked to, or not at all, and says by introspection what is left. */
  const introspecting = (ends: (asked: Asked) => boolean, active?: true) => {
    let ended = false;
    return signsIn(({ path, form, response, ...asked }) => {
      if (path === '/token/revocation') {
        ended ||= ends({ path, form, response, ...asked });
        response.writeHead(200).end();
      } else if (path === '/token/introspection')
        json(response, 200, { active: active ?? (form.get('token') === 'a-0' && !ended) });
      else response.writeHead(404).end();
    });
  };

  for (const id of revoking)
    it(`shows by introspection whether a token is good: ${id}`, async () => {
      const one = async (ends: (asked: Asked) => boolean) =>
        (await verdicts([id], introspecting(ends), plain, 'userinfo'))[id]?.split(':')[0];
      const ofOwn = ({ response }: Asked) =>
        atob(response.req.headers.authorization?.slice(6) ?? '') === 'known:secret';
      const [ended, lives] = [await one(() => true), await one(() => false)];
      const bad = id === 'token.revocation-cascade' ? 'weakness' : 'fail';
      const isOwn = id === 'token.revoked-access' || id === 'token.revocation-cascade';
      // That nobody can end a token says nothing of others.
      assert.deepEqual([ended, lives], isOwn ? ['pass', bad] : [bad, 'not_determined']);
      assert.equal(await one(ofOwn), 'pass');
    });

  it('shows by introspection whether a replayed code ends its token', async () => {
    for (const [ends, active, verdict] of [
      [true, undefined, 'pass'],
      [false, undefined, 'weakness'],
      [false, true, 'not_determined'],
    ] as const) {
      let redeemed = 0;
      const answer = introspecting(() => false, active);
      const found = await verdicts(
        ['code.replay-revokes'],
        (asked) => {
          const { path, form, response } = asked;
          const isReplay = path === '/token' && redeemed++ > 0;
          if (path === '/token' && form.get('grant_type') !== 'authorization_code')
            response.writeHead(400).end();
          else if (isReplay) json(response, 400, { error: 'invalid_grant' });
          else if (path === '/token') json(response, 200, { access_token: 'a-0', token_type: 'Bearer' });
          else if (path === '/token/introspection' && ends && redeemed > 1)
            json(response, 200, { active: false });
          else answer(asked);
        },
        plain,
        'userinfo',
      );
      const said = found['code.replay-revokes'] ?? '';
      assert.ok(said.startsWith(verdict), said);
      if (verdict === 'not_determined') assert.match(said, /neither userinfo nor introspection tells\.$/);
    }
  });

  it('names the endpoint that still takes a token', async () => {
    const found = await verdicts(
      revoking.slice(0, 1),
      introspecting(() => false),
      plain,
      'userinfo',
    );
    assert.match(
      String(found['token.revoked-access']),
      /its introspection endpoint still calls it active\.$/,
    );
  });

  it('shows nothing where introspection calls any token active', async () => {
    const found = await verdicts(
      revoking.slice(0, 1),
      introspecting(() => false, true),
      plain,
      'userinfo',
    );
    assert.match(
      String(found['token.revoked-access']),
      /^not_determined: The introspection endpoint does not tell/,
    );
  });
});

describe('a server with neither introspection nor OpenID Connect, as loopback-component-oauth2', () => {
  type Who = 'own' | 'other' | 'unproved';
  const ids = ['token.revocation-other-client', 'token.revocation-open'];
  /** Renews with the latest refresh token until one of these has revoked it. */
  const renewing = (ends: readonly Who[], renews = true) => {
    let latest = 'r-0';
    let count = 0;
    return signsIn(({ path, form, response }) => {
      const proof = atob(response.req.headers.authorization?.slice(6) ?? '');
      const who: Who = proof === '' ? 'unproved' : proof.startsWith('known:') ? 'own' : 'other';
      if (path === '/token/revocation') {
        const isIt = form.get('token') === latest && form.get('token_type_hint') === 'refresh_token';
        if (isIt && ends.includes(who)) latest = '';
        response.writeHead(200).end();
      } else if (path === '/token' && renews && (form.get('refresh_token') === latest || count === 0))
        json(response, 200, {
          access_token: 'a',
          token_type: 'Bearer',
          refresh_token: (latest = `r-${++count}`),
        });
      else if (path === '/token') json(response, 400, { error: 'invalid_grant' });
      else response.writeHead(404).end();
    });
  };
  for (const [ends, expected] of [
    [['own'], ['pass', 'pass']],
    [
      ['own', 'other'],
      ['fail', 'pass'],
    ],
    [
      ['own', 'unproved'],
      ['pass', 'fail'],
    ],
    [[], ['not_determined', 'not_determined']],
  ] as const)
    it(`shows by the refresh token who can end it: ${ends.join(' and ') || 'nobody'}`, async () => {
      for (const [at, id] of ids.entries()) {
        const found = await verdicts([id], renewing(ends), plain, 'userinfo', 'introspection');
        assert.equal(found[id]?.split(':')[0], expected[at], found[id]);
      }
    });

  it('is left open where a correct refresh is refused, too', async () => {
    const found = await verdicts(ids, renewing(['own'], false), plain, 'userinfo', 'introspection');
    for (const meaning of Object.values(found)) assert.match(meaning, /^not_determined: A correct refresh/);
  });
});

describe('a server that refuses a wrong request before anybody signs in, as @jmondi/oauth2-server', () => {
  for (const id of ['redirect.error-without-code', 'response.state-on-errors'])
    it(`sends no error response, and the browser need not wait for one: ${id}`, async () => {
      let waits = 0;
      const found = await result(id, (asked) => {
        const { path, query, response } = asked;
        const wrong = query.get('response_type') !== 'code' || query.get('scope') !== 'openid';
        if (path === '/auth' && wrong) {
          if (response.req.headers.cookie !== undefined) waits++;
          json(response, 400, { status: 400, error: 'unsupported_grant_type' });
        } else if (
          path === '/auth' &&
          response.req.headers.cookie === undefined &&
          query.get('redirect_uri')?.includes('/callback') === true
        )
          page(response, 200, 'Sign in', { 'set-cookie': 's=1; path=/' }, `/auth?${query}`);
        else signsIn(() => response.writeHead(404).end())(asked);
      });
      assert.equal(found.verdict, 'not_applicable', found.meaning);
      assert.match(found.meaning, /answers wrong requests itself and not in the redirect/);
      assert.equal(waits, 0);
    });
});

describe('a server that answers an unknown response_type itself and an unknown scope in the redirect, as rack-oauth2', () => {
  for (const signsInFirst of [false, true])
    for (const [states, verdict] of [
      [true, 'pass'],
      [false, 'fail'],
    ] as const)
      it(`${verdict === 'pass' ? 'sends' : 'lacks'} the state with the error ${signsInFirst ? 'after' : 'before'} the sign-in`, async () => {
        const found = await result('response.state-on-errors', (asked) => {
          const { path, query, response } = asked;
          if (path !== '/auth') signsIn(() => response.writeHead(404).end())(asked);
          else if (signsInFirst && response.req.headers.cookie === undefined)
            page(response, 200, 'Sign in', { 'set-cookie': 's=1; path=/' }, `/auth?${query}`);
          else if (!asked.registered || query.get('response_type') !== 'code') page(response, 400, 'Error');
          else if (query.get('scope') === 'openid') respond(asked, { code: 'a-code' });
          else if (states) respond(asked, { error: 'invalid_scope' });
          else redirect(response, `${query.get('redirect_uri') ?? ''}?error=invalid_scope`);
        });
        assert.equal(found.verdict, verdict, found.meaning);
      });
});

describe('a server that redirects to any host with an error, as OpenAuth', () => {
  const answer = (asked: Asked) => {
    const { path, query, response } = asked;
    const uri = query.get('redirect_uri') ?? '';
    if (path === '/auth' && URL.canParse(uri) && !['127.0.0.1', 'localhost'].includes(new URL(uri).hostname))
      respond(asked, { error: 'unauthorized_client' });
    else signsIn(() => response.writeHead(404).end())(asked);
  };

  it('is said to redirect, and not to give codes away', async () => {
    const found = await result('redirect.look-alike-host', answer);
    assert.equal(found.verdict, 'fail');
    assert.match(
      found.meaning,
      /^The server redirected to http:\/\/127\.0\.0\.1\.\S+ with unauthorized_client, which is somebody else’s host\.$/,
    );
    const twice = await result('redirect.sent-twice', answer);
    assert.equal(twice.verdict, 'fail');
    assert.match(
      twice.meaning,
      /the foreign one first, the server redirected to \S+ with unauthorized_client/,
    );
  });
});

describe('a server that compares no redirect URI, as oauth2-mock-server', () => {
  it('is not said to compare in a lax way', async () => {
    const anything = (asked: Asked) => {
      signsIn(({ response }) => response.writeHead(404).end())({ ...asked, registered: true });
    };
    for (const id of ['redirect.path-case', 'redirect.extra-segment', 'redirect.userinfo']) {
      const { meaning } = await result(id, anything);
      assert.match(meaning, /^The server (?:also )?redirects to /);
      assert.doesNotMatch(meaning, /ignores|compar/);
      // What stands before the @ is masked, and no word with it.
      assert.doesNotMatch(meaning, /(?<!\/)…/);
    }
  });
});

describe('a token endpoint that calls every wrong request invalid_request, as @jmondi/oauth2-server', () => {
  it('does not tell what it makes of a parameter that comes twice', async () => {
    const found = await result(
      'client.sent-twice',
      ({ response }) => json(response, 400, { error: 'invalid_request' }),
      { signIn: false },
    );
    assert.equal(
      `${found.verdict}: ${found.meaning}`,
      'not_determined: The server answered with status 400 and invalid_request, as for a parameter once.',
    );
  });

  for (const [reads, said] of [
    [1, 'pass: With a parameter twice the server answered with status 400 and invalid_request.'],
    [
      2,
      'weakness: With a parameter twice the server issued a token (status 200), as with it once: it does not refuse that.',
    ],
  ] as const)
    it(`shows it with the code of a sign-in: ${said}`, async () => {
      const found = await verdicts(
        ['client.sent-twice'],
        (asked) => {
          const codes = asked.form.getAll('code');
          const good = codes.length <= reads && codes.every((code) => code === 'a-code');
          if (asked.path === '/token' && !good) json(asked.response, 400, { error: 'invalid_request' });
          else signsIn(({ response }) => response.writeHead(404).end())(asked);
        },
        plain,
      );
      assert.deepEqual(found, { 'client.sent-twice': said });
    });
});

describe('a server that ends a refresh token only with token_type_hint, as @jmondi/oauth2-server', () => {
  /** Renews with a refresh token until it is revoked in the way that `ends` says; each renewal gives another. */
  const renews = (ends: (hint: string | null) => boolean, later = 400) => {
    let newest = 0;
    const ended = new Set<string>();
    return signsIn(({ path, form, response }) => {
      if (path === '/token/revocation') {
        if (ends(form.get('token_type_hint'))) ended.add(form.get('token') ?? '');
        response.writeHead(200).end();
      } else if (path === '/token/introspection')
        json(response, 200, { active: form.get('token') === 'a-0' && !ended.has('r-0') });
      else if (path !== '/token') response.writeHead(404).end();
      else if (ended.has(form.get('refresh_token') ?? ''))
        json(response, later, { error: later === 400 ? 'invalid_grant' : 'server_error' });
      else json(response, 200, { access_token: 'a', token_type: 'Bearer', refresh_token: `r-${++newest}` });
    });
  };
  const byHint = (hint: string | null) => hint === 'refresh_token';
  const of = async (id: string, answer: (asked: Asked) => void) =>
    String((await verdicts([id], answer, plain, 'userinfo'))[id]);

  it('fails, and is told that the hint helps', async () => {
    assert.match(
      await of('token.revoked-refresh', renews(byHint)),
      /^fail: .+ still accepts it\. With token_type_hint=refresh_token it ends\.$/,
    );
  });

  it('is told nothing of the hint where that does not help, or does not tell', async () => {
    for (const answer of [renews(() => false), renews(byHint, 503)])
      assert.match(await of('token.revoked-refresh', answer), /^fail: .+ still accepts it\.$/);
  });

  it('is told nothing of the hint where a refresh token is good once and no other comes', async () => {
    const used = new Set<string>();
    const once = signsIn(({ path, form, response }) => {
      const token = form.get('refresh_token') ?? '';
      if (path === '/token/revocation') response.writeHead(200).end();
      else if (path !== '/token') response.writeHead(404).end();
      else if (used.has(token)) json(response, 400, { error: 'invalid_grant' });
      else json(response, 200, { access_token: `a-${used.add(token).size}`, token_type: 'Bearer' });
    });
    assert.match(await of('token.revoked-refresh', once), /^fail: .+ still accepts it\.$/);
  });

  it('may end the access token with the refresh token all the same', async () => {
    assert.match(await of('token.revocation-cascade', renews(byHint)), /^pass: /);
  });
});

describe('a server that ends with status 500 whoever comes second, as django-oauth-toolkit on SQLite', () => {
  for (const id of ['code.concurrent', 'refresh.concurrent'])
    for (const [wins, status, said] of [
      [1, 500, 'pass: Of 6 requests at the same time at most one got tokens; others ended with status 500.'],
      [1, 503, 'not_determined: The token endpoint answered with status 503.'],
      [0, 500, 'not_determined: The token endpoint answered with status 500.'],
    ] as const)
      it(`${id}, ${wins} of six served and the others with status ${status}: ${said}`, async () => {
        let asked = 0;
        const found = await verdicts(
          [id],
          (asking) => {
            const { path, form, response } = asking;
            const isRefresh = form.get('grant_type') === 'refresh_token';
            const isRaced = path === '/token' && isRefresh === (id === 'refresh.concurrent');
            // The correct request comes first.
            const before = isRefresh ? 0 : 1;
            if (isRaced && ++asked > before + wins) page(response, status, 'Server Error');
            else if (isRaced && isRefresh)
              json(response, 200, { access_token: 'a', token_type: 'Bearer', refresh_token: 'r-1' });
            else signsIn(() => response.writeHead(404).end())(asking);
          },
          plain,
        );
        assert.deepEqual(found, { [id]: said });
      });
});

describe('a server that loses a race now and then, as @curveball/a12n-server', () => {
  for (const [id, verdict] of [
    ['code.concurrent', 'fail: The server gives tokens to 2 of 6 requests with the same code'],
    ['refresh.concurrent', 'weakness: The server renews for 2 of 6 requests with the same refresh token'],
  ] as const)
    it(`is seen to: ${id}`, async () => {
      let [codes, renewals] = [0, 0];
      const found = await verdicts(
        [id],
        (asked) => {
          const { path, form, response } = asked;
          const isRefresh = form.get('grant_type') === 'refresh_token';
          // The correct request comes first.
          const lost = [1, 2, 4];
          if (path === '/token' && !isRefresh && !lost.includes(++codes) && id === 'code.concurrent')
            json(response, 400, { error: 'invalid_grant' });
          else if (path === '/token' && isRefresh && ![1, 4].includes(++renewals))
            json(response, 400, { error: 'invalid_grant' });
          else if (path === '/token' && isRefresh)
            json(response, 200, { access_token: 'a', token_type: 'Bearer', refresh_token: `r-${renewals}` });
          else signsIn(() => response.writeHead(404).end())(asked);
        },
        plain,
      );
      assert.ok(found[id]?.startsWith(verdict), found[id]);
    });
});

describe('a server that refuses the credentials of the profile, as one that does not decode those in HTTP Basic', () => {
  /** The report of all checks at a server that answers every token request as here. */
  const report = async (
    change: Partial<AuthorizationCodeProfile> = {},
    status = 401,
    error = 'invalid_client',
  ) => {
    const server = await smallServer((asked) => {
      const { path, response } = asked;
      if (path === '/token') json(response, status, { error });
      else signsIn(() => response.writeHead(404).end())(asked);
    });
    try {
      return await trial({ issuer: server.origin, client: secretive, change });
    } finally {
      await server.close();
    }
  };

  it('is said once, at the head of the report, with what to look at', async () => {
    const found = await report();
    const open = found.results.filter(({ clientRefused }) => clientRefused);
    assert.ok(open.length > 20, String(open.length));
    assert.deepEqual([...new Set(open.map(({ verdict }) => verdict))], ['not_determined']);
    const sentence = `The server refuses the profile’s credentials, so ${open.length} checks are not determined. Look at the client ID and the client secret, at basicEncoding, or try client_secret_post.`;
    assert.equal(found.refusal, sentence);
    const markdown = reportMarkdown(found).replaceAll('\\', '');
    assert.ok(markdown.indexOf(sentence) < markdown.indexOf('## '));
    const text = checksText(found, false);
    const junit = reportJunit(found, () => false);
    assert.ok(junit.includes(`<system-out>${sentence}</system-out>`), junit.slice(-500));
    assert.equal(reportSarif(found, '1.0.0').split(sentence).length, 2);
    for (const whole of [markdown, text]) assert.equal(whole.split(sentence).length, 2);
    assert.equal(text.split('\n')[2], sentence);
    assert.equal((JSON.parse(reportJson(found)) as ChecksReport).refusal, sentence);
  });

  it('is told from a request that is refused, as @hellocoop/mockin does that wants the client id in the form', async () => {
    const found = await report({}, 400, 'invalid_request');
    const open = found.results.filter(({ requestRefused }) => requestRefused);
    assert.ok(open.length > 20, String(open.length));
    assert.equal(
      found.refusal,
      `The server refuses a correct token request of this profile, so ${open.length} checks are not determined. Get a token with the profile first: what is said of that failure says what to change.`,
    );
  });

  it('names what this profile has: another place of the secret, or none', async () => {
    for (const [clientAuthentication, end] of [
      ['client_secret_post', 'Look at the client ID and the client secret, or try client_secret_basic.'],
      ['none', 'Look at the client ID; the server may want a client secret.'],
    ] as const)
      assert.ok((await report({ clientAuthentication })).refusal?.endsWith(`. ${end}`));
  });

  it('is said of Keycloak’s code for a wrong secret', async () => {
    const { refusal = '' } = await report({}, 401, 'unauthorized_client');
    assert.match(
      refusal,
      /^The server refuses the profile’s credentials, so \d\d checks are not determined\./,
    );
  });

  it('is not said where a code is refused, which says nothing of the client, and only of the request', async () => {
    for (const status of [400, 401])
      assert.match(
        (await report({}, status, 'invalid_grant')).refusal ?? '',
        /^The server refuses a correct token request(?!.*credentials)/,
      );
  });
});

describe('a server that refuses the parameter prompt, as @curveball/a12n-server', () => {
  /** Says no to `prompt`; signs everybody in at once, and sends who is new to its sign-in page. */
  const unprompted =
    (status: number, takes = true) =>
    (asked: Asked) => {
      const { path, query, response } = asked;
      if (path !== '/auth') signsIn(() => response.writeHead(404).end())(asked);
      else if (query.has('prompt')) json(response, status, { error: 'invalid_request' });
      else if (!takes || !asked.registered) page(response, 400, 'Error');
      else if (response.req.headers.cookie === undefined)
        page(response, 200, 'Sign in', { 'set-cookie': 's=1; path=/' }, `/auth?${query}`);
      else respond(asked, { code: 'a-code' });
    };
  const ids = [
    'redirect.registered',
    'redirect.unregistered-host',
    'redirect.trailing-slash',
    'response.cors',
    'response.framing',
  ];

  for (const status of [400, 501])
    for (const signIn of [true, false])
      it(`is asked without it: status ${status}, ${signIn ? 'with' : 'without'} a sign-in`, async () => {
        for (const id of ids) {
          const { verdict, meaning } = await result(id, unprompted(status), { signIn });
          assert.equal(verdict, id === 'response.framing' ? 'fail' : 'pass', `${id}: ${meaning}`);
        }
      });

  it('is still said not to know the redirect URI that it refuses without it, too', async () => {
    for (const status of [400, 501])
      assert.equal((await result('redirect.registered', unprompted(status, false))).verdict, 'fail');
  });
});

describe('a server that says unauthorized_client where a code or refresh token is of another client, as @curveball/a12n-server', () => {
  /** Of the other client, or of one with a wrong secret: what the server says of its codes and refresh tokens, and of made-up ones. */
  const keeps = (own: string, madeUp: string, wrong: readonly [number, object] = [401, {}]) => {
    const answer = ({ form, response }: Asked) => {
      const [id, secret] = atob(response.req.headers.authorization?.slice(6) ?? '').split(':');
      const given = form.get('code') ?? form.get('refresh_token');
      if (secret !== 'secret') json(response, ...wrong);
      else if (given !== 'a-code' && given !== 'r-0') json(response, 400, { error: madeUp });
      else if (id === 'other') json(response, 403, { error: own });
      else json(response, 200, { access_token: 'a-0', token_type: 'Bearer', refresh_token: 'r-0' });
    };
    return (asked: Asked) => {
      if (asked.path === '/token') answer(asked);
      else signsIn(() => asked.response.writeHead(404).end())(asked);
    };
  };
  const ids = ['code.other-client', 'refresh.other-client'];

  it('is seen to refuse the code or token where a made-up one is answered otherwise', async () => {
    for (const own of ['unauthorized_client', 'invalid_client']) {
      const found = await verdicts(ids, keeps(own, 'invalid_grant'), plain);
      for (const id of ids)
        assert.match(String(found[id]), new RegExp(`^pass: .+ status 403 and ${own}\\.$`));
    }
  });

  it('is not where it refuses the client itself, or may do so', async () => {
    for (const [answer, end] of [
      [keeps('unauthorized_client', 'unauthorized_client'), 'and it refuses that client whatever it sends'],
      [
        keeps('unauthorized_client', 'invalid_grant', [400, { error: 'invalid_grant' }]),
        'which may be for that client itself',
      ],
    ] as const) {
      const found = await verdicts(ids, answer, plain);
      for (const id of ids) assert.match(String(found[id]), new RegExp(`^not_determined: .+, ${end}\\.$`));
    }
  });
});

describe('a server whose userinfo endpoint refuses its own tokens, as @curveball/a12n-server without a privilege', () => {
  const withUserinfo = { ...secretive, scopes: ['openid', 'email'] };
  /** Introspection tells good tokens from others, if it does at all. */
  const introspects = (tells: boolean) => {
    let ended = false;
    return signsIn(({ path, form, response, ...asked }) => {
      if (path === '/me')
        json(response, isMadeUp({ path, form, response, ...asked }) ? 401 : 403, { title: 'No' });
      else if (path === '/token/revocation') {
        ended = true;
        response.writeHead(200).end();
      } else if (path === '/token/introspection')
        json(response, 200, { active: !tells || (form.get('token') === 'a-0' && !ended) });
      else response.writeHead(404).end();
    });
  };

  it('shows by introspection whether a token is good', async () => {
    const found = await verdicts(['token.revoked-access'], introspects(true), withUserinfo);
    assert.match(String(found['token.revoked-access']), /^pass: /);
  });

  it('is said to refuse them where nothing else tells', async () => {
    const ids = ['token.revoked-access', 'token.in-query'];
    const found = await verdicts(ids, introspects(false), withUserinfo);
    for (const id of ids)
      assert.equal(found[id], 'not_determined: The userinfo endpoint refuses a fresh access token, too.');
  });
});

describe('a server that answers an unknown response_type in the redirect, and ignores prompt, as @cloudflare/workers-oauth-provider', () => {
  const answer =
    (iss: string | undefined) =>
    (asked: Asked): void => {
      const { path, query, response } = asked;
      const named = iss === undefined ? {} : { iss };
      if (path === '/auth' && asked.registered && query.get('response_type') !== 'code')
        respond(asked, { error: 'unsupported_response_type', ...named });
      else if (path === '/auth' && asked.registered && response.req.headers.cookie === undefined)
        page(response, 200, 'Sign in', { 'set-cookie': 's=1; path=/' }, `/auth?${query}`);
      else signsIn(() => response.writeHead(404).end())(asked);
    };

  it('has an error response that is looked at for its issuer, with no sign-in', async () => {
    for (const [iss, verdict] of [
      [undefined, /^fail: .+ but an error response has none/],
      ['https://other.example.com', /^fail: An error response names another issuer/],
    ] as const) {
      const found = await result('response.issuer', answer(iss), { signIn: false });
      assert.match(`${found.verdict}: ${found.meaning}`, verdict);
    }
  });

  it('is opened once in the browser for all that look at error responses', async () => {
    const server = await smallServer((asked) => {
      const { path, query, response } = asked;
      if (path === '/auth' && asked.registered && response.req.headers.cookie === undefined)
        page(response, 200, 'Sign in', { 'set-cookie': 's=1; path=/' }, `/auth?${query}`);
      else if (path === '/auth' && asked.registered && query.get('response_type') !== 'code')
        respond(asked, { error: 'unsupported_response_type' });
      else signsIn(() => response.writeHead(404).end())(asked);
    });
    try {
      const ids = ['redirect.error-without-code', 'response.state-on-errors', 'response.issuer'];
      const { results } = await trial({
        ...{ issuer: server.origin, client: plain },
        checks: checks.filter(({ id }) => ids.includes(id)),
      });
      assert.deepEqual(
        results.map(({ verdict }) => verdict),
        ['pass', 'pass', 'fail'],
      );
      const wrong = new Set(
        results
          .flatMap(({ evidence }) => evidence)
          .filter(({ leg, request }) => leg === 'browser' && request.url.includes('none-such'))
          .map(({ startedAt }) => startedAt),
      );
      assert.equal(wrong.size, 1);
    } finally {
      await server.close();
    }
  });
});

describe('several other profiles of a server', () => {
  it('are looked through for one whose secret is stored', async () => {
    const small = await smallServer((asked) => {
      const { path, form, response } = asked;
      const [id] = atob(response.req.headers.authorization?.slice(6) ?? '').split(':');
      if (path === '/token' && (id !== 'known' || form.get('code') !== 'a-code'))
        json(response, 400, { error: 'invalid_grant' });
      else signsIn(() => response.writeHead(404).end())(asked);
    });
    const client = (clientId: string, secret?: string): OtherClient => ({
      profile: profileOf(small.origin, { ...plain, clientId }) as AuthorizationCodeProfile,
      secret: () => Promise.resolve(secret),
    });
    try {
      const found = async (...others: readonly OtherClient[]) => {
        const { results } = await trial({
          ...{ issuer: small.origin, client: plain, other: { ...plain, clientId: 'planned' } },
          checks: checks.filter(({ id }) => id === 'code.other-client'),
          context: { others },
        });
        return `${results[0]?.verdict}: ${results[0]?.meaning}`;
      };
      assert.match(await found(client('unstored'), client('stored', 'secret')), /^pass: /);
      assert.match(
        await found(client('one'), client('two')),
        /^not_determined: The client secret of the profile ".+" is not stored\.$/,
      );
    } finally {
      await small.close();
    }
  });
});

/** Its token endpoint as SAML Jackson’s (Ory Polis): it refuses in plain words, called HTML, and reads no secret beside a verifier. */
const inWords = (asked: Asked) => {
  const { path, form, query, response } = asked;
  const words = (status: number, text: string) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text);
  if (path !== '/token') {
    if (path !== '/auth') page(response, 404, 'Not found');
    else if (!/^http:\/\/127\.0\.0\.1[:/]/.test(query.get('redirect_uri') ?? ''))
      page(response, 403, 'Error');
    else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
    else respond(asked, { code: 'a-code' });
  } else if (form.get('grant_type') !== 'authorization_code') words(400, 'Unsupported grant_type');
  else if (form.get('code') !== 'a-code') words(403, 'Invalid code');
  else if (form.get('redirect_uri')?.endsWith('/callback') !== true)
    words(400, 'Invalid request: redirect_uri mismatch');
  else if (!form.has('code_verifier')) words(401, 'Please specify client_secret or code_verifier');
  else json(response, 200, { access_token: 'a-0', token_type: 'bearer' });
};

describe('a token endpoint that refuses in plain words, as SAML Jackson’s', () => {
  it('is heard, and what it does not look at is seen', async () => {
    const found = await verdicts(
      ['code.other-redirect', 'client.password-grant', 'client.wrong-secret', 'client.no-authentication'],
      inWords,
      { ...plain, clientSecret: 's3cr3t-0' },
    );
    assert.deepEqual(found, {
      'code.other-redirect': 'pass: For another redirect_uri the server answered with status 400.',
      'client.password-grant': 'pass: For the password grant the server answered with status 400.',
      'client.wrong-secret': 'fail: The server does not compare the client secret: a wrong one gets a token.',
      'client.no-authentication': 'fail: The server gives this client tokens without client authentication.',
    });
  });

  it('is not heard of a grant where it speaks of something else', async () => {
    const found = await verdicts(
      ['client.password-grant'],
      (asked) => {
        if (asked.path === '/token' && asked.form.get('grant_type') === 'password')
          asked.response.writeHead(400).end('Missing parameter: client_secret');
        else inWords(asked);
      },
      plain,
    );
    assert.match(found['client.password-grant'] ?? '', /^not_determined: /);
  });
});

describe('a server that compares no path of a redirect URI, as SAML Jackson', () => {
  it('is not said to compare the beginning of paths', async () => {
    const small = await smallServer(inWords);
    try {
      const report = await trial({
        ...{ issuer: small.origin, client: known },
        checks: checks.filter(({ area }) => area === 'redirect'),
      });
      const found = report.results.find(({ id }) => id === 'redirect.extra-segment');
      assert.equal(found?.verdict, 'fail');
      assert.match(
        found.meaning,
        /^The server also redirects to \S+\/elsewhere, whose path is not the registered one, so any page/,
      );
      assert.match(
        report.matching?.sentence ?? '',
        /^This server does not compare redirect URIs exactly: it ignores the path and ignores added parameters\./,
      );
    } finally {
      await small.close();
    }
  });
});

describe('a server that gives no refresh token, as JupyterHub', () => {
  const none = signsIn(({ response }) => response.writeHead(404).end());
  const server = (asked: Asked) => {
    if (asked.path === '/token' && asked.form.get('grant_type') === 'authorization_code')
      json(asked.response, 200, { access_token: 'a-0', token_type: 'Bearer' });
    else none(asked);
  };

  const { clientSecret: _, ...unstored } = { ...secretive, clientId: 'other' };
  for (const [id, lacking] of [
    ['refresh.widening', {}],
    ['refresh.other-client', { other: unstored }],
  ] as const)
    it(`has no token to renew, whatever else a check lacks: ${id}`, async () => {
      const small = await smallServer(server);
      try {
        const { results } = await trial({
          ...{ issuer: small.origin, client: plain, ...lacking },
          checks: checks.filter((check) => check.id === id),
          context: { server: { ...serverOf(small.origin), scopesSupported: [] } },
        });
        assert.deepEqual(
          results.map(({ verdict, meaning }) => [verdict, meaning]),
          [['not_applicable', 'The server gave no refresh token for the scopes of this profile.']],
        );
      } finally {
        await small.close();
      }
    });
});

describe('a server that shows an error page to whoever has signed in', () => {
  for (const id of ['redirect.error-without-code', 'response.state-on-errors'])
    it(`does not show how it answers wrong requests: ${id}`, async () => {
      const found = await result(id, (asked) => {
        const { path, query, response } = asked;
        if (path === '/auth' && asked.registered && response.req.headers.cookie === undefined)
          page(response, 200, 'Sign in', { 'set-cookie': 's=1; path=/' }, `/auth?${query}`);
        else page(response, 400, 'Error');
      });
      assert.equal(
        `${found.verdict}: ${found.meaning}`,
        'not_determined: The server showed an error page in the browser, as you said.',
      );
    });
});

describe('a token endpoint that looks up two codes as none, as oauth2orize behind express', () => {
  it('is said not to refuse a parameter that comes twice, and not to use one', async () => {
    const found = await result('client.sent-twice', ({ response }) =>
      json(response, 403, { error: 'invalid_grant' }),
    );
    assert.equal(
      `${found.verdict}: ${found.meaning}`,
      'weakness: With a parameter twice the server answered with status 403 and invalid_grant, as with it once: it does not refuse that.',
    );
  });

  it('is seen to refuse it where a sign-in gives a code that it would take once', async () => {
    const found = await result('client.sent-twice', (asked) => {
      const codes = asked.form.getAll('code');
      if (asked.path === '/auth') respond(asked, { code: 'a-code' });
      else if (codes.length === 1 && codes[0] === 'a-code')
        json(asked.response, 200, { access_token: 'a-0', token_type: 'Bearer' });
      else json(asked.response, 403, { error: 'invalid_grant' });
    });
    assert.equal(
      `${found.verdict}: ${found.meaning}`,
      'pass: With a parameter twice the server answered with status 403 and invalid_grant.',
    );
  });
});

describe('a server that calls a grant that it has not invalid_grant, and wants a proof of each request, as @atproto/oauth-provider', () => {
  it('is seen to refuse the password grant: a made-up one gets the same words', async () => {
    const found = await result('client.password-grant', ({ form, response }) => {
      const grant = form.get('grant_type') ?? '';
      const known = ['authorization_code', 'refresh_token'].includes(grant);
      const error_description = known ? 'Invalid token' : `Grant type "${grant}" is not supported`;
      json(response, 400, { error: 'invalid_grant', error_description });
    });
    assert.equal(found.verdict, 'pass', found.meaning);
  });

  it('tells nothing of a parameter that comes twice', async () => {
    const found = await result(
      'client.sent-twice',
      ({ response }) => json(response, 401, { error: 'invalid_dpop_proof' }),
      { signIn: false },
    );
    assert.equal(
      `${found.verdict}: ${found.meaning}`,
      'not_determined: The server answered with status 401 and invalid_dpop_proof, as for a parameter once.',
    );
  });
});

describe('how long an access token lives', () => {
  for (const [seconds, said] of [
    [1_209_600, 'weakness: The access token lives for 14 d.'],
    [5400, 'pass: The access token lives for 1 h 30 min.'],
    [45, 'pass: The access token lives for 45 s.'],
  ] as const)
    it(`is said as people read it: ${seconds} seconds`, async () => {
      const found = await verdicts(['token.lifetime'], (asked) => {
        if (asked.path === '/token')
          json(asked.response, 200, { access_token: 'a-0', token_type: 'Bearer', expires_in: seconds });
        else signsIn(({ response }) => response.writeHead(404).end())(asked);
      });
      assert.deepEqual(found, { 'token.lifetime': said });
    });
});

describe('a server that tells scripts in JSON where to sign in, as better-auth', () => {
  for (const id of ['response.framing', 'response.referrer-policy'])
    for (const [type, verdict] of [
      ['application/json', 'not_determined'],
      ['text/plain', 'not_determined'],
    ] as const)
      it(`shows no sign-in page with it: ${id}, ${type}`, async () => {
        const found = await result(
          id,
          (asked) => {
            const { path, query, response } = asked;
            if (path === '/auth' && asked.registered && query.get('prompt') !== 'none')
              response
                .writeHead(200, { 'content-type': type, 'referrer-policy': 'unsafe-url' })
                .end('{"redirect":true,"url":"/sign-in"}');
            else signsIn(() => response.writeHead(404).end())(asked);
          },
          { signIn: false },
        );
        assert.equal(found.verdict, verdict, found.meaning);
        assert.match(found.meaning, /no page of its own that could be looked at/);
      });
});

describe('a server that calls who revokes another’s token unauthorized, as Doorkeeper (tokens_controller.rb, revoke)', () => {
  /** What the other client is told of a token that is not its own, and of one that nobody has. */
  const keeps = (madeUp: number) =>
    signsIn(({ path, form, response }) => {
      const [id] = atob(response.req.headers.authorization?.slice(6) ?? '').split(':');
      if (path === '/token/introspection') json(response, 200, { active: form.get('token') === 'a-0' });
      else if (path !== '/token/revocation') response.writeHead(404).end();
      else if (id === 'other' && (form.get('token') === 'a-0' || madeUp === 403))
        json(response, 403, { error: 'unauthorized_client' });
      else json(response, 200, {});
    });
  const id = 'token.revocation-other-client';

  it('is seen to keep it where a made-up token is answered otherwise', async () => {
    const found = await verdicts([id], keeps(200), plain, 'userinfo');
    assert.deepEqual(found, { [id]: 'pass: Another client cannot end a token (status 403).' });
  });

  it('is not where the client is refused whatever it sends', async () => {
    const found = await verdicts([id], keeps(403), plain, 'userinfo');
    assert.match(String(found[id]), /^not_determined: .+ refuses the other client itself\.$/);
  });
});

describe('invalid_client for the password grant, as oauth20-provider says of a user', () => {
  const asked = (secret: string) =>
    result(
      'client.password-grant',
      ({ form, response }) => {
        const client = form.get('grant_type') === 'password' || secret === 'wrong';
        json(response, client ? 401 : 400, { error: client ? 'invalid_client' : 'invalid_grant' });
      },
      { client: secretive },
    );

  it('is of the client only where the client is refused otherwise, too', async () => {
    const [known, unknown] = [await asked('right'), await asked('wrong')];
    assert.match(known.meaning, /it takes these credentials otherwise/);
    assert.equal(unknown.meaning, 'The server refuses the client itself.');
  });
});

describe('two redirect URIs written into one address, as @hellocoop/mockin does', () => {
  it('fail where that leads to the host of somebody else', async () => {
    const { verdict, meaning } = await result('redirect.sent-twice', (asked) => {
      const { query, response } = asked;
      const target = new URL(query.getAll('redirect_uri').join(','));
      target.searchParams.set('code', 'c');
      target.searchParams.set('state', query.get('state') ?? '');
      redirect(response, target.href);
    });
    assert.equal(verdict, 'fail', meaning);
    assert.match(
      meaning,
      /the foreign one first, the server redirected to https:\/\/oauth-explorer-check\.invalid/,
    );
  });
});

describe('a key set without a key, as that of @dotdo/oauth where tokens are opaque', () => {
  it('has no private half to look for', async () => {
    const { verdict } = await result('response.private-keys', ({ path, response }) => {
      json(response, path === '/jwks' ? 200 : 404, { keys: [] });
    });
    assert.equal(verdict, 'not_applicable');
  });
});

describe('an empty 403 for the password grant, as Glewlwyd answers', () => {
  const asked = async (grants: readonly string[]) => {
    const server = await smallServer(({ form, response }) =>
      response.writeHead(form.get('grant_type') === 'password' ? 403 : 400).end(),
    );
    const at = { issuer: server.origin, token_endpoint: `${server.origin}/token` };
    const published = { ...at, grant_types_supported: [...grants] };
    try {
      const { results } = await trial({
        ...{ issuer: server.origin, client: secretive },
        checks: checks.filter(({ id }) => id === 'client.password-grant'),
        context: {
          server: {
            ...serverOf(server.origin),
            metadata: { server: at, issuerKnown: true, sources: {}, published },
          },
        },
      });
      return results[0]?.verdict;
    } finally {
      await server.close();
    }
  };

  it('says that the grant is off where the metadata does not list it', async () => {
    assert.equal(await asked(['authorization_code', 'implicit']), 'pass');
    assert.equal(await asked(['authorization_code', 'password']), 'not_determined');
  });
});

describe('access tokens that nobody can end, as the self-contained ones of @dotdo/oauth', () => {
  /** Ends refresh tokens for whom `ends` names, and calls every access token active. */
  const server = (ends: (client: string) => boolean) => {
    const revoked = new Set<string | null>();
    return signsIn(({ path, form, response }) => {
      const [client = ''] = atob(response.req.headers.authorization?.slice(6) ?? '').split(':');
      const token = form.get('refresh_token') ?? form.get('token');
      if (path === '/token/introspection') json(response, 200, { active: token !== madeUpToken });
      else if (path === '/token/revocation') {
        if (ends(client)) revoked.add(token);
        response.writeHead(200).end();
      } else if (revoked.has(token)) json(response, 400, { error: 'invalid_grant' });
      else json(response, 200, { access_token: 'a-1', token_type: 'Bearer', refresh_token: 'r-1' });
    });
  };
  const ids = ['token.revocation-other-client', 'token.revocation-open'];
  const told = async (ends: (client: string) => boolean) =>
    Object.values(await verdicts(ids, server(ends), plain, 'userinfo')).map((said) => said.split(':')[0]);

  it('leave it to the refresh token to show who can', async () => {
    assert.deepEqual(await told(() => true), ['fail', 'fail']);
    assert.deepEqual(await told((client) => client === 'known'), ['pass', 'pass']);
  });
});

describe('a sign-in form that carries the state along', () => {
  const asked = (written: (state: string) => string) =>
    result('response.error-reflection', ({ query, registered, response }) => {
      const form = `<form><input type="hidden" name="state" value="${written(query.get('state') ?? '')}"></form>`;
      if (registered && query.get('response_type') === 'code')
        response.writeHead(200, { 'content-type': 'text/html' }).end(form);
      else json(response, 400, { error: 'invalid_request' });
    });

  it('fails where it holds it as it is, as that of @dotdo/oauth', async () => {
    const { verdict, meaning } = await asked((state) => state);
    assert.equal(verdict, 'fail', meaning);
    assert.match(meaning, /^The sign-in page holds HTML/);
    assert.equal((await asked((state) => state.replaceAll('<', '&lt;'))).verdict, 'pass');
  });
});

describe('a server that gives a code at once, as @hellocoop/mockin', () => {
  it('has no sign-in page that could be framed or tell its address', async () => {
    const ids = ['response.framing', 'response.referrer-policy'];
    const found = await verdicts(
      ids,
      signsIn(({ response }) => response.writeHead(404).end()),
    );
    for (const id of ids) assert.match(found[id] ?? '', /^not_applicable: The server gives a code at once/);
  });
});

describe('a server that returns no state as it was sent', () => {
  for (const [how, changed, says] of [
    ['in lower case', (state: string) => state.toLowerCase(), /returns another state.*compares them/],
    ['cut to what its database takes', (state: string) => state.slice(0, 20), /returns another state/],
    ['not at all', () => undefined, /does not return state/],
  ] as const)
    it(`fails for it, and leaves open what nothing ties to the request: ${how}`, async () => {
      const found = await verdicts(['response.state', 'code.replayed'], (asked) => {
        const { path, query, response, registered } = asked;
        if (path === '/token') {
          json(response, 200, { access_token: 'a', token_type: 'Bearer' });
          return;
        }
        if (path !== '/auth' || !registered) {
          page(response, 400, 'Error');
          return;
        }
        const back = new URL(query.get('redirect_uri') ?? '');
        const state = changed(query.get('state') ?? '');
        back.searchParams.set('code', 'a-code');
        if (state !== undefined) back.searchParams.set('state', state);
        redirect(response, back.href);
      });
      assert.match(found['response.state'] ?? '', /^fail: /);
      assert.match(found['response.state'] ?? '', says);
      // What is left of a state that nobody else knows is a tie, too.
      const tied = changed('A-state-of-this-very-request') !== undefined;
      assert.match(found['code.replayed'] ?? '', tied ? /^fail: / : /^not_determined: .*without the state/);
    });
});

describe('a server that shows each refusal on a page of its own', () => {
  it('has the browser opened again after each, as the plan says', async () => {
    const server = await signsInFirst();
    let opened = 0;
    try {
      await trial({
        ...{ issuer: server.origin, client: known, opened: () => void opened++ },
        checks: checks.filter(({ id }) => id.startsWith('redirect.')),
      });
    } finally {
      await server.close();
    }
    assert.ok(opened > 1);
    const subject = { profile: profileOf(server.origin, known), hasOtherClient: false };
    const { cost } = planView(planChecks(subject), subject, true);
    assert.doesNotMatch(cost, /opens once/);
    assert.match(cost, /opens again wherever the server shows a page of its own/);
  });
});

describe('a server without the code grant', () => {
  const reportOf = async (answer: (asked: Asked) => void, published: object = {}) => {
    const server = await smallServer(answer);
    const found = { ...serverOf(server.origin), metadata: { ...metadataOf(server.origin), published } };
    try {
      return await trial({
        ...{ issuer: server.origin, client: known, context: { server: found as BenchServer } },
        checks: checks.filter(({ area }) => ['code', 'pkce'].includes(area)),
      });
    } finally {
      await server.close();
    }
  };
  const metadataOf = (issuer: string) => ({ server: { issuer }, issuerKnown: true, sources: {} });
  const answers = (parameters: Record<string, string>) => (asked: Asked) => {
    if (asked.path === '/token') json(asked.response, 400, { error: 'unsupported_grant_type' });
    else if (asked.path === '/auth' && asked.registered) respond(asked, parameters);
    else page(asked.response, 404, 'Not found');
  };

  it('is said at the head of the report, once: it answers with a token, as ejabberd', async () => {
    const { refusal = '', results } = await reportOf(answers({ access_token: 'a', token_type: 'bearer' }));
    assert.match(refusal, /^The server answers a correct authorization request with an access token in/);
    assert.match(refusal, /so \d+ checks are not determined\. It seems not to offer the code grant/);
    const open = results.filter(({ meaning }) => meaning.includes('did not come back'));
    assert.deepEqual(open, []);
  });

  it('is said where it answers with unsupported_response_type, and in the JSON of the report as a text', async () => {
    const report = await reportOf(answers({ error: 'unsupported_response_type' }));
    assert.match(report.refusal ?? '', /with unsupported_response_type, so \d+ checks are not determined/);
    const { results } = JSON.parse(reportJson(report)) as { results: { noCode?: unknown }[] };
    const came = results.flatMap(({ noCode }) => noCode ?? []);
    assert.deepEqual([...new Set(came)], ['unsupported_response_type']);
  });

  it('is said where its own page names that, which says nothing of the redirect URI, as LoopBack’s', async () => {
    const server = await smallServer(({ path, response }) =>
      path === '/auth'
        ? page(response, 400, 'unsupported_response_type')
        : json(response, 400, { error: 'x' }),
    );
    try {
      const { refusal = '', results } = await trial({
        ...{ issuer: server.origin, client: known, context: { server: serverOf(server.origin) } },
        checks: checks.filter(({ area }) => ['redirect', 'pkce'].includes(area)),
      });
      assert.match(
        refusal,
        /with unsupported_response_type, so \d+ checks are .* not to offer the code grant/,
      );
      assert.deepEqual(
        results.filter(({ verdict }) => verdict !== 'not_determined').map(({ id }) => id),
        [],
      );
    } finally {
      await server.close();
    }
  });

  it('is said where its metadata lists no such response type, and not where it lists one', async () => {
    const codes = answers({ code: 'c' });
    const none = await reportOf(codes, { response_types_supported: ['token', 'id_token token'] });
    assert.match(none.refusal ?? '', /^The server’s metadata lists no response type with a code/);
    const one = await reportOf(codes, { response_types_supported: ['code id_token'] });
    assert.doesNotMatch(one.refusal ?? '', /response type/);
  });
});

describe('a server that ends every refusal with status 500, as @mongodb-js/oidc-mock-provider', () => {
  /** Refuses by failing: it forgets a code that was used, compares verifier, secret and redirect URI. */
  const crashes =
    (refuses: boolean, checksHost = true) =>
    ({ path, query, form, response, registered }: Asked) => {
      const fails = () => page(response, 500, 'Error');
      const basic = Buffer.from('known:secret').toString('base64');
      if (path === '/auth') {
        const isRight = (registered || !checksHost) && query.get('response_type') === 'code';
        if (isRight)
          redirect(
            response,
            `${query.get('redirect_uri')}?code=${codeOf(query)}&state=${query.get('state')}`,
          );
        else fails();
      } else if (path !== '/token') response.writeHead(404).end();
      else {
        const [challenge = ''] = [...issuedCodes].filter((code) => form.get('code') === code);
        const sha = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        const isProved = response.req.headers.authorization === `Basic ${basic}`;
        const isTwice = form.getAll('code').length > 1;
        const isRight = challenge !== '' && challenge.endsWith(sha) && isProved && !isTwice;
        issuedCodes.delete(challenge);
        if (challenge !== '' && (isRight || !refuses))
          json(response, 200, { access_token: 'a-0', token_type: 'Bearer' });
        else fails();
      }
    };
  const issuedCodes = new Set<string>();
  function codeOf(query: URLSearchParams): string {
    const code = `${issuedCodes.size}-${query.get('state')}-${query.get('code_challenge') ?? ''}`;
    issuedCodes.add(code);
    return code;
  }
  const ids = [
    ...['client.wrong-secret', 'client.no-authentication', 'client.secret-in-query', 'client.sent-twice'],
    ...['pkce.wrong-verifier', 'pkce.missing-verifier', 'code.replayed'],
  ];

  it('is seen to refuse: a correct request goes well right after', async () => {
    const found = await verdicts(ids, crashes(true), plain);
    const secret =
      'weakness: A wrong secret is refused, but the error is not invalid_client and the status is 500 and not 401 and WWW-Authenticate is missing, so a client cannot tell what is wrong.';
    const failed = 'the server answered with status 500.';
    assert.deepEqual(found, {
      'client.wrong-secret': secret,
      'client.no-authentication': `pass: Without client authentication ${failed}`,
      'client.secret-in-query': `pass: For a secret in the URL ${failed}`,
      'client.sent-twice': `pass: With a parameter twice ${failed}`,
      'pkce.wrong-verifier': `pass: For a wrong verifier ${failed}`,
      'pkce.missing-verifier': `pass: Without a verifier ${failed}`,
      'code.replayed': `pass: For a used code ${failed}`,
    });
  });

  it('is seen to take what it does not refuse', async () => {
    const found = await verdicts(ids, crashes(false), plain);
    const of = Object.entries(found).map(([id, said]) => [id, said.split(':')[0]]);
    assert.deepEqual(Object.fromEntries(of), {
      'client.wrong-secret': 'fail',
      'client.no-authentication': 'fail',
      'client.secret-in-query': 'weakness',
      'client.sent-twice': 'weakness',
      'pkce.wrong-verifier': 'fail',
      'pkce.missing-verifier': 'fail',
      'code.replayed': 'pass',
    });
  });

  it('redirects to a foreign host, and fails over an unknown response_type only', async () => {
    const id = 'redirect.unregistered-host';
    const open = await verdicts([id], crashes(true, false), plain);
    assert.match(open[id] ?? '', /^fail: The server redirected to https:\/\//);
    const closed = await verdicts([id], crashes(true), plain);
    assert.equal(closed[id], 'pass: The server does not redirect to a host that is not registered.');
  });

  it('is not heard where a correct request fails, too', async () => {
    let asked = 0;
    const ever = (one: Asked) =>
      one.path === '/token' && ++asked > 1 ? page(one.response, 500, 'Error') : crashes(true)(one);
    const found = await verdicts(['pkce.wrong-verifier'], ever, plain);
    assert.match(found['pkce.wrong-verifier'] ?? '', /^not_determined: /);
  });
});

describe('a server that gives refresh tokens to a client that may not renew', () => {
  it('is no evidence of what it refuses', async () => {
    const found = await verdicts(
      ['refresh.widening', 'token.revoked-refresh'],
      signsIn(({ path, response }) => {
        if (path === '/token') json(response, 400, { error: 'unauthorized_client' });
        else response.writeHead(200).end();
      }),
      { ...secretive, scopes: ['read', 'write'] },
    );
    const said =
      'not_determined: A correct refresh was refused: the server answered with status 400 and unauthorized_client.';
    assert.deepEqual(found, { 'refresh.widening': said, 'token.revoked-refresh': said });
  });
});
