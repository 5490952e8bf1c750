import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type Provider from 'oidc-provider';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { publicJwk } from '../../../src/core/authentication/privateKey.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { isSilent } from '../../../src/core/grants/all.ts';
import { jwtBearer } from '../../../src/core/grants/jwtBearer.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { secret, startProvider } from '../oauth/support/provider.ts';

const exchangeType = 'urn:ietf:params:oauth:grant-type:token-exchange';
const jwtType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const samlType = 'urn:ietf:params:oauth:grant-type:saml2-bearer';
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const pem = String(signer.export({ type: 'pkcs8', format: 'pem' }));

const client = {
  ...{ client_id: 'c', client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' as const },
  grant_types: ['client_credentials', exchangeType, jwtType, samlType],
  ...{ redirect_uris: [], response_types: [], scope: 'orders.read orders.write' },
};

/** The custom grants of this server, each held to its own token model: what oidc-provider leaves to who runs it. */
function addGrants(provider: Provider): void {
  const issue = async (ctx: TokenEndpointGrantContext, scope: string) => {
    const token = new provider.ClientCredentials({ client: ctx.oidc.client, scope });
    ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: 600, scope };
  };
  const refuse = (ctx: { status: number; body: unknown }, error: string) => {
    ctx.status = 400;
    ctx.body = { error };
  };
  provider.registerGrantType(
    exchangeType,
    async (ctx) => {
      const { subject_token, subject_token_type, requested_token_type } = ctx.oidc.params as Record<
        string,
        string
      >;
      const subject = await provider.ClientCredentials.find(subject_token ?? '');
      if (subject === undefined || subject_token_type !== 'urn:ietf:params:oauth:token-type:access_token')
        refuse(ctx, 'invalid_request');
      else {
        await issue(ctx, 'orders.read');
        const issued_token_type = requested_token_type ?? subject_token_type;
        ctx.body = { ...(ctx.body as object), issued_token_type, token_type: 'N_A' };
      }
    },
    ['subject_token', 'subject_token_type', 'requested_token_type', 'scope', 'audience'],
  );
  provider.registerGrantType(
    jwtType,
    async (ctx) => {
      const keys = createLocalJWKSet({ keys: [publicJwk(pem, { kid: 'k1' })] });
      const assertion = String((ctx.oidc.params as Record<string, string>)['assertion']);
      const audience = `${provider.issuer}/token`;
      try {
        const { payload } = await jwtVerify(assertion, keys, { audience, subject: 'ada@example.com' });
        assert.ok(payload.jti);
        await issue(ctx, 'orders.read');
      } catch {
        refuse(ctx, 'invalid_grant');
      }
    },
    ['assertion', 'scope'],
  );
  provider.registerGrantType(
    samlType,
    async (ctx) => {
      const xml = Buffer.from(String((ctx.oidc.params as Record<string, string>)['assertion']), 'base64url');
      if (xml.toString().startsWith('<saml:Assertion')) await issue(ctx, 'orders.read');
      else refuse(ctx, 'invalid_grant');
    },
    ['assertion', 'scope'],
  );
}

function sent({ exchanges }: FlowReport): URLSearchParams {
  return new URLSearchParams(exchanges.find(({ purpose }) => purpose === 'token')?.request.body);
}

/** Where the flow view says that a parameter of the token request is defined. */
function sourceOf(parameter: string, flow: FlowReport): string {
  const { steps } = flowView({ state: 'ended', flow }, {});
  const sent = steps.flatMap(({ request }) => request.groups.flatMap(({ parameters }) => parameters));
  return sent.find(({ name }) => name === parameter)?.source ?? '';
}

describe('grants that hand something in, at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    issuer = await startProvider({ after: (close) => (stop = close) }, { clients: [client] }, addGrants);
  });
  after(() => stop());

  function profileAt(grant: string, over: Record<string, unknown> = {}): Profile {
    const clientAuthentication = 'client_secret_basic';
    const parsed = parseProfile({ id: 'p', grant, issuer, clientId: 'c', clientAuthentication, ...over });
    if ('profile' in parsed) return parsed.profile;
    throw new Error(JSON.stringify(parsed.problems));
  }
  const deps = (input?: string) =>
    flowDeps({ secret: () => Promise.resolve(secret), input: () => Promise.resolve(input) });
  const run = (profile: Profile, input?: string) => runFlow(profile.grant, profile, deps(input));

  it('exchange a token of another flow, and say what came', async () => {
    const machine = profileAt('client_credentials', { scopes: ['orders.read', 'orders.write'] });
    const machineRun = await run({ ...machine, audience: 'https://api.example.com' });
    const subject = tokensOf(await run(machine)).access_token;
    const profile = profileAt('token_exchange', {
      scopes: ['orders.read'],
      audience: 'https://api.example.com',
    });
    const report = await run(profile, subject);
    const tokens = tokensOf(report);
    assert.notEqual(tokens.access_token, subject);
    assert.equal(tokens.token_type, 'N_A');
    assert.deepEqual(
      report.exchanges.flatMap(({ deviations }) => deviations),
      [],
    );
    assert.equal(tokens.extra['issued_token_type'], 'urn:ietf:params:oauth:token-type:access_token');
    const form = sent(report);
    assert.equal(form.get('subject_token_type'), 'urn:ietf:params:oauth:token-type:access_token');
    assert.equal(form.get('audience'), 'https://api.example.com');
    const view = JSON.stringify(flowView({ state: 'ended', flow: report }, {}));
    assert.equal(view.includes(subject), false);
    assert.match(view, /Exchange the token/);
    assert.equal(sourceOf('audience', report), 'RFC 8693 section 2.1');
    assert.match(sourceOf('audience', machineRun), /^Auth0/);
    const refused = failureOf(await run(profile, 'a-token-of-nobody'), 'oauth_error');
    assert.equal(refused.body.error, 'invalid_request');
    assert.equal(JSON.stringify(refused).includes('a-token-of-nobody'), false);
  });

  it('name who acts for the subject, with the token of another profile', async () => {
    const asked: string[] = [];
    const profile = profileAt('token_exchange', { actorProfile: 'service' });
    const report = await runFlow(profile.grant, profile, {
      ...deps(),
      input: (_profile, { what, fromProfile }) => {
        asked.push(`${what} ${fromProfile ?? ''}`);
        return Promise.resolve(`the-${what}`);
      },
    });
    const form = sent(report);
    assert.deepEqual(asked, ['subject_token subjectProfile', 'actor_token actorProfile']);
    assert.equal(form.get('actor_token'), 'the-actor_token');
    assert.equal(form.get('actor_token_type'), 'urn:ietf:params:oauth:token-type:access_token');
    const view = JSON.stringify(flowView({ state: 'ended', flow: report }, {}));
    assert.equal(view.includes('the-actor_token'), false);
    const none = await runFlow(profile.grant, profile, {
      ...deps(),
      input: (_profile, { what }) => Promise.resolve(what === 'subject_token' ? 'x' : undefined),
    });
    assert.match(failureOf(none, 'secret_missing').message, /has no actor token/);
  });

  it('say of which type the actor’s token is, and ask for it where no profile has it', async () => {
    const actorTokenType = 'urn:ietf:params:oauth:token-type:saml2';
    const profile = profileAt('token_exchange', { actorTokenType });
    const form = sent(await runFlow(profile.grant, profile, deps('x')));
    assert.deepEqual([form.get('actor_token'), form.get('actor_token_type')], ['x', actorTokenType]);
    const nobody = sent(await run(profileAt('token_exchange'), 'x'));
    assert.deepEqual([nobody.has('actor_token'), nobody.has('actor_token_type')], [false, false]);
  });

  /** @see RFC 8693 section 3: a token of type saml1 or saml2 is the assertion in base64url */
  it('hand in a SAML assertion in base64url where the type says that it is one, in whatever form it was pasted', async () => {
    const xml = '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_ä?"/>';
    const encoded = Buffer.from(xml).toString('base64url');
    const type = (name: string) => `urn:ietf:params:oauth:token-type:${name}`;
    for (const given of [xml, `\n${xml}\n`, Buffer.from(xml).toString('base64'), encoded])
      for (const name of ['saml1', 'saml2']) {
        const over = { subjectTokenType: type(name), actorTokenType: type(name) };
        const report = await run(profileAt('token_exchange', over), given);
        const form = sent(report);
        assert.deepEqual([form.get('subject_token'), form.get('actor_token')], [encoded, encoded]);
        const shown = JSON.stringify([report.outcome, flowView({ state: 'ended', flow: report }, {})]);
        assert.equal(shown.includes(encoded), false);
      }
    const other = profileAt('token_exchange', { subjectTokenType: type('saml2') });
    assert.equal(sent(await run(other, 'of-another-form')).get('subject_token'), 'of-another-form');
    const plain = profileAt('token_exchange', { subjectTokenType: type('jwt') });
    assert.equal(sent(await run(plain, '<opaque>')).get('subject_token'), '<opaque>');
  });

  it('send no SAML assertion that is none, or several, and of a whole response the assertion alone', async () => {
    const xml = '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a"/>';
    const one = '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a"></saml:Assertion>';
    const profile = profileAt('token_exchange', {
      subjectTokenType: 'urn:ietf:params:oauth:token-type:saml2',
    });
    for (const [given, said] of [
      [`<r>${xml}${xml}</r>`, /several assertions/],
      ['<html>', /no SAML 2\.0 Assertion/],
    ] as const) {
      const report = await run(profile, given);
      assert.match(failureOf(report, 'secret_missing').message, said);
      assert.ok(report.exchanges.every(({ purpose }) => purpose !== 'token'));
    }
    const handed = sent(await run(profile, `<r>${one}</r>`)).get('subject_token') ?? '';
    assert.equal(Buffer.from(handed, 'base64url').toString(), one);
  });

  it('send what was pasted without the header field, the scheme and the quotes that it was copied with', async () => {
    const jwt = await new SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'ES256' }).sign(signer);
    const copied = (token: string) => [
      ...[`Bearer ${token}`, `bearer  ${token}\n`, `DPoP ${token}`, `Authorization: Bearer ${token}`],
      ...[`authorization:${token}`, `"${token}"`, `'Bearer ${token}'`, `Bearer "${token}"`, ` ${token}\r\n`],
    ];
    const profile = profileAt('token_exchange', { actorTokenType: 'urn:ietf:params:oauth:token-type:jwt' });
    for (const token of [jwt, 'opaque+/token=='])
      for (const given of copied(token)) {
        const form = sent(await run(profile, given));
        assert.deepEqual([form.get('subject_token'), form.get('actor_token')], [token, token], given);
      }
    for (const given of copied(jwt)) {
      const assertion = sent(await run(profileAt('jwt_bearer'), given)).get('assertion');
      assert.equal(assertion, jwt, given);
      const read = await jwtBearer.input?.read?.(given);
      assert.equal(read?.kind === 'read' && read.text, jwt);
    }
    for (const given of copied('refresh~token')) {
      const report = await run(profileAt('refresh_token'), given);
      assert.equal(sent(report).get('refresh_token'), 'refresh~token');
      assert.doesNotMatch(JSON.stringify(flowView({ state: 'ended', flow: report }, {})), /refresh~token/);
    }
    // Nothing else is a token that was copied with something.
    for (const given of ['Bearer', 'two words', 'Bearer of two', '"'])
      assert.equal(sent(await run(profile, given)).get('subject_token'), given);
  });

  it('note a response that does not say what was issued, unless a type was asked for', async () => {
    const answered = async (body: object, over: Record<string, unknown> = {}) => {
      const profile = profileAt('token_exchange', over);
      const answer = () =>
        Promise.resolve(Response.json({ access_token: 'a', token_type: 'Bearer', expires_in: 60, ...body }));
      const at: FlowDeps['fetch'] = (url, init) => (url.endsWith('/token') ? answer() : fetch(url, init));
      const report = await runFlow(profile.grant, profile, { ...deps('x'), fetch: at });
      tokensOf(report);
      return report.exchanges.flatMap(({ deviations }) => deviations.map(({ code }) => code));
    };
    const type = 'urn:ietf:params:oauth:token-type:access_token';
    assert.deepEqual(await answered({}), ['issued_token_type_missing']);
    assert.deepEqual(await answered({ issued_token_type: 7 }), ['issued_token_type_missing']);
    assert.deepEqual(await answered({ issued_token_type: type }), []);
    assert.deepEqual(await answered({}, { requestedTokenType: type }), []);
  });

  it('are silent only when nobody has to paste anything', () => {
    assert.equal(isSilent(profileAt('token_exchange')), false);
    assert.equal(isSilent(profileAt('token_exchange', { subjectProfile: 'other' })), true);
    const actorTokenType = 'urn:ietf:params:oauth:token-type:jwt';
    const pasted = { subjectProfile: 'other', actorTokenType };
    assert.equal(isSilent(profileAt('token_exchange', pasted)), false);
    assert.equal(isSilent(profileAt('token_exchange', { ...pasted, actorProfile: 'service' })), true);
    assert.equal(isSilent(profileAt('jwt_bearer')), true);
  });

  it('sign an assertion with a key, whose claims the profile says', async () => {
    const profile = profileAt('jwt_bearer', { keyId: 'k1', assertionClaims: { sub: 'ada@example.com' } });
    const report = await run(profile, pem);
    assert.ok(tokensOf(report).access_token);
    const assertion = sent(report).get('assertion') ?? '';
    const { iss, aud, exp = 0, iat = 0 } = decodeJwt(assertion);
    assert.deepEqual([iss, aud, exp - iat], ['c', `${issuer}/token`, 60]);
    const shown = JSON.stringify(flowView({ state: 'ended', flow: report }, {}));
    assert.equal(shown.includes(assertion), false);
    const other = await run(profileAt('jwt_bearer', { keyId: 'k1' }), pem);
    assert.equal(failureOf(other, 'oauth_error').body.error, 'invalid_grant');
  });

  it('hand in an assertion that was issued elsewhere, and send none that has ended', async () => {
    const jwt = (exp: number) =>
      new SignJWT({ iss: 'c', sub: 'ada@example.com', aud: `${issuer}/token`, jti: 'j', exp })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .sign(signer);
    const now = Math.floor(Date.now() / 1000);
    const profile = profileAt('jwt_bearer');
    assert.ok(tokensOf(await run(profile, await jwt(now + 600))).access_token);
    const late = await run(profile, await jwt(now - 1));
    assert.match(failureOf(late, 'secret_missing').message, /ended at/);
    assert.equal(
      late.exchanges.some(({ purpose }) => purpose === 'token'),
      false,
    );
  });

  it('leave an end that is no time to the server', async () => {
    for (const exp of ['soon', '1', null, true, -1e300]) {
      const jwt = [
        { alg: 'ES256', kid: 'k1' },
        { iss: 'c', exp },
      ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
      const report = await run(profileAt('jwt_bearer'), [...jwt, 'AAAA'].join('.'));
      assert.equal(failureOf(report, 'oauth_error').body.error, 'invalid_grant', String(exp));
    }
  });

  it('say what an assertion that is pasted says, before it is sent', async () => {
    const told = async (claims: JWTPayload) => {
      const jwt = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(signer);
      const read = await jwtBearer.input?.read?.(`  ${jwt}\n`);
      assert.ok(read?.kind === 'read' && read.text === jwt);
      return read.told;
    };
    assert.equal(
      await told({ iss: 'c', sub: 'ada', aud: [issuer, 'x'], iat: 1, exp: 4_000_000_000, jti: 'j' }),
      `The assertion says iss c, sub ada, aud ["${issuer}","x"], and is good until 2096-10-02T07:06:40.000Z.`,
    );
    assert.equal(await told({}), 'The assertion says nothing, and names no end.');
    for (const exp of [1e300, -1e300, 'soon', null])
      assert.match((await told({ iss: 'c', exp: exp as number })) ?? '', /names no end/);
    assert.match(
      (await told({ sub: `a\u202Eb${'x'.repeat(9000)}` })) ?? '',
      /sub abx{100,}…, and names no end/,
    );
    const key = await jwtBearer.input?.read?.(pem);
    assert.ok(key?.kind === 'read' && key.told === undefined);
  });

  it('hand in a user’s token on behalf of the user, as Entra wants it', async () => {
    const token = await new SignJWT({ iss: issuer, sub: 'ada', aud: 'c', scp: 'access_as_user' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setExpirationTime('10m')
      .sign(signer);
    const tokenParameters = { requested_token_use: 'on_behalf_of' };
    const report = await run(profileAt('jwt_bearer', { tokenParameters, scopes: ['orders.read'] }), token);
    const { assertion, grant_type, requested_token_use, scope } = Object.fromEntries(sent(report));
    assert.deepEqual([assertion, grant_type], [token, jwtType]);
    assert.deepEqual([requested_token_use, scope], ['on_behalf_of', 'orders.read']);
    const asked = report.exchanges.find(({ purpose }) => purpose === 'token');
    assert.ok(asked?.request.headers.some(([name]) => name.toLowerCase() === 'authorization'));
  });

  it('hand in a SAML assertion in base64url, and send none that has ended', async () => {
    const xml = (end: string) =>
      `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:Conditions NotOnOrAfter="${end}"/></saml:Assertion>`;
    const authorizationDetails = [{ type: 'payment' }];
    const profile = profileAt('saml2_bearer', { scopes: ['orders.read'], authorizationDetails });
    const good = await run(profile, xml('2999-01-01T00:00:00Z'));
    assert.ok(tokensOf(good).access_token);
    assert.match(sent(good).get('assertion') ?? '', /^[\w-]+$/);
    assert.equal(sent(good).get('authorization_details'), JSON.stringify(authorizationDetails));
    const late = await run(profile, xml('2020-01-01T00:00:00Z'));
    assert.match(failureOf(late, 'secret_missing').message, /ended at 2020-01-01/);
    assert.equal(
      late.exchanges.some(({ purpose }) => purpose === 'token'),
      false,
    );
  });

  for (const grant of ['token_exchange', 'jwt_bearer', 'saml2_bearer'])
    it(`ask for nothing where the token endpoint is another server’s: ${grant}`, async () => {
      const tokenEndpoint = 'http://127.0.0.1:9/token';
      const profile = profileAt(grant, { tokenEndpoint, clientAuthentication: 'none' });
      const input = () => Promise.reject(new Error('It must not be asked for.'));
      failureOf(await runFlow(grant, profile, flowDeps({ input })), 'invalid_profile');
    });
});
