import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { evidenceFlow } from '../../../src/core/checks/evidence.ts';
import { differences, type ChecksReport } from '../../../src/core/checks/report.ts';
import type { Verdict } from '../../../src/core/checks/check.ts';
import { reportJson } from '../../../src/core/checks/reportJson.ts';
import { reportJunit } from '../../../src/core/checks/reportJunit.ts';
import { reportMarkdown } from '../../../src/core/checks/reportMarkdown.ts';
import { reportSarif } from '../../../src/core/checks/reportSarif.ts';
import { startOwnDemoServers, type DemoServers } from '../../demo/demoServers.ts';
import { assertSarif } from '../../support/sarif.ts';
import { parseXml } from '../../support/xml.ts';
import { profileOf, trial } from './support.ts';

interface Sarif {
  version: string;
  runs: {
    tool: { driver: { name: string; semanticVersion: string; rules: { id: string; helpUri: string }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      kind: string;
      level: string;
      message: { text: string };
    }[];
  }[];
}

describe('the reports of two runs', () => {
  let demo: DemoServers;
  let strict: ChecksReport;
  let faulty: ChecksReport;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
    const options = { issuer: demo.issuer, client: demo.clients.web, other: demo.clients.native };
    strict = await trial(options);
    demo.setFaults(['wrong-verifier-accepted', 'query-ignored']);
    faulty = await trial({ ...options, previous: strict });
  });
  after(() => demo.close());

  /** Everything in the exchanges of a run that must not leave it: secret, codes, verifiers, tokens. */
  function secretsOf({ results }: ChecksReport): readonly string[] {
    const found = new Set<string>([demo.clients.web.clientSecret ?? '']);
    for (const { request, response } of results.flatMap(({ evidence }) => evidence)) {
      const form = new URLSearchParams(request.body);
      const query = URL.canParse(request.url) ? new URL(request.url).searchParams : new URLSearchParams();
      for (const name of ['code', 'code_verifier', 'refresh_token', 'client_secret'])
        for (const value of [...form.getAll(name), ...query.getAll(name)])
          if (value.length > 20) found.add(value);
      for (const [, value] of (response?.body ?? '').matchAll(/"(?:access|refresh|id)_token":"([^"]+)"/g))
        if (value !== undefined) found.add(value);
    }
    return [...found].filter((value) => !value.startsWith('a-code'));
  }

  describe('the differences between two runs', () => {
    it('are the verdicts that changed, and none between equal runs', () => {
      assert.deepEqual(faulty.differences, [
        { id: 'redirect.extra-query', title: 'Extra query parameter', now: 'weakness', before: 'pass' },
        { id: 'pkce.wrong-verifier', title: 'A wrong verifier', now: 'fail', before: 'pass' },
      ]);
      assert.deepEqual(differences(strict, strict.results), []);
      const [first] = strict.results;
      assert.ok(first);
      assert.deepEqual(differences({ ...strict, results: [] }, [first]), [
        { id: first.id, title: first.title, now: 'pass' },
      ]);
    });
  });

  describe('a report as Markdown', () => {
    it('has a table for each area with verdict, meaning, advice and source, and what changed', () => {
      const text = reportMarkdown(faulty);
      for (const heading of [
        'Redirect URI',
        'PKCE',
        'Authorization code',
        'Responses',
        'Client authentication',
        'Refresh tokens',
      ])
        assert.match(text, new RegExp(`^## ${heading}$`, 'm'));
      assert.match(
        text,
        /^\| A wrong verifier \| Fail \| .*protects a code that was caught.* \| Compare .* \| \[RFC 7636 section 4\.6\]\(https:.*\) \|$/m,
      );
      assert.match(text, /^- Extra query parameter: Pass → Weakness$/m);
      assert.ok(text.includes(`Register: \`${demo.clients.web.redirectUri ?? '?'}\``));
      const columns = text.split('\n').filter((line) => line.startsWith('| '));
      for (const line of columns) assert.equal(line.replaceAll('\\|', '').split('|').length, 7, line);
    });

    it('keeps what the server said as text', () => {
      const [first] = strict.results;
      assert.ok(first);
      const hostile = '</td><script>alert(1)</script> | [x](javascript:1) `code` **bold**';
      const text = reportMarkdown({
        ...strict,
        profileName: hostile,
        results: [{ ...first, meaning: hostile }],
      });
      assert.doesNotMatch(text, /(?<!\\)<script/);
      assert.doesNotMatch(text, /(?<!\\)\[x\]/);
    });
  });

  describe('a report as JSON', () => {
    it('has the counts, the results and their exchanges', () => {
      const parsed = JSON.parse(reportJson(faulty)) as {
        counts: Record<string, number>;
        results: { id: string; verdict: string; exchanges: { request: { method: string } }[] }[];
      };
      assert.equal(parsed.counts['fail'], 1);
      assert.equal(parsed.results.length, faulty.results.length);
      const verifier = parsed.results.find(({ id }) => id === 'pkce.wrong-verifier');
      assert.equal(verifier?.verdict, 'fail');
      assert.ok(verifier.exchanges.some(({ request }) => request.method === 'POST'));
    });
  });

  describe('a report as SARIF 2.1.0', () => {
    it('has a rule and a result for each check, with the kind and level the standard allows', () => {
      const log = JSON.parse(reportSarif(faulty, '1.2.3')) as Sarif;
      assertSarif(log);
      const [run] = log.runs;
      assert.ok(run);
      assert.equal(run.tool.driver.semanticVersion, '1.2.3');
      assert.equal(new Set(run.tool.driver.rules.map(({ id }) => id)).size, run.results.length);
      for (const { ruleId, ruleIndex, kind, level, message } of run.results) {
        assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
        assert.ok(URL.canParse(run.tool.driver.rules[ruleIndex].helpUri));
        // SARIF 2.1.0 section 3.27.10: when kind is anything but fail, level is none.
        assert.ok(kind === 'fail' ? ['error', 'warning'].includes(level) : level === 'none');
        assert.ok(['pass', 'fail', 'open', 'notApplicable'].includes(kind));
        assert.notEqual(message.text, '');
      }
      const levels = Object.fromEntries(run.results.map(({ ruleId, level }) => [ruleId, level]));
      assert.equal(levels['pkce.wrong-verifier'], 'error');
      assert.equal(levels['redirect.extra-query'], 'warning');
      assert.equal(levels['pkce.no-challenge'], 'none');
    });
  });

  describe('a report for code scanning', () => {
    it('has only what fails, each at the place of the profile', () => {
      const log = JSON.parse(
        reportSarif(faulty, '1.2.3', {
          place: { file: '.vscode/my settings.json', line: 7 },
          isExcused: ({ id }) => id === 'redirect.path-case',
        }),
      ) as Sarif & {
        runs: { results: { locations: { physicalLocation: unknown }[] }[] }[];
      };
      assertSarif(log);
      const [run] = log.runs;
      assert.ok(run);
      assert.deepEqual(
        run.results.map(({ ruleId, ruleIndex, kind }) => [
          ruleId,
          run.tool.driver.rules[ruleIndex]?.id === ruleId,
          kind,
        ]),
        [
          ['redirect.extra-query', true, 'fail'],
          ['pkce.wrong-verifier', true, 'fail'],
        ],
      );
      const excused = reportSarif(faulty, '1', {
        place: { file: 'a', line: 1 },
        isExcused: ({ id }) => id === 'pkce.wrong-verifier',
      });
      assert.equal((JSON.parse(excused) as Sarif).runs[0]?.results.length, 1);
      for (const { locations } of run.results)
        assert.deepEqual(locations[0]?.physicalLocation, {
          artifactLocation: { uri: '.vscode/my%20settings.json' },
          region: { startLine: 7 },
        });
    });
  });

  describe('a report as JUnit XML', () => {
    const casesOf = (report: ChecksReport, failing: readonly Verdict[]) => {
      const suites = parseXml(reportJunit(report, ({ verdict }) => failing.includes(verdict)));
      const [suite] = suites.children;
      assert.ok(suite);
      assert.deepEqual([suites.name, suite.name], ['testsuites', 'testsuite']);
      return { suite, cases: suite.children.filter(({ name }) => name === 'testcase') };
    };
    const outcomes = (report: ChecksReport, failing: readonly Verdict[]) =>
      casesOf(report, failing).cases.map(({ children }) => children[0]?.name ?? 'passed');

    it('has a case for each check, and counts them', () => {
      const { suite, cases } = casesOf(faulty, ['fail']);
      assert.equal(cases.length, faulty.results.length);
      assert.equal(suite.attributes['tests'], String(faulty.results.length));
      assert.equal(suite.attributes['failures'], '1');
      assert.deepEqual(
        cases
          .filter(({ children }) => children[0]?.name === 'failure')
          .map(({ attributes }) => attributes['name']),
        ['PKCE: A wrong verifier (pkce.wrong-verifier)'],
      );
      const failure = cases.flatMap(({ children }) => children).find(({ name }) => name === 'failure');
      assert.match(failure?.attributes['message'] ?? '', /protects a code that was caught/);
      assert.match(failure?.text ?? '', /RFC 7636 section 4\.6: https:/);
    });

    it('takes for failures what is said to be one, and for skipped what was not found out', () => {
      assert.equal(outcomes(faulty, ['fail', 'weakness']).filter((one) => one === 'failure').length, 2);
      const [first] = faulty.results;
      assert.ok(first);
      const open = { ...faulty, results: [{ ...first, verdict: 'not_determined' as const }] };
      assert.deepEqual(outcomes(open, ['fail']), ['skipped']);
      assert.deepEqual(outcomes(open, ['fail', 'not_determined']), ['failure']);
    });

    it('keeps whatever a server or a profile says as text', () => {
      const hostile = `]]><x a="1"/>&amp; 'q' "q" \u0000\u001b[2J\ufffe\ud800\u202e\n</failure>`;
      const [first] = faulty.results;
      assert.ok(first);
      const result = {
        ...first,
        verdict: 'fail' as const,
        meaning: hostile,
        advice: hostile,
        title: hostile,
      };
      const report = { ...faulty, profileId: hostile, server: hostile, clientId: hostile, results: [result] };
      const { cases } = casesOf(report, ['fail']);
      assert.equal(cases.length, 1);
      assert.equal(cases[0]?.children.length, 1);
      assert.ok(cases[0].children[0]?.text.includes(`]]><x a="1"/>&amp; 'q' "q"`));
    });
  });

  describe('every form of a report', () => {
    it('holds no secret, code, verifier or token of the run', () => {
      const secrets = secretsOf(faulty);
      assert.ok(secrets.length > 40, String(secrets.length));
      const forms = [reportMarkdown(faulty), reportJson(faulty), reportSarif(faulty, '1')];
      for (const text of [...forms, reportJunit(faulty, () => true)])
        for (const secret of secrets) assert.ok(!text.includes(secret), `…${secret.slice(-6)}`);
      for (const { meaning, advice = '' } of faulty.results)
        for (const secret of secrets) assert.ok(!`${meaning} ${advice}`.includes(secret));
    });
  });

  describe('the evidence of a check', () => {
    it('opens as a flow that says what the check came to', () => {
      const result = faulty.results.find(({ id }) => id === 'pkce.wrong-verifier');
      assert.ok(result);
      const flow = evidenceFlow(result, profileOf(demo.issuer, demo.clients.web));
      assert.equal(flow.kind, 'check');
      assert.deepEqual(flow.outcome, {
        kind: 'checked',
        title: 'A wrong verifier',
        verdict: 'Fail',
        meaning: result.meaning,
      });
      assert.equal(flow.exchanges, result.evidence);
    });
  });
});
