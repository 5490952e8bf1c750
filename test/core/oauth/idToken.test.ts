import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { explained } from '../diagnose/play.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { fakeServer, type FakeServerOptions } from './support/fakeServer.ts';
import { json, serve } from './support/serve.ts';

const accessToken = 'mF_9.B5f-4.1JqM';
const code = 'SplxlOBeZQQYbYS6WxSbIA';
const openid = { scopes: ['openid'], clientId: 'native-client' };
const seconds = () => Math.floor(Date.now() / 1000);
const now = seconds();
const half = (value: string, hash = 'sha256') => {
  const digest = createHash(hash).update(value).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
};

async function signedIn(context: TestContext, options: FakeServerOptions, over = {}): Promise<FlowReport> {
  const server = await fakeServer(context, options);
  const profile = userProfile({ issuer: server.issuer, ...openid, ...over });
  return runFlow('authorization_code', profile, flowDeps({ browser: new SignInBrowser() }));
}

async function refused(context: TestContext, claims: Record<string, unknown>) {
  return failureOf(await signedIn(context, { claims }), 'invalid_id_token');
}

const notes = ({ exchanges }: FlowReport) => exchanges.flatMap(({ deviations }) => deviations);
const codes = (report: FlowReport) => notes(report).map((note) => note.code);

describe('a claim of the id_token that is', () => {
  for (const claim of ['iss', 'aud', 'exp', 'iat', 'sub', 'nonce'])
    it(`absent is not said to be wrong: ${claim}`, async (context) => {
      const failure = await refused(context, { [claim]: undefined });
      assert.deepEqual([failure.code, failure.problem], [claim, 'missing']);
      assert.match(failure.message, new RegExp(`it has no ${claim}`));
      assert.doesNotMatch(failure.message + failure.advice, /expired|another|clock/);
    });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['iss', 'https://evil.example', /https:\/\/evil\.example instead of http:\/\/127\.0\.0\.1/],
    ['aud', 'other', /its aud is other, the client ID of the profile is native-client/],
    ['aud', ['other', 'third'], /its aud is other, third, the client ID of the profile is native-client/],
    ['azp', 'other', /its azp is other, the client ID of the profile is native-client/],
    ['exp', now - 100, /it ended at \d{4}-.*Z, \d+ s before the time of this machine/],
    ['nbf', now + 86_400, /it begins at \d{4}-.*Z, \d+ s after the time of this machine/],
  ];
  for (const [claim, value, says] of wrong)
    // Without the value: mutants find a test by its name, which must be the same in every run.
    it(`wrong is shown with what was expected: ${claim}, ${says.source}`, async (context) => {
      const failure = await refused(context, { [claim]: value });
      assert.deepEqual([failure.code, failure.problem], [claim, 'wrong']);
      assert.match(failure.message, says);
      assert.ok(failure.expected !== undefined && failure.received !== undefined);
    });

  for (const [claim, value, type] of [
    ['exp', '2030-01-01', 'a string'],
    ['iat', null, 'null'],
    ['iss', 7, 'a number'],
    ['sub', { id: 1 }, 'an object'],
  ] as const)
    it(`of another type is said to be: ${claim} is ${type}`, async (context) => {
      const token = (right: string) => {
        const [header, payload = '', signature] = right.split('.');
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
        return [
          header,
          Buffer.from(JSON.stringify({ ...claims, [claim]: value })).toString('base64url'),
          signature,
        ].join('.');
      };
      const failure = failureOf(await signedIn(context, { idToken: token }), 'invalid_id_token');
      assert.deepEqual([failure.code, failure.problem], [claim, 'type'], failure.message);
      assert.match(failure.message, new RegExp(`its ${claim} is ${type}`));
    });

  it('two audiences without azp: this client is not said to be missing among them', async (context) => {
    const failure = await refused(context, { aud: ['native-client', 'other'] });
    assert.match(failure.message, /names others beside this client \(native-client, other\), and no azp/);
    assert.doesNotMatch(failure.message, /another client/);
    tokensOf(await signedIn(context, { claims: { aud: ['native-client', 'other'], azp: 'native-client' } }));
  });

  it('the nonce is never shown, whether another came or none', async (context) => {
    const failure = await refused(context, { nonce: 'RECOGNISABLE-nonce' });
    assert.equal(failure.expected, undefined);
    assert.doesNotMatch(JSON.stringify(failure), /RECOGNISABLE/);
  });

  it('is not compared with itself where nobody names the issuer: that is said', async (context) => {
    const server = await fakeServer(context, { claims: { iss: 'https://inner.example' } });
    const typed = userProfile({
      ...openid,
      authorizationEndpoint: `${server.issuer}/authorize`,
      tokenEndpoint: `${server.issuer}/token`,
    });
    Reflect.deleteProperty(typed, 'issuer');
    const report = await runFlow('authorization_code', typed, flowDeps({ browser: new SignInBrowser() }));
    tokensOf(report);
    const [issuer, signature] = notes(report);
    assert.equal(issuer?.code, 'id_token_issuer_unknown');
    assert.match(issuer.message, /https:\/\/inner\.example\) was not compared with anything/);
    assert.equal(signature?.code, 'id_token_unverified');
    assert.doesNotMatch(signature.message, /published/);
  });
});

describe('where nobody names the issuer', () => {
  const typedAt = async (context: TestContext, options: FakeServerOptions) => {
    const { issuer } = await fakeServer(context, options);
    const { issuer: _, ...typed } = userProfile({
      ...{ ...openid, authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: `${issuer}/token` },
    });
    return runFlow('authorization_code', typed, flowDeps({ browser: new SignInBrowser() }));
  };
  /** The token with another `iss` and its signature, which is not checked here, left as it was. */
  const issuedBy = (iss: unknown) => (token: string) => {
    const [header, payload = '', signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const other = Buffer.from(JSON.stringify({ ...claims, iss })).toString('base64url');
    return [header, other, signature].join('.');
  };

  for (const [iss, code, problem] of [
    [7, 'iss', 'type'],
    ['', 'iss', 'wrong'],
    [undefined, 'iss', 'missing'],
  ] as const)
    it(`a token that has none of its own is refused: iss ${JSON.stringify(iss)}`, async (context) => {
      const failure = failureOf(await typedAt(context, { idToken: issuedBy(iss) }), 'invalid_id_token');
      assert.deepEqual([failure.code, failure.problem], [code, problem], failure.message);
    });

  it('a token that is no JWT is refused as any other is', async (context) => {
    const failure = failureOf(await typedAt(context, { idToken: () => 'no token' }), 'invalid_id_token');
    assert.equal(failure.code, 'malformed');
  });
});

describe('a sign-in without an id_token', () => {
  const body = { access_token: accessToken, token_type: 'Bearer', expires_in: 60 };
  for (const [asked, granted, said] of [
    ['openid orders', undefined, ['id_token_missing']],
    ['openid orders', 'openid', ['id_token_missing']],
    ['openid orders', 'orders', []],
    ['orders', undefined, []],
    ['orders', 'orders openid', []],
  ] as const)
    it(`is odd only where openid was asked for and granted: ${asked}, ${granted ?? 'all'}`, async (context) => {
      const scope = granted === undefined ? {} : { scope: granted };
      const token = () => ({ body: { ...body, ...scope } });
      const report = await signedIn(context, { token }, { scopes: asked.split(' ') });
      tokensOf(report);
      assert.deepEqual(
        codes(report).filter((one) => one.startsWith('id_token')),
        said,
      );
    });
});

describe('an id_token that nobody signed in for', () => {
  const granted = async (context: TestContext, options: FakeServerOptions) => {
    const { issuer } = await fakeServer(context, options);
    const profile = machineProfile({ issuer, ...openid });
    return runFlow('client_credentials', profile, flowDeps());
  };

  it('may have a nonce, which is compared with nothing', async (context) => {
    assert.ok(tokensOf(await granted(context, { claims: { nonce: 'whose?' } })).id_token);
  });

  it('is not missed', async (context) => {
    const body = { access_token: accessToken, token_type: 'Bearer', expires_in: 60 };
    const report = await granted(context, { token: () => ({ body }) });
    tokensOf(report);
    assert.deepEqual(codes(report), []);
  });
});

describe('the algorithms that the metadata lists', () => {
  for (const listed of ['ES256', [7, null], ['none'], []])
    it(`are all that can be checked where it lists none by name: ${JSON.stringify(listed)}`, async (context) => {
      const metadata = { id_token_signing_alg_values_supported: listed };
      tokensOf(await signedIn(context, { metadata }));
    });

  it('do not let a token through that is not signed, even where it lists that', async (context) => {
    const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const idToken = (token: string) => `${b64({ alg: 'none' })}.${token.split('.')[1]}.`;
    for (const listed of [['none'], ['none', 'ES256']]) {
      const metadata = { id_token_signing_alg_values_supported: listed };
      const failure = failureOf(await signedIn(context, { idToken, metadata }), 'invalid_id_token');
      assert.deepEqual([failure.code, failure.received], ['alg', 'none']);
    }
  });
});

describe('what cannot be mended in the profile', () => {
  it('is an issuer of the token that differs from that of the metadata', async (context) => {
    const report = await signedIn(context, { claims: { iss: 'https://inner.example' } });
    const [cause] = explained(report).causes;
    assert.deepEqual(cause?.fixes, [{ kind: 'sign_in' }]);
    assert.match(cause.evidence.join(' '), /metadata of the server names the expected one/);
    assert.doesNotMatch(cause.steps.join(' '), /profile/);
  });

  it('is a claim that is absent, or an audience that has this client among others', async (context) => {
    for (const claims of [{ aud: undefined }, { iss: undefined }, { aud: ['native-client', 'other'] }]) {
      const [cause] = explained(await signedIn(context, { claims })).causes;
      assert.deepEqual(cause?.fixes, [{ kind: 'sign_in' }]);
    }
  });
});

describe('a signature that is not there', () => {
  it('is not said to be wrong', async (context) => {
    const idToken = (token: string) => token.replace(/[^.]*$/, '');
    const failure = failureOf(await signedIn(context, { idToken }), 'invalid_id_token');
    assert.match(failure.message, /it has no signature, although its header says .*\(ES256\)/);
    assert.doesNotMatch(failure.advice, /another key/);
  });
});

describe('at_hash and c_hash of the id_token', () => {
  it('are taken when they fit, also with padding', async (context) => {
    for (const at_hash of [half(accessToken), `${half(accessToken)}==`])
      tokensOf(await signedIn(context, { claims: { at_hash, c_hash: half(code) } }));
  });

  for (const [claim, value, says] of [
    ['at_hash', half('another access token'), 'its at_hash is not the hash of the'],
    [
      'at_hash',
      half(accessToken, 'sha512'),
      'its at_hash is the half of the SHA-512 hash of the access token, not the half of it that goes with ES256',
    ],
    [
      'at_hash',
      createHash('sha256').update(accessToken).digest('base64url'),
      'its at_hash is the whole SHA-256 hash of the access token, not',
    ],
    ['at_hash', 5, 'its at_hash is a number'],
    ['at_hash', '', 'its at_hash is not the hash of the'],
    ['c_hash', half('another code'), 'its c_hash is not the hash of the'],
  ] as const)
    it(`are refused when they do not: ${claim} ${value}`, async (context) => {
      const failure = await refused(context, { [claim]: value });
      assert.equal(failure.code, claim);
      assert.match(failure.message, new RegExp(says));
    });

  it('are made with the hash of the algorithm', async (context) => {
    for (const [alg, hash] of [
      ['RS256', 'sha256'],
      ['PS384', 'sha384'],
      ['ES512', 'sha512'],
      ['EdDSA', 'sha512'],
    ] as const)
      for (const [at_hash, outcome] of [
        [half(accessToken, hash), 'token'],
        [half('x', hash), 'failure'],
      ] as const) {
        const report = await signedInWith(context, alg, { at_hash });
        assert.equal(report.outcome.kind, outcome, `${alg}: ${JSON.stringify(report.outcome)}`);
      }
  });
});

/** Signs in at a server that signs with `alg`. */
async function signedInWith(
  context: TestContext,
  alg: string,
  claims = {},
  published: readonly object[] = [],
) {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  let nonce = '';
  const keys = [...published, await exportJWK(publicKey)];
  const issuer: string = await serve(context, (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const at = (path: string) => `${issuer}/${path}`;
    if (url.pathname.startsWith('/.well-known/'))
      json(response, {
        issuer,
        authorization_endpoint: at('authorize'),
        token_endpoint: at('token'),
        jwks_uri: at('jwks'),
      });
    else if (url.pathname === '/jwks') json(response, { keys });
    else if (url.pathname === '/authorize') {
      nonce = url.searchParams.get('nonce') ?? '';
      const target = new URL(url.searchParams.get('redirect_uri') ?? '');
      target.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString();
      response.writeHead(302, { location: target.href }).end();
    } else
      void new SignJWT({
        nonce,
        iss: issuer,
        sub: 'ada',
        aud: 'native-client',
        iat: seconds(),
        exp: seconds() + 300,
        ...claims,
      })
        .setProtectedHeader({ alg })
        .sign(privateKey)
        .then((id_token) => json(response, { access_token: accessToken, token_type: 'Bearer', id_token }));
  });
  const profile = userProfile({ issuer, ...openid });
  return runFlow('authorization_code', profile, flowDeps({ browser: new SignInBrowser() }));
}

describe('the signature of the id_token', () => {
  it('is verified with every algorithm, the metadata listing none', async (context) => {
    for (const alg of ['RS256', 'RS512', 'PS256', 'ES384', 'EdDSA'])
      assert.deepEqual(
        codes(await signedInWith(context, alg)).filter((one) => one.startsWith('id_token')),
        [],
        alg,
      );
  });

  it('is tried with each of several keys where the token names none', async (context) => {
    const others = await Promise.all(
      ['RS256', 'RS256'].map(async (alg) => exportJWK((await generateKeyPair(alg)).publicKey)),
    );
    tokensOf(await signedInWith(context, 'RS256', {}, others));
    const broken = { ...others[0], n: '!' };
    tokensOf(await signedInWith(context, 'RS256', {}, [broken]));
  });

  const unusable: readonly (readonly [string, number, Record<string, string>, string, RegExp])[] = [
    ['status 500', 500, {}, 'down', /\/jwks answered with status 500/],
    ['status 404', 404, {}, '<h1>No</h1>', /\/jwks answered with status 404/],
    [
      'a redirect',
      302,
      { location: 'https://elsewhere.example/keys?x=1' },
      '',
      /status 302 and a redirect to https:\/\/elsewhere\.example\/keys, which was not followed/,
    ],
    [
      'a page',
      200,
      { 'content-type': 'text/html' },
      '<html>',
      /\/jwks answered with status 200, but not with a key set/,
    ],
    ['no list of keys', 200, {}, '{"keys":{}}', /not with a key set/],
  ];
  for (const [name, status, headers, body, says] of unusable)
    it(`is not checked, and the access token kept, when the key set answers with ${name}`, async (context) => {
      const keySet = await serve(context, (_request, response) => {
        response.writeHead(status, headers).end(body);
      });
      const report = await signedIn(context, { metadata: { jwks_uri: `${keySet}/jwks` } });
      assert.equal(tokensOf(report).access_token, accessToken);
      assert.deepEqual(codes(report), ['id_token_unverified']);
      assert.match(notes(report)[0]?.message ?? '', says);
    });

  it('is not checked, and the access token kept, when nobody answers for the key set', async (context) => {
    for (const jwks_uri of ['http://127.0.0.1:9/jwks', 'http://plain.example/jwks', 'not a url']) {
      const report = await signedIn(context, { metadata: { jwks_uri } });
      assert.equal(tokensOf(report).access_token, accessToken);
      assert.deepEqual(codes(report), ['id_token_unverified'], jwks_uri);
      assert.ok(notes(report)[0]?.message.includes(jwks_uri), notes(report)[0]?.message);
    }
  });

  it('is checked with a key whose private half is published, and that is told', async (context) => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const secret = { ...(await exportJWK(privateKey)), kid: 'leaked' };
    const report = await signedInWith(context, 'ES256', {}, [secret]);
    tokensOf(report);
    const note = notes(report).find(({ code }) => code === 'private_key_published');
    assert.match(note?.message ?? '', /publishes the private half of the key “leaked”/);
    assert.ok(!JSON.stringify(note).includes(String(secret.d)));
  });

  it('names the key that is there and is for something else', async (context) => {
    const { publicKey } = await generateKeyPair('ES256');
    const key = { ...(await exportJWK(publicKey)), kid: 'k1' };
    const cases: readonly (readonly [unknown[], RegExp])[] = [
      [[], /the key set at \S+ is empty/],
      [[{ ...key, kid: 'k2' }], /names the key “k1”, which is not among the one key at/],
      [[{ ...key, use: 'enc' }], /the key “k1” at \S+ is not for signatures \(its use is enc\)/],
      [[{ ...key, alg: 'ES384' }], /the key “k1” at \S+ is for ES384, but the token is signed with ES256/],
      [[{ kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'k1' }], /the key “k1” at \S+ \(kty RSA\) cannot check/],
    ];
    for (const [keys, says] of cases) {
      const failure = failureOf(await signedIn(context, { keys }), 'invalid_id_token');
      assert.equal(failure.code, 'key_not_found');
      assert.match(failure.message, says);
    }
  });

  it('shows the algorithm that came and those that are accepted', async (context) => {
    const failure = failureOf(
      await signedIn(context, { metadata: { id_token_signing_alg_values_supported: ['RS256', 'none'] } }),
      'invalid_id_token',
    );
    assert.deepEqual([failure.code, failure.received, failure.expected], ['alg', 'ES256', 'RS256']);
  });

  it('with the client secret is not laid on the keys of the server', async (context) => {
    const idToken = (token: string) => {
      const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signed = `${b64({ alg: 'HS256' })}.${token.split('.')[1]}`;
      return `${signed}.${createHmac('sha256', 'x').update(signed).digest('base64url')}`;
    };
    const ofPublic = failureOf(await signedIn(context, { idToken }), 'invalid_id_token');
    assert.match(
      ofPublic.message,
      /signed with HS256, that is with the client secret, and this client has none/,
    );
    const ofSecret = failureOf(
      await signedIn(context, { idToken }, { clientAuthentication: 'client_secret_post' }),
      'invalid_id_token',
    );
    assert.match(ofSecret.message, /\(HS256\) does not fit the client secret/);
    for (const failure of [ofPublic, ofSecret] as readonly Failure[])
      assert.doesNotMatch(failure.message, /keys of the server/);
    // As the example of Authlib's documentation signs: with a secret that no client has.
    for (const failure of [ofPublic, ofSecret])
      assert.match(failure.advice, /a secret of its own: have it sign with the client secret, or with a key/);
  });

  it('and claims of one that came with client credentials are validated in the same way', async (context) => {
    const server = await fakeServer(context, { claims: { aud: 'other' } });
    const profile = machineProfile({ issuer: server.issuer, clientId: 'native-client' });
    const report = await runFlow('client_credentials', profile, flowDeps());
    assert.equal(failureOf(report, 'invalid_id_token').code, 'aud');
    const good = await fakeServer(context);
    const { issuer, ...typed } = machineProfile({ issuer: good.issuer, clientId: 'native-client' });
    const taken = await runFlow(
      'client_credentials',
      { ...typed, tokenEndpoint: `${issuer}/token` },
      flowDeps(),
    );
    assert.ok(tokensOf(taken).id_token);
  });
});

describe('what a sign-in was asked with', () => {
  const asking = (
    context: TestContext,
    claims: Record<string, unknown>,
    authorizationParameters: Record<string, string>,
  ) => signedIn(context, { claims }, { authorizationParameters });

  it('is not mentioned when the server kept to it, or nothing was asked', async (context) => {
    const kept = { auth_time: seconds() - 10, acr: 'gold' };
    assert.deepEqual(codes(await asking(context, kept, { max_age: '60', acr_values: 'silver gold' })), []);
    assert.deepEqual(codes(await asking(context, { auth_time: 1, acr: '0' }, {})), []);
  });

  it('is said when the server did not: auth_time and acr, absent and other told apart', async (context) => {
    const cases = [
      [{}, { max_age: '60' }, 'id_token_auth_time_missing', /has no auth_time/],
      [
        { auth_time: seconds() - 500 },
        { max_age: '60' },
        'id_token_auth_time_old',
        /max_age=60 .* signed in 5\d\d s ago/,
      ],
      [
        { auth_time: seconds() - 500 },
        { prompt: 'login' },
        'id_token_prompt_login',
        /prompt=login .* had signed in 5\d\d s before/,
      ],
      [{}, { acr_values: 'gold' }, 'id_token_acr_missing', /acr_values=gold .* has no acr/],
      [{ acr: 'bronze' }, { acr_values: 'gold silver' }, 'id_token_acr_other', /has the acr bronze/],
    ] as const;
    for (const [claims, asked, code, says] of cases) {
      const report = await asking(context, claims, asked);
      tokensOf(report);
      assert.deepEqual(codes(report), [code]);
      assert.match(notes(report)[0]?.message ?? '', says);
    }
  });
});

describe('an id_token that is odd, and that no standard has refused', () => {
  const ms = () => Date.now();
  const rows: readonly (readonly [name: string, claims: () => Record<string, unknown>, says: RegExp])[] = [
    [
      'an end in milliseconds',
      () => ({ exp: ms() + 300_000 }),
      /^The exp of .* \(\d{13}\) seems to count milli/,
    ],
    ['an issue time in milliseconds', () => ({ iat: ms() }), /^The iat of .* seems to count milliseconds/],
    ['a sign-in time in milliseconds', () => ({ auth_time: ms() }), /^The auth_time of .* milliseconds/],
    ['issued in an hour', () => ({ iat: seconds() + 3600 }), /^The iat of .* 3(?:600|599) s after the time/],
    ['signed in in an hour', () => ({ auth_time: seconds() + 3600 }), /^The auth_time of .* after the time/],
    ['a user without a name', () => ({ sub: '' }), /^The sub of the id_token is empty: it names no user\.$/],
  ];
  for (const [name, claims, says] of rows)
    it(`is taken, and that is said: ${name}`, async (context) => {
      const report = await signedIn(context, { claims: claims() });
      tokensOf(report);
      assert.match(
        notes(report)
          .map(({ message }) => message)
          .join('\n'),
        says,
      );
    });

  it('is not valid yet by a beginning in milliseconds, and no clock is blamed for it', async (context) => {
    const failure = failureOf(await signedIn(context, { claims: { nbf: ms() } }), 'invalid_id_token');
    assert.match(failure.message, /its nbf is in milliseconds, which it must not be\.$/);
    assert.doesNotMatch(failure.advice, /clock/);
  });
});
