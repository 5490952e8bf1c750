import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { loadCatalogue } from '../../src/core/diagnose/catalogue.ts';
import { explainReport } from '../../src/core/diagnose/explainFailure.ts';
import { runFlow, type FlowDeps } from '../../src/core/flow/runFlow.ts';
import { flowView } from '../../src/core/flowView/flowView.ts';
import { restoreFlows, storeFlows } from '../../src/core/flowView/storedFlows.ts';
import { isSilent } from '../../src/core/grants/all.ts';
import { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { FlowReport, TokenSet } from '../../src/core/record/report.ts';
import type { DemoClient } from '../../src/demo/clients.ts';
import type { DemoServers, DemoServersOptions } from '../../src/demo/demoServers.ts';
import { readTokens } from '../../src/core/token/reading.ts';
import { responseFindings } from '../../src/core/token/responseFindings.ts';
import { demoProfile } from '../../src/demo/workspace.ts';
import { failureOf, flowDeps, tokensOf } from '../core/oauth/support/deps.ts';
import { providersDirectory } from '../core/diagnose/support.ts';
import { JarBrowser } from './jarBrowser.ts';

/** Says how one run goes over two servers, of the demo servers of the sources or of the package. Call it inside `describe`. */
export function itCrosses(start: (options?: DemoServersOptions) => Promise<DemoServers>): void {
  let demo: DemoServers;
  before(async () => {
    demo = await start({ algorithm: 'ES256' });
  });
  after(() => demo.close());

  let opened = 0;
  const browser: FlowDeps['browser'] = {
    open(url) {
      opened += 1;
      void new JarBrowser().visit(url).catch(() => undefined);
      return Promise.resolve(true);
    },
  };
  const profileOf = (client: DemoClient, over: Readonly<Record<string, unknown>> = {}): Profile => {
    const parsed = parseProfile({ ...demoProfile(demo.issuer, client), ...over });
    if ('profile' in parsed) return parsed.profile;
    throw new Error(JSON.stringify(parsed.problems));
  };

  interface Trial {
    readonly over?: Readonly<Record<string, unknown>>;
    readonly idpOver?: Readonly<Record<string, unknown>>;
    readonly secrets?: Readonly<Record<string, string>>;
    readonly kept?: TokenSet;
    /** Changes what servers answer. */
    readonly answers?: (url: string, response: Response) => Promise<Response> | Response;
  }

  async function cross({ over, idpOver, secrets, kept, answers }: Trial = {}) {
    const { sso, crossApp } = demo.clients;
    const sent: { readonly url: string; readonly text: string }[] = [];
    const keptNow: TokenSet[] = [];
    const send: FlowDeps['fetch'] = async (url, init) => {
      const headers = JSON.stringify([...new Headers(init?.headers)]);
      sent.push({ url, text: `${headers} ${typeof init?.body === 'string' ? init.body : ''}` });
      const response = await fetch(url, init);
      return answers ? answers(url, response) : response;
    };
    const depsOf = (client: DemoClient) =>
      flowDeps({
        ...{ browser, signInTimeout: 120_000, fetch: send, metadata: new MetadataCache() },
        secret: () => Promise.resolve(secrets?.[client.clientId] ?? client.clientSecret),
        // The user lets an assertion for another server go to this one, which no provider issues.
        isOneService: () => Promise.resolve(true),
      });
    const report = await runFlow('id_jag', profileOf(crossApp, over), {
      ...depsOf(crossApp),
      partner: () =>
        Promise.resolve({
          profile: profileOf(sso, idpOver),
          deps: depsOf(sso),
          ...(kept && { kept }),
          keep: (tokens) => void keptNow.push(tokens),
        }),
    });
    return { report, sent, keptNow };
  }
  const viewOf = (flow: FlowReport) => flowView({ state: 'ended', flow });
  const hostOf = (url: string) => new URL(url).host;

  it('signs in at one server and gets a token of the other, shown as one flow', async () => {
    const { report, keptNow } = await cross();
    const { access_token: token } = tokensOf(report);
    assert.equal(decodeJwt(token).iss, demo.partner);
    assert.equal(decodeJwt(token).sub, 'Ada');
    const answer = await fetch(`${demo.api}/orders`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200);
    assert.ok(keptNow[0]?.id_token, 'Who has signed in need not do so for the next server.');
    const view = viewOf(report);
    const lanes = view.lanes.map(({ label, detail }) => `${label} ${detail}`.trim());
    for (const lane of [
      `Identity provider ${hostOf(demo.issuer)}`,
      `Token endpoint ${hostOf(demo.partner)}`,
      `Authorization server ${hostOf(demo.partner)}`,
    ])
      assert.ok(lanes.includes(lane), lanes.join('; '));
    for (const { to, request } of view.steps) {
      const host = new URL(request.line.split(' ')[1] ?? '').host;
      if (to === 'identity_provider') assert.equal(host, hostOf(demo.issuer));
      else if (to !== 'loopback') assert.equal(host, hostOf(demo.partner));
    }
    const titles = view.steps.map(({ title }) => title);
    assert.deepEqual(titles.slice(-2), [
      'Exchange the ID token for an assertion for the other server',
      'Hand in the assertion',
    ]);
    const handedIn = view.steps.at(-1)?.request.groups.find(({ title }) => title === 'JWT in assertion');
    const shown = new Map(handedIn?.parameters.map(({ name, value }) => [name, value]));
    assert.equal(shown.get('typ'), 'oauth-id-jag+jwt');
    assert.equal(shown.get('aud'), demo.partner);
    assert.equal(shown.get('client_id'), 'demo-cross-app');
    // Nothing that opens anything is in what is shown.
    for (const { response } of report.exchanges) {
      const jag = /"access_token":"([^"]+)"/.exec(response?.body ?? '')?.[1];
      if (jag) assert.ok(!JSON.stringify(view).includes(jag));
    }
  });

  it('asks both servers for the authorization details, and says that none were granted', async () => {
    const authorizationDetails = [{ type: 'payment_initiation', actions: ['initiate'] }];
    const { crossApp } = demo.clients;
    const { report, sent } = await cross({ over: { authorizationDetails } });
    const asked = sent.filter(({ text }) => text.includes('authorization_details='));
    assert.deepEqual(
      asked.map(({ url }) => hostOf(url)),
      [hostOf(demo.issuer), hostOf(demo.partner)],
    );
    const profile = profileOf(crossApp, { authorizationDetails });
    const findings = responseFindings(readTokens({ kind: 'profile', profile, tokens: tokensOf(report) }));
    assert.ok(findings.some(({ code }) => code === 'details_not_granted'));
  });

  it('sends no secret of one client to the server of the other', async () => {
    const { sent } = await cross();
    const { sso, crossApp } = demo.clients;
    const basic = (client: DemoClient) =>
      Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
    const hostsThatSaw = (secret: string) =>
      new Set(sent.filter(({ text }) => text.includes(secret)).map(({ url }) => hostOf(url)));
    assert.deepEqual([...hostsThatSaw(basic(sso))], [hostOf(demo.issuer)]);
    assert.deepEqual([...hostsThatSaw(basic(crossApp))], [hostOf(demo.partner)]);
    const idTokens = sent.flatMap(({ text }) => /subject_token=([^& ]+)/.exec(text)?.[1] ?? []);
    assert.equal(idTokens.length, 1);
    assert.deepEqual([...hostsThatSaw(idTokens[0] ?? '')], [hostOf(demo.issuer)]);
  });

  it('asks nobody to sign in while the ID token is good, and again when the server takes it no more', async () => {
    const { keptNow } = await cross();
    const [kept] = keptNow;
    assert.ok(kept);
    opened = 0;
    tokensOf((await cross({ kept })).report);
    assert.equal(opened, 0);
    tokensOf((await cross({ kept: { ...kept, id_token: 'gone' } })).report);
    assert.equal(opened, 1, 'It cannot be read.');
    const [header, payload] = (kept.id_token ?? '').split('.');
    tokensOf((await cross({ kept: { ...kept, id_token: `${header}.${payload}.AAAA` } })).report);
    assert.equal(opened, 2, 'The server refused it.');
  });

  it('tells failures of either half apart by the host, with the profile that has to be mended', async () => {
    const catalogue = await loadCatalogue(providersDirectory);
    const wrong = { ['demo-sso']: 'wrong' };
    const idp = (await cross({ secrets: wrong })).report;
    assert.equal(idp.failedAt?.id, 'demo-sso');
    assert.match(explainReport(idp, catalogue)?.title ?? '', new RegExp(`${hostOf(demo.issuer)}\\)$`));
    const other = (await cross({ secrets: { 'demo-cross-app': 'wrong' } })).report;
    assert.equal(other.failedAt, undefined);
    assert.match(explainReport(other, catalogue)?.title ?? '', new RegExp(`${hostOf(demo.partner)}\\)$`));
    for (const report of [idp, other])
      assert.equal(failureOf(report, 'oauth_error').body.error, 'invalid_client');
    const target = (await cross({ over: { audience: 'https://elsewhere.example' } })).report;
    assert.equal(failureOf(target, 'oauth_error').body.error, 'invalid_target');
    const explained = explainReport(target, catalogue);
    assert.match(explained?.meaning.text ?? '', /no token for the audience/);
    const [restored] = restoreFlows(storeFlows([target], '1'), '1');
    assert.equal(restored?.failedAt?.id, 'demo-sso');
    assert.equal(explainReport(restored, catalogue)?.title, explained?.title);
  });

  it('is refused by the server when the assertion is of another client', async () => {
    const over = { clientId: 'demo-other' };
    const { report } = await cross({ over });
    assert.equal(report.failedAt, undefined);
    assert.equal(failureOf(report, 'oauth_error').body.error, 'invalid_client');
    assert.match(
      JSON.stringify(viewOf(report).steps.map(({ notes }) => notes)),
      /client_id in the assertion/,
    );
  });

  it('hands in nothing but an assertion for that very server', async () => {
    const changed =
      (change: (body: Record<string, unknown>) => void): NonNullable<Trial['answers']> =>
      async (_url, response) => {
        const body = (await response.clone().json()) as Record<string, unknown>;
        if (body['issued_token_type'] === undefined) return response;
        change(body);
        return Response.json(body);
      };
    const payload = Buffer.from(JSON.stringify({ aud: 'https://elsewhere.example' })).toString('base64url');
    for (const [code, change] of [
      [
        'id_jag_type',
        (body) => (body['issued_token_type'] = 'urn:ietf:params:oauth:token-type:access_token'),
      ],
      ['id_jag_jwt', (body) => (body['access_token'] = 'opaque')],
      ['id_jag_jwt', (body) => (body['access_token'] = 'eyJ.eyJ.AAAA')],
      ['id_jag_jwt', (body) => (body['access_token'] = `eyJ.${payload}.AAAA`)],
      ['id_jag_aud', (body) => (body['access_token'] = `eyJhbGciOiJFUzI1NiJ9.${payload}.AAAA`)],
    ] as const satisfies readonly (readonly [string, (body: Record<string, unknown>) => void])[]) {
      const { report, sent } = await cross({ answers: changed(change) });
      assert.equal(failureOf(report, 'malformed_response').code, code);
      assert.ok(!sent.some(({ text }) => text.includes('assertion=')), code);
      assert.equal(report.failedAt?.id, 'demo-sso');
    }
  });

  it('says what the sign-in needs, and that a profile is missing', async () => {
    const { report } = await cross({ idpOver: { scopes: ['orders.read'] } });
    assert.match(failureOf(report, 'invalid_profile').message, /gave no ID token/);
    const profile = profileOf(demo.clients.crossApp);
    const secret = () => Promise.resolve(demo.clients.crossApp.clientSecret);
    failureOf(await runFlow('id_jag', profile, flowDeps({ secret })), 'invalid_profile');
    assert.ok('problems' in parseProfile({ ...profile, subjectProfile: undefined }));
    assert.equal(isSilent(profile), false);
  });

  it('is an assertion of the type that the draft names', async () => {
    const { report } = await cross();
    const body = report.exchanges.find(({ purpose }) => purpose === 'id_jag')?.response?.body ?? '{}';
    const { access_token: jag, token_type: type } = JSON.parse(body) as Record<string, string>;
    assert.equal(type, 'N_A');
    assert.equal(decodeProtectedHeader(jag ?? '').typ, 'oauth-id-jag+jwt');
  });
}
