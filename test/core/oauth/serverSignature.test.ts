import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Trace } from '../../../src/core/record/trace.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { checkSignature, serverSignature } from '../../../src/core/oauth/idTokenSignature.ts';
import type { ServerMetadata } from '../../../src/core/oauth/serverMetadata.ts';

const issuer = 'https://as.example.com';
const jwks = `${issuer}/jwks`;
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const key = { ...(await exportJWK(publicKey)), kid: 'k1' };
const leaked = await exportJWK(privateKey);
const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey);

function published(more: object = { jwks_uri: jwks }, homeward?: readonly string[]): ServerMetadata {
  const server = { issuer, ...more };
  return { server, issuerKnown: true, sources: {}, published: server, ...(homeward && { homeward }) };
}

/** A flow in which a stray comes to the listener right behind the key set. */
function flow(keys: readonly unknown[] = [key]) {
  const trace = new Trace();
  const asked: string[] = [];
  const fetch = () => (url: string) => {
    asked.push(url);
    for (const purpose of ['jwks', 'redirect'] as const) {
      const request = { method: 'GET', url, headers: [] };
      trace.begin({ purpose, leg: 'extension', startedAt: 0, request });
    }
    return Promise.resolve(Response.json({ keys }));
  };
  return { context: { trace, fetch }, trace, asked };
}

async function outcome(token: string, keys?: readonly unknown[], metadata = published()) {
  const { context, trace, asked } = flow(keys);
  return { ...(await serverSignature(token, metadata, context)), trace, asked };
}

describe('a signature of the server', () => {
  it('is good where a published key made it', async () => {
    const { problem, unchecked, asked } = await outcome(signed);
    assert.deepEqual([problem, unchecked, asked], [undefined, undefined, [jwks]]);
  });

  it('is none where the token is no JWT, whether its header can be read or not', async () => {
    for (const token of ['no token', `${b64({ typ: 'JWT' })}.e30.AAAA`, `${b64({ alg: 5 })}.e30.AAAA`]) {
      const { problem, asked } = await outcome(token);
      assert.deepEqual([problem?.code, asked], ['malformed', []], token);
    }
    for (const rest of ['e30', 'e30.!'])
      assert.equal((await outcome(`${b64({ alg: 'ES256' })}.${rest}`)).problem?.code, 'malformed', rest);
  });

  it('is not good where another key made it, or where it demands an extension', async () => {
    const other = await generateKeyPair('ES256');
    const byOther = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(other.privateKey);
    const { problem } = await outcome(byOther);
    assert.equal(problem?.code, 'signature');
    assert.match(
      problem.detail ?? '',
      /does not fit the keys of the server \(https:\/\/as\.example\.com\/jwks\)/,
    );
    const extended = `${b64({ alg: 'ES256', crit: ['b64'], b64: false })}.e30.AAAA`;
    assert.deepEqual((await outcome(extended)).problem, { code: 'crit', problem: 'wrong' });
  });

  it('is not checked, and no key fetched, where the algorithm is one that nobody here knows', async () => {
    const { unchecked, asked } = await outcome(`${b64({ alg: 'ES256K' })}.e30.AAAA`);
    assert.match(unchecked ?? '', /^ES256K is an algorithm or has a curve/);
    assert.deepEqual(asked, []);
  });

  it('is not checked without the place of the keys, which is said as it is', async () => {
    const { published: _, ...typed } = published({});
    const cases: readonly (readonly [ServerMetadata, RegExp])[] = [
      [typed, /the metadata of the server was not read/],
      [published({}), /names no keys \(jwks_uri\)\.$/],
      [published({}, ['userinfo_endpoint']), /names no keys \(jwks_uri\)\.$/],
      [published({}, ['jwks_uri']), /on this computer or its network, so they were not fetched/],
      [published({ jwks_uri: 7 }), /names no keys \(its jwks_uri is a number\)\.$/],
    ];
    for (const [metadata, says] of cases) {
      const { unchecked, asked } = await outcome(signed, [key], metadata);
      assert.match(unchecked ?? '', says);
      assert.deepEqual(asked, []);
    }
  });

  it('tells keys that cannot be read from a set without any', async () => {
    assert.equal((await outcome(signed, [])).problem?.code, 'key_not_found');
    const { problem } = await outcome(signed, [{ kty: 'oct', k: 'AAAA' }]);
    assert.equal(problem?.code, 'jwks');
    assert.match(problem.detail ?? '', /the key set at https:\/\/as\.example\.com\/jwks holds no public key/);
  });

  it('by a key whose private half is published has a note at the key set, for one key and for several', async () => {
    const note = async (keys: readonly object[]) => {
      const { trace } = await outcome(signed, [key, ...keys]);
      assert.deepEqual(
        trace.exchanges.map(({ purpose, deviations }) => [purpose, deviations.length]),
        [
          ['jwks', 1],
          ['redirect', 0],
        ],
      );
      return trace.exchanges[0]?.deviations[0]?.message ?? '';
    };
    assert.match(await note([leaked]), /the private half of a key: whoever/);
    assert.match(
      await note([{ ...leaked, kid: 'old' }, leaked, leaked]),
      /the private half of the key “old” and of 2 more: whoever/,
    );
  });
});

describe('an id_token that is signed with the client secret', () => {
  const token = (secret: string) => {
    const content = `${b64({ alg: 'HS256' })}.e30`;
    return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
  };
  const check = (secret: string | undefined, usesSecret = true, by = 'right') => {
    const { context, asked } = flow();
    const authentication = { usesSecret };
    const checked = checkSignature(token(by), {
      ...{ alg: 'HS256', metadata: published() },
      context: { ...context, authentication, secret: () => Promise.resolve(secret) },
    });
    return { checked, asked, trace: context.trace };
  };
  const refusal = async (checked: Promise<unknown>) => {
    const thrown: unknown = await checked.catch((error: unknown) => error);
    return thrown instanceof FailureError ? thrown.failure.message : assert.fail(String(thrown));
  };

  it('is good with that secret, which is a secret of the flow from then on', async () => {
    const { checked, asked, trace } = check('right');
    assert.equal(await checked, undefined);
    assert.deepEqual([asked, trace.usedSecrets], [[], ['right']]);
  });

  it('is refused where the client has no secret, or another one', async () => {
    for (const [secret, usesSecret] of [
      ['right', false],
      ['', true],
      [undefined, true],
    ] as const) {
      const { checked, trace } = check(secret, usesSecret);
      assert.match(await refusal(checked), /and this client has none/);
      assert.deepEqual(trace.usedSecrets, []);
    }
    assert.match(await refusal(check('wrong').checked), /does not fit the client secret/);
  });

  it('of an empty secret that anybody could sign with is refused', async () => {
    assert.match(await refusal(check('', true, '').checked), /and this client has none/);
  });
});
