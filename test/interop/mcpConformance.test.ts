// Our explorer as a client under the protocol's own conformance suite (npm: @modelcontextprotocol/conformance).
// The suite needs Node 22 or newer: `npm run interop` runs on the Node of VS Code's server.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
const suite = join(root, 'node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
const client = join(root, 'test', 'interop', 'mcpClient.ts');

/** Every authorization scenario that applies to a client that signs a user in. */
const scenarios = [
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

describe('the conformance suite of MCP', { concurrency: 2 }, () => {
  it('has no authorization scenario that is neither run nor excused', async () => {
    const { stdout } = await run(process.execPath, [suite, 'list']);
    const listed = [...stdout.matchAll(/- (auth\/[\w-]+)/g)].map(([, name]) => name ?? '');
    assert.ok(listed.length >= 22, `only ${listed.length} scenarios are listed`);
    const known = [...scenarios, ...notApplicable.keys()];
    assert.deepEqual(
      listed.filter((name) => !known.includes(name)),
      [],
    );
  });

  for (const scenario of scenarios)
    it(scenario, async () => {
      const command = `"${process.execPath}" --disable-warning=ExperimentalWarning "${client}"`;
      const args = [suite, 'client', '--command', command, '--scenario', scenario];
      // It ends with an error when the client fails; what it says is on both streams.
      const { stdout, stderr } = await run(process.execPath, args, { timeout: 60_000 }).catch(outputOf);
      assert.match(stdout + stderr, /^Passed: (\d+)\/\1, 0 failed/m);
    });
});
