import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'node:test';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, SignJWT, type JWK } from 'jose';
import { demoProfile } from '../../src/demo/workspace.ts';
import { accessTokenType } from '../../src/core/oauth/tokenTypes.ts';
import { startStandIn } from '../support/servers/standIn.ts';
import { assertNowhere } from './assertNowhere.ts';
import { openDesk, type Desk } from './desk.ts';
import { run, type Ran } from './program.ts';

describe('oauth-explorer token with a profile whose tokens are bound to a key (DPoP)', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
    const { clientId } = desk.demo.clients.machine;
    const profile = {
      grant: 'client_credentials',
      issuer: desk.demo.issuer,
      clientId,
      scopes: ['orders.read'],
    };
    await desk.addProfiles([
      { ...profile, id: 'bound', dpop: true },
      { ...profile, id: 'elsewhere', dpop: true, issuer: 'http://127.0.0.1:9' },
    ]);
  });
  after(() => desk.close());

  const token = (id: string, ...more: readonly string[]): Promise<Ran> =>
    run(['token', id, ...more], {
      folder: desk.folder,
      environment: { OAUTH_EXPLORER_SECRET: desk.demo.clients.machine.clientSecret ?? '' },
    });
  const request = () => `GET ${desk.demo.api}/orders`;
  const fieldsIn = (text: string) =>
    new Map(text.split('\n').map((line) => /^(\S+): (.*)$/.exec(line)?.slice(1) as [string, string]));

  it('prints header fields with a proof for one request, which the API takes once', async () => {
    const { code, stdout, stderr } = await token('bound', '--format', 'header', '--proof-for', request());
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Authorization: DPoP [\w.-]+\nDPoP: [\w.-]+\n$/);
    const [[, authorization], [, dpop]] = [...fieldsIn(stdout.trim())] as [
      [string, string],
      [string, string],
    ];
    const send = () => fetch(`${desk.demo.api}/orders`, { headers: { authorization, dpop } });
    assert.equal((await send()).status, 200);
    assert.equal((await send()).status, 401);
    assertNowhere([authorization.slice(5), dpop], stderr);
    const { jwk } = decodeProtectedHeader(dpop) as { readonly jwk: JWK };
    const { cnf } = decodeJwt<{ cnf: { jkt: string } }>(authorization.slice(5));
    assert.equal(cnf.jkt, await calculateJwkThumbprint(jwk));
    assert.equal('d' in jwk, false);
  });

  it('is read by curl from standard input, as the help says', async () => {
    const { stdout } = await token('bound', '--format', 'header', '--proof-for', request());
    const curl = promisify(execFile)('sh', [
      '-c',
      'printf %s "$1" | curl -s -o /dev/null -w "%{http_code}" -H @- "$2"',
      ...['sh', stdout, `${desk.demo.api}/orders`],
    ]);
    assert.equal((await curl).stdout, '200');
  });

  it('names the request without its query, and the nonce that the API wants', async () => {
    const url = `${desk.demo.api}/orders?page=2#x`;
    const wanted = ['--proof-for', `POST ${url}`, '--proof-nonce', 'n-1'];
    const { stdout } = await token('bound', '--format', 'json', ...wanted);
    const { token_type: type, dpop } = JSON.parse(stdout) as { token_type: string; dpop: string };
    assert.equal(type, 'DPoP');
    const { htm, htu, nonce } = decodeJwt(dpop);
    assert.deepEqual({ htm, htu, nonce }, { htm: 'POST', htu: `${desk.demo.api}/orders`, nonce: 'n-1' });
    const env = await token('bound', '--format', 'env', '--proof-for', request());
    assert.match(env.stdout, /^ACCESS_TOKEN=[\w.-]+\nDPOP_PROOF=[\w.-]+\n$/);
  });

  it('says before it asks anybody what is missing', async () => {
    for (const [id, args, sentence] of [
      [
        'elsewhere',
        [],
        'The tokens of “elsewhere” are bound to a key (DPoP): each is printed with a proof for one request. Name that with --proof-for "GET https://…".',
      ],
      ['elsewhere', ['--proof-for', 'GET https://a'], '--proof-for goes with --format header, json or env.'],
      [
        'elsewhere',
        ['--format', 'json', '--proof-for', 'https://a'],
        '--proof-for must be a method and an address, such as "GET https://api.example.com/orders".',
      ],
      [
        'demo-machine',
        ['--format', 'json', '--proof-for', 'GET https://a'],
        '--proof-for is for profiles with dpop only.',
      ],
      ['elsewhere', ['--proof-nonce', 'n'], '--proof-nonce goes with --proof-for only.'],
    ] as const) {
      const { code, stdout, stderr } = await token(id, ...args);
      assert.deepEqual([code, stdout, stderr], [2, '', `${sentence}\n`]);
    }
  });

  it('is refused by mcp, which sends no proofs', async () => {
    const { code, stderr } = await run(['mcp', `${desk.demo.api}/mcp`, '--check', '--profile', 'bound'], {
      folder: desk.folder,
    });
    assert.equal(code, 2);
    assert.match(stderr, /“bound” are bound to a key that only the editor proves \(DPoP\)/);
  });

  it('is checked with a key of the run', async () => {
    const { code, stdout, stderr } = await run(['check', 'bound', '--only', 'client', '--no-sign-in'], {
      folder: desk.folder,
      environment: { OAUTH_EXPLORER_SECRET: desk.demo.clients.machine.clientSecret ?? '' },
    });
    assert.ok(code === 0 || code === 1, stderr);
    assert.match(stdout, /pass/i);
    assert.doesNotMatch(stdout + stderr, /invalid_dpop_proof/);
  });
});

describe('oauth-explorer token with a grant that starts from something', () => {
  let desk: Desk;
  let file: string;
  before(async () => {
    desk = await openDesk();
    file = join(desk.folder, 'starting.json');
    const { exchange, saml, assertion, renewal } = desk.demo.clients;
    const { issuer } = desk.demo;
    const profiles = [exchange, saml, assertion, renewal].map(
      ({ clientId, grant, clientAuthentication, scopes, fields }) => ({
        ...{ id: grant, issuer, clientId, grant, clientAuthentication, scopes },
        ...(grant === 'jwt_bearer' && fields),
      }),
    );
    const waiting = demoProfile(issuer, desk.demo.clients.telephone);
    await writeFile(file, JSON.stringify([...profiles, waiting]));
  });
  after(() => desk.close());

  const start = (
    id: string,
    { input, secret, more = [] }: { input?: string; secret?: string | undefined; more?: readonly string[] },
  ): Promise<Ran> =>
    run(
      ['token', id, '--profiles', file, ...(input === undefined ? [] : ['--input-env', 'START']), ...more],
      {
        folder: desk.folder,
        environment: {
          ...(input === undefined ? {} : { START: input }),
          ...(secret === undefined ? {} : { OAUTH_EXPLORER_SECRET: secret }),
        },
      },
    );

  it('exchanges the token of a variable, hands in a SAML assertion, and signs with a key', async () => {
    const { exchange, saml, assertion } = desk.demo.clients;
    const native = await run(['token', 'demo-native', '--sign-in'], {
      folder: desk.folder,
      environment: { BROWSER: desk.browser },
    });
    const page = await (await fetch(`${desk.demo.issuer}/assertion`)).text();
    const shown = /<code[^>]*>([^]*?)<\/code>/.exec(page)?.[1] ?? '';
    const xml = shown
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    for (const [{ grant, clientSecret }, input] of [
      [exchange, native.stdout.trim()],
      [saml, xml],
      [assertion, assertion.key ?? ''],
    ] as const) {
      const { code, stdout, stderr } = await start(grant, { input, secret: clientSecret });
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      assertNowhere([input, clientSecret ?? input], stderr);
    }
  });

  it('names who acts with the token of another variable, and says what an assertion says before it is sent', async () => {
    const server = await startStandIn(() => ({
      ...{ status: 200 },
      body: { access_token: 'new-token', token_type: 'N_A', issued_token_type: accessTokenType },
    }));
    const profile = { tokenEndpoint: `${server.origin}/token`, clientId: 'c', clientAuthentication: 'none' };
    const profiles = [
      { ...profile, id: 'acting', grant: 'token_exchange', actorProfile: 'service' },
      { ...profile, id: 'handing', grant: 'jwt_bearer' },
      { ...profile, id: 'crossing', grant: 'id_jag', subjectProfile: 'handing' },
    ];
    const other = join(desk.folder, 'acts.json');
    await writeFile(other, JSON.stringify(profiles));
    const acts = 'the-actor-token';
    const jwt = await new SignJWT({ iss: 'me', sub: 'ada', aud: 'x', exp: 4_000_000_000 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new Uint8Array(32));
    const environment = { START: 'the-subject', ACTS: acts, JWT: jwt };
    const get = (id: string, ...more: readonly string[]) =>
      run(['token', id, '--profiles', other, ...more], { folder: desk.folder, environment });
    try {
      const acted = await get('acting', '--input-env', 'START', '--actor-env', 'ACTS');
      assert.deepEqual([acted.code, acted.stdout], [0, 'new-token\n'], acted.stderr);
      const sent = Object.fromEntries(new URLSearchParams(server.requests[0]?.body));
      assert.deepEqual([sent['subject_token'], sent['actor_token']], ['the-subject', acts]);
      assertNowhere([acts, 'the-subject'], acted.stderr);
      const handed = await get('handing', '--input-env', 'JWT');
      assert.match(
        handed.stderr,
        /^The assertion says iss me, sub ada, aud x, and is good until 2096-10-02T07:06:40\.000Z\.\nGetting a token/,
      );
      const crossing = await get('crossing', '--sign-in');
      assert.deepEqual([crossing.code, crossing.stdout], [2, '']);
      assert.match(crossing.stderr, /tells another server who did: only the editor asks whether it may\./);
    } finally {
      await server.close();
    }
  });

  it('names a user by a token and a code of other variables, and says which one is missing', async () => {
    const server = await startStandIn(({ path }) => ({
      ...{ status: 200 },
      body:
        path === '/bc'
          ? { auth_req_id: 'the-request-id', expires_in: 60, interval: 1 }
          : { access_token: 'new-token', token_type: 'Bearer' },
    }));
    const asking = {
      ...{ id: 'asking', grant: 'ciba', clientId: 'c', clientAuthentication: 'client_secret_post' },
      ...{
        tokenEndpoint: `${server.origin}/token`,
        backchannelAuthenticationEndpoint: `${server.origin}/bc`,
      },
      ...{ loginHintToken: true, userCode: true },
    };
    const other = join(desk.folder, 'asking.json');
    await writeFile(other, JSON.stringify([asking]));
    const environment = {
      HINT: 'the-hint-token',
      CODE: 'code-of-ada-4711',
      OAUTH_EXPLORER_SECRET: 's3cret-of-c',
    };
    const get = (...more: readonly string[]) =>
      run(['token', 'asking', '--profiles', other, '--sign-in', ...more], {
        folder: desk.folder,
        environment,
      });
    try {
      const asked = await get('--input-env', 'HINT', '--user-code-env', 'CODE');
      assert.deepEqual([asked.code, asked.stdout], [0, 'new-token\n'], asked.stderr);
      const sent = Object.fromEntries(new URLSearchParams(server.requests[0]?.body));
      assert.deepEqual([sent['login_hint_token'], sent['user_code']], ['the-hint-token', 'code-of-ada-4711']);
      assertNowhere(['the-hint-token', 'the-request-id', 'code-of-ada-4711'], asked.stderr);
      const noCode = await get('--input-env', 'HINT');
      assert.deepEqual([noCode.code, noCode.stdout], [2, '']);
      assert.match(noCode.stderr, /starts from a code of the user\. .* --user-code-env”/);
      const noHint = await get('--user-code-env', 'CODE');
      assert.match(noHint.stderr, /starts from a token that names the user\. .* --input-env”/);
    } finally {
      await server.close();
    }
    const idle = await start('saml2_bearer', { input: 'x', more: ['--user-code-env', 'START'] });
    assert.match(idle.stderr, /^--user-code-env is for profiles with userCode/);
  });

  it('says that a refresh token that replaces the given one is not kept', async () => {
    const { renewal } = desk.demo.clients;
    const refresh = await desk.demo.refreshToken();
    const { code, stderr } = await start('refresh_token', { input: refresh, secret: renewal.clientSecret });
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /The server has replaced the refresh token\. The new one is not stored, and the one you gave may no longer work\./,
    );
    assertNowhere([refresh], stderr);
  });

  it('waits for the decision on another device (CIBA), and ends when it is interrupted', async () => {
    const { telephone } = desk.demo.clients;
    let pressed: Promise<void> | undefined;
    const ask = (interrupt?: { readonly after: string }) =>
      run(['token', telephone.clientId, '--profiles', file, '--sign-in'], {
        folder: desk.folder,
        environment: { OAUTH_EXPLORER_SECRET: telephone.clientSecret ?? '' },
        ...(interrupt === undefined
          ? { onTold: (text) => void (text.includes('W4SCT') && (pressed ??= press())) }
          : { interrupt }),
      });
    const allowed = await ask();
    await pressed;
    assert.equal(allowed.code, 0, allowed.stderr);
    assert.match(allowed.stdout, /^\S+\n$/);
    assert.match(allowed.stderr, /on the other device \(W4SCT\)/);
    const stopped = await ask({ after: 'W4SCT' });
    assert.deepEqual([stopped.code, stopped.stdout], [130, '']);
    assert.match(stopped.stderr, /\nInterrupted\.\n$/);
  });

  /** Presses “Allow” on the telephone. */
  async function press(): Promise<void> {
    const page = `${desk.demo.issuer}/telephone`;
    const html = await (await fetch(page)).text();
    const question = /name="question" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const body = new URLSearchParams({ question, decision: 'allow' });
    await fetch(page, { method: 'POST', headers: { origin: desk.demo.issuer }, body });
  }

  it('says what is missing, or what is no such thing', async () => {
    const { saml } = desk.demo.clients;
    const none = await start('saml2_bearer', { secret: saml.clientSecret });
    assert.deepEqual([none.code, none.stdout], [2, '']);
    assert.match(
      none.stderr,
      /starts from a SAML assertion\. Name the environment variable that holds it with “oauth-explorer token … --input-env”, or get the token in the editor\./,
    );
    const bad = await start('saml2_bearer', { input: 'no assertion', secret: saml.clientSecret });
    assert.equal(bad.code, 2);
    assertNowhere(['no assertion'], bad.stderr);
    const acting = { id: 'acting', grant: 'token_exchange', actorProfile: 'service', clientId: 'c' };
    const other = join(desk.folder, 'acting.json');
    await writeFile(other, JSON.stringify([{ ...acting, issuer: desk.demo.issuer }]));
    const acted = await run(['token', 'acting', '--profiles', other, '--input-env', 'START'], {
      folder: desk.folder,
      environment: { START: 'x' },
    });
    assert.deepEqual([acted.code, acted.stdout], [2, '']);
    assert.equal(
      acted.stderr,
      '“acting” (token_exchange) starts from an actor token. Name the environment variable that holds it with “oauth-explorer token … --actor-env”, or get the token in the editor.\n',
    );
    const nobody = await start('saml2_bearer', { input: 'x', more: ['--actor-env', 'START'] });
    assert.match(nobody.stderr, /^--actor-env is for profiles with actorProfile/);
    const noVariable = ['--input-env', 'START', '--actor-env', 'NONE'];
    const nowhere = await run(['token', 'acting', '--profiles', other, ...noVariable], {
      folder: desk.folder,
      environment: { START: 'x' },
    });
    assert.match(nowhere.stderr, /variable “NONE” of --actor-env is not set/);
    const unset = await start('saml2_bearer', {
      secret: saml.clientSecret,
      more: ['--input-env', 'NOWHERE'],
    });
    assert.equal(unset.stderr, 'The environment variable “NOWHERE” of --input-env is not set.\n');
    const idle = await run(['token', 'demo-machine', '--input-env', 'START'], {
      folder: desk.folder,
      environment: { START: 'x' },
    });
    assert.equal(
      idle.stderr,
      '--input-env is for grants that start from something, which client_credentials does not.\n',
    );
  });
});
