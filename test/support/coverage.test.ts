import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { it } from 'node:test';
import { coverageIn, judgeCoverage } from './coverage.mjs';

const file = 'src/core/http/mask.ts';
const root = join(import.meta.dirname, '..', '..');

/** Lines of the file that a program runs that was given `code` to do with it. */
async function ran(code: string): Promise<{ lines: number; ran: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'coverage-'));
  try {
    const address = pathToFileURL(join(root, file)).href;
    const program = `import * as all from ${JSON.stringify(address)}; ${code}`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { cwd: root, env: { ...process.env, NODE_V8_COVERAGE: folder }, encoding: 'utf8', timeout: 300_000 },
    );
    assert.equal(status, 0, stderr);
    return coverageIn(folder, [file]).get('src/core/http') ?? assert.fail();
  } finally {
    await rm(folder, { recursive: true });
  }
}

it('lines that ran are counted, and those of a function that nobody called are not', async () => {
  const none = await ran('');
  const called = await ran("all.mask('a-secret-that-is-long-enough')");
  assert.equal(none.lines, called.lines);
  assert.ok(
    none.ran > 0 && none.ran < called.ran && called.ran <= called.lines,
    JSON.stringify([none, called]),
  );
});

it('a folder below its floor, without one, or gone, fails with a sentence', () => {
  const found = new Map([
    ['src/core/a', { lines: 1000, ran: 899 }],
    ['src/core/b', { lines: 10, ran: 10 }],
  ]);
  assert.deepEqual(judgeCoverage(found, { 'src/core/a': 89.9, 'src/core/b': 100 }).problems, []);
  const { problems, table } = judgeCoverage(found, { 'src/core/a': 90, 'src/core/c': 50 });
  assert.deepEqual(judgeCoverage(found, undefined).problems, []);
  assert.deepEqual(
    problems.map((problem) => /src\/core\/\w/.exec(problem)?.[0]),
    ['src/core/a', 'src/core/b', 'src/core/c'],
  );
  assert.match(problems[0] ?? '', /89\.9 %.*90 %/);
  assert.match(table.join('\n'), /src\/core\/a +89\.9 %/);
});
