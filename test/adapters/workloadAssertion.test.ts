import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { workloadAssertion } from '../../src/adapters/workloadAssertion.ts';
import { commandWords } from '../../src/core/oauth/foreignAssertion.ts';
import { FailureError } from '../../src/core/record/failure.ts';
import { runFlow } from '../../src/core/flow/runFlow.ts';
import { flowView } from '../../src/core/flowView/flowView.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { machineProfile } from '../support/profiles.ts';
import { flowDeps, tokensOf } from '../core/oauth/support/deps.ts';
import { json, serveSeen } from '../core/oauth/support/serve.ts';

const folder = mkdtempSync(join(tmpdir(), 'assertion-'));

const { privateKey } = await generateKeyPair('ES256');
const jwtUntil = (exp: number) =>
  new SignJWT({ sub: 'system:serviceaccount:orders', exp })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey);
// All files may run in one process: it may be minutes until these tests are on.
const assertion = await jwtUntil(Math.floor(Date.now() / 1000) + 86_400);
const ended = await jwtUntil(1_600_000_000);

function fileOf(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function profileWith(over: Partial<Profile>): Profile {
  return machineProfile({ clientAuthentication: 'federated_assertion', ...over });
}

const { signal: never } = new AbortController();

function read(
  over: Partial<Profile>,
  limits: { readonly signal?: AbortSignal; readonly timeout?: number } = {},
) {
  return workloadAssertion(profileWith(over), 'file', 'user', { signal: never, ...limits });
}

async function messageOf(reading: Promise<unknown>): Promise<string> {
  const thrown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof FailureError, String(thrown));
  assert.equal(thrown.failure.step, 'secret');
  return thrown.failure.message;
}

/** A program of this test's own, as words for no shell. */
const node = (script: string) => `"${process.execPath}" "${fileOf('program.mjs', script)}"`;

describe('an assertion of a workload', () => {
  after(() => rmSync(folder, { recursive: true }));
  it('is read from a file for each flow, sent, and shown in nothing', async (context) => {
    const { origin, seen } = await serveSeen(context, (_request, response) =>
      json(response, { access_token: 'token', token_type: 'Bearer', expires_in: 60 }),
    );
    const path = fileOf('token', `${ended}\n`);
    const profile = profileWith({ issuer: origin, tokenEndpoint: `${origin}/token`, assertionFile: path });
    const material = () => workloadAssertion(profile, 'file', 'user', { signal: never });
    const deps = flowDeps({ material });
    const refused = await runFlow('client_credentials', profile, deps);
    assert.equal(refused.outcome.kind, 'failure');
    assert.equal(seen.length, 0);
    writeFileSync(path, `${assertion}\n`);
    const report = await runFlow('client_credentials', profile, deps);
    tokensOf(report);
    const form = Object.fromEntries(new URLSearchParams(seen[0]?.body));
    assert.equal(form['client_assertion'], assertion);
    assert.equal(form['client_assertion_type'], 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    assert.equal(form['client_id'], 'machine-client');
    const view = JSON.stringify([flowView({ state: 'ended', flow: report }, {}), refused]);
    assert.match(view, /system:serviceaccount:orders/);
    assert.equal(view.includes(assertion.split('.')[2] ?? ''), false);
    assert.equal(view.includes(ended), false);
  });

  it('is what a command prints', async () => {
    const command = node(`process.stdout.write(${JSON.stringify(`${assertion}\n`)})`);
    assert.deepEqual(await read({ assertionCommand: command }), { kind: 'file', content: assertion });
  });

  it('is the one JWT that is there: with a byte order mark, as PowerShell writes it, in the JSON of a program', async () => {
    const json = (value: unknown) => JSON.stringify(value, undefined, 2);
    for (const [name, text] of [
      ['a byte order mark', `\uFEFF${assertion}\r\n`],
      ['UTF-16', Buffer.from(`\uFEFF${assertion}\r\n`, 'utf16le')],
      ['UTF-16 without a mark', Buffer.from(assertion, 'utf16le')],
      ['GitHub Actions', json({ count: 1000, value: assertion })],
      ['kubectl create token -o json', json({ kind: 'TokenRequest', status: { token: assertion } })],
      ['spire-agent api fetch jwt -output json', json([{ svids: [{ svid: assertion, hint: 'a.b.c' }] }])],
      ['spire-agent api fetch jwt', `token(spiffe://example.org/a.b.c):\n\t${assertion}\nbundle(x):\n\t{}\n`],
      ['quotes', `"${assertion}"`],
      ['the same twice', json({ a: assertion, b: assertion })],
    ] as const)
      assert.deepEqual(
        await read({ assertionFile: fileOf('wrapped', text) }),
        { kind: 'file', content: assertion },
        name,
      );
    const several = fileOf('several', json({ a: assertion, b: ended }));
    assert.match(await messageOf(read({ assertionFile: several })), /several JWTs\. Nothing was sent\.$/);
  });

  it('of a command that prints only to its error output says which output is read', async () => {
    const command = node(`process.stderr.write(${JSON.stringify(assertion)})`);
    const says = await messageOf(read({ assertionCommand: command }));
    assert.match(says, /printed nothing to its standard output\. Nothing was sent\.$/);
    assert.equal(says.includes(assertion), false);
  });

  it('of a file that is missing, too large, a folder, empty, no JWT or of the past is refused with a sentence', async () => {
    const file = (assertionFile: string) => messageOf(read({ assertionFile }));
    assert.match(
      await file(join(folder, 'none')),
      /none is not there, or may not be read\. Nothing was sent\.$/,
    );
    assert.match(await file(fileOf('large', 'e'.repeat(70_000))), /more than 64 KiB/);
    assert.match(await file(folder), /is not a regular file/);
    assert.match(await file(fileOf('empty', ' \n')), /gave nothing/);
    assert.match(await file(fileOf('secret', 'hunter2-hunter2')), /is not a JWT/);
    assert.doesNotMatch(await file(fileOf('secret', 'hunter2-hunter2')), /hunter2/);
    assert.match(await file(fileOf('old', ended)), /ended at 2020-09-13/);
  });

  it('of a pipe that nobody writes to is not waited for', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    assert.match(await messageOf(read({ assertionFile: path })), /is not a regular file/);
  });

  it('of a command that hangs, fails, floods or is none is refused with a sentence', async () => {
    const hangs = node('setInterval(() => undefined, 1000)');
    assert.match(
      await messageOf(read({ assertionCommand: hangs }, { timeout: 300 })),
      /did not end within 0\.3 s and was ended/,
    );
    const says = await messageOf(
      read({ assertionCommand: node('console.error("hunter2"); process.exit(3)') }),
    );
    assert.match(says, /failed with exit code 3/);
    assert.doesNotMatch(says, /hunter2/);
    const floods = node('for (;;) process.stdout.write("x".repeat(65536))');
    assert.match(await messageOf(read({ assertionCommand: floods })), /printed more than 64 KiB/);
    assert.match(
      await messageOf(read({ assertionCommand: 'no-such-program-here a' })),
      /There is no program no-such-program-here/,
    );
    const waits = node('process.stdin.on("end", () => console.log("x")).resume()');
    assert.match(await messageOf(read({ assertionCommand: waits })), /is not a JWT/);
  });

  it('of a command that hangs ends with the flow', async () => {
    const stop = new AbortController();
    const reading = read(
      { assertionCommand: node('setInterval(() => undefined, 1000)') },
      { signal: stop.signal },
    );
    stop.abort(new Error('cancelled'));
    await assert.rejects(reading, /cancelled/);
  });

  it('of a workspace is neither read nor run', async () => {
    const touched = join(folder, 'touched');
    const command = node(
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(touched)}, '')`,
    );
    for (const over of [{ assertionCommand: command }, { assertionFile: fileOf('token2', assertion) }])
      assert.match(
        await messageOf(workloadAssertion(profileWith(over), 'file', 'workspace', { signal: never })),
        /neither read nor run/,
      );
    assert.match(await messageOf(read({ assertionFile: touched })), /is not there/);
  });

  it('comes from exactly one place', async () => {
    assert.match(await messageOf(read({})), /neither a file nor a command/);
    assert.match(
      await messageOf(read({ assertionFile: '/a', assertionCommand: 'b' })),
      /both a file and a command/,
    );
  });

  it('has a command in words as they are meant, without a shell', () => {
    for (const [line, words] of [
      [`a "b c" 'd "e"' f`, ['a', 'b c', 'd "e"', 'f']],
      [String.raw`"C:\Program Files\x.exe" --a=""  b`, [String.raw`C:\Program Files\x.exe`, '--a=', 'b']],
      ['a $(b) | c > d', ['a', '$(b)', '|', 'c', '>', 'd']],
      ['a "b', []],
      ['  ', []],
    ] as const)
      assert.deepEqual(commandWords(line), words);
  });
});
