import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { waitingWords } from '../../../src/core/flow/liveFlow.ts';
import type { Waiting } from '../../../src/core/record/waiting.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { providersDirectory } from '../diagnose/support.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { secret, startProvider } from './support/provider.ts';

describe('backchannel authentication at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  /** What the user does on the device. */
  let decide: 'allow' | 'refuse' | 'nothing' = 'allow';
  let provider: Provider;
  before(async () => {
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: [
          {
            ...{ client_id: 'c', client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' },
            grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
            ...{ redirect_uris: [], response_types: [], backchannel_token_delivery_mode: 'poll' },
          },
          {
            ...{ client_id: 'coded', client_secret: secret, backchannel_token_delivery_mode: 'poll' },
            ...{ token_endpoint_auth_method: 'client_secret_basic', backchannel_user_code_parameter: true },
            grant_types: ['urn:openid:params:grant-type:ciba'],
            ...{ redirect_uris: [], response_types: [] },
          },
          {
            ...{ client_id: 'pinged', client_secret: secret, backchannel_token_delivery_mode: 'ping' },
            token_endpoint_auth_method: 'client_secret_basic',
            grant_types: ['urn:openid:params:grant-type:ciba'],
            ...{ redirect_uris: [], response_types: [] },
            backchannel_client_notification_endpoint: 'https://client.example.com/ping',
          },
        ],
        features: {
          ciba: {
            enabled: true,
            deliveryModes: ['poll', 'ping'],
            processLoginHint: (_context, hint) => (hint === 'nobody' ? undefined : hint),
            processLoginHintToken: (_context, token) => (token === 'names-bob' ? 'Bob' : undefined),
            verifyUserCode({ oidc: { client } }, _account, code) {
              if (client?.backchannelUserCodeParameter !== true) return undefined;
              if (code === undefined) throw new errors.MissingUserCode('A code is wanted.');
              if (code !== '4711') throw new errors.InvalidUserCode('It is another one.');
              return undefined;
            },
            validateRequestContext: () => undefined,
            async triggerAuthenticationDevice(_context, request, account, client) {
              if (decide === 'nothing') return;
              if (decide === 'refuse') {
                await provider.backchannelResult(request, new errors.AccessDenied('The user refused.'));
                return;
              }
              const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
              grant.addOIDCScope('openid');
              await grant.save();
              await provider.backchannelResult(request, grant);
            },
          },
        },
      },
      (made) => (provider = made),
    );
  });
  after(() => stop());

  function profileAt(loginHint = 'Ada', clientId = 'c'): Profile {
    const parsed = parseProfile({
      ...{ id: 'p', grant: 'ciba', issuer, clientId, loginHint, bindingMessage: 'W4SCT' },
    });
    if ('profile' in parsed) return parsed.profile;
    throw new Error(JSON.stringify(parsed.problems));
  }

  function run(profile: Profile, over: Partial<FlowDeps> = {}) {
    const waited: Waiting[] = [];
    const deps = flowDeps({
      secret: () => Promise.resolve(secret),
      clock: { ...flowDeps().clock, sleep: (_pause, signal) => flowDeps().clock.sleep(20, signal) },
      onProgress: ({ waiting }) => {
        if (waiting !== undefined) waited.push(waiting);
      },
      ...over,
    });
    return { waited, report: runFlow(profile.grant, profile, deps) };
  }

  it('waits until the user allows it on the device, and says what is waited for', async () => {
    decide = 'allow';
    const { waited, report } = run(profileAt());
    const tokens = tokensOf(await report);
    assert.equal(decodeJwt(tokens.id_token ?? '').sub, 'Ada');
    assert.ok(waited[0]);
    assert.match(waitingWords(waited[0]).sentence, /W4SCT/);
  });

  it('says that the user refused, or is not known', async () => {
    decide = 'refuse';
    assert.equal(failureOf(await run(profileAt()).report, 'oauth_error').body.error, 'access_denied');
    const unknown = failureOf(await run(profileAt('nobody')).report, 'oauth_error');
    assert.equal(unknown.body.error, 'unknown_user_id');
  });

  it('says how a client is to be registered that the server wants to call back (ping mode)', async () => {
    decide = 'allow';
    const report = await run(profileAt('Ada', 'pinged')).report;
    assert.equal(failureOf(report, 'oauth_error').body.error, 'invalid_request');
    const [first] = explainReport(report, await loadCatalogue(providersDirectory))?.causes ?? [];
    assert.equal(first?.id, 'delivery-mode');
    assert.match(first.steps.join(), /backchannel_token_delivery_mode is poll/);
  });

  it('ends at once when it is cancelled', async () => {
    decide = 'nothing';
    const controller = new AbortController();
    const { clock } = flowDeps();
    const { report } = run(profileAt(), {
      clock,
      signal: controller.signal,
      onProgress: ({ waiting }) => {
        if (waiting !== undefined) controller.abort();
      },
    });
    failureOf(await report, 'cancelled');
  });

  const named = (over: object, clientId = 'c'): Profile => {
    const parsed = parseProfile({ id: 'p', grant: 'ciba', issuer, clientId, ...over });
    if ('profile' in parsed) return parsed.profile;
    throw new Error(JSON.stringify(parsed.problems));
  };
  const handedIn =
    (texts: Readonly<Record<string, string>>): NonNullable<FlowDeps['input']> =>
    (_profile, { what }) =>
      Promise.resolve(texts[what]);

  it('names the user with the ID token of another profile, or with a token that is asked for', async () => {
    decide = 'allow';
    const idToken = tokensOf(await run(profileAt()).report).id_token ?? '';
    const asked: unknown[] = [];
    const hinted = await run(named({ subjectProfile: 'app' }), {
      input(_profile, { what, fromProfile, tokenType }) {
        asked.push([what, fromProfile, tokenType]);
        return Promise.resolve(idToken);
      },
    }).report;
    assert.deepEqual(asked, [
      ['id_token_hint', 'subjectProfile', 'urn:ietf:params:oauth:token-type:id_token'],
    ]);
    assert.equal(decodeJwt(tokensOf(hinted).id_token ?? '').sub, 'Ada');
    const byToken = named({ loginHintToken: true });
    const input = handedIn({ login_hint_token: 'names-bob' });
    const report = await run(byToken, { input }).report;
    assert.equal(decodeJwt(tokensOf(report).id_token ?? '').sub, 'Bob');
    for (const [flow, secretText] of [
      [hinted, idToken],
      [report, 'names-bob'],
    ] as const) {
      const view = flowView({ state: 'ended', flow }, {});
      assert.equal(JSON.stringify(view).includes(secretText), false);
      assert.match(JSON.stringify(view), /saying who is to be asked|that says who is to be asked/);
    }
    const unknown = await run(byToken, { input: handedIn({ login_hint_token: 'names-nobody' }) }).report;
    assert.equal(failureOf(unknown, 'oauth_error').body.error, 'unknown_user_id');
    failureOf(await run(byToken, { input: handedIn({}) }).report, 'secret_missing');
    const broken = await run(named({ subjectProfile: 'app' }), { input: handedIn({ id_token_hint: 'x' }) })
      .report;
    assert.equal(failureOf(broken, 'oauth_error').body.error, 'invalid_request');
    const cause = explainReport(broken, await loadCatalogue(providersDirectory))?.causes[0];
    assert.equal(cause?.id, 'hint-token-refused');
  });

  it('sends the code of the user where the profile says that they have one, and shows it nowhere', async () => {
    decide = 'allow';
    const profile = named({ loginHint: 'Ada', userCode: true }, 'coded');
    const report = await run(profile, { input: handedIn({ user_code: '4711' }) }).report;
    assert.equal(decodeJwt(tokensOf(report).id_token ?? '').sub, 'Ada');
    const shown = JSON.stringify(flowView({ state: 'ended', flow: report }, {}).steps);
    assert.equal(shown.includes('4711'), false);
    const other = await run(profile, { input: handedIn({ user_code: '0815' }) }).report;
    assert.equal(failureOf(other, 'oauth_error').body.error, 'invalid_user_code');
    const none = await run(named({ loginHint: 'Ada' }, 'coded')).report;
    assert.equal(failureOf(none, 'oauth_error').body.error, 'missing_user_code');
    const explained = explainReport(none, await loadCatalogue(providersDirectory));
    assert.match(JSON.stringify(explained), /Ask for the user’s code/);
  });

  it('names the user in one way only', () => {
    const both = parseProfile({
      ...{ id: 'p', grant: 'ciba', issuer, clientId: 'c', loginHint: 'Ada', loginHintToken: true },
    });
    assert.ok('problems' in both);
    assert.deepEqual(
      both.problems.map(({ path, message }) => [path[0], message]),
      [['loginHintToken', 'loginHintToken does not go with loginHint: ciba takes only one of them.']],
    );
    assert.ok(
      'profile' in
        parseProfile({
          id: 'p',
          grant: 'ciba',
          issuer,
          clientId: 'c',
          loginHint: 'A',
          loginHintToken: false,
        }),
    );
  });

  it('needs a login hint', () => {
    const parsed = parseProfile({ id: 'p', grant: 'ciba', issuer, clientId: 'c' });
    assert.ok('problems' in parsed);
    assert.match(JSON.stringify(parsed.problems), /loginHint is missing/);
  });
});
