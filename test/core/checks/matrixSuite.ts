import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import type { Verdict } from '../../../src/core/checks/check.ts';
import { faults } from '../../../src/demo/faults/all.ts';
import { clientFor, clientNames, type ClientName, type Run, type Verdicts } from './matrixClients.ts';
import { noAssertion } from './support.ts';

/**
 * For every fault: what may change against the strict server, and nothing else. The first entry is the check that is
 * there to find the fault.
 */
const expected: Readonly<Record<string, Verdicts>> = {
  'port-required': { 'redirect.registered': 'fail' },
  'low-ports-refused': { 'redirect.other-port': 'fail' },
  'loopback-names-equal': { 'redirect.loopback-names': 'weakness' },
  'trailing-slash-ignored': { 'redirect.trailing-slash': 'weakness' },
  'path-case-ignored': { 'redirect.path-case': 'weakness' },
  'path-prefix': { 'redirect.extra-segment': 'fail' },
  'query-ignored': { 'redirect.extra-query': 'weakness' },
  'dot-segments-allowed': { 'redirect.dot-segments': 'fail' },
  'encoded-dot-segments-allowed': { 'redirect.encoded-dot-segments': 'fail' },
  'userinfo-taken-for-host': { 'redirect.userinfo': 'fail' },
  'host-prefix': { 'redirect.look-alike-host': 'fail' },
  'host-suffix': { 'redirect.look-alike-host': 'fail' },
  'scheme-ignored': { 'redirect.scheme': 'weakness' },
  'fragment-allowed': { 'redirect.fragment': 'weakness' },
  'redirect-guessed': { 'redirect.missing': 'weakness' },
  'last-redirect-used': { 'redirect.sent-twice': 'fail' },
  'any-public-host': { 'redirect.unregistered-host': 'fail' },
  'errors-anywhere': { 'redirect.unregistered-host': 'fail' },
  'code-in-errors': { 'redirect.error-without-code': 'fail' },
  'pkce-optional': { 'pkce.no-challenge': 'fail' },
  'plain-accepted': { 'pkce.plain': 'weakness' },
  'unknown-method-accepted': { 'pkce.unknown-method': 'fail' },
  'malformed-challenge-accepted': { 'pkce.malformed-challenge': 'weakness' },
  'wrong-verifier-accepted': { 'pkce.wrong-verifier': 'fail' },
  'missing-verifier-accepted': { 'pkce.missing-verifier': 'fail' },
  'downgrade-accepted': { 'pkce.downgrade': 'fail' },
  'challenge-reuse-unnoticed': { 'pkce.reused-challenge': 'weakness' },
  // What is accepted again is accepted at the same time, too.
  'code-replay-accepted': { 'code.replayed': 'fail', 'code.concurrent': 'fail' },
  'replay-keeps-tokens': { 'code.replay-revokes': 'weakness' },
  'token-ignores-redirect': { 'code.other-redirect': 'weakness' },
  'code-for-any-client': { 'code.other-client': 'fail' },
  'state-cut-off': { 'response.state': 'fail' },
  // Without the state an error may come from anybody, so it settles nothing for the check that waits for one.
  'state-missing-on-errors': {
    'response.state-on-errors': 'fail',
    'pkce.reused-challenge': 'not_determined',
  },
  'issuer-missing': { 'response.issuer': 'fail' },
  'issuer-wrong': { 'response.issuer': 'fail' },
  'implicit-enabled': { 'response.implicit': 'fail' },
  'framing-allowed': { 'response.framing': 'fail' },
  'tokens-cacheable': { 'response.no-store': 'fail' },
  'secret-not-compared': { 'client.wrong-secret': 'fail' },
  'authentication-error-vague': { 'client.wrong-secret': 'weakness' },
  'authentication-optional': { 'client.no-authentication': 'fail' },
  'secret-in-query-accepted': { 'client.secret-in-query': 'weakness' },
  'password-grant-enabled': { 'client.password-grant': 'fail' },
  // Where refresh tokens do not rotate there is no old one that could be used again.
  'refresh-not-rotated': {
    'refresh.rotation': 'fail',
    'refresh.reuse': 'not_applicable',
    'refresh.family-revoked': 'not_applicable',
    'refresh.concurrent': 'not_applicable',
  },
  'refresh-reuse-accepted': { 'refresh.reuse': 'fail', 'refresh.concurrent': 'weakness' },
  'refresh-family-kept': { 'refresh.family-revoked': 'weakness' },
  'refresh-widens': { 'refresh.widening': 'fail' },
  'refresh-for-any-client': { 'refresh.other-client': 'fail' },
  'last-parameter-read': { 'redirect.sent-twice': 'weakness' },
  'backslash-taken': { 'redirect.userinfo': 'fail' },
  'unknown-client-redirected': { 'client.unknown': 'fail' },
  'code-race': { 'code.concurrent': 'fail' },
  'code-guessable': { 'code.entropy': 'fail' },
  'nonce-dropped': { 'response.nonce': 'fail' },
  'id-token-unsigned': { 'response.id-token': 'fail', 'response.id-token-signature': 'fail' },
  'id-token-forged': { 'response.id-token-signature': 'fail' },
  'token-type-missing': { 'response.token-response': 'fail' },
  'referrer-leaks': { 'response.referrer-policy': 'fail' },
  'error-page-reflects': { 'response.error-reflection': 'fail' },
  'cors-at-authorization': { 'response.cors': 'fail' },
  'token-by-get': { 'client.by-get': 'weakness' },
  'token-parameters-twice': { 'client.sent-twice': 'weakness' },
  'refresh-race': { 'refresh.concurrent': 'weakness' },
  'revocation-ignored': {
    'token.revoked-refresh': 'fail',
    'token.revoked-access': 'fail',
    'token.revocation-cascade': 'weakness',
  },
  'revocation-keeps-access': { 'token.revocation-cascade': 'weakness' },
  'revocation-for-any-client': { 'token.revocation-other-client': 'fail' },
  'revocation-open': { 'token.revocation-open': 'fail' },
  'introspection-open': { 'token.introspection-open': 'fail' },
  'token-in-query-accepted': { 'token.in-query': 'weakness' },
  'made-up-token-accepted': { 'token.made-up': 'fail' },
  'any-token-accepted': { 'token.wrong-kind': 'fail' },
  'assertion-unsigned-accepted': { 'client.assertion-unsigned': 'fail' },
  // A client that signs with its secret shows a wrong secret by a wrong signature.
  'assertion-key-ignored': { 'client.assertion-other-key': 'fail', 'client.wrong-secret': 'fail' },
  'assertion-for-anybody': { 'client.assertion-audience': 'fail' },
  'assertion-expiry-ignored': { 'client.assertion-expired': 'fail' },
  'assertion-replay-accepted': { 'client.assertion-replayed': 'weakness' },
  'tokens-live-long': { 'token.lifetime': 'weakness' },
};

const ofAssertions = Object.keys(noAssertion);
const ofPublic = [
  'client.wrong-secret',
  'client.no-authentication',
  'client.secret-in-query',
  ...ofAssertions,
  'token.revocation-open',
];
/** What means nothing for a client, in the order of the checks. */
const notFor: Readonly<Record<ClientName, readonly string[]>> = {
  native: ofPublic,
  local: ofPublic,
  web: ofAssertions,
  signed: ['client.secret-in-query'],
};

/** Holds each check against each fault of the demo server, that of the sources or that of the package. Call it inside `describe`. */
export function itFindsEachFault(of: 'sources' | 'package'): void {
  const seen = new Map<string, Verdicts>();
  const arrived = new EventEmitter();
  // Started while the file is read, one for each core but that of the tests before these: they are through when those are.
  const shares = Math.max(1, availableParallelism() - 1);
  const children = Array.from({ length: shares }, (_, share) =>
    fork(join(import.meta.dirname, 'matrixRun.ts'), [of, String(share), String(shares)]),
  );
  for (const child of children) {
    child.on('message', ({ name, verdicts }: Run) => {
      seen.set(name, verdicts);
      arrived.emit('change');
    });
    child.on('disconnect', () => arrived.emit('change'));
  }

  /** The verdicts of a run, once it is done. */
  async function verdictsOf(name: string): Promise<Verdicts> {
    for (;;) {
      const found = seen.get(name);
      if (found !== undefined) return found;
      assert.ok(
        children.some(({ connected }) => connected),
        `The runs ended before that of ${name}.`,
      );
      await once(arrived, 'change');
    }
  }

  after(() => {
    for (const child of children) child.kill();
    printMatrix();
  });

  describe('the checks against the strict server', () => {
    for (const client of clientNames)
      it(`pass for the client "${client}", all that apply`, async () => {
        const found = await verdictsOf(client);
        const others = Object.entries(found).filter(([, verdict]) => verdict !== 'pass');
        assert.deepEqual(
          others,
          notFor[client].map((id) => [id, 'not_applicable']),
        );
      });
  });

  describe('the checks against a server with exactly one fault', () => {
    for (const { id, title } of faults)
      it(`find it and raise no other alarm: ${title}`, async () => {
        const found = await verdictsOf(id);
        const strict = await verdictsOf(clientFor(id));
        const changed = Object.entries(found).filter(([check, verdict]) => strict[check] !== verdict);
        assert.equal(Object.keys(found).length, checks.length);
        assert.deepEqual(Object.fromEntries(changed), expected[id]);
      });

    it('leave no check without a fault that it finds', () => {
      const found = new Set(
        Object.values(expected).flatMap((changes) =>
          Object.entries(changes).flatMap(([check, verdict]) =>
            verdict === 'fail' || verdict === 'weakness' ? [check] : [],
          ),
        ),
      );
      assert.deepEqual(
        checks.map(({ id }) => id).filter((id) => !found.has(id)),
        [],
      );
      assert.deepEqual(Object.keys(expected).sort(), faults.map(({ id }) => id).sort());
    });
  });

  const signs: Readonly<Record<Verdict, string>> = {
    pass: '·',
    fail: 'F',
    weakness: 'w',
    not_determined: '?',
    not_applicable: ' ',
  };

  /** Rows are checks, columns are faults (S: the strict server). */
  function printMatrix(): void {
    const columns = faults.flatMap(({ id }): [string, Verdicts][] => {
      const found = seen.get(id);
      return found === undefined ? [] : [[id, found]];
    });
    const digits = (place: (index: number) => number) => columns.map((_, index) => place(index)).join('');
    const lines = [
      'Checks against faults: F fail, w weakness, · pass, ? not determined, blank not applicable',
      ...columns.map(([id], index) => `  ${String(index + 1).padStart(2)} ${id}`),
      ''.padEnd(32) + 'S ' + digits((index) => Math.floor((index + 1) / 10)),
      ''.padEnd(32) + '  ' + digits((index) => (index + 1) % 10),
      ...checks.map(({ id }) => {
        const strictly = signs[seen.get('web')?.[id] ?? 'not_determined'];
        const cells = columns.map(([, found]) => signs[found[id] ?? 'not_determined']).join('');
        return `${id.padEnd(32)}${strictly} ${cells}`;
      }),
    ];
    console.log(lines.join('\n'));
  }
}
