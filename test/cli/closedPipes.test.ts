import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { bareEnvironment, program, run } from './program.ts';

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
    it(`ends with the same exit code: ${args[0]}`, { timeout: 30_000 }, async () => {
      const { code } = await run(args, { input });
      if (expected !== undefined) assert.equal(code, expected);
      assert.ok(code === 0 || code === 1 || code === 2);
      assert.equal(await unread(args, input), code);
    });
});

describe('a program that waits for its input', () => {
  for (const command of ['decode', 'explain'])
    it(`ends with 130 and one word when it is interrupted: ${command}`, { timeout: 30_000 }, async () => {
      const child = spawn(process.execPath, [program, command], {
        env: bareEnvironment(),
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const said: string[] = [];
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => said.push(String(chunk)));
      child.stdin.write('HTTP/1.1 401 Unauth');
      await new Promise((resolve) => setTimeout(resolve, 1500));
      child.kill('SIGINT');
      const [code] = (await once(child, 'close')) as [number | null];
      assert.deepEqual([code, said.join('')], [130, 'Interrupted.\n']);
    });
});
