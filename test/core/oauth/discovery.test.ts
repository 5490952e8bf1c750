import assert from 'node:assert/strict';
import { grantOf } from '../../../src/core/grants/all.ts';
import { describe, it, type TestContext } from 'node:test';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { knowsOneService } from '../../../src/core/diagnose/oneService.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { originOf } from '../../../src/core/http/urlHost.ts';
import { discover } from '../../../src/core/oauth/discovery.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import type { CodeRoute } from '../../../src/core/oauth/requireOneServer.ts';
import { serverMetadata } from '../../../src/core/oauth/serverMetadata.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { ManualClock } from '../../support/clock.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { fakeServer } from './support/fakeServer.ts';
import { json, serveSeen } from './support/serve.ts';

type Documents = Readonly<Record<string, (issuer: string) => unknown>>;

/** A server with these documents at these paths; everything else is not found. */
async function publishing(context: TestContext, documents: Documents) {
  const { origin, seen } = await serveSeen(context, ({ url }, response) => {
    const document = documents[url];
    if (document === undefined)
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
    else json(response, document(origin));
  });
  return { origin, paths: () => seen.map(({ url }) => url) };
}

function discovering() {
  const trace = new Trace();
  const signal = new AbortController().signal;
  const common = { clock: new ManualClock(Date.now()), trace };
  const fetch = recordingFetch({
    ...common,
    signal,
    timeout: 5000,
    fetch: (url, init) => globalThis.fetch(url, init),
  });
  return { ...common, fetch, metadata: new MetadataCache() };
}

const metadataFor = (profile: Profile) => serverMetadata(profile, discovering(), grantOf(profile));
const openid = '/.well-known/openid-configuration';
const oauth = '/.well-known/oauth-authorization-server';

describe('discovery', () => {
  it('appends for OpenID Connect, and inserts for RFC 8414 when that fails', async (context) => {
    const documents = {
      [`${oauth}/tenant/a`]: (origin: string) => ({
        issuer: `${origin}/tenant/a`,
        token_endpoint: `${origin}/t`,
      }),
    };
    const { origin, paths } = await publishing(context, documents);
    const found = await discover(`${origin}/tenant/a`, discovering());
    assert.equal(found.kind, 'rfc8414');
    assert.equal(found.server.token_endpoint, `${origin}/t`);
    assert.deepEqual(paths(), [`/tenant/a${openid}`, `${oauth}/tenant/a`]);
  });

  it('takes the OpenID Connect document without asking for the other one', async (context) => {
    const { origin, paths } = await publishing(context, {
      [`/id${openid}`]: (self) => ({ issuer: `${self}/id` }),
    });
    const found = await discover(`${origin}/id`, discovering());
    assert.equal(found.kind, 'openid');
    assert.deepEqual(paths(), [`/id${openid}`]);
  });

  it('takes another document when the first one names another issuer', async (context) => {
    const { origin } = await publishing(context, {
      [openid]: () => ({ issuer: 'https://other.example' }),
      [oauth]: (self) => ({ issuer: self }),
    });
    assert.equal((await discover(origin, discovering())).kind, 'rfc8414');
  });

  it('refuses metadata of another issuer, also one that differs by a slash', async (context) => {
    for (const issuer of ['https://evil.example', (origin: string) => `${origin}/id/`]) {
      const { origin } = await publishing(context, {
        [`/id${openid}`]: (self) => ({ issuer: typeof issuer === 'string' ? issuer : issuer(self) }),
      });
      const report = await runFlow(
        'client_credentials',
        machineProfile({ issuer: `${origin}/id` }),
        flowDeps(),
      );
      const failure = failureOf(report, 'issuer_mismatch');
      assert.equal(failure.step, 'discovery');
      assert.equal(failure.expected, `${origin}/id`);
      assert.equal(failure.received, typeof issuer === 'string' ? issuer : issuer(origin));
    }
  });

  it("takes Entra's issuer template from Entra's own hosts only", async (context) => {
    const at = (issuer: string, named: string) => {
      const fetch = () => () =>
        Promise.resolve(Response.json({ issuer: named, token_endpoint: `${issuer}/token` }));
      return discover(issuer, { ...discovering(), fetch, metadata: new MetadataCache() });
    };
    const entra = 'https://login.microsoftonline.com';
    const found = await at(`${entra}/common/v2.0`, `${entra}/{tenantid}/v2.0`);
    assert.equal(found.server.issuer, `${entra}/{tenantid}/v2.0`);
    for (const [issuer, named] of [
      [`${entra}/common/v2.0`, 'https://evil.example/{tenantid}/v2.0'],
      [`${entra}/common/v2.0`, 'https://{tenantid}'],
      [`${entra}/common/v2.0`, '{tenantid}'],
      ['https://evil.example/common/v2.0', 'https://{tenantid}'],
      ['https://evil.example/common/v2.0', 'https://evil.example/{tenantid}/v2.0'],
      [
        'https://evil-login.microsoftonline.com/c/v2.0',
        'https://evil-login.microsoftonline.com/{tenantid}/v2.0',
      ],
    ] as const)
      await assert.rejects(at(issuer, named), /not of|not a JSON document|not a URL/, named);
    const { origin } = await publishing(context, {
      [`/common/v2.0${openid}`]: (self) => ({ issuer: `${self}/{tenantid}/v2.0`, token_endpoint: self }),
    });
    await assert.rejects(discover(`${origin}/common/v2.0`, discovering()), /not of/);
  });

  it('takes the id Entra gives for a tenant that was asked for by its domain, and no other difference', async (context) => {
    const id = '3b3bd8c6-d2f6-4f0c-8fb1-6f0f4c1a0300';
    const other = '9188040d-6c67-4c5b-b112-36a304b66dad';
    const document = (issuer: string) => ({ issuer, token_endpoint: `${issuer}/token` });
    const { origin } = await publishing(context, {
      [`/contoso.com/v2.0${openid}`]: (self) => document(`${self}/${id}/v2.0`),
      [`/elsewhere.com/v2.0${openid}`]: () => document(`https://evil.example/${id}/v2.0`),
      [`/no-id.com/v2.0${openid}`]: (self) => document(`${self}/fabrikam.com/v2.0`),
      [`/path.com/v2.0${openid}`]: (self) => document(`${self}/${id}/v1.0`),
      [`/${other}/v2.0${openid}`]: (self) => document(`${self}/${id}/v2.0`),
      [`/realm${openid}`]: (self) => document(`${self}/${id}`),
    });
    const found = await discover(`${origin}/contoso.com/v2.0`, discovering());
    assert.equal(found.server.issuer, `${origin}/${id}/v2.0`);
    for (const path of ['elsewhere.com/v2.0', 'no-id.com/v2.0', 'path.com/v2.0', `${other}/v2.0`, 'realm'])
      await assert.rejects(discover(`${origin}/${path}`, discovering()), /not of/, path);
  });

  it('says what to do when there is no metadata at all', async (context) => {
    const { origin } = await publishing(context, {});
    const report = await runFlow('client_credentials', machineProfile({ issuer: origin }), flowDeps());
    const failure = failureOf(report, 'metadata_missing');
    assert.equal(failure.missing, 'discovery document');
    assert.match(failure.message, /both well-known addresses answer 404/);
    assert.equal(report.exchanges.length, 2);
  });

  it('tells broken, unusable and redirected metadata apart', async (context) => {
    const cases = [
      ['[1]', 200, 'malformed_response'],
      ['<html>', 200, 'malformed_response'],
      ['{"issuer": 1}', 200, 'malformed_response'],
      ['{"issuer": "not a url"}', 200, 'issuer_mismatch'],
      ['down', 503, 'http_error'],
      ['', 302, 'redirected'],
    ] as const;
    for (const [body, status, kind] of cases) {
      const { origin } = await serveSeen(context, (_request, response) => {
        response
          .writeHead(status, { 'content-type': 'application/json', location: 'https://login.example/?x=1' })
          .end(body);
      });
      const report = await runFlow('client_credentials', machineProfile({ issuer: origin }), flowDeps());
      assert.equal(failureOf(report, kind).step, 'discovery');
    }
  });

  it('looks at all three places of an issuer with a path, and says which and what they answered', async (context) => {
    const { origin, paths } = await publishing(context, {});
    const report = await runFlow(
      'client_credentials',
      machineProfile({ issuer: `${origin}/a/b` }),
      flowDeps(),
    );
    const asked = [`/a/b${openid}`, `${oauth}/a/b`, `${openid}/a/b`];
    assert.deepEqual(paths(), asked);
    const failure = failureOf(report, 'metadata_missing');
    assert.match(failure.message, /all three well-known addresses answer 404/);
    assert.deepEqual(
      failure.tried,
      asked.map((path) => `${origin}${path}: status 404`),
    );
  });

  it('takes OpenID Connect’s document from between host and path', async (context) => {
    const { origin } = await publishing(context, {
      [`${openid}/tenant1`]: (self) => ({ issuer: `${self}/tenant1` }),
    });
    const found = await discover(`${origin}/tenant1`, discovering());
    assert.deepEqual([found.kind, found.server.issuer], ['openid', `${origin}/tenant1`]);
  });

  /** A server that answers `from` with a redirect to `to`, and what is there with metadata. */
  const redirecting = (
    context: TestContext,
    status: number,
    to: (origin: string) => string,
    again?: string,
  ) =>
    serveSeen(context, ({ url }, response) => {
      const issuer = `http://${response.req.headers.host}`;
      if (url === openid) response.writeHead(status, { location: to(issuer) }).end();
      else if (url === again) response.writeHead(301, { location: '/login' }).end();
      else if (url === `${openid}/`) json(response, { issuer, token_endpoint: `${issuer}/t` });
      else response.writeHead(404).end();
    });

  it('follows a redirect to the same path with a slash, on the same server, once, and says so', async (context) => {
    for (const [status, to] of [
      [301, (origin: string) => `${origin}${openid}/`],
      [308, () => `${openid}/`],
    ] as const) {
      const { origin, seen } = await redirecting(context, status, to);
      const report = await runFlow('client_credentials', machineProfile({ issuer: origin }), flowDeps());
      assert.deepEqual(seen.map(({ url }) => url).slice(0, 2), [openid, `${openid}/`]);
      const [first] = report.exchanges;
      assert.equal(first?.deviations[0]?.code, 'metadata_redirected');
      assert.ok(first.deviations[0].message.includes(`${origin}${openid}/`));
    }
    const twice = await redirecting(context, 301, () => `${openid}/`, `${openid}/`);
    const report = await runFlow('client_credentials', machineProfile({ issuer: twice.origin }), flowDeps());
    failureOf(report, 'redirected');
    assert.deepEqual(
      twice.seen.map(({ url }) => url),
      [openid, `${openid}/`, oauth],
    );
  });

  it('follows no other redirect: of another server, path or query', async (context) => {
    const { origin: elsewhere, paths } = await publishing(context, {
      [`${openid}/`]: (self) => ({ issuer: self }),
    });
    for (const to of [`${elsewhere}${openid}/`, `${openid}/?a=b`, '/login/', `//evil.example${openid}/`]) {
      const { origin, seen } = await redirecting(context, 302, () => to);
      const report = await runFlow('client_credentials', machineProfile({ issuer: origin }), flowDeps());
      assert.equal(failureOf(report, 'redirected').workingIssuer, undefined);
      assert.deepEqual(
        seen.map(({ url }) => url),
        [openid, oauth],
        to,
      );
    }
    assert.deepEqual(paths(), []);
  });

  it('does not ask a second time where nobody answers', async () => {
    const profile = machineProfile({ issuer: 'https://nonexistent.invalid' });
    const report = await runFlow('client_credentials', profile, flowDeps());
    failureOf(report, 'network');
    assert.equal(report.exchanges.length, 1);
  });

  it('forgets what it knows after five minutes, or when told to', () => {
    const clock = new ManualClock(0);
    const cache = new MetadataCache();
    const entry = { kind: 'openid', server: { issuer: 'https://a' } } as const;
    cache.set('https://a', entry, clock.now());
    clock.advance(299_999);
    assert.equal(cache.get('https://a', clock.now()), entry);
    clock.advance(1);
    assert.equal(cache.get('https://a', clock.now()), undefined);
    assert.equal(cache.last('https://a'), entry.server, 'what was published last is known all the same');
    assert.deepEqual([cache.last('https://c'), cache.last(undefined)], [undefined, undefined]);
    cache.set('https://a', entry, clock.now());
    cache.set('https://b', entry, clock.now());
    cache.clear('https://a');
    assert.equal(cache.get('https://a', clock.now()), undefined);
    assert.equal(cache.get('https://b', clock.now()), entry);
    cache.clear();
    assert.equal(cache.get('https://b', clock.now()), undefined);
  });
});

describe('the endpoints of a profile', () => {
  it('are those it names, then those of the metadata, and it is said which', async (context) => {
    const { origin } = await publishing(context, {
      [openid]: (self) => ({
        issuer: self,
        authorization_endpoint: `${self}/a`,
        token_endpoint: `${self}/t`,
        jwks_uri: `${self}/k`,
      }),
    });
    const typed = await metadataFor(userProfile({ issuer: origin, tokenEndpoint: `${origin}/mine` }));
    assert.equal(typed.server.token_endpoint, `${origin}/mine`);
    assert.equal(typed.published?.token_endpoint, `${origin}/t`);
    assert.deepEqual(typed.sources, {
      authorization_endpoint: 'openid',
      token_endpoint: 'profile',
      jwks_uri: 'openid',
    });
  });

  it('need no metadata when all are typed', async () => {
    const { issuer, ...profile } = userProfile({
      authorizationEndpoint: 'https://as.example.com/a',
      tokenEndpoint: 'https://as.example.com/t',
    });
    assert.ok(issuer);
    const metadata = await metadataFor(profile);
    assert.equal(metadata.issuerKnown, false);
    assert.equal(metadata.server.authorization_endpoint, 'https://as.example.com/a');
  });

  it('are used although the metadata of their issuer cannot be read', async (context) => {
    const { origin } = await publishing(context, {});
    const endpoints = { authorizationEndpoint: `${origin}/a`, tokenEndpoint: `${origin}/t` };
    const metadata = await metadataFor(userProfile({ issuer: origin, ...endpoints }));
    assert.equal(metadata.issuerKnown, true);
    assert.deepEqual(metadata.sources, { authorization_endpoint: 'profile', token_endpoint: 'profile' });
  });

  it('are named when they are missing', async (context) => {
    const { origin } = await publishing(context, {
      [openid]: (self) => ({ issuer: self, token_endpoint: `${self}/t` }),
    });
    const report = await runFlow('authorization_code', userProfile({ issuer: origin }), flowDeps());
    const failure = failureOf(report, 'metadata_missing');
    assert.equal(failure.missing, 'authorization_endpoint');
    assert.match(failure.message, /names no authorization endpoint/);
  });

  it('that are plain http are refused before anybody signs in, unless they are typed', async (context) => {
    for (const member of ['authorization_endpoint', 'token_endpoint'] as const) {
      const opened: string[] = [];
      const browser = { open: (url: string) => Promise.resolve(opened.push(url) > 0) };
      const { origin } = await publishing(context, {
        [openid]: (self) => ({
          issuer: self,
          authorization_endpoint: `${self}/a`,
          token_endpoint: `${self}/t`,
          [member]: 'http://inner.example/x',
        }),
      });
      const report = await runFlow(
        'authorization_code',
        userProfile({ issuer: origin }),
        flowDeps({ browser }),
      );
      const failure = failureOf(report, 'insecure_url');
      assert.deepEqual([failure.step, failure.member, opened], ['discovery', member, []]);
      assert.match(failure.message, /is not https \(http:\/\/inner\.example\/x\)/);
      const typed = userProfile({
        ...{ issuer: origin, authorizationEndpoint: `${origin}/a`, tokenEndpoint: `${origin}/t` },
      });
      assert.equal((await metadataFor(typed)).server.token_endpoint, `${origin}/t`);
    }
  });

  it('name the key set, typed or published', async (context) => {
    const { origin } = await publishing(context, {
      [openid]: (self) => ({ issuer: self, token_endpoint: `${self}/t`, jwks_uri: `${self}/published` }),
    });
    const { server, sources } = await metadataFor(
      machineProfile({ issuer: origin, jwksUri: `${origin}/typed` }),
    );
    assert.deepEqual([server.jwks_uri, sources.jwks_uri], [`${origin}/typed`, 'profile']);
    const { issuer, ...without } = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/t` });
    const typed = await metadataFor({ ...without, jwksUri: `${issuer}/typed` });
    assert.equal(typed.server.jwks_uri, `${origin}/typed`);
  });

  it('never make the browser open anything but a web page', async (context) => {
    for (const endpoint of ['javascript:alert(1)', 'file:///etc/passwd', 'http://as.example.com/authorize']) {
      let opened = false;
      const browser = { open: () => Promise.resolve((opened = true)) };
      const { origin } = await publishing(context, {
        [openid]: (self) => ({ issuer: self, authorization_endpoint: endpoint, token_endpoint: `${self}/t` }),
      });
      const report = await runFlow(
        'authorization_code',
        userProfile({ issuer: origin }),
        flowDeps({ browser }),
      );
      failureOf(report, 'insecure_url');
      assert.equal(opened, false);
    }
  });
});

describe('an authorization code', () => {
  it('is not asked for when it would go to a token endpoint of another origin', async (context) => {
    const { origin: elsewhere, paths } = await publishing(context, {});
    const documents: Documents = {
      [openid]: (self) => ({
        issuer: self,
        authorization_endpoint: `${self}/a`,
        token_endpoint: `${self}/t`,
      }),
    };
    // Also where the metadata cannot be read, so that nobody vouches for the other origin.
    for (const published of [documents, {}]) {
      const { origin: issuer } = await publishing(context, published);
      let opened = false;
      const browser = { open: () => Promise.resolve((opened = true)) };
      const profile = userProfile({
        issuer,
        authorizationEndpoint: `${issuer}/a`,
        tokenEndpoint: `${elsewhere}/token`,
        clientAuthentication: 'none',
      });
      const report = await runFlow('authorization_code', profile, flowDeps({ browser }));
      const failure = failureOf(report, 'invalid_profile');
      assert.match(failure.message, /the authorization code belongs to .* The sign-in was not started\.$/);
      assert.doesNotMatch(failure.advice, /secret/);
      assert.equal(opened, false);
    }
    assert.deepEqual(paths(), []);
  });

  it('is not asked for without issuer when its two endpoints are of two origins that no catalogue names', async (context) => {
    const server = await fakeServer(context, {
      token: () => ({ body: { access_token: 'x', token_type: 'Bearer' } }),
    });
    const { origin: elsewhere, paths } = await publishing(context, {});
    const typed = userProfile({ scopes: [] });
    Reflect.deleteProperty(typed, 'issuer');
    const mixed = {
      ...typed,
      authorizationEndpoint: `${server.issuer}/authorize`,
      tokenEndpoint: `${elsewhere}/token`,
    };
    const refused = await runFlow('authorization_code', mixed, flowDeps({ browser: new SignInBrowser() }));
    const failure = failureOf(refused, 'invalid_profile');
    assert.match(failure.message, /nothing says that they are one server’s\. The sign-in was not started\.$/);
    assert.ok(failure.message.includes(server.issuer) && failure.message.includes(elsewhere));
    assert.match(failure.advice, /Add the issuer/);
    assert.deepEqual([server.authorizations, paths()], [[], []]);
    // One origin, or a pair that is known, is signed in to.
    const own = { ...mixed, tokenEndpoint: `${server.issuer}/token` };
    tokensOf(await runFlow('authorization_code', own, flowDeps({ browser: new SignInBrowser() })));
    const deps = flowDeps({ browser: new SignInBrowser(), isOneService: () => Promise.resolve(true) });
    await runFlow('authorization_code', mixed, deps);
    assert.deepEqual(paths(), ['/token']);
  });

  it('may go to the second host of a provider in the catalogue, to exactly that pair of endpoints', async () => {
    const catalogue = await loadCatalogue('src/core/diagnose/providers');
    const profile = userProfile({
      authorizationEndpoint: 'https://linear.app/oauth/authorize',
      tokenEndpoint: 'https://api.linear.app/oauth/token',
    });
    const isKnown = (endpoints?: CodeRoute['endpoints']) =>
      knowsOneService(catalogue, {
        from: originOf(endpoints?.authorizationEndpoint) ?? '',
        to: originOf(endpoints?.tokenEndpoint) ?? '',
        ...(endpoints && { endpoints }),
      });
    assert.equal(isKnown(profile), true);
    assert.equal(isKnown({}), false);
    assert.equal(isKnown(), false);
    // Intuit publishes them beside an issuer, whose host is that of neither sign-in.
    const intuit = {
      authorizationEndpoint: 'https://appcenter.intuit.com/connect/oauth2',
      tokenEndpoint: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
    };
    assert.equal(isKnown(intuit), true);
    for (const tokenEndpoint of [
      'https://api.linear.app/oauth/token2',
      'https://api.box.com/oauth2/token',
      'https://api.linear.app.evil.example/oauth/token',
    ])
      assert.equal(isKnown({ ...profile, tokenEndpoint }), false, tokenEndpoint);
  });

  it('goes to another origin that its own server names', async (context) => {
    const token = await fakeServer(context, {
      token: () => ({ body: { access_token: 'x', token_type: 'Bearer' } }),
    });
    const server = await fakeServer(context, { metadata: { token_endpoint: `${token.issuer}/token` } });
    const profile = userProfile({ issuer: server.issuer, scopes: [], clientAuthentication: 'none' });
    const report = await runFlow('authorization_code', profile, flowDeps({ browser: new SignInBrowser() }));
    assert.equal(report.outcome.kind, 'token');
    assert.equal(token.tokenRequests.length, 1);
  });
});

describe('a refresh token', () => {
  it('of a public client is not sent to a token endpoint of another origin', async (context) => {
    const { origin: issuer } = await publishing(context, {});
    const { origin: elsewhere, paths } = await publishing(context, {});
    const profile = userProfile({
      issuer,
      authorizationEndpoint: `${issuer}/a`,
      tokenEndpoint: `${elsewhere}/token`,
    });
    const previous = {
      ...{ access_token: 'a', token_type: 'Bearer', refresh_token: 'r', extra: {} },
      ...{ received_at: 0, requested_scopes: [] },
    };
    const report = await runFlow('refresh_token', profile, flowDeps({ previous }));
    assert.match(failureOf(report, 'invalid_profile').message, /the refresh token belongs to .* not sent\.$/);
    assert.deepEqual(paths(), []);
  });
});

describe('a client secret', () => {
  it('is not sent to a token endpoint of another origin than it was entered for', async (context) => {
    const { origin: issuer } = await publishing(context, {});
    const { origin: elsewhere, paths } = await publishing(context, {});
    const secret = () => Promise.reject(new Error('must not be asked'));
    const profile = machineProfile({ issuer, tokenEndpoint: `${elsewhere}/token` });
    const report = await runFlow('client_credentials', profile, flowDeps({ secret }));
    const failure = failureOf(report, 'invalid_profile');
    assert.match(failure.message, /belongs to .* It was not sent\.$/);
    assert.deepEqual(paths(), []);
  });

  it('is sent to another origin that its own server names', async (context) => {
    const token = await serveSeen(context, (_request, response) => json(response, { access_token: 'x' }));
    const { origin: issuer } = await publishing(context, {
      [openid]: (self) => ({ issuer: self, token_endpoint: `${token.origin}/token` }),
    });
    const report = await runFlow('client_credentials', machineProfile({ issuer }), flowDeps());
    assert.equal(report.outcome.kind, 'token');
    assert.equal(token.seen.length, 1);
  });

  it('is asked for in one plain sentence when there is none', async (context) => {
    const { origin } = await publishing(context, {});
    const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/t` });
    for (const missing of [undefined, '']) {
      const report = await runFlow(
        'client_credentials',
        profile,
        flowDeps({ secret: () => Promise.resolve(missing) }),
      );
      assert.match(
        failureOf(report, 'secret_missing').message,
        /has no client secret for http:\/\/127\.0\.0\.1/,
      );
    }
  });

  it('is not needed to say that there is nothing to refresh', async () => {
    failureOf(await runFlow('refresh_token', machineProfile(), flowDeps()), 'sign_in_required');
  });
});
