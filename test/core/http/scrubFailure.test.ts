import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { scrubFailure } from '../../../src/core/http/scrubFailure.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps } from '../oauth/support/deps.ts';
import { json, serveSeen } from '../oauth/support/serve.ts';

const secret = 'RECOGNISABLE-client-secret-0123456789';

it('a failure has no secret of its flow in any of its members', () => {
  const trace = new Trace();
  trace.useSecret(secret);
  const failure = scrubFailure(
    {
      ...{ kind: 'oauth_error', step: 'token', message: `No ${secret}.`, advice: `Not ${secret}` },
      body: {
        error: secret,
        error_description: `a ${secret} b`,
        error_uri: `https://as.example.com/${secret}`,
      },
    },
    trace,
  );
  assert.doesNotMatch(JSON.stringify(failure), /RECOGNISABLE/);
  assert.equal(failure.kind, 'oauth_error');
});

it('a failure has no beginning of a secret that its words were cut through', () => {
  const trace = new Trace();
  trace.useSecret(secret);
  for (const length of [4, 12, secret.length - 1]) {
    const cut = `The server said a RECO, then ${secret.slice(0, length)}…`;
    const failure = scrubFailure(
      {
        ...{ kind: 'oauth_error', step: 'token', message: `${cut}, and https://a.example/x…`, advice: 'a' },
        body: { error: 'e', error_description: cut },
      },
      trace,
    );
    assert.equal(failure.message, 'The server said a RECO, then …, and https://a.example/x…');
    assert.ok(failure.kind === 'oauth_error');
    assert.equal(failure.body.error_description, 'The server said a RECO, then …');
  }
});

it('a failure is scrubbed in lists and at any depth, and cut where it has no end', () => {
  const trace = new Trace();
  trace.useSecret(secret);
  let deep: unknown = secret;
  for (let depth = 0; depth < 98; depth++) deep = { deep };
  let lists: unknown = secret;
  for (let depth = 0; depth < 101; depth++) lists = [lists];
  const further: unknown = { further: { further: deep } };
  const failure = {
    ...{ kind: 'oauth_error', step: 'token', message: 'm', advice: 'a' },
    ...{
      status: 400,
      missing: null,
      on: true,
      list: [secret, [`x ${secret}`], 5, null],
      deep,
      further,
      lists,
    },
  } as unknown as Failure;
  const clean: Readonly<Record<string, unknown>> = { ...scrubFailure(failure, trace) };
  assert.doesNotMatch(JSON.stringify(clean), /RECOGNISABLE/);
  assert.deepEqual([clean['status'], clean['missing'], clean['on']], [400, null, true]);
  const list = clean['list'] as readonly unknown[];
  assert.ok(Array.isArray(list) && Array.isArray(list[1]));
  assert.deepEqual([list.length, list[2], list[3]], [4, 5, null]);
  assert.match(
    JSON.stringify(clean['deep']),
    /"…[^"]{6}"/,
    'what is not too deep keeps the end of the secret',
  );
  assert.match(JSON.stringify(clean['further']), /:"…"\}/);
  assert.match(JSON.stringify(clean['lists']), /\["…"\]/);
});

it('a failure of a flow without secrets is as it was', () => {
  const failure = { kind: 'timeout', step: 'token', seconds: 3, message: 'm', advice: 'a' } as const;
  assert.equal(scrubFailure(failure, new Trace()), failure);
});

it('the failure of a flow is scrubbed when the server repeats the secret', async (context: TestContext) => {
  const { origin } = await serveSeen(context, (_request, response) =>
    json(response, { error: 'invalid_client', error_description: `wrong: ${secret}` }, 401),
  );
  const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
  const deps = flowDeps({ secret: () => Promise.resolve(secret) });
  const failure = failureOf(await runFlow('client_credentials', profile, deps), 'oauth_error');
  assert.match(failure.message, /wrong: /);
  assert.doesNotMatch(JSON.stringify(failure), /RECOGNISABLE/);
});

for (const word of ['token', 'client', 'network', 'Check'])
  it(`a secret that is the word “${word}” is taken out of what the server says, and our own words stay`, async (context) => {
    const { origin } = await serveSeen(context, (_request, response) =>
      json(response, { error: 'invalid_client', error_description: `The word ${word} is wrong` }, 400),
    );
    const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/take` });
    const report = await runFlow(
      'client_credentials',
      profile,
      flowDeps({ secret: () => Promise.resolve(word) }),
    );
    const failure = failureOf(report, 'oauth_error');
    const { host } = new URL(origin);
    const end = word.slice(word.length - Math.floor(word.length / 4));
    assert.deepEqual(
      [failure.message, failure.advice, failure.step],
      [
        `${host} refused the token request with invalid_client (The word …${end} is wrong).`,
        'Check the client ID, its credentials and the way the client authenticates.',
        'token',
      ],
    );
    assert.equal(failure.body.error_description, `The word …${end} is wrong`);
  });

it('a secret that is a word is taken out of what is quoted, also where the quotation was cut, and any other out of all', () => {
  const trace = new Trace();
  trace.useSecret('network');
  trace.useSecret(secret);
  const scrubbed = (message: string) => {
    const failure: Failure = {
      ...{ kind: 'network', step: 'token', code: 'ECONNRESET', host: 'a', message, advice: message },
    };
    const { kind, message: shown, advice } = scrubFailure(failure, trace);
    assert.deepEqual([kind, advice], ['network', shown]);
    return shown;
  };
  assert.equal(scrubbed('The network “a network b” of the network.'), 'The network “a …k b” of the network.');
  assert.equal(scrubbed('The network (a network b'), 'The network (a …k b');
  assert.equal(scrubbed('The network) (a network b'), 'The network) (a …k b');
  assert.equal(scrubbed('The network (a) network) network.'), 'The network (a) …k) network.');
  assert.equal(scrubbed(`The network ${secret}.`), 'The network …456789.');
  assert.equal(scrubbed(`The network (x) ${secret}.`), 'The network (x) …456789.');
});

describe('the beginning of a secret at a cut', () => {
  const words = (said: string, ...secrets: string[]): string => {
    const trace = new Trace();
    for (const one of secrets) trace.useSecret(one);
    const failure = scrubFailure(
      {
        ...({ kind: 'oauth_error', step: 'token', message: 'm', advice: 'a' } as const),
        body: { error: 'e', error_description: said },
      },
      trace,
    );
    return 'body' in failure ? (failure.body as { error_description: string }).error_description : '';
  };

  for (const [said, shown] of [
    ['RECOG…', '…'],
    ['RECOG… and then', '… and then'],
    ['No RECOG… and RECOGN…', 'No … and …'],
    ['No … and RECOG', 'No … and RECOG'],
    ['No RECOG', 'No RECOG'],
    ['No REC…', 'No REC…'],
    ['No RECOX…', 'No RECOX…'],
    ['RECOX RECOG…', 'RECOX …'],
    ['No RECORECO…', 'No RECO…'],
  ] as const)
    it(said, () => assert.equal(words(said, secret), shown));

  it('is looked for in the 500 characters before it, and in texts that may have been cut', () => {
    const far = `RECOG${'x'.repeat(495)}`;
    assert.equal(words(`${far}…`, `${far}yz`), '…');
    assert.equal(words(`${'a'.repeat(300)} RECOG…`, secret), `${'a'.repeat(300)} …`);
    const long = `${'a '.repeat(1000)}RECOG…`;
    assert.equal(words(long, secret), long);
  });

  it('of a secret that is shorter than what is looked for is none', () => {
    assert.equal(words('No ab…', 'abc'), 'No ab…');
    assert.equal(words('No ab…', 'abc', secret), 'No ab…');
  });
});
