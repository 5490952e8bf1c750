import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDesk, type Desk } from './desk.ts';
import { run, type RunOptions } from './program.ts';

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('oauth-explorer token for a client that stands in no settings', () => {
  let desk: Desk;
  /** A folder without any settings. */
  let folder: string;
  before(async () => {
    desk = await openDesk();
    folder = await mkdtemp(join(tmpdir(), 'oe-unwritten-'));
  });
  after(async () => {
    await desk.close();
    await rm(folder, { recursive: true });
  });

  const token = (args: readonly string[], options: RunOptions = {}) =>
    run(['token', ...args], { folder, ...options });
  const secret = () => ({
    environment: { OAUTH_EXPLORER_SECRET: desk.demo.clients.machine.clientSecret ?? '' },
  });

  it('gets a token by client credentials, with the scopes that were asked for', async () => {
    const machine = ['--client-id', desk.demo.clients.machine.clientId, '--grant', 'client_credentials'];
    const ran = await token([desk.demo.issuer, ...machine, '--scope', 'orders.read'], secret());
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(claimsOf(ran.stdout.trim())['scope'], 'orders.read');
    const both = await token([desk.demo.issuer, ...machine, '--scope', 'orders.read orders.write'], secret());
    assert.equal(claimsOf(both.stdout.trim())['scope'], 'orders.read orders.write', both.stderr);
    const bare = [...machine, '--client-authentication', 'none', '--scope', 'orders.read'];
    const refused = await token([desk.demo.issuer, ...bare], secret());
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^This client cannot be used\. /);
  });

  it('signs a user in, where somebody is there', async () => {
    const native = ['--client-id', desk.demo.clients.native.clientId, '--scope', 'openid', '--sign-in'];
    const ran = await token([desk.demo.issuer, ...native], { environment: { BROWSER: desk.browser } });
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(ran.stdout.trim().split('\n').length, 1);
  });

  it('takes the one profile that has the issuer, in a workspace', async () => {
    const several = await token([desk.demo.issuer], { folder: desk.folder });
    assert.equal(several.code, 2);
    assert.match(several.stderr, /^These profiles have the issuer .*: demo-machine, /);
    const none = await token(['https://as.example.com'], { folder: desk.folder });
    assert.match(none.stderr, /^No profile has the issuer .* Name a client of it with --client-id\.$/m);
  });

  it('says what goes with what', async () => {
    const said = async (...args: string[]) => (await token(args)).stderr.trim();
    assert.equal(await said('orders', '--scope', 'a'), '--scope goes with --client-id only.');
    assert.match(await said('orders', '--client-id', 'a'), /^--client-id goes with an issuer, such as https/);
    assert.match(
      await said('http://as.example.com', '--client-id', 'a'),
      /^This client cannot be used\. .*https/,
    );
    assert.match(
      await said(desk.demo.issuer, '--client-id', 'a', '--grant', 'client_credentials'),
      /^The client secret of “a” is missing: OAUTH_EXPLORER_SECRET is not set, .*--secret-env, or .*--secret-stdin\./,
    );
  });
});
