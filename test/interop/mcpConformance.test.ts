// Our explorer as a client under the protocol's own conformance suite (npm: @modelcontextprotocol/conformance).
// The suite needs Node 22 or newer: `npm run interop` runs on the Node of VS Code's server.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
const suite = join(root, 'node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
const source = join(root, 'test', 'interop', 'mcpClient.ts');
const client = join(root, 'out', 'interop', 'mcpClient.mjs');

/** Every authorization scenario that applies to a client that signs a user in: those that the suite runs together as `auth`. */
const together = [
  'auth/metadata-default',
  'auth/metadata-var1',
  'auth/metadata-var2',
  'auth/metadata-var3',
  'auth/basic-cimd',
  'auth/scope-from-www-authenticate',
  'auth/scope-from-scopes-supported',
  'auth/scope-omitted-when-undefined',
  'auth/scope-step-up',
  'auth/scope-retry-limit',
  'auth/token-endpoint-auth-basic',
  'auth/token-endpoint-auth-post',
  'auth/token-endpoint-auth-none',
  'auth/pre-registration',
];

/** And those of other versions of the protocol, each of which it runs alone. */
const alone = [
  'auth/2025-03-26-oauth-metadata-backcompat',
  'auth/2025-03-26-oauth-endpoint-fallback',
  'auth/resource-mismatch',
  'auth/offline-access-scope',
  'auth/offline-access-not-supported',
];

/** Why a scenario of the suite is not among them. */
const notApplicable = new Map([
  [
    'auth/client-credentials-jwt',
    'No user signs in: it is the grant client_credentials with private_key_jwt, a profile of its own.',
  ],
  [
    'auth/client-credentials-basic',
    'No user signs in: it is the grant client_credentials, a profile of its own.',
  ],
  [
    'auth/cross-app-access-complete-flow',
    'The token comes by token exchange at another server, a profile of its own.',
  ],
]);

const run = promisify(execFile);

function outputOf(thrown: unknown): { readonly stdout: string; readonly stderr: string } {
  if (thrown instanceof Error && 'stdout' in thrown && 'stderr' in thrown)
    return { stdout: String(thrown.stdout), stderr: String(thrown.stderr) };
  throw thrown;
}

/** Runs the client under the suite; it ends with an error when the client fails, and what it says is on both streams. */
async function judged(...args: readonly string[]): Promise<string> {
  const command = `"${process.execPath}" "${client}"`;
  const all = [suite, 'client', '--command', command, ...args];
  const { stdout, stderr } = await run(process.execPath, all, { timeout: 120_000 }).catch(outputOf);
  return stdout + stderr;
}

describe('the conformance suite of MCP', { concurrency: 2 }, () => {
  let summary: Promise<string>;
  before(async () => {
    // One file starts in a third of the time, and there are as many starts as scenarios.
    await build({
      ...{ entryPoints: [source], outfile: client, bundle: true, platform: 'node', format: 'esm' },
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    summary = judged('--suite', 'auth');
  });

  it('has no authorization scenario that is neither run nor excused', async () => {
    const { stdout } = await run(process.execPath, [suite, 'list']);
    const listed = [...stdout.matchAll(/- (auth\/[\w-]+)/g)].map(([, name]) => name ?? '');
    assert.ok(listed.length >= 22, `only ${listed.length} scenarios are listed`);
    const known = [...together, ...alone, ...notApplicable.keys()];
    assert.deepEqual(
      listed.filter((name) => !known.includes(name)),
      [],
    );
  });

  for (const scenario of together)
    it(scenario, async () => {
      const said = await summary;
      const line = said.split('\n').find((one) => one.startsWith(`✓ ${scenario}:`)) ?? said.slice(-2000);
      assert.match(line, /: [1-9]\d* passed, 0 failed/);
    });

  for (const scenario of alone)
    it(scenario, async () => {
      assert.match(await judged('--scenario', scenario), /^Passed: (\d+)\/\1, 0 failed/m);
    });
});
