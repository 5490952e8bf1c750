import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allOperations } from '../../../src/core/operations/all.ts';
import type { OperationName } from '../../../src/core/grants/possibleOperations.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { machineProfile } from '../../support/profiles.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { flowDeps } from '../oauth/support/deps.ts';

const idToken = (sub: unknown) => `e30.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.c2ln`;

interface How {
  readonly type?: string;
  readonly status?: number;
  readonly tokens?: Partial<TokenSet>;
}

/** What is said of an operation whose endpoint answers with this. */
async function said(
  operation: OperationName,
  body: object | string,
  { type = 'application/json', status = 200, tokens: more = {} }: How = {},
): Promise<string> {
  const server = await startStandIn(({ path }, origin) =>
    path.startsWith('/.well-known/')
      ? {
          status: 200,
          body: {
            ...{ issuer: origin, token_endpoint: `${origin}/token`, response_types_supported: ['code'] },
            ...{ introspection_endpoint: `${origin}/introspect`, userinfo_endpoint: `${origin}/userinfo` },
            jwks_uri: `${origin}/jwks`,
          },
        }
      : { status, body, headers: { 'content-type': type } },
  );
  const tokens: TokenSet = {
    ...{ access_token: 'the-access-token', token_type: 'Bearer', received_at: 0 },
    ...{ requested_scopes: ['openid'], extra: {}, ...more },
  };
  const profile = machineProfile({ issuer: server.origin });
  const { report } = await runOperation(allOperations[operation], profile, tokens, flowDeps());
  await server.close();
  const { outcome } = report;
  const words =
    outcome.kind === 'checked'
      ? outcome.meaning
      : outcome.kind === 'failure'
        ? outcome.failure.message
        : outcome.kind;
  assert.match(words, /^[\p{Lu}\d“].*\.$/su);
  assert.doesNotMatch(words, /undefined|\[object|NaN|Invalid Date/);
  return words.replaceAll(new URL(server.origin).host, 'HOST');
}

const jwe = [{ alg: 'RSA-OAEP', enc: 'A256GCM' }, 'k', 'i', 'c', 't']
  .map((part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'))
  .join('.');

describe('odd answers', () => {
  for (const [what, body, words] of [
    ['without active', {}, 'HOST answered the introspection request without “active”, which says'],
    ['an active that is a text', { active: 'true' }, 'with “active” that is a string, which says'],
    ['an active that is a number', { active: 1 }, 'with “active” that is a number, which says'],
    ['a list', [], 'HOST answered the introspection request'],
    [
      'members of other types',
      { active: true, exp: 'soon', scope: ['a'], client_id: 7, sub: { a: 1 }, username: null },
      'The server says that the token is active.',
    ],
    [
      'an end that was',
      { active: true, exp: 1 },
      'The server says that the token is active, though by its exp it ended at 1970-01-01T00:00:01.000Z.',
    ],
    ['an end beyond all time', { active: true, exp: 1e300 }, 'The server says that the token is active.'],
    [
      'words that turn text round',
      { active: true, client_id: 'a\u202Eb'.repeat(200) },
      'The server says that the token is active, for the client',
    ],
  ] as const)
    it(`to an introspection are said: ${what}`, async () => {
      const sentence = await said('introspection', body);
      assert.ok(sentence.includes(words), sentence);
      assert.doesNotMatch(sentence, /\u202E/);
      assert.ok(sentence.length < 1000);
    });

  const beside = (sub: unknown, tokens: Partial<TokenSet>) =>
    said('introspection', { active: true, sub }, { tokens });

  it('to an introspection are said: another sub than the token’s or the id_token’s, and nothing where they are one', async () => {
    const both = { access_token: idToken('ada'), id_token: idToken('bob') };
    const pairwise =
      'A server may name its users differently to each client (pairwise); otherwise it speaks of another token.';
    assert.equal(
      await beside('eve', both),
      `The server says that the token is active, for the user eve. The sub of the answer is eve; in the token itself it is ada, in the id_token it is bob. ${pairwise}`,
    );
    assert.ok((await beside('ada', both)).endsWith(`ada; in the id_token it is bob. ${pairwise}`));
    assert.ok((await beside(7, { id_token: idToken('bob') })).includes('The sub of the answer is a number;'));
    const same = 'The server says that the token is active, for the user ada.';
    assert.equal(await beside('ada', { access_token: idToken('ada'), id_token: idToken('ada') }), same);
    assert.equal(await beside('ada', { access_token: 'a.b.c', id_token: idToken({ x: 1 }) }), same);
    assert.equal(await beside('ada', { id_token: 'opaque' }), same);
  });

  for (const [what, body, words, how] of [
    ['without sub', {}, 'HOST answered the userinfo request without “sub”, which says who the user is.'],
    ['a sub that is a number', { sub: 5 }, 'with “sub” that is a number, which says who the user is.'],
    ['an empty sub', { sub: '' }, 'with “sub” that is empty, which says who the user is.'],
    [
      'another sub than the id_token',
      { sub: 'eve' },
      'The userinfo endpoint speaks of another user (eve) than the id_token (ada), so its answer must not be used.',
      { tokens: { id_token: idToken('ada') } },
    ],
    [
      'an encrypted answer',
      jwe,
      'is not believed: it is encrypted (RSA-OAEP with A256GCM), and the profile has no RSA key to open it with.',
      { type: 'application/jwt' },
    ],
    ['a JWT that is none', 'a.b', 'is not believed: ', { type: 'application/jwt' }],
    ['a JWT called JSON', idToken('ada'), 'HOST answered the userinfo request with status 200, but with'],
    ['a page', '<html>', 'HTML', { type: 'text/html' }],
    ['nothing', '', 'HOST answered the userinfo request with status 204, but with', { status: 204 }],
  ] as const)
    it(`to a userinfo request are said: ${what}`, async () => {
      const sentence = await said('userinfo', body, how ?? {});
      assert.ok(sentence.includes(words), sentence);
    });
});
