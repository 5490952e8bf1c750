import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { terminalOf } from '../../src/cli/terminal.ts';

const program = { home: '/', version: '1' };

function terminal(env: Readonly<Record<string, string>>, stdout: Writable, signal: AbortSignal) {
  const isTTY = true;
  const streams = { stdin: new PassThrough(), stdout: Object.assign(stdout, { isTTY }) };
  const stderr = Object.assign(new PassThrough(), { isTTY });
  return terminalOf({ ...streams, stderr, env, cwd: () => '/' }, program, signal);
}

describe('a terminal', () => {
  it('ends what it prints when it is interrupted and its reader takes nothing more', async () => {
    const stop = new AbortController();
    // A pager that waits for a key.
    const full = new Writable({ write: () => undefined });
    const { print, flush } = terminal({}, full, stop.signal);
    let isPrinted = false;
    const printing = print('text').then(() => (isPrinted = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(isPrinted, false);
    stop.abort(new Error('SIGINT'));
    await assert.rejects(printing, /SIGINT/);
    await flush();
  });

  it('holds any number of lines for a slow reader, and lets go of all when it is interrupted', async () => {
    const stop = new AbortController();
    const { print } = terminal({}, new Writable({ write: () => undefined }), stop.signal);
    const lines = Array.from({ length: 40 }, () => print('line'));
    assert.equal(getEventListeners(stop.signal, 'abort').length, 1);
    stop.abort(new Error('SIGINT'));
    for (const ended of await Promise.allSettled(lines)) assert.equal(ended.status, 'rejected');
  });

  it('has colours unless NO_COLOR is set, to whatever, or the terminal has none', () => {
    const { signal } = new AbortController();
    const colours = (env: Readonly<Record<string, string>>) =>
      terminal(env, new PassThrough(), signal).colours;
    for (const env of [{}, { NO_COLOR: '' }]) assert.equal(colours(env), true, JSON.stringify(env));
    for (const env of [{ NO_COLOR: '1' }, { NO_COLOR: 'false' }, { NO_COLOR: '0' }, { TERM: 'dumb' }])
      assert.equal(colours(env), false, JSON.stringify(env));
  });
});
