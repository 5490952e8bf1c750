import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isNameCharacter, replaceRuns, type Runs } from '../../../src/core/http/replaceRuns.ts';

function watched() {
  const seen: string[] = [];
  const replace = (run: string) => {
    seen.push(run);
    return run.startsWith('k') ? run : '…';
  };
  const runs: Runs = { isMember: isNameCharacter, shortest: 3, replace, replaceLong: () => 'long' };
  return { seen, runs };
}

it('each run that is long enough is replaced, and nothing round it', () => {
  for (const [text, shown, found] of [
    ['', '', []],
    ['abc', '…', ['abc']],
    ['ab', 'ab', []],
    [' abc', ' …', ['abc']],
    ['abc ', '… ', ['abc']],
    ['ab cde fg hij', 'ab … fg …', ['cde', 'hij']],
    ['kee abc kep', 'kee … kep', ['kee', 'abc', 'kep']],
    ['kee ab', 'kee ab', ['kee']],
    ['  .. abc/def ', '  .. …/… ', ['abc', 'def']],
    // The letter of `\\n` is not of the word, that of a path is not told from it; alone it begins none.
    ['"a\\nabc', '"a\\n…', ['abc']],
    ['nabc \\rab', '… \\r…', ['nabc', 'ab']],
    ['\\babc', '\\…', ['babc']],
  ] as const) {
    const { seen, runs } = watched();
    assert.equal(replaceRuns(text, runs), shown);
    assert.deepEqual(seen, found, text);
  }
});

it('a run of more than a million characters goes another way', () => {
  const million = 1024 * 1024;
  assert.equal(replaceRuns(`a${'b'.repeat(million)} c`, watched().runs), 'long c');
  assert.equal(replaceRuns(`${'b'.repeat(million)} c`, watched().runs), '… c');
});

it('letters, digits, _ and - are characters of a name', () => {
  const all = Array.from({ length: 256 }, (_, code) => code).filter(isNameCharacter);
  assert.equal(
    String.fromCharCode(...all),
    '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
  );
});

it('a run of more than a million characters is replaced by other means, and one of a million is not', () => {
  const { seen, runs } = watched();
  const million = 1024 * 1024;
  assert.equal(replaceRuns(`a b ${'x'.repeat(million)} c`, runs), 'a b … c');
  assert.deepEqual(
    seen.map(({ length }) => length),
    [million],
  );
  assert.equal(replaceRuns(`a b ${'x'.repeat(million + 1)} c`, runs), 'a b long c');
  assert.equal(seen.length, 1);
});
