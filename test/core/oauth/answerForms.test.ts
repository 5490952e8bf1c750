import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deepestJson } from '../../../src/core/http/jsonDepth.ts';
import { namesTwice } from '../../../src/core/http/namesTwice.ts';
import { fetchKeySet } from '../../../src/core/keys/keySet.ts';
import { deviceAnswer } from '../../../src/core/oauth/deviceAnswer.ts';
import { noMetadata } from '../../../src/core/oauth/discoveryFailure.ts';
import { endpointAnswer } from '../../../src/core/oauth/endpointAnswer.ts';
import { registerClient } from '../../../src/core/oauth/registerClient.ts';
import { tokenBody } from '../../../src/core/oauth/tokenBody.ts';
import { tolerantResponse } from '../../../src/core/oauth/tolerantResponse.ts';
import { introspection } from '../../../src/core/operations/introspection.ts';
import { revocation } from '../../../src/core/operations/revocation.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import { userinfo } from '../../../src/core/operations/userinfo.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { machineProfile } from '../../support/profiles.ts';
import { startStandIn, type Answer } from '../../support/servers/standIn.ts';
import { explained } from '../diagnose/play.ts';
import { flowDeps } from './support/deps.ts';

/** Bodies that are JSON and no object, and what they are called. */
const forms: readonly (readonly [body: string, called: string])[] = [
  ['null', 'JSON that is not an object (null)'],
  ['[]', 'JSON that is not an object (an array)'],
  ['[["a"]]', 'JSON that is not an object (an array)'],
  ['42', 'JSON that is not an object (a number)'],
  ['-0.5e3', 'JSON that is not an object (a number)'],
  ['true', 'JSON that is not an object (a boolean)'],
  ['"x"', 'JSON that is not an object (a string)'],
  ['"{\\"access_token\\":\\"a\\"}"', 'JSON that is not an object (a string of JSON, which is encoded twice)'],
  ['nullable', 'plain text'],
  ['"open', 'plain text'],
  ['404 page not found', 'plain text'],
  ['', 'an empty body'],
  ['{"a":', 'JSON that ends in the middle'],
];
const json = { 'content-type': 'application/json' };
const messageOf = (thrown: unknown): string => {
  assert.ok(thrown instanceof FailureError, String(thrown));
  return thrown.failure.message;
};
async function messageFrom(promise: Promise<unknown>): Promise<string> {
  return messageOf(
    await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
}
function messageBy(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    return messageOf(thrown);
  }
  return assert.fail('It was taken.');
}
const server = (origin: string) => ({
  ...{ issuer: origin, token_endpoint: `${origin}/token`, introspection_endpoint: `${origin}/asked` },
  ...{ userinfo_endpoint: `${origin}/asked`, revocation_endpoint: `${origin}/asked` },
});
const tokens: TokenSet = {
  ...{ access_token: 'access-1', token_type: 'Bearer', received_at: 0 },
  ...{ requested_scopes: [], extra: {} },
};
async function operated(operation: typeof userinfo, answer: Answer): Promise<FlowReport> {
  const stand = await startStandIn(({ path }, origin) =>
    path.startsWith('/.well-known/') ? { status: 200, body: server(origin) } : answer,
  );
  try {
    return (await runOperation(operation, machineProfile({ issuer: stand.origin }), tokens, flowDeps()))
      .report;
  } finally {
    await stand.close();
  }
}
const failedWith = ({ outcome }: FlowReport): string =>
  outcome.kind === 'failure' ? outcome.failure.message : assert.fail(JSON.stringify(outcome));

describe('JSON that is no object is called what it is, at each endpoint', () => {
  const origin = { host: 'as.example.com', step: 'token' as const, requestedScopes: [] };
  for (const [body, called] of forms)
    it(`${body || 'nothing'}: ${called}`, async () => {
      const headers = new Headers(json);
      for (const status of [200, 400]) {
        const { kind, ...token } = tolerantResponse({ status, headers: json, body }, origin);
        assert.ok(kind === 'failure' && 'failure' in token && token.failure.message.includes(called), body);
        const asked = { ...origin, step: 'authorization' as const, asked: 'device authorization request' };
        const device = messageBy(() => deviceAnswer(body, { status, headers }, asked));
        assert.ok(device.includes(called) && device.includes('device authorization request'), device);
      }
      const set = await fetchKeySet('https://as.example.com/k', () => Promise.resolve(new Response(body)));
      const empty = body === '' ? 'its body is empty' : called;
      assert.ok(set.kind === 'failed' && set.why.includes(empty), JSON.stringify(set));
      const registered = await messageFrom(
        registerClient(
          { issuer: 'https://as.example.com', registration_endpoint: 'https://as.example.com/r' },
          {
            ...{ clientName: 'x', redirectUris: [], grantTypes: [], scopes: [] },
            tokenEndpointAuthMethod: 'none',
          },
          {
            fetch: () => () => Promise.resolve(new Response(body, { status: 201, headers })),
            trace: new Trace(),
          },
        ),
      );
      assert.ok(registered.includes(called), registered);
      for (const operation of [introspection, userinfo]) {
        const said = failedWith(await operated(operation, { status: 200, headers: json, body }));
        assert.ok(said.includes(called) && !/token request|instead of a token/.test(said), said);
      }
    });

  it('an array of errors is read as errors, where the status is one', () => {
    const body = JSON.stringify([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    const told = messageBy(() =>
      endpointAnswer(body, { status: 401, headers: new Headers(json) }, origin, {
        ...{ members: ['x'], code: 'x', advice: '' },
      }),
    );
    assert.match(told, /refused.*INVALID_SESSION_ID \(Session expired or invalid\)/);
  });

  it('metadata whose issuer is empty is called that', () => {
    assert.match(
      noMetadata('{"issuer":""}', { host: 'as.example.com' }).message,
      /: a JSON object whose issuer is empty came\.$/,
    );
  });

  it('a redirect is said with its address', async () => {
    const moved = { status: 307, headers: { location: 'https://login.example.com/x?secret=1' }, body: '' };
    const report = await operated(introspection, moved);
    assert.match(
      failedWith(report),
      /redirected the introspection request \(status 307\) to https:\/\/login\.example\.com\/x;/,
    );
    assert.equal(JSON.stringify(explained(report).causes).includes('set_token_endpoint'), false);
  });

  it('a revocation that reports an error with a success did not happen', async () => {
    const refused = { status: 200, headers: json, body: '{"ok":false,"error":"invalid_auth"}' };
    assert.match(
      failedWith(await operated(revocation, refused)),
      /refused the revocation request with invalid_auth/,
    );
    for (const body of ['', '{}', '{"ok":true}', 'null', '{"error":null}', '{"code":200,"message":"done"}'])
      assert.equal(
        (await operated(revocation, { status: 200, headers: json, body })).outcome.kind,
        'checked',
        body,
      );
  });
});

describe('what an answer has more than once', () => {
  it('is found at any depth, with escapes, in a form, and nothing else', () => {
    assert.deepEqual(namesTwice('{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}],"d":"a\\":","a\\"":"a"}'), []);
    assert.deepEqual(namesTwice('{"a":1,"\\u0061" :2}'), ['a']);
    assert.deepEqual(namesTwice(' \n[{"keys":[{"kid":"1","kid":"2","kid":"3"}]}]'), ['kid']);
    assert.deepEqual(namesTwice('{"__proto__":1,"__proto__":2}'), ['__proto__']);
    assert.deepEqual(namesTwice('access_token=a&scope=b&access_token=c'), ['access_token']);
    // Of very deep ones nothing is kept, and what stands round them is found all the same.
    const [open, close] = ['{"b":['.repeat(300), ']}'.repeat(300)];
    assert.deepEqual(namesTwice(`{"a":${open}{"c":1,"c":2}${close},"a":2}`), ['a']);
    const [least, most] = [deepestJson - 1, deepestJson].map((depth) => '['.repeat(depth));
    assert.deepEqual(namesTwice(`${least}{"a":1,"a":2}`), ['a']);
    assert.deepEqual(namesTwice(`${most}{"a":1,"a":2}`), []);
    assert.deepEqual(namesTwice(`${least}{"a":1},{"a":2}`), []);
    // Ten at most.
    const names = Array.from({ length: 12 }, (_, at) => `n${at}`);
    const members = [...names, ...names].map((name) => `"${name}":1`).join(',');
    assert.deepEqual(namesTwice(`{${members}}`), names.slice(0, 10));
    const pairs = [...names, ...names].map((name) => `${name}=1`).join('&');
    assert.deepEqual(namesTwice(` ${pairs}\n`), names.slice(0, 10));
    assert.deepEqual(namesTwice('{"\\x":1,"\\x":2}'), ['\\x']);
    for (const text of ['a=1&a=2 b', '{"a"', '"a"{"a":1,"a":2}'])
      assert.deepEqual(namesTwice(text), [], text);
    for (const text of ['', 'null', '{"a":', '}{"a":1}]', '<p a="b" a="c">', '"a":1,"a":2', 'a b=c&b=d&b=e'])
      assert.deepEqual(namesTwice(text), [], text);
  });

  it('is said, and which value counts', async () => {
    const body = '{"active":true,"scope":"a","scope":"b"}';
    const { exchanges } = await operated(introspection, { status: 200, headers: json, body });
    const said = exchanges.flatMap(({ deviations }) => deviations);
    assert.deepEqual(
      said.map(({ code }) => code),
      ['member_twice'],
    );
    assert.match(said[0]?.message ?? '', /“scope” more than once: the last value was taken/);
  });
});

describe('a list of scopes', () => {
  it('says what in it is no text', () => {
    for (const name of ['scope', 'scopes']) {
      const members = { access_token: 'a', token_type: 'Bearer', expires_in: 1 };
      const { body, deviations } = tokenBody(
        { ...members, [name]: ['a', 7, ['b'], null, { c: 1 }, 'd'] },
        [],
      );
      assert.equal(body.scope, 'a d');
      const said = deviations.map(({ message }) => message).join(' ');
      assert.match(said, new RegExp(`In ${name} .*a number, an array, null, an object`));
    }
    const { deviations } = tokenBody({ access_token: 'a', scope: { a: true } }, []);
    assert.ok(deviations.some(({ message }) => message.includes('is an object, no string')));
  });
});
