import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChecksReport, CheckResult } from '../../src/core/checks/report.ts';
import { reportMarkdown } from '../../src/core/checks/reportMarkdown.ts';
import { checksText } from '../../src/cli/checksText.ts';

const noRedirect = 'This profile has no redirect URI: it uses client credentials.';
const noSignIn = 'This needs a sign-in in the browser, which was left out.';

function result(id: string, verdict: CheckResult['verdict'], meaning: string, advice?: string): CheckResult {
  return {
    ...{ id, title: `Title of ${id}`, verdict, meaning, tries: '', expects: '', sources: [], evidence: [] },
    ...{ fixes: [], facts: {}, startedAt: 0, endedAt: 0 },
    area: id.split('.')[0] as CheckResult['area'],
    ...(advice === undefined ? {} : { advice }),
  };
}

const report = {
  ...{ profileId: 'orders', profileName: 'Orders', clientId: 'worker', server: 'https://as.example' },
  ...{ startedAt: 0, endedAt: 1, cancelled: false },
  results: [
    ...Array.from({ length: 12 }, (_, index) => result(`redirect.of-${index}`, 'not_applicable', noRedirect)),
    result('pkce.one', 'not_determined', noSignIn),
    result('client.wrong-secret', 'fail', 'It was taken.', 'Refuse it.'),
    result('pkce.two', 'not_determined', noSignIn),
    result('client.alone', 'not_determined', 'The server was silent.'),
    result('client.key', 'not_applicable', 'No key.'),
    result('client.by-get', 'pass', 'Refused.'),
  ],
} satisfies ChecksReport;

describe('the checks at a terminal', () => {
  it('begin with what was found out, and say once for many why the others came to nothing', () => {
    const lines = checksText(report, false).split('\n');
    assert.deepEqual(lines.slice(2, 7), [
      'Fail            Title of client.wrong-secret (client.wrong-secret)',
      '                It was taken.',
      '                Refuse it.',
      'Not determined  Title of client.alone (client.alone)',
      '                The server was silent.',
    ]);
    const text = lines.join('\n');
    for (const reason of [noRedirect, noSignIn, 'No key.'])
      assert.equal(text.split(reason).length, 2, reason);
    for (const { id } of report.results) assert.ok(text.includes(id), id);
    assert.match(text, /^Not determined {2}2 checks: This needs a sign-in.*\n {16}pkce\.one, pkce\.two$/m);
    assert.match(text, /^Not applicable {2}12 checks: This profile has no .*\n {16}redirect\.of-0, /m);
    assert.match(text, /^Not applicable {2}Title of client\.key \(client\.key\)\n {16}No key\.$/m);
    for (const line of lines) assert.ok(line.length <= 90, line);
    assert.ok(lines.indexOf('Pass            Title of client.by-get (client.by-get)') < 9, text);
  });
});

describe('the checks as Markdown', () => {
  it('have the tables to what was found out, and one line for each reason why a check does not apply', () => {
    const text = reportMarkdown(report);
    assert.doesNotMatch(text, /\| Not applicable \|/);
    assert.doesNotMatch(text, /^## Redirect URI$/m);
    assert.match(text, /^## Not applicable$/m);
    assert.match(
      text,
      /^- This profile has no redirect URI: it uses client credentials\. \(12: Title of redirect\.of-0; .*\)$/m,
    );
    assert.match(text, /^- No key\. \(1: Title of client\.key\)$/m);
    assert.match(text, /\| Title of pkce\.one \| Not determined \|/);
  });
});
