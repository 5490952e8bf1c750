import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import { known } from './server.ts';
import { isRegistered, signsInFirst, type Laxness } from './signsInFirst.ts';
import { serverOf, trial } from './support.ts';

const client = { ...known, scopes: ['openid'] };

async function verdicts(lax: Laxness, signIn = true): Promise<Readonly<Record<string, string>>> {
  const server = await signsInFirst(lax);
  try {
    const context = { server: serverOf(server.origin, 'introspection', 'revocation', 'jwks') };
    const { results } = await trial({ issuer: server.origin, client, signIn, checks, context });
    if (process.env['SHOW'] !== undefined)
      for (const { id, verdict, meaning } of results) console.log(verdict.padEnd(15), id, meaning);
    return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
  } finally {
    await server.close();
  }
}

const below = (uri: string) => new URL(uri).host.startsWith('127.0.0.1:');

/** One laxness each, and the verdict that finds it. */
const found: readonly (readonly [what: string, lax: Laxness, expected: Readonly<Record<string, string>>])[] =
  [
    [
      'any host after the sign-in',
      { allows: (uri) => new URL(uri).pathname === '/callback' && new URL(uri).search === '' },
      {
        'redirect.unregistered-host': 'fail',
        'redirect.look-alike-host': 'fail',
        'redirect.userinfo': 'fail',
      },
    ],
    [
      'a path that only begins right',
      { allows: (uri) => below(uri) && new URL(uri).pathname.startsWith('/callback') && !uri.includes('?') },
      { 'redirect.extra-segment': 'fail' },
    ],
    [
      'a query',
      { allows: (uri) => isRegistered(uri.replace('?extra=1', '')) },
      { 'redirect.extra-query': 'weakness' },
    ],
    [
      'dots',
      { allows: (uri) => isRegistered(uri.replace('/../elsewhere', '')) },
      { 'redirect.dot-segments': 'fail' },
    ],
    [
      'another case',
      { allows: (uri) => isRegistered(uri.toLowerCase()) },
      { 'redirect.path-case': 'weakness' },
    ],
    [
      'a slash',
      { allows: (uri) => isRegistered(uri.replace(/\/$/, '')) },
      { 'redirect.trailing-slash': 'weakness' },
    ],
    [
      'another name',
      { allows: (uri) => isRegistered(uri.replace('localhost', '127.0.0.1')) },
      { 'redirect.loopback-names': 'weakness' },
    ],
    [
      'the other scheme',
      { allows: (uri) => isRegistered(uri.replace(/^https:/, 'http:')) },
      { 'redirect.scheme': 'weakness' },
    ],
    [
      'a user name',
      { allows: (uri) => isRegistered(uri.replace('oauth-explorer@', '')) },
      { 'redirect.userinfo': 'fail' },
    ],
    ['the first of two', { reads: 'first' }, { 'redirect.sent-twice': 'weakness' }],
    ['the last of two', { reads: 'last' }, { 'redirect.sent-twice': 'weakness' }],
    [
      'the first checked, the last used',
      { checks: 'first', allows: (uri) => isRegistered(uri) },
      { 'redirect.sent-twice': 'fail' },
    ],
    ['no challenge', { challengeOptional: true }, { 'pkce.no-challenge': 'fail' }],
    ['plain', { methods: ['S256', 'plain'] }, { 'pkce.plain': 'weakness' }],
    ['any method', { methods: ['S256', 'S999'] }, { 'pkce.unknown-method': 'fail' }],
    [
      'any method, as plain',
      { methods: ['S256', 'S999'], unknownAs: 'plain' },
      { 'pkce.unknown-method': 'fail' },
    ],
    [
      'any method, and none with its verifier, as rack-oauth2 (extension/pkce.rb)',
      { methods: ['S256', 'S999'], unknownAs: 'nothing' },
      { 'pkce.unknown-method': 'weakness' },
    ],
    ['any challenge', { anyChallenge: true }, { 'pkce.malformed-challenge': 'weakness' }],
    ['the implicit grant', { implicit: true }, { 'response.implicit': 'fail' }],
    ['no iss', { iss: false }, { 'response.issuer': 'fail' }],
    [
      'errors without state',
      { errorsAtClient: true, errorState: false },
      { 'response.state-on-errors': 'fail' },
    ],
    [
      'refusals at any redirect URI, as those of oauth20-provider: an open redirector, and no code gets there',
      { refusesAnywhere: true },
      {
        'redirect.unregistered-host': 'fail',
        'redirect.look-alike-host': 'fail',
        ...Object.fromEntries(
          [
            ...['trailing-slash', 'path-case', 'extra-segment', 'extra-query', 'dot-segments'],
            ...['encoded-dot-segments', 'loopback-names'],
          ].map((name) => [`redirect.${name}`, 'pass']),
        ),
        'redirect.scheme': 'not_determined',
      },
    ],
    ['frames', { framing: true }, { 'response.framing': 'fail' }],
  ];

describe('the checks against a server that signs in first and shows errors on its own page', () => {
  it('decide all with the user signed in, and raise no alarm but the one that is right', async () => {
    const seen = await verdicts({});
    const by = (verdict: string) => Object.keys(seen).filter((id) => seen[id] === verdict);
    // It does not notice challenges that were used before.
    assert.deepEqual([...by('fail'), ...by('weakness')], ['pkce.reused-challenge']);
    assert.deepEqual(by('not_determined'), []);
    assert.equal(seen['redirect.scheme'], 'pass');
  });

  it('say that a sign-in is missing when it is', async () => {
    const seen = await verdicts({}, false);
    assert.deepEqual(
      Object.values(seen).filter((verdict) => verdict === 'fail' || verdict === 'weakness'),
      [],
    );
    assert.equal(seen['redirect.registered'], 'not_determined');
  });

  for (const [what, lax, expected] of found)
    it(`find what it gets wrong after the sign-in: ${what}`, async () => {
      const seen = await verdicts(lax);
      for (const [id, verdict] of Object.entries(expected)) assert.equal(seen[id], verdict, id);
    });
});
