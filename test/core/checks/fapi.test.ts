import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Bench } from '../../../src/core/checks/bench.ts';
import type { BenchOptions } from '../../../src/core/checks/benchOptions.ts';
import { checks } from '../../../src/core/checks/all.ts';
import { chooseChecks } from '../../../src/core/checks/chooseChecks.ts';
import { fapiAuthentication } from '../../../src/core/checks/fapi/authentication.ts';
import { planChecks } from '../../../src/core/checks/plan.ts';
import { planView } from '../../../src/core/checks/planView.ts';
import { reportMarkdown } from '../../../src/core/checks/reportMarkdown.ts';
import { runChecks } from '../../../src/core/checks/runChecks.ts';
import { holdContract } from '../../../src/core/contract/holdContract.ts';
import { parseContract } from '../../../src/core/contract/parseContract.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { json, serveSeen } from '../oauth/support/serve.ts';
import { realClock, serverOf } from './support.ts';

const entry = {
  ...{ id: 'bank', grant: 'authorization_code', clientId: 'bank', clientAuthentication: 'private_key_jwt' },
  ...{ issuer: 'https://as.example.com', redirectUri: 'http://127.0.0.1/callback', scopes: ['accounts'] },
  ...{ dpop: true, pushAuthorizationRequest: true },
};

function profileWith(over: object = {}) {
  const parsed = parseProfile({ ...entry, ...over });
  assert.ok('profile' in parsed, JSON.stringify(parsed));
  return parsed.profile;
}

describe('the checks of a profile that asks for FAPI 2.0', () => {
  const subject = { profile: profileWith({ fapi2: true }), hasOtherClient: false };
  const group = planChecks(subject).filter(({ check }) => check.area === 'fapi');

  it('are one group: those of its own and those that every server is checked for', () => {
    const ids = group.map(({ check }) => check.id);
    const wanted = ['fapi.par-required', 'fapi.authentication', 'fapi.sender-constrained', 'response.issuer'];
    const more = [
      'fapi.par-authenticated',
      'fapi.refresh-rotation',
      'pkce.plain',
      'pkce.no-challenge',
      'response.implicit',
      'code.lifetime',
      'dpop.bearer',
    ];
    assert.deepEqual(
      [...wanted, ...more].filter((id) => !ids.includes(id)),
      [],
    );
    assert.ok(
      group.every(({ notApplicable, check }) => notApplicable === undefined || check.needs.otherClient),
    );
    const titles = planView(planChecks(subject), subject, true).areas.map(({ title }) => title);
    assert.ok(titles.includes('FAPI 2.0 Security Profile'));
    // Each stands once.
    assert.equal(planChecks(subject).length, checks.length);
  });

  it('each say which section of the final profile asks for it', () => {
    const sectionOf = (sources: readonly { readonly text: string }[]) =>
      sources.flatMap(({ text }) => /^FAPI 2\.0 Security Profile section (.+)$/.exec(text)?.[1] ?? []);
    const sections = Object.fromEntries(group.map(({ check }) => [check.id, sectionOf(check.sources)]));
    for (const [id, found] of Object.entries(sections)) assert.equal(found.length, 1, id);
    assert.deepEqual(
      [
        'fapi.par-required',
        'fapi.sender-constrained',
        'code.lifetime',
        'response.issuer',
        'token.in-query',
      ].map((id) => sections[id]?.[0]),
      ['5.3.2.2', '5.3.2.1', '5.3.2.1', '5.3.2.2', '5.3.4'],
    );
    // What FAPI asks for is no source for a profile that does not ask for FAPI.
    const plain = planChecks({ profile: profileWith(), hasOtherClient: false });
    for (const { check } of plain.filter(({ check }) => !check.id.startsWith('fapi.')))
      assert.deepEqual(sectionOf(check.sources), [], check.id);
  });

  it('are named together, and by the area they are of elsewhere', () => {
    const named = (name: string) => {
      const chosen = chooseChecks([name], subject);
      assert.ok(chosen.kind === 'chosen');
      return chosen.items.map(({ check }) => check.id);
    };
    assert.deepEqual(
      named('fapi'),
      group.map(({ check }) => check.id),
    );
    assert.deepEqual(
      named('pkce'),
      checks.filter(({ area }) => area === 'pkce').map(({ id }) => id),
    );
  });

  it('are promised by their own area, or as a group', () => {
    const results = group.map(({ check: { id, area, title } }) => ({
      ...{ id, area, title, tries: '', expects: '', sources: [], verdict: 'pass' as const, meaning: '' },
      ...{ fixes: [], facts: {}, evidence: [], startedAt: 0, endedAt: 0 },
    }));
    const report = { ...{ profileId: 'bank', profileName: '', clientId: '', server: '' }, results };
    const held = (checksOf: object) => {
      const text = JSON.stringify({ profiles: { bank: { checks: checksOf } } });
      const { contract, problems } = parseContract(text);
      assert.deepEqual(problems, []);
      const bank = contract.get('bank');
      assert.ok(bank);
      const run = { ...report, startedAt: 0, endedAt: 0, cancelled: false };
      return new Map(holdContract(bank, run, 0).map(({ id, promise }) => [id, promise]));
    };
    assert.equal(held({ fapi: 'pass' }).get('pkce.plain'), 'fapi');
    assert.equal(held({ fapi: 'pass', pkce: 'pass' }).get('pkce.plain'), 'pkce');
    assert.equal(held({ pkce: 'pass' }).get('fapi.par-required'), undefined);
  });

  it('mean nothing for another profile', () => {
    const plain = { profile: profileWith(), hasOtherClient: false };
    const own = planChecks(plain).filter(({ check }) => check.area === 'fapi');
    assert.equal(own.length, 5);
    assert.ok(own.every(({ notApplicable }) => notApplicable === 'This profile does not ask for FAPI 2.0.'));
  });

  it('fail a client with a secret, with nothing sent, and are one part of the report', async (context) => {
    const { origin, seen } = await serveSeen(context, (_request, response) => json(response, {}, 400));
    const profile = profileWith({
      ...{ fapi2: true, issuer: origin, clientAuthentication: 'client_secret_basic' },
    });
    const items = planChecks({ profile, hasOtherClient: false }).filter(
      ({ check }) => check.id === fapiAuthentication.id,
    );
    const { signal } = new AbortController();
    const report = await runChecks(
      {
        ...{ profile, server: serverOf(origin), fetch, clock: realClock, signal, timeout: 60_000 },
        ...{ signInTimeout: 1000, secret: () => Promise.resolve('a secret') },
        browser: { open: () => Promise.resolve(false) },
      },
      { items, signIn: false },
    );
    assert.deepEqual(
      report.results.map(({ verdict, meaning }) => [verdict, meaning]),
      [['fail', 'This client uses client_secret_basic.']],
    );
    assert.deepEqual(seen, []);
    assert.match(reportMarkdown(report), /^## FAPI 2\.0 Security Profile$/m);
  });

  it('want a pushed request to be good for less than 600 seconds', async () => {
    const check = checks.find(({ id }) => id === 'par.expired');
    for (const [fapi2, lifetime, verdict] of [
      [true, 600, 'weakness'],
      [true, 599, 'waits'],
      [false, 600, 'waits'],
      [false, 601, 'weakness'],
    ] as const) {
      const profile = profileWith(fapi2 ? { fapi2 } : {});
      const bench = new Bench({ profile } as unknown as BenchOptions, new Map(), '');
      const url = `${entry.issuer}/auth?request_uri=urn:1`;
      Object.assign(bench, {
        authorizationUrl: () => Promise.resolve(url),
        send: (_: string, asked: string) =>
          Promise.resolve(asked === url ? new Response('<form>') : new Response('unknown', { status: 400 })),
        wait: () => Promise.reject(new Error('waits')),
      });
      Object.defineProperties(bench, {
        evidence: {
          value: [{ purpose: 'par', response: { body: JSON.stringify({ expires_in: lifetime }) } }],
        },
        client: { value: { redirectUri: entry.redirectUri } },
        origins: { value: new Set([entry.issuer]) },
      });
      const judged = await check?.run(bench).then(
        (one) => one.verdict,
        (error: unknown) => (error as Error).message,
      );
      assert.equal(judged, verdict, `${lifetime} seconds`);
    }
  });

  it('want a code to be good for a minute', async () => {
    const code = checks.find(({ id }) => id === 'code.lifetime');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const [profile, exp, verdict] of [
      [subject.profile, 1300, 'weakness'],
      [profileWith(), 1300, 'waits'],
      // No number can be made of it.
      [subject.profile, { valueOf: 1, toString: 1 }, 'waits'],
    ] as const) {
      const body = Buffer.from(JSON.stringify({ iat: 1000, exp })).toString('base64url');
      const bench = new Bench({ profile } as unknown as BenchOptions, new Map(), '');
      Object.assign(bench, {
        reference: () => Promise.resolve({}),
        code: () => Promise.resolve({ code: `${header}.${body}.` }),
        wait: () => Promise.reject(new Error('waits')),
      });
      const judged = await code?.run(bench).then(
        (one) => one.verdict,
        (error: unknown) => (error as Error).message,
      );
      assert.equal(judged, verdict);
    }
  });
});
