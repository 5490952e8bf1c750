// The command line, each time as a process of its own, against a bare Node that does as much: `decode` against one that does
// nothing, `token` against one that sends the same two requests. In pairs, so that both meet the same load.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOwnDemoServers } from '../demo/demoServers.ts';
import { median, result } from './statistics.ts';

const program = join(import.meta.dirname, '../../dist/cli/oauth-explorer.cjs');
const folder = await mkdtemp(join(tmpdir(), 'oauth-explorer-bench-'));
const demo = await startOwnDemoServers({ algorithm: 'ES256' });
const { clientId, clientSecret = '', scopes } = demo.clients.machine;
const environment = { ...process.env, OAUTH_EXPLORER_SECRET: clientSecret };
const input = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2FzLmV4YW1wbGUuY29tIiwic3ViIjoiYWRhIn0.c2ln';

/** Milliseconds of a run; throws when it does not succeed. */
async function time(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}.`);
  return performance.now() - started;
}

async function ratio(ours: readonly string[], bare: readonly string[], rounds: number): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [first, second] = round % 2 === 0 ? [ours, bare] : [bare, ours];
    const [one, other] = [await time(first), await time(second)];
    ratios.push(round % 2 === 0 ? one / other : other / one);
  }
  return median(ratios);
}

const profile = { id: 'orders', grant: 'client_credentials', issuer: demo.issuer, clientId, scopes };
await writeFile(join(folder, 'profiles.json'), JSON.stringify([profile]));
await writeFile(
  join(folder, 'bare.mjs'),
  `const { token_endpoint } = await (await fetch('${demo.issuer}/.well-known/openid-configuration')).json();
const authorization = 'Basic ' + Buffer.from('${clientId}:' + process.env.OAUTH_EXPLORER_SECRET).toString('base64');
const body = new URLSearchParams({ grant_type: 'client_credentials', scope: '${scopes.join(' ')}' });
const answer = await fetch(token_endpoint, { method: 'POST', headers: { authorization }, body });
console.log((await answer.json()).access_token);
`,
);
try {
  result('cli_decode_ratio', await ratio([program, 'decode'], ['-e', '0'], 30), 'x');
  const token = [program, 'token', 'orders', '--profiles', 'profiles.json'];
  result('cli_token_ratio', await ratio(token, ['bare.mjs'], 20), 'x');
} finally {
  await demo.close();
  await rm(folder, { recursive: true });
}
