import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { waitingWords } from '../../../src/core/flow/liveFlow.ts';
import type { Waiting } from '../../../src/core/record/waiting.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
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
            processLoginHintToken: () => undefined,
            verifyUserCode: () => undefined,
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

  it('needs a login hint', () => {
    const parsed = parseProfile({ id: 'p', grant: 'ciba', issuer, clientId: 'c' });
    assert.ok('problems' in parsed);
    assert.match(JSON.stringify(parsed.problems), /loginHint is missing/);
  });
});
