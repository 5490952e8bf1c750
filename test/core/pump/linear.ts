import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Times below this, in milliseconds of this process's own work, say nothing: garbage and other steps on the same cores weigh as
 * much. What is not linear takes seconds at these lengths.
 */
const noise = 100;

/** Work of this process's own, in milliseconds. */
function work(run: () => void): number {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1000;
}

/** The least of three runs, or the first that says nothing. */
function least(run: () => void): number {
  const first = work(run);
  return first < noise ? first : Math.min(first, work(run), work(run));
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The work of one run alone: what others left is collected before, and not by the longer one of two only. */
function alone(run: () => void): number {
  collect();
  return work(run);
}

/**
 * The least work of two runs taken in turns, so that what else the machine does weighs on both; until it is in the proportion of
 * what is linear, or for 30 turns (9, where they take minutes, or where it is near four times: a square).
 */
function inTurns(half: () => void, whole: () => void): { readonly once: number; readonly twice: number } {
  let [once, twice, spent] = [Infinity, Infinity, 0];
  for (let turn = 0; turn < 30 && (turn < 9 || spent < 20_000); turn++) {
    const took = [alone(half), alone(whole)] as const;
    once = Math.min(once, took[0]);
    twice = Math.min(twice, took[1]);
    spent += took[0] + took[1];
    if (proportional(once, twice) || (turn >= 9 && twice > 3.5 * Math.max(once, noise / 2))) break;
  }
  return { once, twice };
}

const proportional = (once: number, twice: number) => twice <= 2.5 * Math.max(once, noise / 2);

/**
 * Fails where double the input, up to `longest` characters, takes more than 2.5 times the work.
 * Most readers and texts are out of doubt after a look at lengths that grow eightfold, a sixth of the work of all doublings.
 *
 * @param most how many times the work of a plain pass over it the longest text may take, see `assertWithin`
 */
export function assertLinear(
  name: string,
  shape: (length: number) => string,
  read: (text: string) => void,
  longest: number,
  most = Infinity,
): void {
  const took = firstLook(shape, read, longest);
  if (took === 'doubtful') assertDoublings(name, shape, read, longest);
  if (most < Infinity && (took === 'doubtful' || took > noise))
    assertWithin(name, shape(longest), read, most);
}

/**
 * Fails where a text takes more than `most` times the work of a plain pass over one of its length: what is linear, and slow. Both
 * are done in turns, and what takes less than the noise is not slow.
 */
export function assertWithin(name: string, text: string, read: (text: string) => void, most: number): void {
  const plain = 'Nothing is found in here. '.repeat(text.length / 26);
  const passes = () => {
    for (let pass = 0; pass < 20; pass++) plain.replace(/\w+/g, (word) => word.toUpperCase());
  };
  let [took, allowed] = [work(() => read(text)), 0];
  for (let turn = 0; turn < 9 && took > noise && took > allowed; turn++) {
    allowed = Math.max(allowed, (work(passes) / 20) * most);
    took = Math.min(
      took,
      work(() => read(text)),
    );
  }
  assert.ok(took <= Math.max(noise, allowed), `${name}: ${took} ms, ${allowed} ms are allowed`);
}

/**
 * The work of the longest text, or that some length takes ten times the work of an eighth of it: what one of three doublings is
 * that grows the work by 2.5 and not by 2. It begins small, so that what is not linear is seen before it takes minutes. What takes
 * less than the noise is not measured again.
 */
function firstLook(
  shape: (length: number) => string,
  read: (text: string) => void,
  longest: number,
): number | 'doubtful' {
  let last = 0;
  let before = () => Infinity;
  for (const length of [longest >> 9, longest >> 6, longest >> 3, longest]) {
    const text = shape(length);
    const again = () => work(() => read(text));
    const eighth = before;
    const over = (now: number) => now > noise && now > 10 * eighth();
    const now = again();
    if (over(now) && over(again())) return 'doubtful';
    before = () => Math.min(now, again(), again());
    last = now;
  }
  return last;
}

/** The rule itself, length by length. */
function assertDoublings(
  name: string,
  shape: (length: number) => string,
  read: (text: string) => void,
  longest: number,
): void {
  let before = Infinity;
  for (let length = 1 << 12; length <= longest; length *= 2) {
    const text = shape(length);
    const now = least(() => read(text));
    if (now > noise && now > 2.5 * before) {
      // Once more, both sizes: a collection of garbage is no trend.
      const half = shape(length / 2);
      const { once, twice } = inTurns(
        () => read(half),
        () => read(text),
      );
      assert.ok(
        proportional(once, twice),
        `${name}: ${once} ms for ${length / 2}, ${twice} ms for ${length}`,
      );
    }
    before = Math.max(now, noise / 2);
  }
}
