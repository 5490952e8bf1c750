import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import type { DemoClients } from '../../../src/demo/clients.ts';
import { privateKeyPublished } from '../../../src/demo/faults/responseFaults.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import { result as resultOf } from './oneCheck.ts';
import { isMadeUp, json, known, page, respond, smallServer, type Asked } from './server.ts';
import { serverOf, trial } from './support.ts';

/** The result of one check without a sign-in at a server that is asked about tokens at another place. */
const result: typeof resultOf = (id, answer, options) => resultOf(id, answer, { signIn: false, ...options });

describe('redirect.unregistered-host', () => {
  it('proves nothing where the server signs in first, whatever is asked for', async () => {
    const { verdict, facts } = await result('redirect.unregistered-host', ({ response }) =>
      page(response, 200, 'Sign in'),
    );
    assert.equal(verdict, 'not_determined');
    assert.deepEqual(facts, {});
  });
});

describe('client.password-grant', () => {
  const answers = (form: (asked: Asked) => void) => (asked: Asked) => form(asked);
  const refusals: readonly (readonly [error: string, verdict: string])[] = [
    ['unsupported_grant_type', 'pass'],
    ['unauthorized_client', 'pass'],
    ['invalid_grant', 'not_determined'],
    ['invalid_scope', 'not_determined'],
    ['invalid_request', 'not_determined'],
    ['invalid_client', 'not_determined'],
    ['', 'not_determined'],
  ];
  for (const [error, verdict] of refusals)
    it(`is ${verdict} for the error "${error}"`, async () => {
      const found = await result(
        'client.password-grant',
        answers(({ response }) => json(response, 400, error === '' ? {} : { error })),
      );
      assert.equal(found.verdict, verdict);
    });

  it('sends the scopes, and fails for a token', async () => {
    const found = await result('client.password-grant', ({ form, response }) =>
      form.get('scope') === 'openid'
        ? json(response, 200, { access_token: 'a', token_type: 'Bearer' })
        : json(response, 400, { error: 'invalid_scope' }),
    );
    assert.equal(found.verdict, 'fail');
  });
});

describe('client.password-grant at a server that refuses in words of its own, as OpenAuth', () => {
  const says = (words: (grant: string) => string, status = 400) =>
    result('client.password-grant', ({ form, response }) => {
      const text = words(form.get('grant_type') ?? '');
      if (text === '') json(response, 400, { error: 'invalid_grant' });
      else response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    });
  const offersRefresh = (words: string) => (grant: string) => (grant === 'refresh_token' ? '' : words);

  it('passes where a made-up grant_type gets the same answer and one that exists another', async () => {
    for (const words of [
      offersRefresh('Invalid grant_type'),
      (grant: string) => offersRefresh(`No such grant: ${grant}`)(grant),
    ]) {
      const found = await says(words);
      assert.equal(
        `${found.verdict}: ${found.meaning}`,
        'pass: For the password grant the server answered with status 400, as for a made-up grant_type.',
      );
    }
  });

  it('is not determined, with the reason, where all get the same, or each another, or the server is out of order', async () => {
    for (const [words, status] of [
      [() => 'Bad request', 400],
      [(grant: string) => (grant === 'password' ? 'Wrong user' : offersRefresh('No such grant')(grant)), 400],
      [offersRefresh('Invalid grant_type'), 503],
    ] as const) {
      const found = await says(words, status);
      assert.equal(
        `${found.verdict}: ${found.meaning}`,
        `not_determined: For the password grant the server answered with status ${status}, which does not say that the grant is off.`,
      );
    }
  });
});

describe('redirect.sent-twice', () => {
  const takes = (index: 0 | -1) => (asked: Asked) => {
    const uri = asked.query.getAll('redirect_uri').at(index) ?? '';
    if (/^http:\/\/127\.0\.0\.1(:\d+)?\/callback$/.test(uri)) {
      asked.query.set('redirect_uri', uri);
      respond(asked, { error: 'login_required' });
    } else page(asked.response, 400, 'Error');
  };
  it('sees that the first of two is used silently', async () => {
    assert.equal((await result('redirect.sent-twice', takes(0))).verdict, 'weakness');
  });
  it('sees that the last of two is used silently', async () => {
    assert.equal((await result('redirect.sent-twice', takes(-1))).verdict, 'weakness');
  });
  it('sees that the first is checked and the last is used, and the other way round', async () => {
    for (const index of [0, -1] as const) {
      const split = (asked: Asked) => {
        const all = asked.query.getAll('redirect_uri');
        if (!/^http:\/\/127\.0\.0\.1(:\d+)?\/callback$/.test(all.at(index) ?? ''))
          page(asked.response, 400, 'Error');
        else {
          asked.query.set('redirect_uri', all.at(index === 0 ? -1 : 0) ?? '');
          respond(asked, { error: 'login_required' });
        }
      };
      assert.equal((await result('redirect.sent-twice', split)).verdict, 'fail');
    }
  });
});

interface TokenServer {
  /** Answers a refresh. */
  readonly refresh: (token: string, asked: Asked) => void;
  readonly redeem?: (asked: Asked) => void;
  /** Answers at the userinfo endpoint. */
  readonly userinfo?: (token: string, asked: Asked) => void;
  readonly introspect?: (asked: Asked) => void;
}

/** Signs everybody in at once. */
function tokenServer({ refresh, redeem, userinfo, introspect }: TokenServer): (asked: Asked) => void {
  let codes = 0;
  return (asked) => {
    const { path, query, form, response, registered } = asked;
    if (path === '/me' && isMadeUp(asked)) json(response, 401, { error: 'invalid_token' });
    else if (path === '/me')
      userinfo?.(/^Bearer (.*)$/.exec(response.req.headers.authorization ?? '')?.[1] ?? '', asked);
    else if (path === '/introspect') (introspect ?? (() => json(response, 401, {})))(asked);
    else if (path === '/token' && form.get('grant_type') === 'refresh_token')
      refresh(form.get('refresh_token') ?? '', asked);
    else if (path === '/token')
      (
        redeem ??
        (() => json(response, 200, { access_token: 'a-0', token_type: 'Bearer', refresh_token: 'r-0' }))
      )(asked);
    else if (!registered) page(response, 400, 'Error');
    else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
    else respond(asked, { code: `code-${++codes}` });
  };
}

const twoScopes = { client: { ...known, scopes: ['openid', 'one', 'two'] }, signIn: true };

describe('refresh.widening', () => {
  const silent = ({ response }: Asked) => json(response, 200, { access_token: 'a-1', token_type: 'Bearer' });

  it('is weak, and does not fail, where the scope of a refresh is ignored and the answer says nothing of it', async () => {
    const found = await result(
      'refresh.widening',
      tokenServer({ refresh: (_, asked) => silent(asked) }),
      twoScopes,
    );
    assert.equal(found.verdict, 'weakness');
    assert.match(found.meaning, /means that all of it is granted: it seems not to read the parameter/);
  });
  it('believes introspection', async () => {
    for (const [scope, verdict] of [
      ['openid one', 'pass'],
      ['openid one two', 'fail'],
    ]) {
      const server = tokenServer({
        refresh: (_, asked) => silent(asked),
        introspect: ({ response }) => json(response, 200, { active: true, scope }),
      });
      assert.equal((await result('refresh.widening', server, twoScopes)).verdict, verdict);
    }
  });
  it('fails a server that grants silently and refuses only what does not exist', async () => {
    const refresh = (_: string, asked: Asked) => {
      if ((asked.form.get('scope') ?? '').includes('no-such'))
        json(asked.response, 400, { error: 'invalid_scope' });
      else silent(asked);
    };
    assert.equal((await result('refresh.widening', tokenServer({ refresh }), twoScopes)).verdict, 'fail');
  });
  it('asks for the scope that does not exist with the newest refresh token', async () => {
    let newest = 0;
    const refresh = (token: string, { response }: Asked) => {
      if (token !== `r-${newest}`) json(response, 400, { error: 'invalid_grant' });
      else json(response, 200, { access_token: 'a', token_type: 'Bearer', refresh_token: `r-${++newest}` });
    };
    const found = await result('refresh.widening', tokenServer({ refresh }), twoScopes);
    assert.match(found.meaning, /seems not to read the parameter/);
  });
});

describe('refresh.reuse, refresh.family-revoked and refresh.rotation', () => {
  /** Ends the old refresh token with the first use of the new tokens. */
  function graceful(): (asked: Asked) => void {
    const ended = new Set<string>();
    let count = 0;
    return tokenServer({
      refresh: (token, { response }) => {
        if (ended.has(token)) {
          ended.add(`r-${count}`);
          json(response, 400, { error: 'invalid_grant' });
          return;
        }
        const number = Number(token.slice(2));
        if (number > 0) ended.add(`r-${number - 1}`);
        count++;
        json(response, 200, {
          access_token: `a-${count}`,
          token_type: 'Bearer',
          refresh_token: `r-${count}`,
        });
      },
      userinfo: (token, { response }) => {
        ended.add(`r-${Number(token.slice(2)) - 1}`);
        json(response, 200, { sub: 'ada' });
      },
    });
  }

  it('give the server the sign that the new tokens arrived', async () => {
    for (const id of ['refresh.reuse', 'refresh.family-revoked'])
      assert.equal((await result(id, graceful(), { signIn: true })).verdict, 'pass', id);
  });
  it('give it where there is no userinfo endpoint, too', async () => {
    const server = await smallServer(graceful());
    const { results } = await trial({
      issuer: server.origin,
      client: known,
      checks: checks.filter(({ id }) => id === 'refresh.reuse'),
      context: { server: serverOf(server.origin, 'userinfo') },
    });
    await server.close();
    assert.equal(results[0]?.verdict, 'pass');
  });
  it('see that a refresh token without a successor is good once', async () => {
    const rotation = async (once: boolean) => {
      let used = false;
      const refresh = (_: string, { response }: Asked) => {
        if (used && once) json(response, 400, { error: 'invalid_grant' });
        else json(response, 200, { access_token: 'a', token_type: 'Bearer' });
        used = true;
      };
      return (await result('refresh.rotation', tokenServer({ refresh }), { signIn: true })).verdict;
    };
    assert.deepEqual([await rotation(true), await rotation(false)], ['pass', 'fail']);
  });
});

describe('code.replay-revokes', () => {
  /** What a replayed code leaves: the first access token, that of the refresh, the refresh token. */
  async function after(
    left: { first: boolean; renewed: boolean; refresh: boolean },
    token = 'a',
  ): Promise<CheckResult> {
    const seen = new Set<string>();
    let replayed = false;
    const answer = tokenServer({
      redeem: ({ form, response }) => {
        const code = form.get('code') ?? '';
        replayed = seen.has(code);
        seen.add(code);
        if (replayed) json(response, 400, { error: 'invalid_grant' });
        else json(response, 200, { access_token: `${token}0`, token_type: 'Bearer', refresh_token: 'r-0' });
      },
      refresh: (_, { response }) =>
        replayed && !left.refresh
          ? json(response, 400, { error: 'invalid_grant' })
          : json(response, 200, { access_token: `${token}1`, token_type: 'Bearer', refresh_token: 'r-1' }),
      userinfo: (sent, { response }) =>
        !replayed || (sent === `${token}0` ? left.first : left.renewed)
          ? json(response, 200, { sub: 'ada' })
          : json(response, 401, { error: 'invalid_token' }),
    });
    return result('code.replay-revokes', answer, { signIn: true });
  }

  it('passes when everything ends', async () => {
    assert.equal((await after({ first: false, renewed: false, refresh: false })).verdict, 'pass');
  });
  it('says that only the renewed ones survived', async () => {
    const { verdict, meaning } = await after({ first: false, renewed: true, refresh: true });
    assert.equal(verdict, 'weakness');
    assert.match(meaning, /the first access token ended, but the tokens that were renewed before still work/);
    assert.equal((await after({ first: false, renewed: true, refresh: false })).verdict, 'weakness');
  });
  it('does not take for an end by the replay what the use of the renewed token ended, as at Doorkeeper (revoke_previous_refresh_token_on_use)', async () => {
    let renewedUsed = false;
    const codes = new Set<string>();
    const answer = tokenServer({
      redeem: ({ form, response }) => {
        const code = form.get('code') ?? '';
        if (codes.has(code)) json(response, 400, { error: 'invalid_grant' });
        else json(response, 200, { access_token: 'a-0', token_type: 'Bearer', refresh_token: 'r-0' });
        codes.add(code);
      },
      refresh: (_, { response }) =>
        json(response, 200, { access_token: 'a-1', token_type: 'Bearer', refresh_token: 'r-1' }),
      userinfo: (token, { response }) => {
        renewedUsed ||= token === 'a-1';
        if (token === 'a-0' && renewedUsed) json(response, 401, { error: 'invalid_token' });
        else json(response, 200, { sub: 'ada' });
      },
    });
    const { verdict, meaning } = await result('code.replay-revokes', answer, { signIn: true });
    assert.equal(verdict, 'weakness');
    assert.match(meaning, /^After a code was replayed, the tokens that were renewed before still work/);
  });
  it('says that the first access token survived', async () => {
    const { verdict, meaning } = await after({ first: true, renewed: false, refresh: false });
    assert.equal(verdict, 'weakness');
    assert.match(meaning, /the access token of the first time still works, though not the refresh token/);
  });
  it('lets self-contained access tokens live when the refresh token ends', async () => {
    const { verdict } = await after(
      { first: true, renewed: true, refresh: false },
      'header.payload.signature',
    );
    assert.equal(verdict, 'pass');
  });
});

describe('response.referrer-policy', () => {
  const rows: readonly (readonly [policy: string, verdict: string])[] = [
    ['unsafe-url', 'fail'],
    ['no-referrer', 'pass'],
    // Browsers keep the last one that they know.
    ['unsafe-url, no-such-policy', 'fail'],
    ['UNSAFE-URL ,, future', 'fail'],
    ['no-referrer, unsafe-url, ', 'fail'],
    ['unsafe-url, strict-origin, maybe', 'pass'],
    ['no-referrer-when-downgrade, x y', 'fail'],
    ['no-such-policy', 'pass'],
    ['never', 'pass'],
  ];
  for (const [policy, verdict] of rows)
    it(`is ${verdict} for "${policy}"`, async () => {
      const found = await result('response.referrer-policy', ({ response }) =>
        page(response, 200, 'Sign in', { 'referrer-policy': policy }),
      );
      assert.equal(found.verdict, verdict, found.meaning);
    });
});

describe('response.private-keys', () => {
  const shown = { kty: 'EC', crv: 'P-256', x: 'eA', y: 'eQ', kid: 'k1' };
  const sets: readonly (readonly [what: string, status: number, value: unknown, verdict: string])[] = [
    ['public halves', 200, { keys: [shown, shown] }, 'pass'],
    ['one private half', 200, { keys: [shown, { ...shown, d: 'ZGQ' }] }, 'fail'],
    ['a shared secret', 200, { keys: [{ kty: 'oct', k: 'a2s' }] }, 'fail'],
    ['no key', 200, { keys: [] }, 'not_applicable'],
    ['no key set', 200, { error: 'none' }, 'not_determined'],
    ['a private half in an error', 500, { keys: [{ ...shown, d: 'ZGQ' }] }, 'not_determined'],
  ];
  for (const [what, status, value, verdict] of sets)
    it(`is ${verdict} for ${what}`, async () => {
      const found = await result('response.private-keys', ({ response }) => json(response, status, value));
      assert.equal(found.verdict, verdict, found.meaning);
      assert.ok(!JSON.stringify(found.meaning).includes('ZGQ'));
    });

  it('is found at the demo server, with its fault only', async () => {
    for (const [fault, verdict] of [
      [undefined, 'pass'],
      [privateKeyPublished, 'fail'],
    ] as const) {
      const value = { keys: [shown] };
      const layer = fault?.layer?.({ clients: {} as DemoClients });
      const asked = { method: 'GET', path: '/jwks', query: new URLSearchParams(), headers: {} };
      const answer = { status: 200, headers: {}, body: JSON.stringify(value) };
      const next = () => Promise.resolve(answer);
      const { body } = (await layer?.({ ...asked, form: new URLSearchParams() }, next)) ?? answer;
      const found = await result('response.private-keys', ({ response }) => response.end(body));
      assert.equal(found.verdict, verdict, found.meaning);
    }
  });
});
