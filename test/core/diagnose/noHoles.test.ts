import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { catalogue } from './play.ts';
import { playWorld } from './truth/playWorld.ts';
import { issuer, type Answer, type World, type WorldFlow } from './truth/world.ts';

// What a server leaves out, or fills with blanks or with characters that nobody sees, leaves no empty place in a sentence of ours.

/** What stands where words are expected. */
const blanks = ['', ' ', '\u200b'];

const bodies: readonly (string | object)[] = [
  ...blanks.flatMap((blank) => [
    { error: blank },
    { error: blank, error_description: blank, error_uri: blank },
    { error: 'invalid_grant', error_description: blank },
    { error: { code: blank, message: blank } },
    { errors: [blank] },
    { errors: [{ field: blank, code: blank, message: blank }] },
    { errorCode: blank, message: blank },
    { error: 7, message: blank },
    { access_token: blank, message: blank },
    { error: 'Unauthorized', status: 401, message: blank },
    blank,
  ]),
  ...[{}, { error: {} }, { errors: [{}] }, { error: true }, { error: ['x'] }, { error: null, errors: [] }],
  ...[
    'error=',
    'error=+&error_description=+',
    'x=',
    '{"error":"invalid_client"}',
    '[]',
    '[{}]',
    '""',
    '<p></p>',
  ],
];
const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];
const fields = { 'www-authenticate': 'Bearer error="", error_description=" "', 'retry-after': '' };

const usual: World = {
  ...{
    metadata: {},
    discovery: undefined,
    token: undefined,
    keys: undefined,
    claims: {},
    endpoint: undefined,
  },
  ...{ redirect: { code: 'the-code', state: 'STATE' }, authentication: 'client_secret_basic', pending: 0 },
  ...{
    clientId: 'orders-worker',
    signed: true,
    cached: false,
    provider: undefined,
    trouble: undefined,
    before: undefined,
  },
  ...{ secret: 's3cr3t-of-the-client-which-is-long-enough', refreshToken: 'refresh-0123456789' },
  ...{ flow: 'client_credentials', scopes: ['openid'], parameters: {} },
};

/** Every sentence of ours about a run. */
function sentencesOf(report: FlowReport): readonly string[] {
  if (report.outcome.kind === 'checked') return [report.outcome.meaning];
  const explanation = explainReport(report, catalogue);
  if (explanation === undefined) return [];
  const { title, meaning, failure, causes } = explanation;
  return [
    ...[title, meaning.text, failure.message, failure.advice],
    ...causes.flatMap((cause) => [cause.title, ...cause.evidence, ...cause.steps]),
  ];
}

/** An empty place: between quotes or brackets, before a full stop, or between two words. */
const hole = /\( *\)|“ *”|" *"|\S +[.,;:)]| {2}|^ | $|undefined|NaN|\[object/;

async function assertWhole(change: Partial<World>): Promise<void> {
  const { report } = await playWorld({ ...usual, ...change });
  for (const sentence of sentencesOf(report))
    assert.doesNotMatch(sentence, hole, `${report.kind}, ${JSON.stringify(change)}`);
}

describe('no sentence has a hole', () => {
  const flows: readonly WorldFlow[] = [
    ...(['client_credentials', 'device_code', 'pushed'] as const),
    ...(['introspection', 'userinfo', 'revocation', 'read_client'] as const),
  ];
  for (const flow of flows)
    it(`whatever is blank in an answer to: ${flow}`, async () => {
      for (const body of bodies)
        for (const status of [200, 400, 503])
          for (const type of typeof body === 'string' ? types : types.slice(0, 1)) {
            const text = typeof body === 'string' ? body : JSON.stringify(body);
            const answer: Answer = { status, headers: { ...fields, 'content-type': type }, body: text };
            const isToken = flow === 'client_credentials';
            await assertWhole({ flow, ...(isToken ? { token: answer } : { endpoint: answer }) });
          }
    });

  for (const flow of ['authorization_code', 'sign_out_and_return'] as const)
    it(`whatever is blank in a redirect: ${flow}`, async () => {
      for (const blank of blanks)
        for (const redirect of [
          ...[
            { error: blank },
            { error: blank, error_description: blank, error_uri: blank },
            { code: blank },
          ],
          ...[
            { error: 'access_denied', error_description: blank },
            { error_code: blank, error_message: blank },
          ],
          ...[
            { code: 'the-code', iss: blank },
            { error: blank, iss: issuer },
          ],
        ])
          await assertWhole({ flow, redirect: { state: 'STATE', ...redirect } });
    });
});
