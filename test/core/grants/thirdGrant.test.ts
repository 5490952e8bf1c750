import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { AuthenticationDescriptor } from '../../../src/core/authentication/authentication.ts';
import { allAuthentications } from '../../../src/core/authentication/all.ts';
import { materialOf } from '../../../src/core/authentication/authentication.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { waitingWords, type LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { mermaid } from '../../../src/core/flowView/export/markdown.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { allGrants } from '../../../src/core/grants/all.ts';
import type { GrantDescriptor } from '../../../src/core/grants/grant.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { serializeProfile } from '../../../src/core/profile/serializeProfile.ts';
import { parseIntent } from '../../../src/core/profileForm/parseIntent.ts';
import { problemsOf } from '../../../src/core/profileForm/problems.ts';
import { profileFormView } from '../../../src/core/profileForm/profileFormView.ts';
import { reduceProfileForm } from '../../../src/core/profileForm/reduceProfileForm.ts';
import { openForm } from '../../../src/core/profileForm/state.ts';
import { testCatalogue } from '../../support/providers.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { json, serveSeen } from '../oauth/support/serve.ts';

/** A grant that the product does not have: asks for a code, waits until somebody typed it, and exchanges it. */
const thirdGrant: GrantDescriptor = {
  id: 'urn:example:typed',
  grantType: 'urn:example:typed',
  label: 'Typed code',
  short: 'typed code',
  summary: 'A code that somebody types elsewhere.',
  description: 'A code that somebody types elsewhere.',
  icon: 'device-mobile',
  actsForUser: true,
  redirects: false,
  waitsFor: 'user_code',
  provesItself: false,
  defaultAuthentication: 'x_badge',
  needs: [],
  endpoints: ['token_endpoint'],
  exchanges: [
    { purpose: 'typed', title: 'Ask for a code to type', lane: 'authorization_server' },
    { purpose: 'token', title: 'Exchange the typed code', lane: 'token_endpoint' },
  ],
  meanings: [
    {
      error: 'expired_token',
      meaning: 'Nobody typed the code in time.',
      advice: 'Run it again and type faster.',
      source: 'a test',
    },
  ],
  async run(profile, flow) {
    const prepared = await flow.prepare();
    const url = `${new URL(prepared.metadata.server.token_endpoint ?? '').origin}/code`;
    const answer = await flow.fetch('typed', 'authorization')(url, { method: 'POST' });
    const { code } = (await answer.json()) as { code: string };
    const deadline = flow.clock.now() + 1000;
    const openAgain = () => Promise.resolve();
    flow.trace.wait({ kind: 'user_code', userCode: code, verificationUri: url, deadline, openAgain });
    flow.trace.wait();
    return prepared.requestToken({
      parameters: [
        ['grant_type', 'urn:example:typed'],
        ['code', code],
        ['scope', profile.scopes.join(' ')],
      ],
    });
  },
};

/** A client authentication that the product does not have: a scheme of its own with a key of the vault. */
const badge: AuthenticationDescriptor = {
  id: 'x_badge',
  label: 'Badge',
  summary: 'A badge.',
  description: 'A badge.',
  proves: true,
  usesSecret: false,
  needs: 'key',
  make(material) {
    const { key } = materialOf(material, 'key');
    return (_server, client, form, headers) => {
      form.set('client_id', client.client_id);
      headers.set('authorization', `Badge ${key}`);
    };
  },
};

const entry = {
  id: 'l',
  name: 'Lamp',
  grant: thirdGrant.id,
  issuer: 'https://as.example.com',
  clientId: 'machine-client',
  scopes: ['orders.read'],
};

function read(settings: object): Profile {
  const parsed = parseProfile(settings);
  assert.ok('profile' in parsed, JSON.stringify(parsed));
  return parsed.profile;
}

async function run(context: TestContext, answer: { readonly status: number; readonly body: object }) {
  const { origin, seen } = await serveSeen(context, (request, response) => {
    if (request.url === '/code') json(response, { code: 'WDJB-MJHT' });
    else json(response, answer.body, answer.status);
  });
  const profile = read({ ...entry, issuer: origin, tokenEndpoint: `${origin}/token` });
  const shown: LiveFlow[] = [];
  const report = await runFlow(thirdGrant.id, profile, {
    ...flowDeps(),
    material: () => Promise.resolve({ kind: 'key', key: 'the-key-of-the-badge' }),
    onProgress: (flow) => shown.push(flow),
  });
  return { report, seen, shown };
}

describe('a grant and a client authentication that are in a test file only', () => {
  // The one line that each of them takes.
  before(() => {
    Array.prototype.push.call(allGrants, thirdGrant);
    Array.prototype.push.call(allAuthentications, badge);
  });
  // Other tests of this process have the lists, too.
  after(() => {
    Array.prototype.pop.call(allGrants);
    Array.prototype.pop.call(allAuthentications);
  });

  it('are read from settings, drawn in the form, and saved', () => {
    assert.equal(read(entry).clientAuthentication, badge.id);
    assert.deepEqual(serializeProfile(read(entry)), entry);
    const edits: readonly object[] = [
      { type: 'provider', id: 'generic' },
      { edit: 1, type: 'choose', field: 'grant', value: thirdGrant.id },
      { edit: 2, type: 'text', field: 'name', value: 'Lamp' },
      { edit: 3, type: 'text', field: 'clientId', value: 'machine-client' },
      { edit: 4, type: 'text', field: 'issuer', value: 'https://as.example.com' },
      { edit: 5, type: 'add', field: 'scopes', text: 'orders.read' },
    ];
    const edited = edits.reduce<ReturnType<typeof openForm>>(
      (before, edit) => {
        const intent = parseIntent(edit);
        assert.ok(intent, JSON.stringify(edit));
        return reduceProfileForm(before, intent);
      },
      openForm({ catalogue: testCatalogue, takenIds: [] }),
    );
    const drawn = profileFormView(edited).form?.fields;
    assert.match(JSON.stringify(drawn), /"Badge"/);
    assert.deepEqual(
      problemsOf(edited).profile,
      read({ ...entry, id: 'lamp', scopes: ['openid', 'orders.read'] }),
    );
  });

  it('run against a server and are shown', async (context) => {
    const body = { access_token: 'token', token_type: 'Bearer', expires_in: 60 };
    const { report, seen, shown } = await run(context, { status: 200, body });
    assert.equal(tokensOf(report).access_token, 'token');
    const sent = seen.find(({ url }) => url === '/token');
    assert.equal(sent?.headers.authorization, 'Badge the-key-of-the-badge');
    const form = Object.fromEntries(new URLSearchParams(sent.body));
    const grant = { grant_type: 'urn:example:typed', code: 'WDJB-MJHT', scope: 'orders.read' };
    assert.deepEqual(form, { ...grant, client_id: 'machine-client' });
    const view = flowView({ state: 'ended', flow: report });
    assert.match(view.subtitle, /^Typed code · /);
    assert.deepEqual(
      view.steps.slice(-2).map(({ title, to }) => [title, to]),
      [
        ['Ask for a code to type', 'authorization_server'],
        ['Exchange the typed code', 'token_endpoint'],
      ],
    );
    const waiting = shown.map((flow) => flow.waiting).find((one) => one !== undefined);
    assert.ok(waiting);
    assert.match(waitingWords(waiting).sentence, /WDJB-MJHT at http/);
    assert.equal(JSON.stringify(view).includes('the-key-of-the-badge'), false);
  });

  it('fail with what the server said, which is drawn, and explained in their own words', async (context) => {
    const { report } = await run(context, { status: 400, body: { error: 'expired_token' } });
    assert.equal(failureOf(report, 'oauth_error').body.error, 'expired_token');
    const view = flowView({ state: 'ended', flow: report });
    assert.equal(view.outcome, 'failed');
    assert.match(
      mermaid(view),
      /authorization_server: POST \/code\n[^]*token_endpoint: POST \/token\n.*: 400/,
    );
    const explained = explainReport(report, testCatalogue);
    assert.equal(explained?.meaning.text, 'Nobody typed the code in time.');
    assert.deepEqual(
      explained.causes.flatMap(({ steps }) => steps),
      ['Run it again and type faster.'],
    );
  });
});
