import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, it } from 'node:test';
import { bareEnvironment, handReading, program, run } from './program.ts';

/** The exit code of the program where nobody reads what it writes. */
async function unread(args: readonly string[], input: string): Promise<number | NodeJS.Signals | null> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: import.meta.dirname,
    env: bareEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  child.stderr.destroy();
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? signal;
}

describe('a program that nobody reads, neither results nor messages', () => {
  for (const [args, input, expected] of [
    [['decode'], 'no token', 1],
    [['explain'], '{"error":"invalid_client"}', 1],
    [['mcp', 'http://127.0.0.1:1/mcp'], '', undefined],
    [['check', 'http://127.0.0.1:1', '--client-id', 'a'], '', undefined],
    [['token', 'nothing'], '', 2],
  ] as const)
    it(`ends with the same exit code: ${args[0]}`, { timeout: 300_000 }, async () => {
      const { code } = await run(args, { input });
      if (expected !== undefined) assert.equal(code, expected);
      assert.ok(code === 0 || code === 1 || code === 2);
      assert.equal(await unread(args, input), code);
    });
});

describe('a program whose results find no room', { skip: process.platform !== 'linux' }, () => {
  const claims = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [`claim_${index}`, 'v'.repeat(50)]),
  );
  /** What is said of it does not fit into a pipe. */
  const token = `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;

  /** Its exit code, and what it told, with standard output where this is; interrupted once it has begun to write. */
  async function into(stdout: string, args: readonly string[], signal?: NodeJS.Signals) {
    const file = await open(stdout, 'r+');
    const child = spawn(process.execPath, [program, ...args], {
      env: bareEnvironment(),
      stdio: ['pipe', file.fd, 'pipe'],
    });
    let told = '';
    child.stderr?.on('data', (chunk) => (told += String(chunk)));
    child.stdin?.on('error', () => undefined).end(token);
    const closed = once(child, 'close') as Promise<[number | null]>;
    if (signal !== undefined) {
      // The pipe holds what is written first.
      await file.read(Buffer.alloc(1), 0, 1, null);
      child.kill(signal);
    }
    const [code] = await closed;
    await file.close();
    return { code, told };
  }

  it(
    'says that the disk is full, and ends with 2: an empty file is no result',
    { timeout: 300_000 },
    async () => {
      for (const args of [['--help'], ['token', '--help'], ['--version'], ['decode'], ['decode', '--json']])
        assert.deepEqual(await into('/dev/full', args), {
          code: 2,
          told: 'Standard output cannot be written: the disk is full.\n',
        });
    },
  );

  it('is ended by a signal while a reader takes nothing more', { timeout: 300_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oe-pipe-'));
    const pipe = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    for (const [signal, expected] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      assert.equal((await into(pipe, ['decode', '--json'], signal)).code, expected);
    await rm(folder, { recursive: true });
  });

  it('is told that its folder is gone, where it needs one', { timeout: 300_000 }, async () => {
    const gone = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
    for (const [args, expected] of [
      [['token', 'orders'], 2],
      [['check', '--all'], 2],
      [['decode', '--file', 'a'], 2],
      [['--help'], 0],
    ] as const) {
      const child = spawn('sh', ['-c', gone, 'sh', process.execPath, program, ...args], {
        ...{ cwd: tmpdir(), env: bareEnvironment() },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let told = '';
      child.stderr.on('data', (chunk) => (told += String(chunk)));
      const [code] = (await once(child, 'close')) as [number | null];
      assert.equal(code, expected, told);
      if (code === 2) assert.match(told, /^The folder in which this was started no longer exists\./m);
    }
  });
});

describe('a program that waits for its input', () => {
  for (const command of ['decode', 'explain'])
    it(`ends with 130 and one word when it is interrupted: ${command}`, { timeout: 300_000 }, async () => {
      const child = spawn(process.execPath, [program, command], {
        env: bareEnvironment(),
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const said: string[] = [];
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => said.push(String(chunk)));
      await handReading(child, 'HTTP/1.1 401 Unauth');
      child.kill('SIGINT');
      const [code] = (await once(child, 'close')) as [number | null];
      assert.deepEqual([code, said.join('')], [130, 'Interrupted.\n']);
    });
});
