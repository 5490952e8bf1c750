import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { askWhatIsShown } from '../../src/cli/askWhatIsShown.ts';

function asked(attended: boolean, isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const told: string[] = [];
  const shown: string[] = [];
  const progress = askWhatIsShown({ input, attended, tell: (line) => void told.push(line) });
  const type = async (text: string) => {
    input.write(text);
    await setImmediate();
  };
  const away = () => progress({ kind: 'away', tell: (what) => void shown.push(what) });
  return { input, told, shown, type, away, back: () => progress({ kind: 'back' }) };
}

describe('a browser that stays away from the terminal', () => {
  it('is asked about, and e or o says what it shows', async () => {
    const { told, shown, type, away, back } = asked(true, true);
    away();
    assert.match(told.join(), /Type e, or o for something else/);
    await type('E');
    assert.deepEqual(shown, []);
    await type('\n');
    assert.deepEqual(shown, ['error']);
    back();
    away();
    await type('o\r\n');
    assert.deepEqual(shown, ['error', 'other']);
  });

  it('is asked about once more after anything else, however long', async () => {
    const { told, shown, type, away } = asked(true, true);
    away();
    await type('x'.repeat(100_000));
    await type('\n');
    await type('yes\n');
    assert.deepEqual(shown, []);
    assert.match(told.at(-1) ?? '', /^Type e or o/);
    await type('e\n');
    assert.deepEqual(shown, ['error']);
  });

  it('reads nothing any more when it is back, so that the program can end', async () => {
    const { input, shown, type, away, back } = asked(true, true);
    away();
    back();
    await type('e\n');
    assert.deepEqual([shown, input.listenerCount('data'), input.isPaused()], [[], 0, true]);
  });

  for (const [attended, isTTY] of [
    [false, true],
    [true, false],
  ] as const)
    it(`asks nobody where no line can be typed (${attended}, ${isTTY})`, () => {
      const { input, told, away } = asked(attended, isTTY);
      away();
      assert.deepEqual([told, input.listenerCount('data')], [[], 0]);
    });
});
