import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { tokenFacts } from '../../../src/core/diagnose/tokenFacts.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { catalogue } from './play.ts';
import { apiWorld, playApi } from './truth/apiWorld.ts';
import { contradicted } from './truth/contradicted.ts';
import { playWorld, type Played } from './truth/playWorld.ts';
import { Trace } from './truth/trace.ts';
import { truths } from './truth/truths.ts';
import { causeIds } from './truth/causeIds.ts';
import { otherFlows, plainFlows, worldOf } from './truth/world.ts';

// Each failure is mutated in every part of what the server answers; no cause that is then named may be contradicted by what is in
// the trace. What each cause needs to be true is written down anew in `truth/truths.ts`, from the trace alone, not from the rules.

describe('no cause is contradicted by the trace', () => {
  const named = new Set<string>();
  const kinds = new Set<string>();
  const check = ({ report, metadata, earlier }: Played, tokens?: TokenSet) => {
    const explanation = explainReport(report, catalogue, {
      ...(tokens && { token: tokenFacts(tokens) }),
      ...(metadata && { metadata }),
      earlier,
    });
    if (explanation === undefined) return;
    kinds.add(explanation.failure.kind);
    const trace = new Trace(report, explanation, metadata, earlier);
    for (const cause of explanation.causes) {
      named.add(cause.id);
      const truth = truths.find(([id]) => id.test(cause.id));
      assert.ok(truth, `Nothing says when ${cause.id} is true.`);
      const words = `${cause.title} ${cause.evidence.join(' ')}`;
      assert.ok(truth[1](trace, cause), `${cause.id} is contradicted: ${words}`);
    }
    assert.equal(contradicted(trace), undefined);
  };

  it('whatever part of the answers to a flow is mutated', async () => {
    named.clear();
    await fc.assert(
      fc.asyncProperty(worldOf(plainFlows), async (one) => check(await playWorld(one))),
      { numRuns: 300, seed: 12 },
    );
    // A property that names hardly any cause shows nothing.
    assert.ok(named.size >= 28, [...named].join(' '));
    check(
      await playWorld({
        ...{ metadata: {}, token: undefined, keys: undefined, redirect: undefined, claims: {} },
        ...{ flow: 'client_credentials', authentication: 'client_secret_basic', secret: 's3cr3t-of-client' },
        ...{ trouble: undefined, refreshToken: undefined, scopes: [], parameters: {}, endpoint: undefined },
        ...{ clientId: 'orders-worker', pending: 0, signed: true, cached: false, provider: undefined },
        before: undefined,
        discovery: { status: 0, headers: {}, body: '', error: 'CERT_HAS_EXPIRED' },
      }),
    );
    // Every kind that an answer, a user or this machine can lead to. A cancel, a defect of ours and a profile that is none come of no answer.
    assert.deepEqual([...kinds].sort(), [
      ...['browser_not_opened', 'http_error', 'insecure_url', 'invalid_id_token', 'invalid_redirect'],
      ...['issuer_mismatch', 'malformed_response', 'metadata_missing', 'network', 'oauth_error', 'port_busy'],
      ...[
        'redirected',
        'response_too_large',
        'secret_missing',
        'sign_in_required',
        'timeout',
        'tls',
        'vault',
      ],
    ]);
    for (const local of ['port-busy', 'browser-not-opened', 'vault']) assert.ok(named.has(local), local);
  });

  it('whatever another endpoint answers, or whoever stands before it', async () => {
    named.clear();
    await fc.assert(
      fc.asyncProperty(worldOf(otherFlows), async (one) => check(await playWorld(one))),
      { numRuns: 400, seed: 12 },
    );
    assert.ok(named.size >= 60, [...named].join(' '));
  });

  it('whatever part of the answer of an API is mutated', async () => {
    named.clear();
    await fc.assert(
      fc.asyncProperty(apiWorld, async (one) => {
        const { report, tokens } = await playApi(one);
        check({ report, earlier: [] }, tokens);
      }),
      { numRuns: 500, seed: 12 },
    );
    assert.ok(named.size >= 8, [...named].join(' '));
  });

  it('and there is a truth for every cause that the rules name', () => {
    const untold = causeIds.filter((id) => !truths.some(([known]) => known.test(id)));
    assert.deepEqual(untold, []);
    const unused = truths.filter(([known]) => !causeIds.some((id) => known.test(id)));
    assert.deepEqual(unused, []);
  });
});
