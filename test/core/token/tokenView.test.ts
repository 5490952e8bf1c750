import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TokenSet } from '../../../src/core/record/report.ts';
import type { AuthorizationCodeProfile as UserProfile, Profile } from '../../../src/core/profile/profile.ts';
import { readTokens, type ProfileTokens } from '../../../src/core/token/reading.ts';
import type { SignatureProgress } from '../../../src/core/token/signatureView.ts';
import { nextChange, tokenView, type TokenViewState } from '../../../src/core/token/tokenView.ts';
import type { FindingView } from '../../../src/shared/views/finding.ts';
import type { TokenViewModel } from '../../../src/shared/views/tokenView.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { encode, hs256, madeUp, rfc9068Claims, rfc9068Header, unsecured } from './vectors.ts';

/** 2026-11-22 10:00:00 UTC. */
const now = Date.UTC(2026, 10, 22, 10);
const at = now / 1000;

const good = {
  iss: 'https://as.example.com',
  sub: 'machine-client',
  aud: 'https://api.example.com',
  iat: at - 600,
  exp: at + 3000,
  scope: 'orders.read',
};

function tokenSet(over: Partial<TokenSet> = {}): TokenSet {
  return {
    access_token: madeUp({ alg: 'RS256', typ: 'at+jwt' }, good),
    token_type: 'Bearer',
    scope: 'orders.read',
    received_at: now - 600_000,
    expires_at: now + 3_000_000,
    requested_scopes: ['orders.read'],
    extra: {},
    ...over,
  };
}

interface Shown {
  readonly claims?: object;
  readonly header?: object;
  readonly profile?: Profile;
  readonly tokens?: Partial<TokenSet>;
  readonly input?: Partial<ProfileTokens>;
  readonly state?: Partial<TokenViewState>;
}

function view({ claims, header, profile = machineProfile(), tokens, input, state }: Shown): TokenViewModel {
  const access_token = madeUp(header ?? { alg: 'RS256', typ: 'at+jwt' }, claims ?? good);
  const reading = readTokens({
    kind: 'profile',
    profile,
    tokens: tokenSet({ access_token, ...tokens }),
    ...input,
  });
  return tokenView(reading, { now, signatures: {}, ...state });
}

function textView(text: string): TokenViewModel {
  return tokenView(readTokens({ kind: 'text', text, from: 'the clipboard' }), { now, signatures: {} });
}

function findings(model: TokenViewModel): readonly FindingView[] {
  return [...model.findings, ...model.tokens.flatMap((token) => token.findings)];
}

function codes(model: TokenViewModel): readonly string[] {
  return findings(model).map(({ code }) => code);
}

describe('findings about a token', () => {
  it('has nothing to say about a good one', () => assert.deepEqual(codes(view({})), []));

  const cases: Readonly<Record<string, readonly [code: string, shown: Shown, said: RegExp]>> = {
    'an expired token': [
      'expired',
      { claims: { ...good, exp: at - 60 } },
      /expired on 2026-11-22 09:59:00 UTC/,
    ],
    'a token that is not yet valid': [
      'not_yet_valid',
      { claims: { ...good, nbf: at + 120 } },
      /not valid before 2026-11-22 10:02:00 UTC/,
    ],
    'a token issued in the future': [
      'issued_in_future',
      { claims: { ...good, iat: at + 600 } },
      /in the future/,
    ],
    'alg none': ['alg_none', { header: { alg: 'none' } }, /not signed/],
    'alg NONE in other letters': ['alg_none', { header: { alg: 'nOnE' } }, /not signed/],
    'a missing algorithm': ['alg_missing', { header: { typ: 'JWT' } }, /names no algorithm/],
    'a shared secret': ['alg_symmetric', { header: { alg: 'HS256' } }, /shared secret \(HS256\)/],
    'a lifetime over 24 hours': ['long_lifetime', { claims: { ...good, exp: at + 86_400 } }, /lives for 1 d/],
    'no end': ['no_exp', { claims: { ...good, exp: undefined } }, /exp is missing/],
    'an end that is a string': [
      'time_type',
      { claims: { ...good, exp: String(at + 60) } },
      /exp is a string/,
    ],
    'an end in milliseconds': [
      'time_in_milliseconds',
      { claims: { ...good, exp: now + 60_000 } },
      /exp seems to be in milliseconds/,
    ],
    'an end before the beginning': [
      'times_contradict',
      { claims: { ...good, iat: at - 60, exp: at - 120 } },
      /ends before it begins/,
    ],
    'no audience': ['aud_missing', { claims: { ...good, aud: undefined } }, /names no audience/],
    'an empty audience': ['aud_missing', { claims: { ...good, aud: [] } }, /names no audience/],
    'an unexpected audience': [
      'aud_unexpected',
      { profile: machineProfile({ audience: 'https://other.example.com' }) },
      /not meant for “https:\/\/other\.example\.com”.* names “https:\/\/api\.example\.com”/,
    ],
    'a resource that is no audience': [
      'aud_unexpected',
      { profile: machineProfile({ resource: ['https://r.example.com'] }) },
      /“https:\/\/r\.example\.com”/,
    ],
    'the client as audience': [
      'aud_is_client',
      { claims: { ...good, aud: 'machine-client' } },
      /meant for the client itself/,
    ],
    'no issuer': ['iss_missing', { claims: { ...good, iss: undefined } }, /iss is missing/],
    'an issuer that is no string': ['iss_type', { claims: { ...good, iss: 7 } }, /iss is not a string/],
    'another issuer': [
      'issuer_differs',
      { claims: { ...good, iss: 'https://evil.example.com' } },
      /“https:\/\/evil\.example\.com”, the profile says “https:\/\/as\.example\.com”/,
    ],
    'an issuer that differs by a slash': [
      'issuer_slash',
      { claims: { ...good, iss: 'https://as.example.com/' } },
      /by a slash/,
    ],
    'a profile with a slash too many': [
      'issuer_slash',
      { profile: machineProfile({ issuer: 'https://as.example.com/' }) },
      /by a slash/,
    ],
    'a dropped scope': [
      'scopes_dropped',
      { tokens: { requested_scopes: ['orders.read', 'orders.write'] } },
      /not granted: “orders\.write”/,
    ],
    'a scope that is not in the token': [
      'scopes_missing',
      { tokens: { scope: 'orders.read x', requested_scopes: ['orders.read', 'x'] } },
      /not in the token: “x”/,
    ],
    'a scope too many': [
      'scopes_added',
      { claims: { ...good, scope: 'orders.read admin' } },
      /Not asked for, but there: “admin”/,
    ],
    'the wrong type for RFC 9068': [
      'typ_not_at_jwt',
      { header: { alg: 'RS256', typ: 'JWT' }, claims: { ...good, client_id: 'c', jti: 'j' } },
      /“JWT”, not “at\+jwt”/,
    ],
    'an ID token in its place': [
      'id_token_as_access_token',
      { claims: { ...good, scope: undefined, nonce: 'n', aud: 'machine-client' } },
      /looks like an ID token/,
    ],
    'personal data': [
      'personal_data',
      { claims: { ...good, email: 'a@b.c', phone_number: '1' } },
      /personal data: email, phone_number/,
    ],
    'a token bound to a DPoP key': [
      'sender_constrained',
      { claims: { ...good, cnf: { jkt: 'x' } } },
      /bound to a DPoP key/,
    ],
    'a token bound to a certificate': [
      'sender_constrained',
      { claims: { ...good, cnf: { 'x5t#S256': 'x' } } },
      /client certificate/,
    ],
    'a key in the header': [
      'key_in_header',
      { header: { alg: 'RS256', typ: 'at+jwt', jku: 'https://evil.example.com/keys' } },
      /header itself names the key .*jku/,
    ],
    'critical extensions': ['crit', { header: { alg: 'RS256', typ: 'at+jwt', crit: ['exp2'] } }, /“exp2”/],
    'a token inside': [
      'nested',
      { header: { alg: 'RS256', typ: 'at+jwt', cty: 'JWT' } },
      /another token inside/,
    ],
    'another token type': ['token_type', { tokens: { token_type: 'DPoP' } }, /type “DPoP”/],
    'a token that is none': ['token_type', { tokens: { token_type: 'N_A' } }, /not an access token.*“N_A”/],
    'a bearer token where a bound one was asked for': [
      'dpop_ignored',
      { profile: machineProfile({ dpop: true }) },
      /bound to a key was asked for \(DPoP\), and a bearer token came/,
    ],
    'another end in the response': [
      'expiry_differs',
      { tokens: { expires_at: now + 9_000_000 } },
      /disagree about its end/,
    ],
    'a very long token': ['large', { claims: { ...good, x: 'x'.repeat(9000) } }, /12,\d\d\d characters/],
    'an invalid signature': [
      'signature_invalid',
      {
        state: {
          signatures: {
            access: { kind: 'invalid', alg: 'RS256', kid: 'k', from: 'https://as.example.com/jwks' },
          },
        },
      },
      /Signature invalid/,
    ],
    'a key that is gone': [
      'signature_key_not_found',
      {
        state: {
          signatures: { access: { kind: 'key_not_found', alg: 'RS256', kid: 'k', from: 'f', keys: 2 } },
        },
      },
      /not among the server’s keys/,
    ],
    'an opaque token without an end': [
      'end_unknown',
      { tokens: { access_token: 'opaque', expires_at: undefined } as never },
      /unknown when/,
    ],
  };
  for (const [name, [code, shown, said]] of Object.entries(cases))
    it(`says of ${name}: ${code}`, () => {
      const found = findings(view(shown)).find((one) => one.code === code);
      assert.ok(found, codes(view(shown)).join(', '));
      assert.match(found.message, said);
      assert.ok(found.reason.length > 20);
      assert.ok((found.source?.text ?? '') !== '');
    });

  it('says once that nobody named an end, and still what else deviated', () => {
    const deviations = [
      { code: 'expires_in_missing', message: 'No expires_in.', source: 'RFC 6749 section 5.1' },
      { code: 'token_type_missing', message: 'No token_type.', source: 'RFC 6749 section 5.1' },
    ];
    const access = (expires_at?: number) =>
      view({ tokens: { access_token: 'opaque', expires_at } as never, input: { deviations } });
    assert.deepEqual(
      [...codes(access())].filter((code) => /end_|expires/.test(code)),
      ['end_unknown'],
    );
    assert.ok(codes(access()).includes('deviation_token_type_missing'));
    assert.ok(codes(access(Date.now())).includes('deviation_expires_in_missing'));
  });

  it('takes a token that names its key for a bound one, whatever it is called', () => {
    const profile = machineProfile({ dpop: true });
    const found = codes(view({ profile, claims: { ...good, cnf: { jkt: 'x' } } }));
    assert.deepEqual(found, ['sender_constrained']);
  });

  it('says of a signature that is cut off: signature_missing', () => {
    const access_token = madeUp({ alg: 'RS256', typ: 'at+jwt' }, good, '');
    assert.ok(codes(view({ tokens: { access_token } })).includes('signature_missing'));
  });

  it('says of an opaque token’s end what the response told', () => {
    const tokens = { access_token: 'opaque', expires_at: now - 1 };
    assert.deepEqual(codes(view({ tokens })), ['expired']);
    const long = { access_token: 'opaque', received_at: now, expires_at: now + 2 * 86_400_000 };
    assert.deepEqual(codes(view({ tokens: long })), ['long_lifetime']);
  });

  it('shows the response’s deviations with their sources', () => {
    const deviation = {
      code: 'token_type_missing',
      message: 'There is no token_type.',
      source: 'RFC 6749 section 5.1',
    };
    const [found] = findings(view({ input: { deviations: [deviation] } }));
    assert.equal(found?.code, 'deviation_token_type_missing');
    assert.deepEqual(found.source, {
      text: 'RFC 6749 section 5.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
    });
  });

  it('says why this provider does not grant a scope', () => {
    const knowledge = {
      notGranted: [
        { scopes: ['full'], grants: ['client_credentials'], why: 'Salesforce does not grant full here.' },
      ],
    };
    const model = view({ input: { knowledge }, tokens: { requested_scopes: ['orders.read', 'full'] } });
    assert.match(findings(model)[0]?.reason ?? '', /Salesforce does not grant full here/);
    assert.equal(
      model.scopes?.rows.find(({ scope }) => scope === 'full')?.text,
      'Dropped: Salesforce does not grant full here.',
    );
  });

  it('puts errors before warnings before notes', () => {
    const model = view({ claims: { ...good, email: 'a@b.c', aud: undefined, exp: at - 1 } });
    assert.deepEqual(
      findings(model).map(({ severity }) => severity),
      ['error', 'warning', 'note', 'note'],
    );
  });
});

describe('findings about an ID token', () => {
  const profile = userProfile();
  const claims = {
    iss: 'https://as.example.com',
    sub: 'u',
    aud: 'native-client',
    iat: at - 60,
    exp: at + 60,
    nonce: 'n',
  };
  const idFindings = (over: object, header: object = { alg: 'RS256' }, asked: Partial<UserProfile> = {}) =>
    view({
      profile: { ...profile, ...asked },
      tokens: {
        requested_scopes: profile.scopes,
        scope: 'openid orders.read',
        id_token: madeUp(header, { ...claims, ...over }),
      },
    }).tokens.find(({ slot }) => slot === 'id')?.findings ?? [];
  const idView = (...shown: Parameters<typeof idFindings>) => idFindings(...shown).map(({ code }) => code);

  it('has nothing to say about a good one', () => assert.deepEqual(idView({}), []));

  it('is strict about audience, issuer, required claims and kind', () => {
    assert.deepEqual(idView({ aud: 'other' }), ['aud_unexpected']);
    assert.deepEqual(idView({ aud: undefined }), ['aud_missing']);
    assert.deepEqual(idView({ iss: 'https://x.example.com' }), ['issuer_differs']);
    assert.deepEqual(idView({ sub: undefined }), ['id_token_claims_missing']);
    assert.deepEqual(idView({ scope: 'a' }), ['id_token_scopes']);
    assert.deepEqual(idView({}, { alg: 'RS256', typ: 'at+jwt' }), ['access_token_as_id_token']);
    assert.deepEqual(idView({ exp: at - 1 }), ['expired']);
    assert.deepEqual(idView({}, { alg: 'none' }), ['alg_none']);
  });

  const essential = { essential: true };
  for (const [name, asked, came, said] of [
    ['all there', { email: null, acr: { values: ['1', 'phr'] } }, { email: '', acr: 'phr' }, ['note']],
    ['a list as it was asked for', { amr: { value: ['pwd', 'otp'] } }, { amr: ['pwd', 'otp'] }, ['note']],
    ['not there', { email: null, toString: {} }, {}, ['note', /not in the ID token: “email”, “toString”\.$/]],
    ['essential and not there', { email: essential }, {}, ['warning', /“email”/]],
    [
      'of another value',
      { acr: { ...essential, value: 'phr' }, email: null },
      { acr: '1' },
      ['warning', /not in the ID token: “email”\. .* another value than was asked for: “acr”/],
    ],
    [
      'of none of the values',
      { acr: { values: [] }, sub: { values: ['v', 7] } },
      { acr: 1 },
      ['warning', /“sub”/],
    ],
    ['nothing', {}, {}, []],
    ['no object', ['email'], {}, []],
  ] as const)
    it(`compares the claims that were asked for with those it holds: ${name}`, () => {
      const found = idFindings(came, undefined, { claims: { id_token: asked, userinfo: { name: null } } });
      const [severity, words] = said;
      assert.deepEqual(
        found.map((one) => [one.code, one.severity]),
        severity === undefined ? [] : [[words ? 'claims_differ' : 'claims_granted', severity]],
      );
      assert.match(found[0]?.message ?? '', words ?? /^(?:The ID token holds .*)?$/);
    });

  for (const [hint, came, said] of [
    ['ada@example.com', { email: 'bob@example.com' }, ['login_hint_other']],
    ['ada@example.com', { email: 'Ada@Example.com' }, []],
    ['ada@example.com', { email: 'ada@home.example', upn: 'ada@example.com' }, []],
    ['ada@example.com', { preferred_username: 'bob' }, []],
    ['ada', { preferred_username: 'bob', email: 'ada@example.com' }, ['login_hint_other']],
    ['U', { preferred_username: 'bob' }, []],
    ['ada', { preferred_username: 7 }, []],
  ] as const)
    it(`compares who was to sign in with who did: ${hint}, ${JSON.stringify(came)}`, () => {
      assert.deepEqual(idView(came, undefined, { loginHint: hint }), said);
    });
});

describe('the view model', () => {
  it('explains every claim of RFC 9068 with its source', () => {
    const [token] = view({ header: rfc9068Header, claims: rfc9068Claims }).tokens;
    for (const { name, meaning, source } of token?.payload?.rows ?? []) {
      assert.ok(meaning !== undefined && meaning.length < 120, name);
      assert.match(source?.text ?? '', /^RFC \d+ section/);
    }
    assert.equal(token?.payload?.rows.length, 8);
    assert.equal(token.format, 'JWT access token (RFC 9068), signed with RS256.');
  });

  it('gives times as moments, and leaves the rest as it is', () => {
    const rows = view({}).tokens[0]?.payload?.rows ?? [];
    assert.deepEqual(
      rows.find(({ name }) => name === 'exp'),
      {
        name: 'exp',
        value: String(good.exp),
        kind: 'time',
        at: good.exp * 1000,
        meaning: 'Expiry: the token must not be accepted from this moment on.',
        source: {
          text: 'RFC 7519 section 4.1.4',
          url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4',
        },
      },
    );
  });

  it('shows the ID token beside the access token, and the tab that was chosen', () => {
    const model = view({ tokens: { id_token: hs256 }, state: { tab: 'id' } });
    assert.deepEqual(
      model.tokens.map(({ slot, label }) => [slot, label]),
      [
        ['access', 'Access token'],
        ['id', 'ID token'],
      ],
    );
    assert.equal(model.tab, 'id');
    assert.equal(view({ state: { tab: 'id' } }).tab, 'access');
  });

  it('never holds the refresh token, wherever the response has it', () => {
    const refresh_token = 'rt-"RECOGNISE/ME"-123456';
    const body = JSON.stringify({
      access_token: 'x',
      refresh_token,
      nested: { refreshToken: 'OTHER-SECRET-654321' },
    });
    const form = new URLSearchParams({ refresh_token }).toString();
    for (const responseBody of [undefined, body, form]) {
      const input = { ...(responseBody !== undefined && { responseBody }) };
      const model = view({
        tokens: {
          refresh_token,
          extra: { client_secret: 'SHUSH-abcdef', a: [{ refreshToken: 'OTHER-SECRET-654321' }] },
        },
        input,
      });
      const text = JSON.stringify(model);
      for (const secret of ['RECOGNISE', 'OTHER-SECRET', 'SHUSH']) assert.ok(!text.includes(secret), secret);
      assert.equal(model.refreshTokenEnd, '123456');
      assert.ok(model.response?.text.includes('123456'));
      assert.equal(model.response?.raw, responseBody !== undefined);
    }
  });

  it('shows what a response holds besides the token, with meanings', () => {
    const { response } = view({ tokens: { extra: { instance_url: 'https://acme.my.salesforce.com' } } });
    assert.deepEqual(
      response?.rows.map(({ name, value }) => [name, value]),
      [
        ['token_type', 'Bearer'],
        ['scope', 'orders.read'],
        ['instance_url', 'https://acme.my.salesforce.com'],
      ],
    );
    assert.match(response.rows[2]?.meaning ?? '', /calls go there/);
  });

  it('offers what can be done: refresh only with a refresh token, the flow only when it is known', () => {
    assert.deepEqual(view({}).actions, [
      'insertBearer',
      'getToken',
      'introspectToken',
      'revokeToken',
      'compareTokens',
      'settings',
    ]);
    assert.deepEqual(view({ tokens: { refresh_token: 'r' }, input: { hasFlow: true } }).actions, [
      'insertBearer',
      'getToken',
      'refreshToken',
      'introspectToken',
      'revokeToken',
      'showFlow',
      'compareTokens',
      'settings',
    ]);
    // What the server has no address for would be refused.
    const server = { introspection_endpoint: 'https://as.example.com/introspect' };
    assert.deepEqual(view({ input: { server } }).actions, [
      ...['insertBearer', 'getToken', 'introspectToken', 'compareTokens', 'settings'],
    ]);
    assert.deepEqual(textView(hs256).actions, []);
    // A header in a file proves no key.
    assert.equal(view({ tokens: { token_type: 'DPoP' } }).actions[0], 'getToken');
  });

  it('sums up how many scopes came, asked for or not', () => {
    const asked = (...requested_scopes: string[]) =>
      view({ tokens: { requested_scopes, scope: 'a b c' }, claims: { ...good, scope: 'a b c' } }).scopes
        ?.summary;
    assert.deepEqual(
      [asked('a', 'b'), asked('a', 'b', 'd')],
      [
        'Both scopes asked for were granted. 1 more came unasked.',
        '2 of 3 scopes asked for can be used. 1 more came unasked.',
      ],
    );
  });

  it('says of each kind of token what it is', () => {
    const formats: Readonly<Record<string, RegExp>> = {
      [hs256]: /^JWT, signed with HS256/,
      [unsecured]: /^JWT, not signed/,
      [`${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`]:
        /^Encrypted token \(JWE, RSA-OAEP with A256GCM\)/,
      'mF_9.B5f-4.1JqM': /^Opaque token: not a JWT/,
      '00D5g00000ABCde!AQ4.kJ9': /^Opaque token: it looks like a Salesforce access token/,
      [hs256.slice(0, 90)]: /^Malformed JWT/,
    };
    for (const [token, format] of Object.entries(formats))
      assert.match(textView(token).tokens[0]?.format ?? '', format);
  });

  it('judges a pasted ID token as one', () => {
    const claims = {
      iss: 'https://as.example.com',
      sub: 'u',
      aud: 'c',
      iat: at,
      exp: at + 60,
      nonce: 'n',
      email: 'a@b.c',
    };
    const model = textView(madeUp({ alg: 'RS256' }, claims));
    assert.equal(model.tokens[0]?.label, 'ID token');
    assert.deepEqual(codes(model), []);
  });

  it('says why there is nothing to show', () => {
    assert.deepEqual(codes(textView('hello world')), ['no_token']);
    assert.deepEqual(codes(textView('')), ['empty']);
    assert.deepEqual(codes(textView('a'.repeat(2 * 1024 * 1024))), ['too_long']);
  });

  it('names each state of the signature', () => {
    const from = 'https://as.example.com/jwks';
    const states: readonly (readonly [SignatureProgress, string])[] = [
      [{ kind: 'checking' }, 'Checking the signature…'],
      [{ kind: 'valid', alg: 'RS256', kid: 'k', from }, 'Signature valid'],
      [{ kind: 'invalid', alg: 'RS256', from }, 'Signature invalid'],
      [{ kind: 'key_not_found', alg: 'RS256', kid: 'k', from, keys: 1 }, 'Key not found'],
      [{ kind: 'can_check', issuer: 'https://as.example.com' }, 'Signature not checked'],
      [{ kind: 'not_checked', why: 'alg_none' }, 'Not signed'],
      [{ kind: 'not_checked', why: 'opaque' }, 'No signature'],
      [
        { kind: 'not_checked', why: 'fetch_failed', detail: 'as.example.com refused the connection.' },
        'Signature not checked',
      ],
    ];
    for (const [access, title] of states) {
      const signature = view({ state: { signatures: { access } } }).tokens[0]?.signature;
      assert.equal(signature?.title, title);
      assert.ok(signature.detail.length > 10);
    }
  });

  it('limits what it sends: rows, values, texts', () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`claim${index}`, index]));
    const [token] = view({ claims: { ...good, big: 'x'.repeat(100_000), ...many } }).tokens;
    assert.equal(token?.payload?.rows.length, 1000);
    assert.equal(token.payload.more, 2007);
    assert.equal(token.payload.text.length, 65_536);
    assert.ok(JSON.stringify(token).length < 200_000);
  });

  it('follows a server’s JSON only so deep, and hides a refresh token of any length', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    for (const value of ['x'.repeat(1_000_000), '\\"'.repeat(400_000)]) {
      const responseBody = `{"refresh_token":"${value}-ends-here"}`;
      const model = view({ tokens: { extra: { deep } }, input: { responseBody } });
      assert.equal(model.response?.text, '{"refresh_token":"…s-here"}');
    }
  });

  it('knows when it will have to say something else', () => {
    const reading = readTokens({ kind: 'profile', profile: machineProfile(), tokens: tokenSet() });
    assert.equal(nextChange(reading, now), good.exp * 1000);
    assert.equal(nextChange(reading, good.exp * 1000 + 1), undefined);
  });

  it('never throws, whatever stands in a token, and passes markup on as text', () => {
    const claims = fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'iss',
          'aud',
          'exp',
          'iat',
          'nbf',
          'scope',
          'scp',
          'roles',
          'cnf',
          'cty',
          'alg',
          'typ',
          'crit',
          '__proto__',
        ),
        fc.string({ unit: 'binary' }),
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom<unknown>('<img src=x onerror=alert(1)>', -1, 1e308, 1e15, '9'.repeat(400)),
      ),
    );
    fc.assert(
      fc.property(claims, claims, (header, payload) => {
        const model = view({ header, claims: payload });
        assert.ok(model.tokens.length === 1);
        const [token] = textView(madeUp(header, payload)).tokens;
        assert.ok(token === undefined || token.findings.every(({ reason }) => reason !== ''));
      }),
      { numRuns: 500 },
    );
    const row = view({ claims: { ...good, name: '<b>bold</b>' } }).tokens[0]?.payload?.rows.find(
      ({ name }) => name === 'name',
    );
    assert.equal(row?.value, '<b>bold</b>');
  });
});
