import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { shapes } from './heard/bodies.ts';
import { refusals } from './heard/list.ts';
import { untrue } from './heard/oracle.ts';
import { catalogue } from './play.ts';
import { playWorld } from './truth/playWorld.ts';
import { Trace } from './truth/trace.ts';
import type { World, WorldFlow } from './truth/world.ts';

const usual: World = {
  ...{ metadata: {}, discovery: undefined, token: undefined, keys: undefined, endpoint: undefined },
  ...{ redirect: { code: 'the-code', state: 'STATE' }, claims: {}, flow: 'client_credentials' },
  ...{ authentication: 'client_secret_basic', clientId: 'orders-worker', pending: 0, signed: true },
  ...{ cached: false, provider: undefined, secret: 's3cr3t-of-the-client-which-is-long-enough' },
  ...{ before: undefined, trouble: undefined, refreshToken: 'refresh-0123456789', scopes: [] },
  parameters: {},
};

const authentications = ['client_secret_basic', 'client_secret_post', 'none', 'client_secret_jwt'] as const;
const sessions = [undefined, 'the same secret', 'another secret'] as const;
const scopes = [['orders.write'], [], ['openid', 'offline_access']];
const headers = [{}, {}, { 'www-authenticate': 'Basic realm="x"' }, { server: 'nginx' }, {}];
const published = [
  {},
  { grant_types_supported: ['implicit'], token_endpoint_auth_methods_supported: ['client_secret_post'] },
  { scopes_supported: ['openid'], response_types_supported: ['code'] },
];
/** In the place of the status that a server was seen with, now and then. */
const statuses = [undefined, undefined, 401, undefined, 403, undefined, 200];

const answers = [
  ...refusals.map(({ status, error, description }) => ({
    ...{ status, type: 'application/json' },
    body: JSON.stringify({ error, ...(description !== undefined && { error_description: description }) }),
  })),
  ...shapes.map(({ status, type = 'application/json', body }) => ({ status, type, body })),
];

/** What is untrue in the explanation of a world; undefined where nothing is, or it came to no failure. */
async function judged(world: World): Promise<string | undefined> {
  const { report, metadata, earlier } = await playWorld(world);
  const explanation = explainReport(report, catalogue, { ...(metadata && { metadata }), earlier });
  return explanation && untrue(new Trace(report, explanation, metadata, earlier));
}

/** Facts of the trace that go with the answer at this place, each in a turn of its own length. */
function world(flow: WorldFlow, index: number, turn: number): World {
  const at = index + turn;
  return {
    ...{ ...usual, flow, authentication: authentications[at % authentications.length] ?? 'none' },
    ...{ before: sessions[(at * 2 + turn) % sessions.length], scopes: scopes[(index * 2 + turn) % 3] ?? [] },
    metadata: published[Math.floor(at / 4) % published.length] ?? {},
  };
}

/** How often each answer is met, with other facts: all of them with EVERY_WORD=1. */
const turns = process.env['EVERY_WORD'] === undefined ? 1 : 12;

/** What is untrue of any, for the flows in which each answer is put by `put`. */
async function untrueOf(
  flows: readonly WorldFlow[],
  put: (world: World, index: number) => World,
): Promise<readonly string[]> {
  const wrong = new Map<string, string>();
  for (const [index] of answers.entries())
    for (let turn = 0; turn < turns; turn++)
      for (const flow of turns === 1 ? flows.slice(index % flows.length).slice(0, 1) : flows) {
        const one = put(world(flow, index, turn), index);
        // A public client gets no token for itself.
        if (flow === 'client_credentials' && one.authentication === 'none') continue;
        const found = await judged(one);
        if (found !== undefined)
          wrong.set(
            found,
            `${found}\n   ${JSON.stringify([one.flow, one.authentication, one.before, one.scopes, one.token ?? one.endpoint ?? one.redirect])}`,
          );
      }
  return [...wrong.values()];
}

const answerAt = (index: number) => {
  const { status, type, body } = answers[index] ?? { status: 500, type: '', body: '' };
  return {
    status: statuses[(index * 3 + 1) % statuses.length] ?? status,
    headers: { 'content-type': type, ...headers[index % headers.length] },
    body,
  };
};

describe('words of servers that no rule was written from say nothing that the trace contradicts', () => {
  for (const flow of ['client_credentials', 'authorization_code', 'refresh_token'] as const)
    it(`at the token endpoint: ${flow}`, async () => {
      assert.deepEqual(await untrueOf([flow], (one, index) => ({ ...one, token: answerAt(index) })), []);
    });

  it('in the redirect', async () => {
    const redirects = await untrueOf(['authorization_code'], (one, index) => {
      const { error, description } = refusals[index % refusals.length] ?? { error: '' };
      const said = { error, ...(description !== undefined && { error_description: description }) };
      return { ...one, redirect: { ...said, state: 'STATE' } };
    });
    assert.deepEqual(redirects, []);
  });

  it('at the endpoints of devices, pushed requests, introspection and revocation', async () => {
    const flows = ['device_code', 'pushed', 'introspection', 'revocation'] as const;
    assert.deepEqual(await untrueOf(flows, (one, index) => ({ ...one, endpoint: answerAt(index) })), []);
  });

  it('are several hundred', () => {
    assert.ok(answers.length >= 290, String(answers.length));
  });
});
