import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { freePort } from '../../../src/demo/listen.ts';
import { waitFor } from '../processes.ts';

/** The protocol's own `server-everything`, which exercises all that the protocol has, on loopback. */
export async function startEverything(): Promise<{
  readonly url: string;
  readonly close: () => Promise<void>;
}> {
  const program = createRequire(import.meta.url).resolve(
    '@modelcontextprotocol/server-everything/dist/index.js',
  );
  const port = await freePort();
  const child = spawn(process.execPath, [program, 'streamableHttp'], {
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}/mcp`;
  await waitFor('server-everything to listen', () =>
    fetch(url).then(
      () => true as const,
      () => undefined,
    ),
  );
  return {
    url,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
