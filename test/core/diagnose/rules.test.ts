import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { allGrants } from '../../../src/core/grants/all.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { secretFacts } from '../../../src/core/diagnose/secretFacts.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { issuedCertificate } from '../../support/certificate.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { exchange, first, get, refused, why } from './evidence.ts';
import { cause, causeIds, explained, run } from './play.ts';
import { authorizationCode, clientCredentials, without } from './support.ts';

describe('evidence about scopes', () => {
  it('a scope that scopes_supported does not list comes first and can be removed', () => {
    const metadata = { scopes_supported: ['read', 'write'] };
    const found = first(
      why(clientCredentials({ scopes: ['read', 'admin'] }), refused('invalid_scope'), { metadata }),
    );
    assert.equal(found.id, 'scope-not-supported');
    assert.match(found.title, /“admin”/);
    assert.deepEqual(found.fixes, [{ kind: 'remove_scopes', scopes: ['admin'] }]);
  });

  it('offline_access is not to be had with client credentials', () => {
    const found = first(
      why(clientCredentials({ scopes: ['read', 'offline_access'] }), refused('invalid_scope')),
    );
    assert.equal(found.id, 'scope-not-granted');
    assert.equal(found.title, '“offline_access” is not available in this flow.');
    assert.deepEqual(found.fixes, [{ kind: 'remove_scopes', scopes: ['offline_access'] }]);
  });

  it('scopes typed with commas are taken apart', () => {
    const found = first(why(clientCredentials({ scopes: ['read,write'] }), refused('invalid_scope')));
    assert.equal(found.id, 'scopes-with-commas');
    assert.deepEqual(found.fixes, [{ kind: 'set_scopes', scopes: ['read', 'write'] }]);
  });

  it('a scope that the server lists is refused to this client, not missing in the list', () => {
    const metadata = { scopes_supported: ['read'] };
    assert.deepEqual(causeIds(why(clientCredentials(), refused('invalid_scope'), { metadata })), [
      'scope-refused',
    ]);
  });
});

describe('evidence about client authentication', () => {
  const client = 'invalid_client';
  it('a method that token_endpoint_auth_methods_supported does not list is switched', () => {
    const metadata = { token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_post'] };
    const found = first(why(clientCredentials(), refused(client), { metadata }));
    assert.equal(found.id, 'client-authentication-not-supported');
    assert.deepEqual(found.fixes, [
      { kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' },
    ]);
  });

  it('an assertion that is refused leads to its key and its audience', () => {
    const metadata = { token_endpoint_auth_signing_alg_values_supported: ['ES256'] };
    for (const [clientAuthentication, told] of [
      ['private_key_jwt', /public half of this key/],
      ['client_secret_jwt', /another secret/],
    ] as const) {
      const found = first(why(clientCredentials({ clientAuthentication }), refused(client), { metadata }));
      assert.equal(found.id, 'assertion-refused');
      assert.match(found.title, told);
      assert.match(found.evidence.join(' '), /for the issuer.*ES256/);
      assert.deepEqual(found.fixes[0], { kind: 'edit_profile', field: 'clientAssertionAudience' });
    }
    assert.equal(causeIds(why(clientCredentials(), refused(client))).includes('assertion-refused'), false);
  });

  it('a secret with blanks or a line break is trimmed', () => {
    for (const [text, told] of [
      ['s3cr3t\n', /a line break/],
      [' s3cr3t', /begins with a space/],
      ['s3cr3t ', /ends with a space/],
    ] as const) {
      const found = first(why(clientCredentials(), refused(client), { secret: secretFacts(text, 'id') }));
      assert.equal(found.id, 'secret-with-blanks');
      assert.match(found.title, told);
      assert.deepEqual(found.fixes[0], { kind: 'trim_secret' });
    }
  });

  it('nothing is said of the secret when the server only speaks of the client credentials grant', () => {
    const secret = secretFacts('s3cr3t ', 'id');
    for (const [error, words] of [
      ['unauthorized_client', "Grant type 'client_credentials' not allowed for the client."],
      ['invalid_grant', 'no client credentials user enabled'],
    ] as const) {
      const ids = causeIds(why(clientCredentials(), refused(error, words), { secret }));
      assert.ok(!ids.includes('secret-with-blanks'), words);
    }
    for (const words of ['Bad client credentials', 'The client secret is wrong'])
      assert.equal(
        first(why(clientCredentials(), refused('invalid_grant', words), { secret })).id,
        'secret-with-blanks',
      );
  });

  it('the facts come from the request itself when nobody gives them', () => {
    const basic = Buffer.from('orders-worker:s3cr3t%0A').toString('base64');
    const inForm = [exchange({ form: { client_secret: 's3cr3t\n' } })];
    const inBasic = [
      {
        ...exchange(),
        request: { ...exchange().request, headers: [['Authorization', `Basic ${basic}`]] as const },
      },
    ];
    for (const exchanges of [inForm, inBasic])
      assert.equal(first(why(clientCredentials(), refused(client), { exchanges })).id, 'secret-with-blanks');
  });

  it('a secret that looks like an id, is the client id, or an example is entered anew', () => {
    for (const text of [
      '9f1c2d3e-4b5a-6789-abcd-ef0123456789',
      'orders-worker',
      'replace-with-real-secret',
    ]) {
      const secret = secretFacts(text, 'orders-worker');
      const found = first(why(clientCredentials(), refused(client), { secret }));
      assert.equal(found.id, 'secret-looks-like-an-id', text);
      assert.deepEqual(found.fixes, [{ kind: 'enter_secret' }]);
    }
  });

  it('an example is often the secret of a test server: Authlib’s unauthorized_client speaks of the grant', () => {
    const secret = secretFacts('your-secret', 'orders-worker');
    const [first, second] = causeIds(why(clientCredentials(), refused('unauthorized_client'), { secret }));
    assert.deepEqual([first, second], ['grant-not-allowed', 'secret-looks-like-an-id']);
  });

  it('a secret with letters outside ASCII: Authlib fails at it, others read it otherwise', () => {
    const secret = secretFacts('pässword-0123', 'orders-worker');
    const failed: Failure = { kind: 'http_error', step: 'token', status: 500, message: '', advice: '' };
    for (const failure of [failed, refused(client)])
      assert.equal(first(why(clientCredentials(), failure, { secret })).id, 'secret-beyond-ascii');
    const plain = secretFacts('password-0123', 'orders-worker');
    for (const found of [
      why(clientCredentials(), failed, { secret: plain }),
      why(clientCredentials(), refused('invalid_grant'), { secret }),
    ])
      assert.ok(!causeIds(found).includes('secret-beyond-ascii'));
  });

  it('reserved characters in Basic credentials: the other encoding, or the form', () => {
    const profile = clientCredentials({ clientId: 'my.trusted.app/service' });
    const found = first(why(profile, refused(client), { secret: secretFacts('a+b/c=', 'x') }));
    assert.equal(found.id, 'reserved-characters-in-basic');
    assert.match(found.evidence.join(), /client ID and the secret/);
    assert.deepEqual(found.fixes, [
      { kind: 'set_basic_encoding', basicEncoding: 'raw' },
      { kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' },
    ]);
    const raw = first(why({ ...profile, basicEncoding: 'raw' }, refused(client)));
    assert.deepEqual(raw.fixes[0], { kind: 'set_basic_encoding', basicEncoding: 'form' });
    // LemonLDAP::NG decodes nothing and cuts the secret at its colon: neither encoding helps there.
    for (const basicEncoding of ['form', 'raw'] as const) {
      const colon = { secret: secretFacts('p+%: /&=x', 'x') };
      const cut = first(why({ ...profile, basicEncoding }, refused(client), colon));
      assert.match(cut.steps.join(), /form body.*colon/);
      assert.deepEqual(cut.fixes[0], {
        kind: 'set_client_authentication',
        clientAuthentication: 'client_secret_post',
      });
      // OpenStack's Keystone decodes nothing, takes the secret whole, and takes HTTP Basic only.
      assert.match(cut.steps.join(), /other way.*HTTP Basic only/);
      const metadata = { token_endpoint_auth_methods_supported: ['client_secret_basic'] };
      const only = first(why({ ...profile, basicEncoding }, refused(client), { ...colon, metadata }));
      assert.deepEqual(only.fixes, [cut.fixes[1]]);
      assert.doesNotMatch(only.steps.join(), /form body/);
    }
  });

  it('a client id that got a code is known', () => {
    for (const [clientAuthentication, title] of [
      ['client_secret_basic', /^The client secret is wrong, or is sent/],
      ['private_key_jwt', /^The server does not know this client’s key/],
      ['none', /^The client is registered for another kind/],
    ] as const) {
      const profile = authorizationCode({ clientAuthentication });
      const found = (form: Record<string, string>) =>
        why(profile, refused(client), { exchanges: [exchange({ form })] }).causes.find(
          ({ id }) => id === 'client-unknown-or-secret-wrong',
        );
      const known = found({ grant_type: 'authorization_code', code: 'c' });
      assert.match(known?.title ?? '', title);
      assert.match(known?.evidence.join() ?? '', /endpoint knows the client: it gave a code/);
      assert.doesNotMatch(JSON.stringify([known?.steps, known?.fixes]), /client ?id/i);
      assert.match(found({ grant_type: 'client_credentials' })?.title ?? '', /^The client ID /);
    }
  });

  it('a public client with a secret, and a confidential one without', () => {
    const words = 'Public clients must not send a client_secret.';
    const open = first(why(authorizationCode(), refused(client, words)));
    assert.equal(open.id, 'public-client-with-secret');
    assert.deepEqual(open.fixes, [{ kind: 'set_client_authentication', clientAuthentication: 'none' }]);
    const machine = first(why(clientCredentials(), refused(client, words)));
    assert.match(machine.steps.join(), /Register the client as confidential/);
    assert.deepEqual(machine.fixes, [{ kind: 'edit_profile', field: 'clientId' }]);
    const closed = first(
      why(
        authorizationCode({ clientAuthentication: 'none' }),
        refused(client, 'Client authentication required.'),
      ),
    );
    assert.equal(closed.id, 'confidential-client-without-secret');
    assert.deepEqual(closed.fixes[1], { kind: 'enter_secret' });
  });

  for (const [what, id, fix] of [
    ['input', 'input-missing', 'run_again'],
    ['stored', 'secret-unusable', 'enter_secret'],
  ] as const)
    it(`what is missing is not a client secret: ${what}`, () => {
      const message = 'The SAML assertion ended at 2020-01-01T00:00:00.000Z, so it was not sent.';
      const failure: Failure = {
        kind: 'secret_missing',
        what,
        step: 'secret',
        message,
        advice: 'A new one.',
      };
      const { causes, meaning } = why(clientCredentials(), failure, { exchanges: [] });
      assert.deepEqual(
        causes.map((cause) => [cause.id, cause.evidence, cause.steps, cause.fixes]),
        [[id, [message], ['A new one.'], [{ kind: fix }]]],
      );
      assert.doesNotMatch(`${meaning.text} ${causes[0]?.title ?? ''}`, /client|authenticate/);
    });

  it('no private key stored', () => {
    const failure: Failure = { kind: 'secret_missing', step: 'secret', message: '', advice: '' };
    const profile = clientCredentials({ clientAuthentication: 'private_key_jwt' });
    const { title, steps } = first(why(profile, failure, { exchanges: [] }));
    assert.deepEqual(
      [title, steps[0]],
      ['No private key is stored for this profile and this server.', 'Enter the private key.'],
    );
  });

  it('no secret stored', () => {
    const failure: Failure = { kind: 'secret_missing', step: 'secret', message: '', advice: '' };
    const found = first(why(clientCredentials(), failure, { exchanges: [] }));
    assert.equal(found.id, 'secret-missing');
    assert.deepEqual(
      found.fixes,
      [{ kind: 'enter_secret' }],
      'without a secret the profile could not be saved',
    );
    assert.deepEqual(first(why(authorizationCode(), failure, { exchanges: [] })).fixes, [
      { kind: 'enter_secret' },
      { kind: 'set_client_authentication', clientAuthentication: 'none' },
    ]);
  });
});

describe('evidence about the grant', () => {
  for (const { id, grantType } of allGrants)
    it(`${id} is listed by its grant_type, ${grantType}`, () => {
      const profile = { ...clientCredentials(), grant: id } as Profile;
      const found = (grant_types_supported: readonly string[]) =>
        causeIds(why(profile, refused('invalid_request'), { metadata: { grant_types_supported } }));
      assert.ok(!found(['implicit', grantType]).includes('grant-not-supported'));
      assert.ok(found(['implicit']).includes('grant-not-supported'));
    });

  it('a grant that grant_types_supported does not list', () => {
    const metadata = { grant_types_supported: ['authorization_code'] };
    assert.equal(
      first(why(clientCredentials(), refused('unsupported_grant_type'), { metadata })).id,
      'grant-not-supported',
    );
  });
});

describe('evidence about the redirect URI', () => {
  it('host, port, slash, case and scheme are told, each with its change', () => {
    const profile = authorizationCode({ redirectUri: 'http://127.0.0.1/Callback/' });
    const asked = get(
      'authorization',
      'https://login.example.com/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A51234%2FCallback%2F',
    );
    const failure = refused('invalid_request', 'The redirect_uri is not registered.', 'authorization');
    const found = first(why(profile, failure, { exchanges: [asked] }));
    assert.equal(found.id, 'redirect-uri-not-registered');
    for (const told of [
      /127\.0\.0\.1:51234\/Callback\//,
      /no port/,
      /localhost/,
      /slash/,
      /upper-case/,
      /is https, use that one in the profile, or register this one too/,
    ])
      assert.match(found.evidence.join('\n'), told);
    // With another port each time no URI is the one to register.
    assert.match(found.steps.join(), /^Give the redirect URI of the profile a port/);
    const fixed = authorizationCode({ redirectUri: 'http://127.0.0.1:8484/callback' });
    assert.match(first(why(fixed, failure)).steps.join(), /^Register exactly this URI/);
    assert.deepEqual(
      found.fixes.flatMap((fix) => (fix.kind === 'set_redirect_uri' ? fix.redirectUri : [])),
      [
        'http://127.0.0.1:51234/Callback/',
        'http://localhost/Callback/',
        'http://127.0.0.1/Callback',
        'http://127.0.0.1/callback/',
      ],
    );
  });

  it('changes nothing but what it names, and nothing into what the provider refuses', () => {
    const fixes = (provider: string | undefined, redirectUri: string) =>
      cause(
        why(
          authorizationCode({ redirectUri, ...(provider === undefined ? {} : { provider }) }),
          refused('invalid_request', 'redirect_uri differs', 'authorization'),
        ),
        'redirect-uri-not-registered',
      ).fixes.flatMap((fix) => (fix.kind === 'set_redirect_uri' ? fix.redirectUri : []));
    assert.deepEqual(fixes(undefined, 'http://127.0.0.1:8484'), [
      'http://localhost:8484',
      'http://127.0.0.1:8484/',
    ]);
    assert.deepEqual(fixes(undefined, 'http://LOCALHOST:80/?a=B'), [
      'http://localhost:80/?a=B',
      'http://LOCALHOST:80?a=B',
    ]);
    assert.deepEqual(fixes('spotify', 'http://127.0.0.1/callback'), ['http://127.0.0.1/callback/']);
    assert.deepEqual(fixes('spotify', 'http://localhost:8484/cb'), [
      'http://127.0.0.1:8484/cb',
      'http://127.0.0.1:8484/cb/',
    ]);
    assert.deepEqual(fixes('entra-id', 'http://[::1]:8484/cb'), [
      'http://localhost:8484/cb',
      'http://localhost:8484/cb/',
    ]);
    assert.deepEqual(fixes('entra-id', 'http://localhost/cb'), [
      'http://127.0.0.1/cb',
      'http://localhost/cb/',
    ]);
  });

  it('nobody coming back may be this error, shown in the browser', () => {
    const failure: Failure = { kind: 'timeout', step: 'redirect', seconds: 300, message: '', advice: '' };
    assert.deepEqual(causeIds(why(authorizationCode(), failure, { exchanges: [] })), [
      'nobody-came-back',
      'redirect-uri-not-registered',
    ]);
  });

  it('a sign-in that was cancelled since the browser showed an error is explained as one that nobody came back from', () => {
    const failure: Failure = { kind: 'cancelled', step: 'redirect', message: '', advice: '' };
    const explanation = why(authorizationCode(), failure, { exchanges: [] });
    assert.deepEqual(causeIds(explanation), ['nobody-came-back', 'redirect-uri-not-registered']);
    const { title, evidence } = cause(explanation, 'nobody-came-back');
    assert.equal(title, 'Nobody had come back from the browser when the sign-in was cancelled.');
    assert.match(evidence.join('\n'), /^Sent: the client ID "/);
  });

  it('nobody coming back may be a scope that the server does not list: Doorkeeper says it on its own page', () => {
    const failure: Failure = { kind: 'timeout', step: 'redirect', seconds: 300, message: '', advice: '' };
    const silent = (scopes: string[]) =>
      causeIds(
        why(authorizationCode({ scopes }), failure, { metadata: { scopes_supported: ['openid', 'read'] } }),
      );
    assert.deepEqual(silent(['read', 'admin']), [
      'nobody-came-back',
      'scope-not-supported',
      'openid-left-out',
      'redirect-uri-not-registered',
    ]);
    assert.ok(!silent(['openid', 'read']).includes('scope-not-supported'));
  });

  it('nobody coming back may be openid that was not asked for: LemonLDAP::NG shows its portal', () => {
    const failure: Failure = { kind: 'timeout', step: 'redirect', seconds: 300, message: '', advice: '' };
    const silent = (scopes: string[], supported: string[]) =>
      why(authorizationCode({ scopes }), failure, { metadata: { scopes_supported: supported } });
    const found = cause(silent(['profile'], ['openid', 'profile']), 'openid-left-out');
    assert.deepEqual(found.fixes, [{ kind: 'set_scopes', scopes: ['openid', 'profile'] }]);
    for (const other of [silent(['openid'], ['openid']), silent(['read'], ['read'])])
      assert.ok(!causeIds(other).includes('openid-left-out'));
  });

  it('invalid_client says nothing of scopes: LemonLDAP::NG lists none of an API’s', () => {
    const metadata = { scopes_supported: ['openid'] };
    const asked = clientCredentials({ scopes: ['read', 'offline_access'] });
    for (const words of [undefined, 'Client authentication failed'])
      assert.ok(
        !causeIds(why(asked, refused('invalid_client', words), { metadata })).some((id) =>
          id.startsWith('scope-'),
        ),
      );
    assert.ok(
      causeIds(why(asked, refused('invalid_client', 'scope not allowed'), { metadata })).includes(
        'scope-not-supported',
      ),
    );
  });

  it('another redirect_uri in the token request', () => {
    const exchanges = [
      get(
        'authorization',
        'https://login.example.com/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fa',
        { id: 2 },
      ),
      exchange({ form: { redirect_uri: 'http://127.0.0.1:1/b', code: 'c' } }),
    ];
    // As oauthlib (#480) and IdentityServer (#4075) said it, too.
    for (const code of ['invalid_grant', 'access_denied', 'unauthorized_client'])
      assert.equal(
        first(why(authorizationCode(), refused(code), { exchanges })).id,
        'redirect-uri-changed',
        code,
      );
  });
});

describe('evidence about the code', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const asked = (value: string) =>
    get('authorization', `https://login.example.com/authorize?code_challenge=${value}&redirect_uri=r`, {
      id: 2,
    });
  const redeemed = exchange({
    form: { code: 'abc', code_verifier: verifier, redirect_uri: 'r' },
    startedAt: 95_000,
  });

  it('a verifier whose SHA-256 is not the challenge', () => {
    const found = first(
      why(authorizationCode(), refused('invalid_grant'), { exchanges: [asked('other'), redeemed] }),
    );
    assert.equal(found.id, 'pkce-mismatch');
    assert.match(found.evidence[0] ?? '', /is not the challenge/);
    const fitting = why(authorizationCode(), refused('invalid_grant', 'PKCE failed'), {
      exchanges: [asked(challenge), redeemed],
    });
    assert.match(cause(fitting, 'pkce-mismatch').evidence[0] ?? '', /fit each other/);
  });

  it('a code older than a minute', () => {
    const came = get('redirect', 'http://127.0.0.1/callback?code=abc', {
      id: 3,
      leg: 'loopback',
      startedAt: 1000,
    });
    const found = first(
      why(authorizationCode(), refused('invalid_grant'), { exchanges: [asked(challenge), came, redeemed] }),
    );
    assert.equal(found.id, 'code-too-old');
    assert.match(found.evidence[0] ?? '', /94 s/);
  });

  it('a code that was used before in this session', () => {
    const earlier = [{ exchanges: [exchange({ form: { code: 'abc' } })] } as unknown as FlowReport];
    const found = first(
      why(authorizationCode(), refused('invalid_grant'), { exchanges: [redeemed], earlier }),
    );
    assert.deepEqual([found.id, found.fixes], ['code-used-twice', [{ kind: 'sign_in' }]]);
  });
});

describe('evidence about the refresh token', () => {
  const sent = exchange({ purpose: 'refresh', form: { refresh_token: 'old' } });
  it('one that an earlier refresh replaced', () => {
    const outcome = { kind: 'token', tokens: { refresh_token: 'new' } };
    const earlier = [{ exchanges: [sent], outcome } as unknown as FlowReport];
    const found = first(
      why(authorizationCode(), refused('invalid_grant', undefined, 'refresh'), {
        exchanges: [sent],
        earlier,
      }),
    );
    assert.equal(found.id, 'refresh-token-rotated');
    assert.match(found.title, /replaced by a later one/);
  });

  it('none at all: offline_access is added', () => {
    const failure: Failure = { kind: 'sign_in_required', step: 'refresh', message: '', advice: '' };
    const found = first(why(authorizationCode(), failure, { exchanges: [] }));
    assert.deepEqual(found.fixes, [{ kind: 'add_scopes', scopes: ['offline_access'] }, { kind: 'sign_in' }]);
    const google = why(authorizationCode({ provider: 'google' }), failure, { exchanges: [] });
    assert.deepEqual(first(google).fixes.slice(0, 2), [
      { kind: 'set_authorization_parameter', name: 'access_type', value: 'offline' },
      { kind: 'set_authorization_parameter', name: 'prompt', value: 'consent' },
    ]);
  });
});

describe('evidence about the server', () => {
  it('its refusal in a redirect alone, without a word of the page that we answered the browser with', () => {
    const page = {
      status: 200,
      statusText: 'OK',
      headers: [['Content-Type', 'text/html']],
      body: '<h1>Ours',
    };
    const came = get('redirect', 'http://127.0.0.1/callback?error=access_denied', {
      leg: 'loopback',
      response: page as unknown as NonNullable<Exchange['response']>,
    });
    const refusal = { ...refused('access_denied', 'Not for you.', 'redirect'), status: 200 } as Failure;
    const { server } = why(authorizationCode(), refusal, { exchanges: [came] });
    assert.deepEqual(server, { error: 'access_denied', error_description: 'Not for you.' });
  });

  it('a clock that is off, by the Date of its answer', () => {
    const late = exchange({
      endedAt: Date.parse('2026-11-22T10:05:00Z'),
      response: {
        status: 200,
        statusText: '',
        headers: [['Date', 'Sun, 22 Nov 2026 10:00:00 GMT']],
        body: '{}',
      },
    });
    const failure: Failure = {
      kind: 'invalid_id_token',
      step: 'id_token',
      code: 'exp',
      message: '',
      advice: '',
      exchange: 1,
    };
    const found = first(why(authorizationCode(), failure, { exchanges: [late] }));
    assert.equal(found.id, 'clock-off');
    assert.match(found.title, /300 s ahead/);
  });

  it('a clock that is off is told with an OAuth error too, and not within half a minute', () => {
    const at = (ended: string) =>
      exchange({
        endedAt: Date.parse(ended),
        response: {
          status: 400,
          statusText: '',
          headers: [['date', 'Sun, 22 Nov 2026 10:00:00 GMT']],
          body: '{}',
        },
      });
    const off = why(clientCredentials(), refused('invalid_request'), {
      exchanges: [at('2026-11-22T09:58:00Z')],
    });
    assert.match(cause(off, 'clock-off').title, /120 s behind/);
    assert.deepEqual(cause(off, 'clock-off').fixes, [{ kind: 'run_again' }]);
    const near = why(clientCredentials(), refused('invalid_request'), {
      exchanges: [at('2026-11-22T10:00:20Z')],
    });
    assert.ok(!causeIds(near).includes('clock-off'));
  });

  it('issuer and token endpoint on different hosts', () => {
    const profile = clientCredentials({ tokenEndpoint: 'https://other.example/token' });
    assert.ok(causeIds(why(profile, refused('invalid_client'))).includes('issuer-and-endpoint-differ'));
  });

  it('issuer and token endpoint on different hosts, so that the secret was held back', async () => {
    const server = await startStandIn(() => ({ status: 200, body: { access_token: 'x' } }));
    const profile = clientCredentials({ tokenEndpoint: `${server.origin}/token` });
    const report = await run('client_credentials', profile);
    await server.close();
    const found = first(explained(report));
    assert.equal(found.id, 'issuer-and-endpoint-differ');
    assert.ok(found.weight >= 90);
    assert.match(found.evidence.join(), /The secret was not sent there/);
    assert.deepEqual(found.fixes[0], { kind: 'edit_profile', field: 'tokenEndpoint' });
    assert.equal(server.requests.length, 0);
  });

  it('issuer and token endpoint on different hosts by what the server publishes, unless its provider is like that', () => {
    const published = (token_endpoint: string) => ({ metadata: { token_endpoint } });
    const inner = why(clientCredentials(), refused('invalid_client'), published('https://10.0.0.7/token'));
    assert.match(cause(inner, 'issuer-and-endpoint-differ').title, /publishes a token endpoint/);
    for (const [issuer, token] of [
      ['https://accounts.google.com', 'https://oauth2.googleapis.com/token'],
      [
        'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_A',
        'https://shop.auth.eu-central-1.amazoncognito.com/oauth2/token',
      ],
      ['https://login.example.com', 'https://login.example.com/token'],
    ] as const)
      assert.ok(
        !causeIds(why(clientCredentials({ issuer }), refused('invalid_client'), published(token))).includes(
          'issuer-and-endpoint-differ',
        ),
        issuer,
      );
  });

  it('an issuer that differs by a slash is set with one click', () => {
    const failure: Failure = {
      ...{ kind: 'issuer_mismatch', step: 'discovery', message: '', advice: '' },
      ...{ expected: 'https://login.example.com', received: 'https://login.example.com/' },
    };
    const found = first(why(clientCredentials(), failure, { exchanges: [] }));
    assert.equal(found.id, 'issuer-differs-by-slash');
    assert.deepEqual(found.fixes, [{ kind: 'set_issuer', issuer: 'https://login.example.com/' }]);
    const elsewhere = why(
      clientCredentials(),
      { ...failure, received: 'https://evil.example' },
      { exchanges: [] },
    );
    assert.deepEqual(
      first(elsewhere).fixes,
      [{ kind: 'edit_profile', field: 'issuer' }],
      'never offered blindly',
    );
  });

  it('TLS: a self-signed certificate can be trusted on loopback only', () => {
    const failure = (host: string): Failure => ({
      kind: 'tls',
      step: 'token',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      host,
      message: '',
      advice: '',
    });
    const local = first(why(clientCredentials(), failure('localhost:5001'), { exchanges: [] }));
    assert.deepEqual(local.fixes, [{ kind: 'trust_certificate', url: 'https://localhost:5001' }]);
    const remote = why(clientCredentials(), failure('login.example.com'), {
      exchanges: [],
      proxy: 'http://proxy:3128',
    });
    assert.deepEqual(causeIds(remote), ['authority-not-trusted', 'proxy-inspects-tls']);
    assert.ok(remote.causes.every(({ fixes }) => fixes.length === 0));
  });

  it('TLS: expired, for another host, none at all, and anything else', () => {
    for (const [code, id, fix] of [
      ['CERT_HAS_EXPIRED', 'certificate-expired', undefined],
      ['CERT_NOT_YET_VALID', 'certificate-expired', undefined],
      ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-for-another-host', 'edit_profile'],
      ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-tls-on-this-port', undefined],
      ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'no-tls-on-this-port', undefined],
      ['ERR_SSL_PROTOCOL_ERROR', 'no-tls-on-this-port', undefined],
      ['EPROTO', 'no-tls-on-this-port', undefined],
      ['ERR_SSL_WHATEVER', 'tls-failed', undefined],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority-not-trusted', undefined],
    ] as const) {
      const failure: Failure = {
        ...{ kind: 'tls', step: 'token', code, host: 'login.example.com', message: '', advice: '' },
      };
      const found = first(why(clientCredentials(), failure, { exchanges: [] }));
      assert.deepEqual([found.id, found.fixes[0]?.kind], [id, fix], code);
      assert.deepEqual(found.evidence, [`login.example.com: ${code}`]);
      assert.ok(found.steps.length > 0);
    }
  });

  it('TLS: a local certificate that an authority issued is trusted the same way', async () => {
    const server = await startStandIn(() => ({ status: 200 }), {
      certificate: issuedCertificate(),
      host: 'localhost',
    });
    const local = without(clientCredentials({ tokenEndpoint: `${server.origin}/token` }), 'issuer');
    const explanation = explained(await run('client_credentials', local));
    const found = first(explanation);
    await server.close();
    assert.match(explanation.title, /^No secure connection to localhost:\d+: /, 'the server did answer');
    const { title } = explained(await run('client_credentials', local));
    assert.match(title, /^Nothing accepts connections at localhost:\d+\.$/);
    assert.equal(found.id, 'self-signed-on-loopback');
    assert.match(found.title, /^This machine does not trust/);
    assert.deepEqual(found.fixes, [{ kind: 'trust_certificate', url: `${server.origin}/token` }]);
  });

  it('a time-out', () => {
    const failure: Failure = { kind: 'timeout', step: 'token', seconds: 30, message: '', advice: '' };
    const found = first(why(clientCredentials(), failure, { exchanges: [], proxy: 'http://proxy:3128' }));
    assert.deepEqual([found.id, found.fixes], ['no-answer-in-time', [{ kind: 'run_again' }]]);
    assert.match(found.evidence.join(), /A proxy is set/);
  });

  it('network and proxy', () => {
    const failure = (code: string): Failure => ({
      kind: 'network',
      step: 'token',
      code,
      host: 'x',
      message: '',
      advice: '',
    });
    for (const [code, id] of [
      ['ENOTFOUND', 'host-not-found'],
      ['ECONNREFUSED', 'nothing-listens'],
      ['ECONNRESET', 'connection-broken'],
      ['EHOSTUNREACH', 'host-unreachable'],
      ['ERR_UNSAFE_PORT', 'port-is-blocked'],
      ['HPE_INVALID_CONSTANT', 'not-http'],
      ['HTTPParserError', 'not-http'],
      ['EWHATEVER', 'connection-failed'],
    ] as const)
      assert.equal(first(why(clientCredentials(), failure(code), { exchanges: [] })).id, id);
    // The demo server ends with its window; an API beside it may be anybody's.
    const demo = (code: string, more: object, issuer = 'http://x') =>
      first(why(clientCredentials({ issuer }), failure(code), { exchanges: [], demo: true, ...more }));
    assert.deepEqual(demo('ECONNREFUSED', {}).fixes, [{ kind: 'start_demo' }, { kind: 'remove_demo' }]);
    assert.equal(demo('ECONNREFUSED', { demo: false }).id, 'nothing-listens');
    assert.equal(demo('ECONNRESET', {}).id, 'connection-broken');
    assert.equal(demo('ECONNREFUSED', {}, 'http://y').id, 'nothing-listens');
    const status: Failure = { kind: 'http_error', step: 'token', status: 407, message: '', advice: '' };
    const [none, set] = [{ exchanges: [] }, { exchanges: [], proxy: 'http://proxy.example:3128' }];
    assert.equal(first(why(clientCredentials(), status, none)).id, 'proxy-credentials-unasked');
    assert.equal(first(why(clientCredentials(), status, set)).id, 'proxy-wants-credentials');
  });
});

describe('evidence about what answered', () => {
  const withAnswer = async (answer: Parameters<typeof startStandIn>[0]) => {
    const server = await startStandIn(answer);
    try {
      const rest = without(clientCredentials({ tokenEndpoint: `${server.origin}/token` }), 'issuer');
      return explained(await run('client_credentials', rest));
    } finally {
      await server.close();
    }
  };

  it('a page or nothing at the address', async () => {
    const page = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Login</title>',
    };
    assert.equal(first(await withAnswer(() => page)).id, 'wrong-address');
    const missing = await withAnswer(() => ({ status: 404, body: 'Not found' }));
    assert.equal(first(missing).id, 'wrong-address');
    assert.equal(missing.server?.body, 'Not found');
    assert.match(missing.meaning.text, /nothing at this address/);
  });

  it('a redirect to a login page, and a server in trouble', async () => {
    const login = await withAnswer(() => ({ status: 302, headers: { location: '/login?next=/token' } }));
    assert.match(first(login).title, /login page/);
    const trouble = await withAnswer(() => ({ status: 503, body: 'down' }));
    assert.equal(first(trouble).id, 'server-in-trouble');
  });

  it('an unknown error keeps the server’s words and says what is known', async () => {
    const body = {
      error: 'tenant_asleep',
      error_description: 'Wake it first.',
      error_uri: 'javascript:alert(1)',
    };
    const explanation = await withAnswer(() => ({ status: 418, body }));
    assert.deepEqual(
      { ...explanation.server, statusText: '' },
      { status: 418, statusText: '', ...body, contentType: 'application/json' },
    );
    assert.match(explanation.meaning.text, /no known meaning here/);
  });

  it('a known code is explained by its place', () => {
    const meaning = (step: Failure['step']) =>
      why(authorizationCode(), refused('invalid_grant', undefined, step)).meaning;
    assert.match(meaning('refresh').text, /refresh token is invalid/);
    assert.deepEqual(meaning('refresh').source?.text, 'RFC 6749 section 6');
    assert.deepEqual(meaning('token').source?.text, 'RFC 6749 section 5.2');
  });
});
