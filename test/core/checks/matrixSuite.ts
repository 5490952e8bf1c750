import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import type { Verdict } from '../../../src/core/checks/check.ts';
import { faults } from '../../../src/demo/faults/all.ts';
import { families as manners } from '../../../src/demo/families.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import {
  clientNames,
  nameOf,
  runsIn,
  strictRuns,
  type ClientName,
  type Outcome,
  type Run,
  type Verdicts,
} from './matrixClients.ts';
import { expected } from './matrixExpected.ts';
import { families, familyRuns, triedWith, wanted } from './matrixFamilies.ts';
import { noAssertion, noBound, noTls } from './support.ts';

const ofAssertions = Object.keys(noAssertion);
const ofTls = Object.keys(noTls);
const ofBound = [...Object.keys(noBound), 'par.expired'];
const ofSecrets = [
  'client.wrong-secret',
  'client.no-authentication',
  'client.secret-in-query',
  'token.revocation-open',
];
const ofPublic = [...ofSecrets, ...ofAssertions];
/** What means nothing for a client. */
const notFor: Readonly<Record<ClientName, readonly string[]>> = {
  native: [...ofPublic, ...ofTls, ...ofBound],
  local: [...ofPublic, ...ofTls, ...ofBound],
  web: [...ofAssertions, ...ofTls, ...ofBound],
  signed: ['client.secret-in-query', ...ofTls, ...ofBound],
  tls: [...ofPublic, ...ofBound],
  bound: [],
  device: [],
  fapi: [],
};

/** What plans more passes than any run here makes. */
const unreached = [
  // A second and a third: the server would have to sign in first, and take one of two variants.
  'redirect.extra-segment',
  // A second: for the name localhost, at a server that signs in first.
  'redirect.look-alike-host',
  // A second, where not even its own client can end an access token.
  'token.revocation-open',
  // The demo answers a pushed request without a sign-in.
  'par.outside',
  // The user goes to another page there.
  'device.code-twice',
];

/** Holds each check against each fault of the demo server, that of the sources or that of the package. Call it inside `describe`. */
export function itFindsEachFault(of: 'sources' | 'package'): void {
  const seen = new Map<string, Verdicts>();
  /** The most passes of the browser that a check made. */
  const passes = new Map<string, number>();
  const arrived = new EventEmitter();
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const certificate = selfSignedCertificate();
  writeFileSync(cert, certificate.cert);
  writeFileSync(key, certificate.key);
  // Started while the file is read, one for each core but that of the tests before these: they are through when those are.
  const shares = Math.max(1, availableParallelism() - 1);
  const children = Array.from({ length: shares }, (_, share) =>
    fork(join(import.meta.dirname, 'matrixRun.ts'), [of, String(share), String(shares), cert, key], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: cert },
    }),
  );
  for (const child of children) {
    child.on('message', ({ name, verdicts, passes: made }: Outcome) => {
      seen.set(name, verdicts);
      for (const [id, times] of Object.entries(made)) passes.set(id, Math.max(times, passes.get(id) ?? 0));
      arrived.emit('change');
    });
    child.on('disconnect', () => arrived.emit('change'));
  }

  /** The verdicts of a run, once it is done. */
  async function verdictsOf(run: Run): Promise<Verdicts> {
    const name = nameOf(run);
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
    rmSync(folder, { recursive: true, force: true });
    printMatrix();
  });

  describe('the checks against the strict server', () => {
    for (const client of clientNames)
      it(`pass for the client "${client}", all that apply`, async () => {
        const found = await verdictsOf({ client, faults: [] });
        const others = Object.entries(found).filter(([, verdict]) => verdict !== 'pass');
        const nothing = notFor[client].map((id) => [id, 'not_applicable'] as const);
        assert.deepEqual(Object.fromEntries(others), Object.fromEntries(nothing));
        const run = strictRuns.find((one) => one.client === client && one.faults.length === 0);
        assert.ok(run);
        assert.equal(Object.keys(found).length, checks.filter(({ id }) => runsIn(run, id)).length);
      });
  });

  const itFinds = (run: Run) => {
    const { client, faults: ids } = run;
    it(`${ids.join(', ') || 'no fault'} (${client})`, async () => {
      const strict = await verdictsOf({ client, faults: [] });
      const should = wanted(run, strict);
      const found = await verdictsOf(run);
      const other = (verdicts: Verdicts) =>
        Object.fromEntries(Object.entries(verdicts).filter(([check]) => found[check] !== should[check]));
      assert.deepEqual(other(found), other(should));
      assert.equal(Object.keys(found).length, checks.filter((check) => runsIn(run, check.id)).length);
    });
  };

  describe('the checks against a server with faults that are found apart find them, and raise no other alarm', () => {
    for (const run of strictRuns.filter(({ faults: ids }) => ids.length > 0)) itFinds(run);

    it('leave no check without a fault that it finds', () => {
      const found = new Set(Object.values(expected).flatMap((changes) => alarms(changes)));
      assert.deepEqual(
        checks.map(({ id }) => id).filter((id) => !found.has(id)),
        [],
      );
      const tried = strictRuns.flatMap(({ faults: ids }) => ids);
      assert.deepEqual(tried.toSorted(), faults.map(({ id }) => id).sort());
      assert.deepEqual(Object.keys(expected).sort(), tried.toSorted());
    });
  });

  if (of === 'sources')
    for (const family of Object.keys(families))
      describe(`the checks against a server of the family "${family}"`, () => {
        for (const run of familyRuns.filter((one) => one.family === family)) itFinds(run);
      });

  // That no run makes more, each run itself holds.
  it('make as many passes of the browser as the plan says, each check in some run', async () => {
    if (of === 'package') return;
    for (const run of [...strictRuns, ...familyRuns]) await verdictsOf(run);
    const fewer = checks.filter(({ id, signIns }) => (passes.get(id) ?? 0) < signIns);
    assert.deepEqual(
      fewer.map(({ id }) => id),
      unreached,
    );
  });

  it('meet every family, and what one hides is said', () => {
    assert.deepEqual(
      Object.keys(families).sort(),
      [...manners.map(({ id }) => id), 'last-parameter-read'].sort(),
    );
    for (const [family, { otherwise }] of Object.entries(families)) {
      const tried = triedWith(family);
      const runs = familyRuns.filter((run) => run.family === family);
      assert.ok(
        runs.some(({ faults: ids, areas }) => ids.length === 0 && areas === undefined),
        `${family} meets no run of all checks.`,
      );
      assert.deepEqual(runs.flatMap(({ faults: ids }) => ids).toSorted(), tried.toSorted());
      // Nothing is excused that is not tried, but by a family that is made of another.
      if (family !== 'any-host-after-sign-in')
        assert.deepEqual(
          Object.keys(otherwise).filter((id) => !tried.includes(id)),
          [],
        );
    }
  });

  const signs: Readonly<Record<Verdict, string>> = {
    pass: '·',
    fail: 'F',
    weakness: 'w',
    not_determined: '?',
    not_applicable: ' ',
  };

  /** Rows are checks, columns are runs (the first five: the strict server). */
  function printMatrix(): void {
    const runs = (of === 'sources' ? [...strictRuns, ...familyRuns] : strictRuns).filter((run) =>
      seen.has(nameOf(run)),
    );
    const digits = (place: (index: number) => number) =>
      runs.map((_, index) => place(index + 1) % 10).join('');
    const lines = [
      'Checks against faults: F fail, w weakness, · pass, ? not determined, blank not applicable',
      ...runs.map((run, index) => `  ${String(index + 1).padStart(3)} ${nameOf(run)}`),
      ''.padEnd(32) + digits((number) => Math.floor(number / 100)),
      ''.padEnd(32) + digits((number) => Math.floor(number / 10)),
      ''.padEnd(32) + digits((number) => number),
      ...checks.map(({ id }) => {
        const cells = runs.map((run) => signs[seen.get(nameOf(run))?.[id] ?? 'not_determined']);
        return id.padEnd(32) + cells.join('');
      }),
    ];
    console.log(lines.join('\n'));
  }
}

function alarms(changes: Verdicts): readonly string[] {
  return Object.entries(changes).flatMap(([check, verdict]) =>
    verdict === 'fail' || verdict === 'weakness' ? [check] : [],
  );
}
