import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SingleFlight } from '../../../src/core/vault/singleFlight.ts';

/** A run that ends when told to, or rejects when its signal aborts. */
function controlled() {
  const ends: PromiseWithResolve<string>[] = [];
  const signals: AbortSignal[] = [];
  const start = (signal: AbortSignal) => {
    signals.push(signal);
    const end = withResolve<string>();
    ends.push(end);
    signal.addEventListener('abort', () => end.reject(signal.reason as Error));
    return end.promise;
  };
  return { start, ends, signals };
}

interface PromiseWithResolve<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

function withResolve<T>(): PromiseWithResolve<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const never = () => new AbortController().signal;
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('callers that want the same at once', () => {
  it('share one run and its result', async () => {
    const { start, ends } = controlled();
    const flights = new SingleFlight();
    const both = Promise.all([flights.join('k', never(), start), flights.join('k', never(), start)]);
    await soon();
    assert.equal(ends.length, 1);
    ends[0]?.resolve('token');
    assert.deepEqual(await both, ['token', 'token']);
  });

  it('share its failure too, and the next caller starts anew', async () => {
    const { start, ends } = controlled();
    const flights = new SingleFlight();
    const first = flights.join('k', never(), start);
    const second = flights.join('k', never(), start);
    await soon();
    ends[0]?.reject(new Error('refused'));
    await assert.rejects(first, /refused/);
    await assert.rejects(second, /refused/);
    const third = flights.join('k', never(), start);
    await soon();
    assert.equal(ends.length, 2);
    ends[1]?.resolve('token');
    assert.equal(await third, 'token');
  });

  it('do not share when they want different things', async () => {
    const { start, ends } = controlled();
    const flights = new SingleFlight();
    const both = Promise.all([flights.join('a', never(), start), flights.join('b', never(), start)]);
    await soon();
    ends[0]?.resolve('one');
    ends[1]?.resolve('two');
    assert.deepEqual(await both, ['one', 'two']);
  });

  it('reject together when the start itself throws', async () => {
    const flights = new SingleFlight();
    const start = () => {
      throw new Error('at once');
    };
    await assert.rejects(flights.join('k', never(), start), /at once/);
  });
});

describe('cancelling', () => {
  it('one caller leaves the run to the other', async () => {
    const { start, ends, signals } = controlled();
    const flights = new SingleFlight();
    const cancel = new AbortController();
    const first = flights.join('k', cancel.signal, start);
    const second = flights.join('k', never(), start);
    await soon();
    cancel.abort(new Error('cancelled by the first'));
    await assert.rejects(first, /cancelled by the first/);
    assert.equal(signals[0]?.aborted, false);
    ends[0]?.resolve('token');
    assert.equal(await second, 'token');
  });

  it('every caller aborts the run, and the last one gets its outcome', async () => {
    const flights = new SingleFlight();
    const cancels = [new AbortController(), new AbortController()] as const;
    const start = (signal: AbortSignal) =>
      new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('closed the port')));
    const first = flights.join('k', cancels[0].signal, start);
    const second = flights.join('k', cancels[1].signal, start);
    await soon();
    cancels[0].abort(new Error('first'));
    cancels[1].abort(new Error('second'));
    await assert.rejects(first, /first/);
    assert.equal(await second, 'closed the port');
  });

  it('leaves a run that was aborted: who comes then starts anew', async () => {
    const { start, ends } = controlled();
    const flights = new SingleFlight();
    const cancel = new AbortController();
    const first = flights.join('k', cancel.signal, start);
    await soon();
    cancel.abort(new Error('cancelled'));
    const second = flights.join('k', never(), start);
    await assert.rejects(first, /cancelled/);
    await soon();
    assert.equal(ends.length, 2);
    // The end of the old run is not that of the new one.
    const third = flights.join('k', never(), start);
    await soon();
    assert.equal(ends.length, 2);
    ends[1]?.resolve('token');
    assert.deepEqual(await Promise.all([second, third]), ['token', 'token']);
  });

  it('before it began starts nothing', async () => {
    const { start, ends } = controlled();
    const flights = new SingleFlight();
    await assert.rejects(flights.join('k', AbortSignal.abort(new Error('no')), start), /no/);
    await soon();
    assert.equal(ends.length, 0);
  });

  it('after the end changes nothing', async () => {
    const { start, ends, signals } = controlled();
    const flights = new SingleFlight();
    const cancel = new AbortController();
    const result = flights.join('k', cancel.signal, start);
    await soon();
    ends[0]?.resolve('token');
    assert.equal(await result, 'token');
    cancel.abort();
    assert.equal(signals[0]?.aborted, false);
  });
});
