import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Hashes } from '../../../src/core/http/hashes.ts';
import { withoutGaps } from '../../../src/core/http/spreadView.ts';
import { textViews } from '../../../src/core/http/textView.ts';
import { WordFinder } from '../../../src/core/http/wordFinder.ts';

const rawOf = (text: string) => textViews(text, false)[0] ?? assert.fail();
const finderOf = (words: readonly string[], alone = false) =>
  new WordFinder(words.map((text) => ({ text, alone, shown: 0 })));
const foundIn = (finder: WordFinder, text: string) =>
  finder.find(rawOf(text)).map(({ start, end }) => text.slice(start, end));

/** How often a method is called while `run` does its work: the work itself, which no clock tells reliably. */
function calls<Name extends string>(
  of: Record<Name, (...values: never[]) => unknown>,
  name: Name,
  run: () => void,
): number {
  const own = of[name];
  let count = 0;
  of[name] = function (this: unknown, ...values: never[]) {
    count++;
    return own.apply(this, values);
  };
  try {
    run();
  } finally {
    of[name] = own;
  }
  return count;
}

describe('words with one end', () => {
  it('are the longest of many lengths, also where the marks between lead to none', () => {
    const words = [
      'wxyz',
      '1wxyz',
      '22wxyz',
      '333wxyz',
      '4444wxyz',
      '55555wxyz',
      '666666wxyz',
      'abcdefgwxyz',
    ];
    for (const finder of [finderOf(words), finderOf(words.toReversed())]) {
      for (const word of words) assert.deepEqual(foundIn(finder, `-${word}-`), [word]);
      for (const before of ['defg', 'bcdefg', 'cdefg', 'xbcdefg'])
        assert.deepEqual(foundIn(finder, `-${before}wxyz-`), ['wxyz'], before);
    }
  });

  it('are no longer than what stands before them', () => {
    assert.deepEqual(foundIn(finderOf(['\0\0abcd']), 'abcd \0\0abcd'), ['\0\0abcd']);
    assert.deepEqual(foundIn(finderOf(['abc\0']), 'abc'), []);
  });

  it('are the longest where they stand alone', () => {
    for (const words of [
      ['bobby', 'ann bobby'],
      ['ann bobby', 'bobby'],
    ])
      assert.deepEqual(foundIn(finderOf(words, true), 'x ann bobby y'), ['ann bobby']);
  });
});

describe('the places of words', () => {
  it('end where the view does, where nothing of a word is shown', () => {
    const view = withoutGaps(rawOf('x a b c d e f g h')) ?? assert.fail();
    assert.deepEqual(finderOf(['abcdefgh']).find(view), [{ start: 2, end: 17, shownFrom: 17 }]);
  });

  it('are made only of views in which there is a word', () => {
    const view = withoutGaps(rawOf('a b c d e f g h')) ?? assert.fail();
    const counted = { ...view, places: view.places ?? assert.fail() };
    const look = (word: string) => calls(counted, 'places', () => finderOf([word]).find(counted));
    assert.deepEqual([look('abcdefgi'), look('abcdefgh')], [0, 1]);
  });
});

describe('the work of finding words', () => {
  it('is no more than a look at each character where none ends', () => {
    const finder = finderOf(Array.from({ length: 100 }, (_, at) => `word number ${at * 7919}`));
    const text = 'Nothing is said in here of them. '.repeat(100);
    const maps = Map.prototype as unknown as Record<'get', (key: never) => unknown>;
    const looks = calls(maps, 'get', () => finder.find(rawOf(text)));
    assert.ok(looks < text.length / 20, String(looks));
  });

  it('is no more than that where words overlap over and over', () => {
    const words = [100, 150, 199, 200].map((length) => 'a'.repeat(length));
    const text = `${'a'.repeat(5000)}b`;
    const finder = finderOf(words);
    const compared = calls(Hashes.prototype, 'between', () =>
      assert.deepEqual(foundIn(finder, text), ['a'.repeat(5000)]),
    );
    assert.ok(compared < 2000, String(compared));
  });
});
