import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { defectText } from '../../../src/core/record/defectText.ts';

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (thrown) {
    return thrown;
  }
  return assert.fail('Nothing was thrown.');
}

describe('what is logged of a defect', () => {
  it('is its kind and where it was thrown', () => {
    const [kind, first] = defectText(new TypeError('no')).split('\n');
    assert.equal(kind, 'TypeError');
    assert.match(first ?? '', /^ +at .*defectText\.test\.ts/);
  });

  it('has the frames as VS Code writes them, too', () => {
    const thrown = new Error('planted');
    thrown.stack = 'Error: planted\n\tat f (file.js:1:2)\n\tat planted';
    assert.equal(defectText(thrown), 'Error\n\tat f (file.js:1:2)\n\tat planted');
  });

  it('is the code of what the system says, and no path', () => {
    const text = defectText(thrownBy(() => readFileSync('/nowhere/planted')));
    assert.match(text, /^Error ENOENT\n/);
    assert.doesNotMatch(text, /planted/);
  });

  it('never holds the message, however many lines it has or whatever became of it', () => {
    const planted = 'planted-text';
    const changed = new Error(`first ${planted}`);
    changed.message = 'another';
    const named = new Error('no');
    named.name = planted;
    for (const thrown of [
      new Error(`${planted}\n    at ${planted}`),
      new Error('', { cause: new Error(planted) }),
      new AggregateError([new Error(planted)], planted),
      thrownBy(() => JSON.parse(`{${planted}`)),
      changed,
      named,
      planted,
      { message: planted },
    ])
      assert.ok(!defectText(thrown).includes(planted), defectText(thrown));
    assert.equal(defectText(planted), 'string');
    assert.equal(defectText(undefined), 'undefined');
  });
});
