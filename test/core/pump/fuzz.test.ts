import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { notForeign } from './notForeign.ts';

const core = join(import.meta.dirname, '..', '..', '..', 'src', 'core');

/** What the name of a function begins with that takes a text apart. */
const verbs =
  /^(parse|read|decode|judge|locate|find|import|split|explain|redact|recogni|edit|is[A-Z]\w*Key|configured|text|highlight|environments|definitions|authorizations|bearerPlace|insert|set[A-Z])/;

/** Exported functions that take a text, or anything, apart, as `<file in src/core> <function>`. */
function takers(): string[] {
  return readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll('\\', '/'))
    .flatMap((name) => takersIn(name, readFileSync(join(core, name), 'utf8')));
}

function takersIn(name: string, text: string): string[] {
  const { statements } = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  return statements.flatMap((one) =>
    ts.isFunctionDeclaration(one) &&
    verbs.test(one.name?.text ?? '') &&
    one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true &&
    /^(string|unknown|object|Uint8Array|Buffer)( \| undefined)?$/.test(
      one.parameters[0]?.type?.getText() ?? '',
    )
      ? [`${name} ${one.name?.text ?? ''}`]
      : [],
  );
}

/** The functions of core that the short fuzz calls, written alike; counted in a process of its own, since coverage counts here. */
function fuzzed(): ReadonlySet<string> {
  const child = spawnSync(process.execPath, [...process.execArgv, join(import.meta.dirname, 'called.ts')], {
    env: { ...process.env, NODE_V8_COVERAGE: '', NODE_TEST_CONTEXT: '' },
    encoding: 'utf8',
    timeout: 1_500_000,
    maxBuffer: 1 << 24,
  });
  assert.equal(child.status, 0, child.stderr);
  return new Set(child.stdout.split('\n'));
}

describe('readers of foreign text', () => {
  it('do not throw at 20,000 generated texts, and are in the list, or stand in `notForeign` with a reason', () => {
    const excepted = new Set(Object.values(notForeign).flat());
    const all = takers();
    const reached = fuzzed();
    assert.ok(all.length > 80 && reached.size > 500, `${all.length} found, ${reached.size} called`);
    assert.deepEqual(
      all.filter((one) => !reached.has(one) && !excepted.has(one)),
      [],
      'Give these a line in moreReaders.ts, or in notForeign.ts with a reason.',
    );
    assert.deepEqual(
      [...excepted].filter((one) => !all.includes(one)),
      [],
      'These are gone: take them out of notForeign.ts.',
    );
  });

  it('that are new are noticed', () =>
    assert.deepEqual(
      takersIn('x.ts', 'export function readX(text: string): void {}\nfunction y(z: string) {}'),
      ['x.ts readX'],
    ));
});
