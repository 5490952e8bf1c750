import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ChecksController, type ChecksControllerDeps } from '../../../src/core/checks/checksController.ts';
import { readIntent } from '../../../src/shared/intents.ts';
import { checksIntents } from '../../../src/shared/views/checksView.ts';
import { LastReports } from '../../../src/core/checks/lastReports.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import { planChecks } from '../../../src/core/checks/plan.ts';
import { runChecks, type ChecksProgress } from '../../../src/core/checks/runChecks.ts';
import { applyQuickFix, type QuickFix } from '../../../src/core/diagnose/quickFix.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import type { ChecksViewModel } from '../../../src/shared/views/checksView.ts';
import { startOwnDemoServers, type DemoServers } from '../../demo/demoServers.ts';
import { profileOf, realClock, serverOf } from './support.ts';

const emptyReport: ChecksReport = {
  ...{ profileId: '', profileName: '', clientId: '', server: '', startedAt: 0, endedAt: 0 },
  ...{ cancelled: false, results: [] },
};

describe('the checks at the demo server', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
  });
  after(() => demo.close());

  /** A controller for the public demo client that never opens a browser, and all that it did. */
  function open(change: Partial<ChecksControllerDeps> = {}) {
    const profile = profileOf(demo.issuer, demo.clients.native);
    const models: ChecksViewModel[] = [];
    const saved: [string, string][] = [];
    const flows: FlowReport[] = [];
    const fixes: QuickFix[] = [];
    const kept = new LastReports();
    const controller = new ChecksController(
      { profile, hasOtherClient: false },
      planChecks({ profile, hasOtherClient: false }),
      {
        draw: (model) => models.push(model),
        run: (choice, signal, progress) =>
          runChecks(
            {
              ...{ profile, server: serverOf(demo.issuer), fetch, clock: realClock, signal, progress },
              browser: { open: () => Promise.resolve(false) },
              timeout: 60_000,
              signInTimeout: 60_000,
              secret: () => Promise.resolve(undefined),
            },
            choice,
          ),
        keep: (report) => kept.keep(report),
        previous: () => kept.get(profile.id),
        save: (name, content) => {
          saved.push([name, content]);
          return Promise.resolve(`It is in ${name}.`);
        },
        showFlow: (flow) => flows.push(flow),
        applyFix: (fix) => {
          fixes.push(fix);
          return Promise.resolve({ text: 'The profile was changed.', done: true });
        },
        renewed: () => undefined,
        copy: () => undefined,
        version: '1.0.0',
        ...change,
      },
    );
    const last = () => {
      const model = models.at(-1);
      assert.ok(model);
      return model;
    };
    /** Leaves all areas out but one. */
    const only = async (area: string) => {
      for (const one of last().plan?.areas ?? [])
        await controller.handle({ type: 'chooseArea', area: one.id, chosen: one.id === area });
    };
    return { controller, models, saved, flows, fixes, last, only };
  }

  describe('the checks view', () => {
    it('asks what the browser shows that stays away, and tells whoever waits', async () => {
      const told: string[] = [];
      let progress: ((event: ChecksProgress) => void) | undefined;
      let end: (report: ChecksReport) => void = () => undefined;
      const report = { ...emptyReport, profileId: 'p' };
      const { controller, last } = open({
        run: (_choice, _signal, listener) => {
          progress = listener;
          return new Promise((resolve) => (end = resolve));
        },
      });
      const run = controller.handle({ type: 'run' });
      await controller.handle({ type: 'shown', shown: 'error' });
      assert.equal(last().progress?.away, undefined);
      progress?.({ kind: 'away', tell: (shown) => told.push(shown) });
      assert.equal(last().progress?.away, true);
      await controller.handle({ type: 'shown', shown: 'error' });
      progress?.({ kind: 'back' });
      assert.equal(last().progress?.away, undefined);
      await controller.handle({ type: 'shown', shown: 'other' });
      assert.deepEqual(told, ['error']);
      progress?.({ kind: 'code', text: 'Type WDJB-MJHT at https://as.example.com/device' });
      assert.equal(last().progress?.current, 'Type WDJB-MJHT at https://as.example.com/device');
      end(report);
      await run;
    });

    it('begins with the plan and sends nothing', () => {
      const { last } = open({ run: () => assert.fail('Nothing may be sent.') });
      assert.equal(last().stage, 'plan');
      assert.match(
        last().plan?.cost ?? '',
        /at most \d+ requests.*browser opens and goes through.*opens again wherever/,
      );
    });

    it('counts anew when checks, areas or the sign-in are left out', async () => {
      const { controller, last } = open();
      const all = last().plan?.checks ?? 0;
      await controller.handle({ type: 'choose', id: 'redirect.trailing-slash', chosen: false });
      assert.equal(last().plan?.checks, all - 1);
      await controller.handle({ type: 'choose', id: 'client.wrong-secret', chosen: true });
      assert.equal(last().plan?.checks, all - 1, 'What does not apply cannot be chosen.');
      await controller.handle({ type: 'chooseArea', area: 'redirect', chosen: false });
      assert.equal(last().plan?.areas[0]?.chosen, '0 of 17');
      await controller.handle({ type: 'signIn', wanted: false });
      assert.match(last().plan?.cost ?? '', /browser does not open\. \d+ checks will stay undetermined/);
    });

    it('runs what was chosen, shows each result as it comes, and ends with the report', async () => {
      const { controller, models, last, only } = open();
      await only('redirect');
      await controller.handle({ type: 'run' });
      const running = models.filter(({ stage }) => stage === 'running');
      assert.ok(running.length > 17);
      assert.deepEqual(running.at(-1)?.report?.areas.length, last().report?.areas.length);
      assert.equal(last().stage, 'report');
      assert.equal(last().report?.summary, '17 passed');
      await controller.handle({ type: 'plan' });
      assert.equal(last().stage, 'plan');
      assert.equal(last().plan?.checks, 17);
    });

    it('says in the second run what changed since the first', async () => {
      const { controller, last, only } = open();
      await only('redirect');
      await controller.handle({ type: 'run' });
      assert.equal(last().report?.changes, undefined);
      demo.setFaults(['low-ports-refused']);
      await controller.handle({ type: 'run' });
      demo.setFaults([]);
      assert.deepEqual(last().report?.changes, {
        sentence: 'Since the last run: 1 verdict changed.',
        verdicts: [
          {
            ...{ id: 'redirect.other-port', title: 'Another port on the loopback address' },
            ...{ before: 'pass', now: 'fail' },
          },
        ],
      });
      const [row] = last().report?.areas[0]?.rows ?? [];
      assert.deepEqual([row?.id, row?.verdict, row?.before], ['redirect.other-port', 'fail', 'pass']);
    });

    it('can be cancelled, shows what was done until then, and forgets nothing of the run before', async () => {
      const { controller, last, models, only } = open();
      await only('redirect');
      await controller.handle({ type: 'run' });
      const whole = last().report?.areas[0]?.rows.length;
      models.length = 0;
      const run = controller.handle({ type: 'run' });
      const end = Date.now() + 30_000;
      while (!models.some(({ report }) => (report?.areas.length ?? 0) > 0)) {
        assert.ok(Date.now() < end, 'No result was drawn in 30 s.');
        await realClock.sleep(5);
      }
      await controller.handle({ type: 'cancel' });
      await run;
      assert.match(last().report?.summary ?? '', /stopped before its end/);
      assert.ok((last().report?.areas[0]?.rows.length ?? 0) < (whole ?? 0));
      await controller.handle({ type: 'run' });
      assert.deepEqual(last().report?.changes, {
        sentence: 'Nothing changed since the last run.',
        verdicts: [],
      });
    });

    it('saves the report in each form, opens evidence, and hands quick fixes on', async () => {
      const { controller, last, saved, flows, fixes, only } = open();
      demo.setFaults(['low-ports-refused']);
      await only('redirect');
      await controller.handle({ type: 'run' });
      demo.setFaults([]);
      for (const format of ['markdown', 'json', 'sarif'] as const)
        await controller.handle({ type: 'export', format });
      assert.deepEqual(
        saved.map(([name]) => name),
        ['oauth-checks-demo-native.md', 'oauth-checks-demo-native.json', 'oauth-checks-demo-native.sarif'],
      );
      assert.deepEqual(last().notice, { text: 'It is in oauth-checks-demo-native.sarif.', failed: false });
      for (let times = 0; times < 2; times++)
        await controller.handle({ type: 'evidence', id: 'redirect.other-port' });
      assert.equal(flows[0]?.outcome.kind, 'checked');
      assert.equal(flows[1]?.id, flows[0].id);
      await controller.handle({ type: 'fix', id: 'redirect.other-port', index: 0 });
      await controller.handle({ type: 'fix', id: 'redirect.other-port', index: 7 });
      assert.deepEqual(fixes, [{ kind: 'set_redirect_uri', redirectUri: 'http://127.0.0.1:49170/callback' }]);
    });

    it('after a fix offers to run again, which runs what was chosen with the profile as it is then', async () => {
      const before = profileOf(demo.issuer, demo.clients.native);
      let profile: Profile = before;
      const ran: (readonly string[])[] = [];
      const report = (fixes: readonly QuickFix[]): ChecksReport => {
        const [item] = planChecks({ profile, hasOtherClient: false });
        assert.ok(item);
        const { id, area, title, tries, expects, sources } = item.check;
        const words = {
          startedAt: 0,
          endedAt: 0,
          facts: {},
          id,
          area,
          title,
          tries,
          expects,
          sources,
          meaning: 'It is not registered.',
        };
        return { ...emptyReport, results: [{ ...words, verdict: 'fail', fixes, evidence: [] }] };
      };
      const fix: QuickFix = { kind: 'set_redirect_uri', redirectUri: 'http://127.0.0.1:49170/callback' };
      const { controller, last, only } = open({
        run: (choice) => {
          ran.push(choice.items.filter(({ chosen }) => chosen).map(({ check }) => check.id));
          return Promise.resolve(report([fix, { kind: 'edit_profile', field: 'redirectUri' }]));
        },
        applyFix: (applied) => {
          if (applied.kind === 'edit_profile') return Promise.resolve(undefined);
          const { profile: changed } = applyQuickFix(profile, applied) as { profile: Profile };
          profile = { ...changed, dpop: true };
          return Promise.resolve({ text: 'Done.', done: true });
        },
        renewed: () => {
          const subject = { profile, hasOtherClient: false };
          return { subject, items: planChecks(subject) };
        },
      });
      await only('redirect');
      await controller.handle({ type: 'choose', id: 'redirect.trailing-slash', chosen: false });
      await controller.handle({ type: 'run' });
      const id = last().report?.areas[0]?.rows[0]?.id ?? '';
      assert.deepEqual(
        last().report?.areas[0]?.rows[0]?.fixes.map(({ done }) => done),
        [false, false],
      );
      await controller.handle({ type: 'fix', id, index: 0 });
      assert.deepEqual(last().notice, { text: 'Done.', failed: false, again: true });
      assert.deepEqual(
        last().report?.areas[0]?.rows[0]?.fixes.map(({ done }) => done),
        [true, false],
      );
      // The form takes over: there is nothing to say, and what was said stays.
      await controller.handle({ type: 'fix', id, index: 1 });
      assert.deepEqual(last().notice, { text: 'Done.', failed: false, again: true });
      await controller.handle({ type: 'run' });
      assert.equal(ran.length, 2);
      assert.ok(!ran[1]?.includes('redirect.trailing-slash'), 'What was left out is left out.');
      assert.ok(
        ran[1]?.some((one) => one.startsWith('dpop.')),
        'What applies only since the fix runs.',
      );
      assert.deepEqual(
        ran[1]?.filter((one) => !one.startsWith('dpop.')),
        ran[0],
      );
    });

    it('offers no other run after a fix that could not be made', async () => {
      const { controller, last, only } = open({
        applyFix: () => Promise.resolve({ text: 'The profile could not be saved.', done: false }),
      });
      demo.setFaults(['low-ports-refused']);
      await only('redirect');
      await controller.handle({ type: 'run' });
      demo.setFaults([]);
      await controller.handle({ type: 'fix', id: 'redirect.other-port', index: 0 });
      assert.deepEqual(last().notice, { text: 'The profile could not be saved.', failed: true });
    });

    it('says why a run could not begin, and stays at the plan', async () => {
      const failure = {
        kind: 'cancelled',
        step: 'discovery',
        message: 'No metadata.',
        advice: 'Look.',
      } as const;
      const { controller, last } = open({ run: () => Promise.reject(new FailureError(failure)) });
      await controller.handle({ type: 'run' });
      assert.equal(last().stage, 'plan');
      assert.deepEqual(last().notice, { text: 'No metadata. Look.', failed: true });
    });
  });

  describe('what comes from the webview', () => {
    it('is an intent only when it is complete and known', () => {
      assert.deepEqual(readIntent(checksIntents, { type: 'shown', shown: 'error', more: 1 }), {
        type: 'shown',
        shown: 'error',
      });
      assert.equal(readIntent(checksIntents, { type: 'shown', shown: 'nothing' }), undefined);
      assert.deepEqual(readIntent(checksIntents, { type: 'choose', id: 'x', chosen: true, more: 1 }), {
        type: 'choose',
        id: 'x',
        chosen: true,
      });
      for (const message of [
        null,
        'run',
        {},
        { type: 'none' },
        { type: 'choose', id: 1, chosen: true },
        { type: 'chooseArea', area: 'pkce' },
        { type: 'signIn' },
        { type: 'export', format: 'exe' },
        { type: 'evidence' },
        { type: 'fix', id: 'x', index: 1.5 },
      ])
        assert.equal(readIntent(checksIntents, message), undefined, JSON.stringify(message));
    });
  });
});
