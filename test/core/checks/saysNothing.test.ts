import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initializeRequest } from '../../../src/core/checks/apiBench.ts';
import { goesTo } from '../../../src/core/checks/acceptance.ts';
import { checks } from '../../../src/core/checks/all.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import { broken, readTokenAnswer } from '../../../src/core/checks/tokenAnswer.ts';
import { planApiChecks, runApiChecks } from '../../../src/core/checks/runApiChecks.ts';
import { json, known, page, redirect, respond, smallServer, type Asked } from './server.ts';
import { realClock, serverOf, trial, type TrialOptions } from './support.ts';

/** The result of one check against a server that answers as `answer` says. */
async function result(
  id: string,
  answer: (asked: Asked) => void,
  options: Partial<TrialOptions> = {},
): Promise<CheckResult> {
  const server = await smallServer(answer);
  try {
    const chosen = checks.filter((check) => check.id === id);
    const { results } = await trial({ issuer: server.origin, client: known, checks: chosen, ...options });
    const [only] = results;
    assert.ok(only);
    return only;
  } finally {
    await server.close();
  }
}

interface Manners {
  readonly idToken?: string;
  readonly refresh?: (token: string, asked: Asked) => void;
  readonly userinfo?: (asked: Asked) => void;
}

/** Signs everybody in at once, and revokes what it is asked to. */
function server({ idToken, refresh, userinfo }: Manners): (asked: Asked) => void {
  return (asked) => {
    const { path, query, form, response, registered } = asked;
    if (path === '/me') userinfo?.(asked);
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

  it('is no token that another client ended: token.revocation-other-client', async () => {
    for (const [status, verdict] of [
      [429, 'not_determined'],
      [401, 'fail'],
      [200, 'pass'],
    ] as const) {
      let asked = 0;
      const userinfo = ({ response }: Asked) => json(response, asked++ === 0 ? 200 : status, { sub: 'ada' });
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

describe('an MCP server that wants fewer requests', () => {
  it('is not blamed for another status than 401', async () => {
    const small = await smallServer(({ response }) => page(response, 429, 'Later'));
    const mcp = new URL(`${small.origin}/mcp`);
    const { results } = await runApiChecks(
      {
        ...{ version: '0', fetch, clock: realClock, timeout: 60_000, signal: new AbortController().signal },
        ...{ request: initializeRequest(mcp, '0'), mcp },
      },
      { id: 'mcp', name: 'MCP', clientId: 'known' },
      { items: planApiChecks(true, false).filter(({ check }) => check.id === 'mcp.answers-401') },
    );
    await small.close();
    assert.deepEqual(
      results.map(({ verdict }) => verdict),
      ['not_determined'],
    );
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
    [400, '{"error":"invalid_grant"}', true],
    [401, '', true],
    [200, '{"access_token":"a"}', true],
  ] as const)
    it(`at the token endpoint: ${status} ${body || 'nothing'} ${says ? 'says something' : 'does not'}`, async () => {
      assert.equal(broken(await readTokenAnswer(new Response(body, { status }))), !says);
    });
});
