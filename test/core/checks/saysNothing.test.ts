import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initializeRequest } from '../../../src/core/checks/apiBench.ts';
import { goesTo } from '../../../src/core/checks/acceptance.ts';
import { checks } from '../../../src/core/checks/all.ts';
import { says, type Says } from '../../../src/core/checks/heard.ts';
import { broken, readTokenAnswer } from '../../../src/core/checks/tokenAnswer.ts';
import { planApiChecks, runApiChecks } from '../../../src/core/checks/runApiChecks.ts';
import { isMadeUp, json, known, page, redirect, respond, smallServer, type Asked } from './server.ts';
import { result } from './oneCheck.ts';
import { pushedServerOf, realClock, serverOf, trial } from './support.ts';

interface Manners {
  readonly idToken?: string;
  readonly refresh?: (token: string, asked: Asked) => void;
  readonly userinfo?: (asked: Asked) => void;
  /** Whether a token that was never issued is refused before `userinfo` is asked; it is unless said otherwise. */
  readonly looks?: boolean;
}

/** Signs everybody in at once, and revokes what it is asked to. */
function server({ idToken, refresh, userinfo, looks = true }: Manners): (asked: Asked) => void {
  return (asked) => {
    const { path, query, form, response, registered } = asked;
    if (path === '/me' && looks && isMadeUp(asked)) json(response, 401, { error: 'invalid_token' });
    else if (path === '/me') userinfo?.(asked);
    else if (path === '/token/revocation') response.writeHead(200).end();
    else if (path === '/token' && form.get('grant_type') === 'refresh_token')
      refresh?.(form.get('refresh_token') ?? '', asked);
    else if (path === '/token')
      json(response, 200, {
        access_token: 'a-0',
        token_type: 'Bearer',
        refresh_token: 'r-0',
        ...(idToken !== undefined && { id_token: idToken }),
      });
    else if (!registered) page(response, 400, 'Error');
    else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
    else respond(asked, { code: 'a-code' });
  };
}

describe('an answer that says nothing of what was asked', () => {
  for (const id of ['token.revoked-access', 'token.revocation-cascade'])
    for (const [status, verdict] of [
      [429, 'not_determined'],
      [503, 'not_determined'],
      [302, 'not_determined'],
      [401, 'pass'],
      [403, 'pass'],
      [200, 'x'],
    ] as const)
      it(`is no end of a token: ${id}, status ${status} from the userinfo endpoint`, async () => {
        let asked = 0;
        const userinfo = ({ response }: Asked) =>
          json(response, asked++ === 0 ? 200 : status, { sub: 'ada' });
        const found = await result(id, server({ userinfo }));
        assert.equal(
          found.verdict,
          verdict === 'x' ? (id === 'token.revoked-access' ? 'fail' : 'weakness') : verdict,
          found.meaning,
        );
        if (verdict === 'not_determined')
          assert.equal(found.meaning, `The userinfo endpoint answered with status ${status} in the end.`);
      });

  it('is no refusal of a scope that was left out: Authlib’s userinfo wants profile, another none of an API’s', async () => {
    const client = { ...known, scopes: ['openid', 'profile', 'read'] };
    let scopes: string[] = [];
    let asked = 0;
    const userinfo = ({ response }: Asked) => {
      if (asked++ > 0) json(response, 401, {});
      else if (scopes.includes('profile') && !scopes.includes('read')) json(response, 200, { sub: 'ada' });
      else json(response, 403, { error: 'insufficient_scope' });
    };
    const answer = (one: Asked) => {
      scopes = one.query.get('scope')?.split(' ') ?? scopes;
      server({ userinfo })(one);
    };
    const found = await result('token.revoked-access', answer, { client });
    assert.equal(found.verdict, 'pass', found.meaning);
  });

  it('is no token that another client ended: token.revocation-other-client', async () => {
    for (const [status, verdict] of [
      [429, 'not_determined'],
      [401, 'fail'],
      [200, 'pass'],
    ] as const) {
      // Its own client ends it in the end.
      const statuses = [200, status, 401];
      const userinfo = ({ response }: Asked) => json(response, statuses.shift() ?? 500, { sub: 'ada' });
      const other = { ...known, clientId: 'other' };
      const found = await result('token.revocation-other-client', server({ userinfo }), { other });
      assert.equal(found.verdict, verdict, found.meaning);
    }
  });

  it('is no reuse that was noticed: refresh.family-revoked', async () => {
    let asked = 0;
    const refresh = (_: string, { response }: Asked) => {
      const next = `r-${++asked}`;
      // The old refresh token comes third.
      if (asked === 3) json(response, 429, {});
      else json(response, 200, { access_token: 'a', token_type: 'Bearer', refresh_token: next });
    };
    const userinfo = ({ response }: Asked) => json(response, 403, {});
    const found = await result('refresh.family-revoked', server({ refresh, userinfo }));
    assert.equal(found.verdict, 'not_determined', found.meaning);
  });

  it('is no closed door: response.cors', async () => {
    for (const status of [429, 503]) {
      const answer = (asked: Asked) => {
        if (asked.response.req.headers.origin === undefined) server({})(asked);
        else page(asked.response, status, 'Later');
      };
      const found = await result('response.cors', answer, { signIn: false });
      assert.equal(found.verdict, 'not_determined', found.meaning);
    }
  });
});

describe('an id_token that is encrypted', () => {
  for (const id of ['response.id-token', 'response.nonce'])
    it(`is nothing that ${id} can read`, async () => {
      const header = Buffer.from('{"alg":"RSA-OAEP-256","enc":"A256GCM"}').toString('base64url');
      const found = await result(id, server({ idToken: `${header}.a2V5.aXY.dGV4dA.dGFn` }));
      assert.equal(found.verdict, 'not_applicable', found.meaning);
    });
});

describe('what stands before an MCP server', () => {
  const look = async (id: string, answer: (asked: Asked, origin: string) => void) => {
    const small: Awaited<ReturnType<typeof smallServer>> = await smallServer((asked) =>
      answer(asked, small.origin),
    );
    const mcp = new URL(`${small.origin}/mcp`);
    const { results } = await runApiChecks(
      {
        ...{ version: '0', fetch, clock: realClock, timeout: 60_000, signal: new AbortController().signal },
        ...{ request: initializeRequest(mcp, '0'), mcp },
      },
      { id: 'mcp', name: 'MCP', clientId: 'known' },
      { items: planApiChecks(true, false).filter(({ check }) => check.id === id) },
    );
    await small.close();
    return results[0];
  };

  for (const [what, answer, verdict] of [
    ['busy', ({ response }) => page(response, 429, 'Later'), 'not_determined'],
    ['out of order', ({ response }) => json(response, 503, {}), 'not_determined'],
    ['a firewall’s page', ({ response }) => page(response, 403, 'Blocked'), 'not_determined'],
    ['a refusal in JSON', ({ response }) => json(response, 403, { error: 'no' }), 'fail'],
    ['a refusal without a word', ({ response }) => response.writeHead(403).end(), 'fail'],
    [
      'a page with a challenge',
      ({ response }) => {
        response.setHeader('www-authenticate', 'Bearer');
        page(response, 403, 'No');
      },
      'fail',
    ],
    ['a page in the place of everything', ({ response }) => page(response, 200, 'Sign in'), 'not_determined'],
    [
      'a page to sign in, of a server that has a document',
      ({ path, response }) => {
        if (path === '/mcp') page(response, 200, 'Sign in');
        else json(response, 200, { resource: 'https://mcp.example.com/mcp' });
      },
      'fail',
    ],
    [
      'a page to sign in, of a server that has none',
      ({ path, response }) => page(response, path === '/mcp' ? 200 : 404, 'Sign in'),
      'fail',
    ],
  ] as const satisfies readonly (readonly [string, (asked: Asked) => void, string])[])
    it(`${what}: mcp.answers-401 is ${verdict}`, async () => {
      const one = await look('mcp.answers-401', answer);
      assert.equal(one?.verdict, verdict, one?.meaning);
    });

  type Answer = (response: Asked['response']) => void;
  const busy: Answer = (response) => json(response, 503, {});
  const blocked: Answer = (response) => page(response, 403, 'Blocked');
  const absent: Answer = (response) => json(response, 404, {});
  const brokenOff: Answer = (response) => void response.destroy();
  const wrong: Answer = (response) => json(response, 401, {});
  /** A server that asks for a token; what its document and its authorization server's metadata answer. */
  const at =
    (document: Answer | undefined, metadata: Answer) =>
    ({ path, response }: Asked, origin: string) => {
      if (path === '/mcp') {
        response.setHeader('www-authenticate', `Bearer resource_metadata="${origin}/document"`);
        json(response, 401, {});
      } else if (path !== '/document') metadata(response);
      else if (document !== undefined) document(response);
      else json(response, 200, { resource: `${origin}/mcp`, authorization_servers: [origin] });
    };
  for (const [what, answer, verdict] of [
    ['busy', busy, 'not_determined'],
    ['a firewall’s page', blocked, 'not_determined'],
    ['a connection that breaks', brokenOff, 'not_determined'],
    ['nothing', absent, 'fail'],
    ['a refusal', wrong, 'fail'],
  ] as const) {
    it(`${what} in the place of the document: mcp.document is ${verdict}`, async () => {
      const one = await look('mcp.document', at(answer, answer));
      assert.equal(one?.verdict, verdict, one?.meaning);
    });
    it(`${what} in the place of the metadata: mcp.server-metadata is ${verdict}`, async () => {
      const one = await look('mcp.server-metadata', at(undefined, answer));
      assert.equal(one?.verdict, verdict, one?.meaning);
    });
  }

  for (const [error, verdict] of [
    ['invalid_redirect_uri', 'fail'],
    ['temporarily_unavailable', 'not_determined'],
  ] as const)
    it(`${error} to a registration: mcp.registers-loopback is ${verdict}`, async () => {
      const one = await look('mcp.registers-loopback', (asked, origin) => {
        const metadata: Answer = (response) =>
          asked.path === '/register'
            ? json(response, 400, { error })
            : json(response, 200, {
                issuer: origin,
                authorization_endpoint: `${origin}/authorize`,
                token_endpoint: `${origin}/token`,
                registration_endpoint: `${origin}/register`,
              });
        at(undefined, metadata)(asked, origin);
      });
      assert.equal(one?.verdict, verdict, one?.meaning);
    });
});

describe('an issuer of many tenants', () => {
  it('is the one of the token with its tenant in the place of the placeholder', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    for (const [iss, verdict] of [
      ['https://login.example/t-1/v2.0', 'pass'],
      ['https://login.example/t-2/v2.0', 'fail'],
    ] as const) {
      const claims = { iss, tid: 't-1', sub: 'ada', aud: 'known', iat: now, exp: now + 36_000 };
      const idToken = `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
      const small = await smallServer(server({ idToken }));
      const { results } = await trial({
        issuer: small.origin,
        client: known,
        checks: checks.filter(({ id }) => id === 'response.id-token'),
        context: {
          server: {
            ...serverOf(small.origin),
            issuer: 'https://login.example/{tenantid}/v2.0',
            promisesIssuer: false,
          },
        },
      });
      await small.close();
      assert.equal(results[0]?.verdict, verdict, results[0]?.meaning);
    }
  });
});

describe('client.unknown', () => {
  it('takes an error page at another host that is given the state for no redirect to the client', async () => {
    for (const elsewhere of [true, false]) {
      const answer = (asked: Asked) => {
        const { query, response } = asked;
        if (query.get('client_id') === 'known') server({})(asked);
        else if (elsewhere)
          redirect(
            response,
            `https://login.example/error?error=unauthorized_client&state=${query.get('state') ?? ''}`,
          );
        else respond(asked, { error: 'unauthorized_client' });
      };
      const found = await result('client.unknown', answer, { signIn: false });
      assert.equal(found.verdict, elsewhere ? 'pass' : 'fail', found.meaning);
    }
  });
});

describe('a redirect to an application', () => {
  const rows: readonly (readonly [to: string, wanted: string, is: boolean])[] = [
    ['com.example.app:/callback?code=1', 'com.example.app:/callback', true],
    ['COM.EXAMPLE.APP:/callback?code=1', 'com.example.app:/callback', true],
    ['com.other.app:/callback?code=1', 'com.example.app:/callback', false],
    ['app://registered/callback?code=1', 'app://registered.oauth-explorer-check.invalid/callback', false],
    ['http://127.0.0.1:80/callback', 'http://127.0.0.1/callback', true],
    ['http://127.0.0.1:81/callback', 'http://127.0.0.1/callback', false],
  ];
  for (const [to, wanted, is] of rows)
    it(`${is ? 'is' : 'is not'} ${wanted} when it goes to ${to}`, () => {
      assert.equal(goesTo(new URL(to), wanted), is);
    });

  for (const [status, body, says] of [
    [400, '{"error":"server_error"}', false],
    [400, 'error=temporarily_unavailable', false],
    [302, '', false],
    [503, '{"error":"invalid_grant"}', false],
    [200, '{}', false],
    [200, '<title>Sign in</title>', false],
    [403, '<title>Blocked</title>error=invalid_grant', false],
    [403, 'error code: 1020', false],
    [404, '', false],
    [200, '{"error":"Too many requests"}', false],
    [200, '{"error":"bad_verification_code"}', true],
    [400, '{"error":"invalid_grant"}', true],
    [400, 'error=invalid_grant', true],
    [404, '{"error":"invalid_grant"}', true],
    [403, '', true],
    [401, '', true],
    [200, '{"access_token":"a"}', true],
  ] as const)
    it(`at the token endpoint: ${status} ${body || 'nothing'} ${says ? 'says something' : 'does not'}`, async () => {
      assert.equal(broken(await readTokenAnswer(new Response(body, { status }))), !says);
    });
});

describe('what an answer says', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const rows: readonly (readonly [status: number, body: string, said: Says, headers?: HeadersInit])[] = [
    [200, '{"sub":"ada"}', 'served'],
    [200, 'eyJhbGciOiJub25lIn0.e30.', 'served'],
    [200, '{"error":"invalid_token"}', 'refused'],
    [200, '{"error":"Too many requests"}', 'nothing'],
    [200, '', 'nothing'],
    [200, '{"sub":"ada"}', 'nothing', html],
    [200, '  <!doctype html>', 'nothing'],
    [401, '<h1>401</h1>', 'refused', html],
    [403, '<h1>Blocked</h1>', 'nothing', html],
    [403, '<h1>No scope</h1>', 'refused', { ...html, 'www-authenticate': 'Bearer' }],
    [403, '', 'refused'],
    [403, '{"message":"no"}', 'refused'],
    [400, 'Bad request', 'nothing'],
    [403, 'Forbidden', 'nothing', html],
    [403, 'Access denied. Error code 1020', 'nothing'],
    [403, 'Blocked: invalid user agent', 'nothing'],
    [403, `Invalid code ${'.'.repeat(300)}`, 'nothing'],
    [403, '<h1>Invalid code</h1>', 'nothing', html],
    [403, 'Invalid code', 'refused', html],
    [400, 'Invalid request: redirect_uri mismatch', 'refused'],
    [400, 'Unsupported grant_type', 'refused', html],
    [400, 'The authorization code has expired', 'refused'],
    [404, '{"message":"no"}', 'nothing'],
    [404, '{"error":"invalid_token"}', 'refused'],
    [405, '', 'nothing'],
    [407, '', 'nothing'],
    [408, '', 'nothing'],
    [429, '{"error":"invalid_token"}', 'nothing'],
    [307, '', 'nothing'],
    [502, '', 'nothing'],
    [400, '{"error":"rate_limit_exceeded"}', 'nothing'],
    [200, '{"error":{"code":190,"message":"Invalid OAuth access token."}}', 'nothing'],
    [400, '{"error":{"code":190,"message":"Invalid OAuth access token."}}', 'refused'],
    [400, '{"error":{"code":"rate_limit"}}', 'nothing'],
    [200, '{"errors":[{"message":"Unauthorized"}],"data":null}', 'nothing'],
    [200, '{"errors":[{"message":"A field is old"}],"data":{"me":{}}}', 'served'],
    [421, '', 'nothing'],
    [426, '', 'nothing'],
    [428, '', 'nothing'],
  ];
  for (const [status, body, said, headers = {}] of rows)
    it(`${status} ${body || 'and no body'}: ${said}`, () => {
      assert.equal(says({ status, headers: new Headers(headers), body }), said);
    });
});

describe('a firewall, a proxy or a page in the place of an answer', () => {
  const blocked = ({ response }: Asked) => page(response, 403, 'Blocked');
  const shown = ({ response }: Asked) => page(response, 200, 'Sign in');
  const refused = ({ response }: Asked) => json(response, 200, { error: 'invalid_token' });
  const rows: readonly (readonly [id: string, at: (asked: Asked) => void, verdict: string])[] = [
    ['token.made-up', blocked, 'not_determined'],
    ['token.made-up', shown, 'not_determined'],
    ['token.made-up', refused, 'weakness'],
    ['token.in-query', blocked, 'not_determined'],
    ['token.in-query', shown, 'not_determined'],
    ['token.in-query', refused, 'pass'],
    ['token.revoked-access', blocked, 'not_determined'],
    ['token.revoked-access', shown, 'not_determined'],
    ['token.revoked-access', refused, 'pass'],
  ];
  for (const [id, at, verdict] of rows)
    it(`at the userinfo endpoint: ${id} is ${verdict}`, async () => {
      let asked = 0;
      // The fresh token is good.
      const userinfo = (one: Asked) =>
        id !== 'token.made-up' && asked++ === 0 ? json(one.response, 200, { sub: 'ada' }) : at(one);
      const looks = id !== 'token.made-up';
      assert.equal((await result(id, server({ userinfo, looks }))).verdict, verdict);
    });

  for (const [status, body, verdict] of [
    [401, {}, 'pass'],
    [403, { error: 'invalid_client' }, 'pass'],
    [400, { error: 'invalid_request' }, 'not_determined'],
    [403, { error: 'access_denied' }, 'not_determined'],
    [200, { active: false }, 'fail'],
  ] as const)
    it(`at the introspection endpoint: ${status} ${JSON.stringify(body)} is ${verdict}`, async () => {
      const found = await result('token.introspection-open', ({ response }) => json(response, status, body));
      assert.equal(found.verdict, verdict, found.meaning);
    });

  for (const [status, body, verdict] of [
    [400, { error: 'unauthorized_client' }, 'weakness'],
    [400, { error: 'invalid_scope' }, 'weakness'],
    [400, { error: 'invalid_request' }, 'pass'],
    [405, {}, 'pass'],
    [429, {}, 'not_determined'],
  ] as const)
    it(`at the token endpoint: client.by-get with ${status} ${JSON.stringify(body)} is ${verdict}`, async () => {
      const found = await result('client.by-get', ({ query, response }) =>
        query.has('grant_type')
          ? json(response, status, body)
          : json(response, 400, { error: 'invalid_grant' }),
      );
      assert.equal(found.verdict, verdict, found.meaning);
    });

  it('at the token endpoint: client.by-get with the page that a server shows whoever fetches anything', async () => {
    const shell = '<!doctype html><div id="root"></div>';
    const secretive = { ...known, clientAuthentication: 'client_secret_basic', clientSecret: 's' } as const;
    for (const client of [known, secretive])
      for (const reads of [false, true]) {
        const found = await result(
          'client.by-get',
          ({ query, form, response }) =>
            form.has('grant_type') || (reads && query.has('code'))
              ? json(response, 400, { error: 'invalid_grant' })
              : response.writeHead(200, { 'content-type': 'text/html' }).end(shell),
          { client },
        );
        assert.equal(found.verdict, reads ? 'weakness' : 'pass', found.meaning);
      }
  });

  it('at the token endpoint: client.by-get with what LemonLDAP::NG says without any parameter, too', async () => {
    const found = await result('client.by-get', ({ response }) =>
      json(response, 400, { error: 'invalid_client' }),
    );
    assert.equal(found.verdict, 'not_determined', found.meaning);
    assert.match(found.meaning, /invalid_client, as without any parameter/);
  });

  for (const [reads, verdict] of [
    [true, 'weakness'],
    [false, 'pass'],
  ] as const)
    it(`and where its client proves itself in a header, it ${reads ? 'reads the URL, as LemonLDAP::NG does' : 'reads no URL'}: ${verdict}`, async () => {
      const client = { ...known, clientAuthentication: 'client_secret_basic', clientSecret: 's' } as const;
      const found = await result(
        'client.by-get',
        ({ query, form, response }) => {
          const proved = response.req.headers.authorization !== undefined;
          const code = form.has('code') || (reads && query.has('code'));
          assert.doesNotMatch(response.req.url ?? '', /secret/);
          json(response, 400, { error: proved && code ? 'invalid_grant' : 'invalid_client' });
        },
        { client },
      );
      assert.equal(found.verdict, verdict, found.meaning);
    });

  for (const [to, verdict] of [
    ['https://login.example/error?error=invalid_request', 'pass'],
    ['https://login.example/error?error=login_required', 'fail'],
    ['https://login.example/error?error=server_error', 'not_determined'],
  ] as const)
    it(`without redirect_uri a redirect to ${to} is ${verdict}`, async () => {
      const found = await result(
        'redirect.missing',
        (asked) => {
          const { query, response } = asked;
          if (query.has('redirect_uri')) server({})(asked);
          else redirect(response, `${to}&state=${query.get('state') ?? ''}`);
        },
        { signIn: false },
      );
      assert.equal(found.verdict, verdict, found.meaning);
    });

  it('is no error page of the server: response.error-reflection', async () => {
    for (const [title, verdict] of [
      ['Blocked', 'not_determined'],
      ['Error', 'pass'],
    ] as const) {
      const found = await result(
        'response.error-reflection',
        (asked) =>
          asked.query.get('state')?.includes('<') === true
            ? page(asked.response, 400, title)
            : server({})(asked),
        { signIn: false },
      );
      assert.equal(found.verdict, verdict, found.meaning);
    }
  });

  it('is an error page for all that, where it shows what was sent: response.error-reflection', async () => {
    for (const [shows, verdict] of [
      [true, 'fail'],
      [false, 'not_determined'],
    ] as const) {
      const found = await result(
        'response.error-reflection',
        (asked) => page(asked.response, 500, `Error ${shows ? (asked.query.get('state') ?? '') : ''}`),
        { signIn: false },
      );
      assert.equal(found.verdict, verdict, found.meaning);
    }
  });

  it('is no script that is let in, but a preflight that says yes is: response.cors', async () => {
    for (const [allowed, verdict] of [
      ['https://oauth-explorer-check.invalid', 'fail'],
      ['https://app.example', 'pass'],
    ] as const) {
      const found = await result(
        'response.cors',
        (asked) =>
          asked.response.req.method === 'OPTIONS'
            ? asked.response.writeHead(204, { 'access-control-allow-origin': allowed }).end()
            : server({})(asked),
        { signIn: false },
      );
      assert.equal(found.verdict, verdict, found.meaning);
      if (verdict === 'fail')
        assert.match(found.meaning, /lets scripts on any page send requests .* cannot read/);
    }
  });

  for (const [status, verdict] of [
    [500, 'pass'],
    [501, 'pass'],
    [503, 'not_determined'],
    [429, 'not_determined'],
  ] as const)
    it(`a preflight that ends with status ${status} lets no script in, unless that passes: response.cors is ${verdict}`, async () => {
      const found = await result(
        'response.cors',
        (asked) =>
          asked.response.req.method === 'OPTIONS'
            ? asked.response.writeHead(status).end()
            : server({})(asked),
        { signIn: false },
      );
      assert.equal(found.verdict, verdict, found.meaning);
    });

  for (const [id, verdict] of [
    ['code.replayed', 'not_determined'],
    ['pkce.wrong-verifier', 'not_determined'],
    ['code.concurrent', 'not_determined'],
  ] as const)
    it(`at the token endpoint, after a right request: ${id} is ${verdict}`, async () => {
      let tokens = 0;
      const found = await result(id, (asked) =>
        asked.path === '/token' && tokens++ > 0 ? blocked(asked) : server({})(asked),
      );
      assert.equal(found.verdict, verdict, found.meaning);
    });

  it('is no end of the tokens of a replayed code: code.replay-revokes', async () => {
    for (const [status, verdict] of [
      [429, 'not_determined'],
      [401, 'pass'],
    ] as const) {
      let [redeemed, looked] = [0, 0];
      const userinfo = ({ response }: Asked) => json(response, looked++ === 0 ? 200 : status, { sub: 'ada' });
      const found = await result('code.replay-revokes', (asked) => {
        const isToken = asked.path === '/token';
        if (isToken && redeemed++ > 0) json(asked.response, 400, { error: 'invalid_grant' });
        else server({ userinfo })(asked);
      });
      assert.equal(found.verdict, verdict, found.meaning);
    }
  });

  it('takes nothing back with 200: token.revoked-refresh', async () => {
    const found = await result('token.revoked-refresh', (asked) =>
      asked.path === '/token/revocation' ? shown(asked) : server({})(asked),
    );
    assert.equal(found.verdict, 'not_determined', found.meaning);
  });

  for (const [status, body, verdict] of [
    [400, { error: 'invalid_request' }, 'not_determined'],
    [400, { error: 'server_error' }, 'not_determined'],
    [400, { error: 'unsupported_token_type' }, 'not_applicable'],
    [503, { error: 'unsupported_token_type' }, 'not_determined'],
  ] as const)
    it(`at the revocation endpoint: ${status} ${body.error} is ${verdict}`, async () => {
      const userinfo = ({ response }: Asked) => json(response, 200, { sub: 'ada' });
      const found = await result('token.revoked-access', (asked) =>
        asked.path === '/token/revocation' ? json(asked.response, status, body) : server({ userinfo })(asked),
      );
      assert.equal(found.verdict, verdict, found.meaning);
      assert.ok(found.meaning.length > 0);
    });
});

describe('redirect.userinfo', () => {
  it('puts the user names into an address whose scheme has dots', async () => {
    const redirectUri = 'com.example.app://callback/done';
    const tried = new Set<string | null>();
    const found = await result(
      'redirect.userinfo',
      (asked) => {
        const uri = asked.query.get('redirect_uri');
        tried.add(uri);
        if (uri === redirectUri) respond(asked, { error: 'login_required' });
        else page(asked.response, 400, 'Error');
      },
      { client: { ...known, redirectUri }, signIn: false },
    );
    for (const other of [
      'com.example.app://callback@oauth-explorer-check.invalid/done',
      'com.example.app://oauth-explorer-check.invalid\\@callback/done',
      'com.example.app://oauth-explorer@callback/done',
    ])
      assert.ok(tried.has(other), `${other} of ${[...tried].join(' ')}`);
    assert.equal(found.verdict, 'pass', found.meaning);
  });
});

describe('a pushed request', () => {
  type Answer = (asked: Asked) => void;
  const found = async (id: string, at: { readonly push?: Answer; readonly open?: Answer; signIn?: true }) => {
    let pushed: URLSearchParams | undefined;
    const small = await smallServer((asked) => {
      const { path, form, query, response } = asked;
      if (path === '/request' && at.push !== undefined) at.push(asked);
      else if (path === '/request') {
        pushed = form;
        json(response, 201, { request_uri: 'urn:ietf:params:oauth:request_uri:1', expires_in: 60 });
      } else if (path === '/token') server({})(asked);
      else {
        const own = new URLSearchParams(pushed);
        if (query.has('state')) own.set('outside', query.get('state') ?? '');
        (at.open ?? server({}))({ ...asked, query: own, registered: true });
      }
    });
    const { results } = await trial({
      ...{
        issuer: small.origin,
        client: known,
        signIn: at.signIn === true,
        change: { pushAuthorizationRequest: true },
      },
      checks: checks.filter((check) => check.id === id),
      context: { server: pushedServerOf(small.origin) },
    });
    await small.close();
    return results[0];
  };
  const blocked: Answer = ({ response }) => page(response, 403, 'Blocked');
  const isChanged = ({ query }: Asked) => query.has('outside');
  const error =
    (code: string): Answer =>
    (asked) =>
      respond(asked, { error: code });
  const outsideState: Answer = (asked) => {
    const { query } = asked;
    if (isChanged(asked)) query.set('state', query.get('outside') ?? '');
    respond(asked, { error: 'login_required' });
  };
  const unsaid: Answer = ({ query, response }) =>
    redirect(response, `${query.get('redirect_uri') ?? ''}?error=server_error`);
  const rows: readonly (readonly [what: string, open: Answer, verdict: string, meaning: RegExp])[] = [
    ['refused like the unchanged one', blocked, 'not_determined', /refuses a right pushed request, too/],
    [
      'refused although the unchanged one goes on',
      (asked) => (isChanged(asked) ? blocked : error('login_required'))(asked),
      'pass',
      /refuses parameters beside/,
    ],
    [
      'refused where the unchanged one meets a busy server',
      (asked) => (isChanged(asked) ? blocked : error('temporarily_unavailable'))(asked),
      'not_determined',
      /temporarily_unavailable/,
    ],
    ['answered with the state that was pushed', error('login_required'), 'pass', /keeps to what was pushed/],
    ['answered with the other state', outsideState, 'fail', /takes the state from the address/],
    ['answered by a busy server', error('temporarily_unavailable'), 'not_determined', /says nothing/],
    ['answered by a broken server without a state', unsaid, 'not_determined', /says nothing/],
    ['stopped with 429', ({ response }) => page(response, 429, 'Later'), 'not_determined', /status 429/],
    [
      'answered without a state',
      ({ query, response }) => redirect(response, `${query.get('redirect_uri') ?? ''}?error=login_required`),
      'not_determined',
      /without a state/,
    ],
  ];
  for (const [what, open, verdict, meaning] of rows)
    it(`with another state in its address, ${what}, is ${verdict}`, async () => {
      const one = await found('par.outside', { open });
      assert.equal(one?.verdict, verdict, one?.meaning);
      assert.match(one.meaning, meaning);
    });

  for (const [status, body, meaning] of [
    [429, {}, /429/],
    [503, {}, /503/],
    [400, { error: 'temporarily_unavailable' }, /temporarily_unavailable/],
    [403, '<title>Blocked</title>', /403/],
  ] as const)
    it(`that cannot be handed in (${status} ${JSON.stringify(body)}) says nothing of the server`, async () => {
      const one = await found('par.outside', { push: ({ response }) => json(response, status, body) });
      assert.equal(one?.verdict, 'not_determined', one?.meaning);
      assert.match(one.meaning, meaning);
    });

  for (const [what, open, verdict] of [
    ['a program is refused everything', blocked, 'not_determined'],
    ['the second use is refused', undefined, 'pass'],
  ] as const)
    it(`that earned a code, where ${what}: par.used-twice is ${verdict}`, async () => {
      let used = 0;
      const one = await found('par.used-twice', {
        signIn: true,
        // The first to come is the browser, the second the address again, the third another request.
        open: (asked) => {
          used++;
          if (used === 1) respond(asked, { code: 'a-code' });
          else if (used === 2) blocked(asked);
          else (open ?? error('login_required'))(asked);
        },
      });
      assert.equal(one?.verdict, verdict, one?.meaning);
    });
});

describe('response.hsts', () => {
  const strict = { 'strict-transport-security': 'max-age=31536000' };
  for (const [status, headers, verdict] of [
    [200, {}, 'weakness'],
    [200, strict, 'pass'],
    [429, {}, 'not_determined'],
    [503, {}, 'not_determined'],
    [403, {}, 'not_determined'],
    [403, strict, 'pass'],
    [429, strict, 'pass'],
  ] as const)
    it(`is ${verdict} where a sign-in page comes with status ${status} ${JSON.stringify(headers)}`, async () => {
      const origin = 'https://as.example.com';
      let opened = 0;
      const { results } = await trial({
        ...{ issuer: origin, client: known, signIn: false },
        checks: checks.filter(({ id }) => id === 'response.hsts'),
        context: {
          fetch: (input) => {
            const uri = new URL(input).searchParams.get('redirect_uri') ?? '';
            // The first to come tell the registered redirect URI from another.
            if (!uri.startsWith('http://127.0.0.1'))
              return Promise.resolve(new Response('<title>Error</title>', { status: 400 }));
            const own = opened++ === 0 ? 200 : status;
            const page = { 'content-type': 'text/html', ...(opened > 1 && headers) };
            return Promise.resolve(new Response('<title>Sign in</title>', { status: own, headers: page }));
          },
        },
      });
      assert.equal(results[0]?.verdict, verdict, results[0]?.meaning);
    });
});

describe('what stands before an API', () => {
  const html = { 'content-type': 'text/html' };
  const challenge = { 'www-authenticate': 'Bearer error="invalid_token"' };
  const run = async (
    id: string,
    refusal: () => Response,
    good?: string,
    served = () => Response.json({ sub: 'ada' }),
  ) => {
    const { results } = await runApiChecks(
      {
        ...{ version: '0', clock: realClock, timeout: 60_000, signal: new AbortController().signal },
        request: { method: 'GET', url: 'https://api.example.com/me', headers: [] },
        ...(good !== undefined && { tokens: { good: () => Promise.resolve(good) } }),
        fetch: (_, init) => {
          const sent = new Headers(init?.headers).get('authorization');
          return Promise.resolve(sent === `Bearer ${good}` ? served() : refusal());
        },
      },
      { id: 'api', name: 'API', clientId: 'known' },
      { items: planApiChecks(false, good !== undefined).filter(({ check }) => check.id === id) },
    );
    return results[0];
  };
  const token = ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiJhZGEifQ', 'c2lnbmF0dXJl'].join('.');
  it('shows a page to everybody: the good token is not called taken', async () => {
    const portal = () => new Response('<title>Sign in</title>', { headers: html });
    for (const [served, verdict] of [
      [portal, 'not_determined'],
      [() => Response.json({ sub: 'ada' }), 'pass'],
    ] as const) {
      const one = await run('resource.good-token', portal, token, served);
      assert.equal(one?.verdict, verdict, one?.meaning);
    }
    const own = await run('resource.good-token', () => new Response('', { status: 401 }), token, portal);
    assert.equal(own?.verdict, 'pass', own?.meaning);
  });

  const rows: readonly (readonly [
    status: number,
    body: string,
    headers: Readonly<Record<string, string>>,
    withoutToken: string,
    signature: string,
  ])[] = [
    [401, '', challenge, 'pass', 'pass'],
    [401, '<h1>401</h1>', html, 'weakness', 'weakness'],
    [403, '<h1>Blocked</h1>', html, 'not_determined', 'not_determined'],
    [403, '{"message":"no"}', { 'content-type': 'application/json' }, 'weakness', 'weakness'],
    [403, '<h1>No</h1>', { ...html, ...challenge }, 'weakness', 'weakness'],
    [407, '', {}, 'not_determined', 'not_determined'],
    [429, '', {}, 'not_determined', 'not_determined'],
    [503, '', {}, 'not_determined', 'not_determined'],
    [400, '{"error":"no token"}', { 'content-type': 'application/json' }, 'weakness', 'weakness'],
  ];
  for (const [status, body, headers, withoutToken, signature] of rows)
    for (const [id, verdict] of [
      ['resource.no-token', withoutToken],
      ['resource.signature', signature],
    ] as const)
      it(`${status} ${body || 'and no body'} ${JSON.stringify(headers)}: ${id} is ${verdict}`, async () => {
        const one = await run(id, () => new Response(body, { status, headers }), token);
        assert.equal(one?.verdict, verdict, one?.meaning);
      });
});
