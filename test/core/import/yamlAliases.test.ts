import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readYaml } from '../../../src/core/import/readYaml.ts';

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

describe('aliases in YAML', () => {
  it('stand for the last node before them with that anchor, in lists, mappings and merges', () => {
    const text =
      'a: &x {k: v}\nb: *x\nc: &x 2\nd: [*x, *x]\ne: &base {p: 1, q: 2}\nf: {<<: *base, q: 3}\ng: {<<: [*base]}\n';
    assert.deepEqual(readYaml(text), {
      documents: [
        {
          ...{ a: { k: 'v' }, b: { k: 'v' }, c: 2, d: [2, 2] },
          ...{ e: { p: 1, q: 2 }, f: { p: 1, q: 3 }, g: { p: 1, q: 2 } },
        },
      ],
      twice: [],
    });
  });

  it('may be many, as in a file that repeats one part for each service', () => {
    const read = readYaml(`base: &base [x]\n${lines(1000, (n) => `s${n}: *base`)}\n`);
    assert.ok('documents' in read, JSON.stringify(read));
    assert.deepEqual(Object.entries(read.documents[0] as object).at(-1), ['s999', ['x']]);
  });

  for (const [what, text] of Object.entries({
    'of which each stands for the one before twice': `n0: &a0 [x, x]\n${lines(30, (n) => `n${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)}\n`,
    'of which each stands for the one before': `n0: &a0 [x]\n${lines(2000, (n) => `n${n + 1}: &a${n + 1} [*a${n}]`)}\n`,
    'that merge each into the next': `n0: &a0 {x: y}\n${lines(50, (n) => `n${n + 1}: &a${n + 1} {<<: *a${n}, k${n}: v}`)}\n`,
    'that merge each into the next in lists': `n0: &a0 {x: y}\n${lines(50, (n) => `n${n + 1}: &a${n + 1} {<<: [*a${n}], k${n}: v}`)}\n`,
    'that stand in what they stand for': 'a: &a\n  b: [*a]\n',
  }))
    it(`${what} are refused with a sentence`, () => {
      const read = readYaml(text);
      assert.ok('problem' in read, 'was read');
      assert.match(read.problem, /refers to itself so often that it would swell/);
    });

  it('that stand for nothing are no swelling', () => {
    const read = readYaml('a: *nobody\n');
    assert.ok('problem' in read, 'was read');
    assert.doesNotMatch(read.problem, /swell/);
  });
});
