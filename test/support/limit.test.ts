import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, it } from 'node:test';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

describe('no test can hang', () => {
  it('one that never ends fails by its name, also in suites; one that ends does not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'limit-'));
    try {
      const file = join(folder, 'a.test.mjs');
      await writeFile(
        file,
        `import { describe, it } from 'node:test';
        it('ends', () => {});
        describe('a suite', () => {
          it('ends, too', async () => {});
          it('waits for ever', async () => { for (;;) await new Promise((resolve) => setTimeout(resolve, 10)); });
        });`,
      );
      const limit = pathToFileURL(join(import.meta.dirname, 'limit.mjs')).href;
      const env: NodeJS.ProcessEnv = { ...process.env, TEST_MINUTES: '0.01' };
      delete env['NODE_TEST_CONTEXT'];
      const run = spawnSync(process.execPath, ['--import', limit, '--test', file], {
        ...{ env, encoding: 'utf8', timeout: 60_000 },
      });
      assert.equal(run.status, 1);
      assert.match(run.stdout + run.stderr, /“waits for ever” took longer than 0\.01 minutes/);
      assert.doesNotMatch(run.stdout + run.stderr, /“ends/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('none polls without an end', async () => {
    const endless: string[] = [];
    const files = (await readdir(join(root, 'test'), { recursive: true })).filter((name) =>
      /\.(?:ts|mjs)$/.test(name),
    );
    for (const file of files.map((name) => join(root, 'test', name)))
      for (const loop of waitingLoops(file, await readFile(file, 'utf8')))
        if (!hasEnd.test(loop.text))
          endless.push(`${relative(root, file)}:${loop.line}: ${loop.text.slice(0, 80)}`);
    assert.deepEqual(
      endless.filter((one) => !eventLoops.some((known) => one.startsWith(known))),
      [],
      'Wait with waitFor of test/support/processes.ts, or give the loop an end.',
    );
  });

  it('the rule finds what polls', () => {
    const text = 'for (;;) { await nap(); } while (!done) await nap(); do { await nap(); } while (open);';
    assert.equal(waitingLoops('a.ts', text).length, 3);
    const more =
      'for (let i = 0; !done(); i++) await nap(); function look() { if (!done()) setTimeout(look, 9); } const see = () => void setTimeout(() => see(), 9); setInterval(press, 9);';
    assert.equal(waitingLoops('a.ts', more).length, 4);
    const harmless = `while (a) a = next(); for (const a of b) await a; while (a) a = b(async () => await c);
      for (let i = 0; i < 9 && !done(); i++) await nap(); const end = () => setTimeout(start, 9); const beat = setInterval(tell, 9); clearInterval(beat);`;
    assert.deepEqual(waitingLoops('a.ts', harmless), []);
  });
});

/** What ends a loop: a time, a count of turns, the test's own end, a signal. */
const hasEnd = /Date\.now\(\)|isOver\(\)|turnsLeft|signal\.aborted/;

/** They wait for events, not for a time: when no more can come, Node ends the test. The last two take from a list until it is empty. */
const eventLoops = [
  join('test', 'core', 'token', 'tokenController.test.ts'),
  join('test', 'core', 'checks', 'matrixSuite.ts'),
  join('test', 'run.mjs'),
  join('test', 'support', 'interleavings.ts'),
];

/** The loops of a source that wait in each turn, but those over a list or with a count; also functions and clocks that go on by themselves. */
function waitingLoops(file: string, text: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const waits = (node: ts.Node): boolean =>
    ts.isAwaitExpression(node) ||
    (!ts.isFunctionLike(node) && (ts.forEachChild(node, (child) => waits(child) || undefined) ?? false));
  const visit = (node: ts.Node): void => {
    const isLoop =
      ts.isWhileStatement(node) ||
      ts.isDoStatement(node) ||
      (ts.isForStatement(node) && !/[<>]/.test(node.condition?.getText() ?? ''));
    if ((isLoop && waits(node)) || callsItselfLater(node) || beatsOn(node))
      found.push({
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        text: node.getText().replace(/\s+/g, ' '),
      });
    ts.forEachChild(node, visit);
  };
  /** A beat that nothing in the file ends. */
  const beatsOn = (node: ts.Node): boolean =>
    ts.isCallExpression(node) &&
    node.expression.getText() === 'setInterval' &&
    !text.includes('clearInterval(');
  visit(source);
  return found;
}

/** A function that has a timer call it again. */
function callsItselfLater(node: ts.Node): boolean {
  const named =
    ts.isFunctionDeclaration(node) || (ts.isVariableDeclaration(node) && isFunction(node.initializer));
  const name = named ? node.name?.getText() : undefined;
  if (name === undefined) return false;
  const later = new RegExp(String.raw`\bset(?:Timeout|Immediate)\((?:\(\) => (?:void )?)?${name}\b`);
  return later.test(node.getText());
}

function isFunction(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}
