import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FailureError } from '../../src/core/record/failure.ts';
import { SteadyState, type State } from '../../src/core/steadyState.ts';

type Kept = Readonly<Record<string, unknown>>;

/** What the windows of one VS Code remember together, as its main process has it; telling the windows takes some turns. */
class Main {
  kept: Kept = {};
  readonly windows: Window[] = [];

  async write(kept: Kept): Promise<void> {
    await turn();
    this.kept = kept;
    for (const window of this.windows) window.told(kept);
    await turn();
  }
}

/**
 * VS Code's ExtensionMemento: one object for all keys, changed at once, written whole in the next turn, and replaced by what the
 * main process tells of any write.
 */
class Window implements State {
  readonly #main: Main;
  #value: Record<string, unknown> = {};
  #written: Promise<void> | undefined;

  constructor(main: Main) {
    this.#main = main;
    main.windows.push(this);
  }

  told(kept: Kept): void {
    this.#value = { ...kept };
  }

  get<T>(key: string, fallback?: T): T {
    return (this.#value[key] ?? fallback) as T;
  }

  keys(): readonly string[] {
    return Object.keys(this.#value).filter((key) => this.#value[key] !== undefined);
  }

  update(key: string, value: unknown): Promise<void> {
    this.#value[key] = value;
    this.#written ??= turn().then(() => {
      this.#written = undefined;
      return this.#main.write({ ...this.#value });
    });
    return this.#written;
  }
}

/** Two values are put in, the second so many turns after the first, and nobody waits for the first. */
async function putTwo(first: State, second: State, turns: number): Promise<void> {
  const written = first.update('a', 1);
  for (let at = 0; at < turns; at++) await turn();
  await second.update('b', [2]);
  assert.deepEqual(second.get('b'), [2], `lost ${turns} turns after the other`);
  await written;
}

/** Longer than any write takes. */
async function moment(): Promise<void> {
  for (let at = 0; at < 20; at++) await turn();
}

const delays = [0, 1, 2, 3, 4, 5];

describe('what VS Code is to remember', () => {
  it('is lost by its own memory where another write is under way', async () => {
    const lost = await Promise.all(
      delays.map((turns) => {
        const window = new Window(new Main());
        return putTwo(window, window, turns).then(
          () => [],
          () => [turns],
        );
      }),
    );
    assert.notDeepEqual(lost.flat(), []);
  });

  it('is there at once, and stays, whatever other write is under way', async () => {
    for (const turns of delays) {
      const main = new Main();
      const steady = new SteadyState(new Window(main), moment);
      await putTwo(steady, steady, turns);
      assert.deepEqual(main.kept, { a: 1, b: [2] }, String(turns));
    }
  });

  it('stays where another window writes meanwhile', async () => {
    for (const turns of delays) {
      const main = new Main();
      const [other, steady] = [new Window(main), new SteadyState(new Window(main), moment)];
      await putTwo(other, steady, turns);
      assert.deepEqual(main.kept['b'], [2], String(turns));
    }
  });

  it('is read while it waits to be written, and what is removed is not', async () => {
    const main = new Main();
    const steady = new SteadyState(new Window(main), moment);
    await steady.update('old', 'x');
    const writes = [
      steady.update('new', { a: 1, none: undefined }),
      steady.update('old', undefined),
      steady.update('new', { a: 2 }),
    ];
    assert.deepEqual(steady.get('new'), { a: 2 });
    assert.equal(steady.get('old', 'none'), 'none');
    assert.deepEqual(steady.keys(), ['new']);
    await Promise.all(writes);
    assert.deepEqual(steady.get('new'), { a: 2 });
    assert.deepEqual(steady.keys(), ['new']);
    assert.deepEqual(JSON.parse(JSON.stringify(main.kept)), { new: { a: 2 } });
  });

  it('says when it could not be written, and is then as before', async () => {
    const main = new Main();
    const window = new Window(main);
    const steady = new SteadyState(window, moment);
    await steady.update('a', 1);
    window.update = () => Promise.reject(new Error('The disk is full.'));
    await assert.rejects(steady.update('a', 2), (thrown) => {
      assert.ok(thrown instanceof FailureError);
      assert.match(thrown.failure.message, /^VS Code could not keep this: The disk is full\.$/);
      return true;
    });
    assert.equal(steady.get('a'), 1);
  });

  it('stays when another window writes what it had read before, a moment later', async () => {
    const main = new Main();
    const steady = new SteadyState(new Window(main), moment);
    await steady.update('allowed', ['x']);
    await moment();
    await steady.update('allowed', undefined);
    await main.write({ allowed: ['x'], other: 1 });
    assert.deepEqual(steady.get('allowed'), ['x'], 'as VS Code has it');
    await moment();
    await moment();
    assert.deepEqual(JSON.parse(JSON.stringify(main.kept)), { other: 1 });
    // Once: who says it again means it.
    await main.write({ allowed: ['x'] });
    await moment();
    await moment();
    assert.deepEqual(main.kept, { allowed: ['x'] });
  });

  it('gives way to what is put in afterwards, here or in another window, and to what was the same before', async (t) => {
    const main = new Main();
    const steady = new SteadyState(new Window(main), moment);
    await steady.update('a', 1);
    await moment();
    await steady.update('a', 2);
    await main.write({ a: 3 });
    await moment();
    assert.deepEqual(main.kept, { a: 3 });
    await steady.update('a', 4);
    await steady.update('a', 3);
    await moment();
    assert.deepEqual(main.kept, { a: 3 });
    const write = t.mock.method(main, 'write');
    await steady.update('a', 3);
    await moment();
    await moment();
    assert.equal(write.mock.callCount(), 1);
  });

  it('says when it was not kept however often it was written', async () => {
    const main = new Main();
    const window = new Window(main);
    const steady = new SteadyState(window, moment);
    await steady.update('a', 1);
    let writes = 0;
    window.update = () => {
      writes++;
      return Promise.resolve();
    };
    await assert.rejects(steady.update('a', 2), (thrown) => {
      assert.ok(thrown instanceof FailureError && thrown.failure.kind === 'vault');
      assert.match(thrown.failure.message, /^VS Code did not keep this/);
      return true;
    });
    assert.equal(writes, 5);
    assert.equal(steady.get('a'), 1);
  });
});
