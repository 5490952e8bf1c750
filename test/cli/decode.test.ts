import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { assertNowhere } from './assertNowhere.ts';
import { bareEnvironment, handReading, program, run } from './program.ts';

interface Decoded {
  readonly tokens: readonly {
    readonly kind: string;
    readonly header?: unknown;
    readonly payload?: Readonly<Record<string, unknown>>;
    readonly expiresAt?: string;
    readonly findings: readonly { readonly code: string }[];
  }[];
  readonly findings: readonly { readonly code: string }[];
}

describe('oauth-explorer decode', () => {
  let folder: string;
  let token: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oe-cli-'));
    const { privateKey } = await generateKeyPair('ES256');
    token = await new SignJWT({ scope: 'orders.read', iss: 'https://as.example.com' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1' })
      .setExpirationTime(1893456000)
      .sign(privateKey);
  });
  after(() => rm(folder, { recursive: true }));

  it('prints header, claims and times as JSON', async () => {
    const { code, stdout, stderr } = await run(['decode', '--json'], { input: token });
    const { tokens } = JSON.parse(stdout) as Decoded;
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(tokens[0]?.kind, 'jwt');
    assert.deepEqual(tokens[0].header, { alg: 'ES256', typ: 'at+jwt', kid: 'k1' });
    assert.deepEqual(tokens[0].payload, {
      scope: 'orders.read',
      iss: 'https://as.example.com',
      exp: 1893456000,
    });
    assert.equal(tokens[0].expiresAt, '2030-01-01T00:00:00.000Z');
  });

  it('prints the same for people, each claim with its meaning', async () => {
    const { code, stdout } = await run(['decode'], { input: token });
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}iss +https:\/\/as\.example\.com +— Issuer/m);
    assert.match(stdout, /2030-01-01 00:00:00 UTC/);
  });

  it('reads a file, and all the forms in which tokens are passed around', async () => {
    const refresh = randomBytes(24).toString('base64url');
    const forms = {
      'header.txt': `Authorization: Bearer ${token}`,
      'response.json': JSON.stringify({ access_token: token, refresh_token: refresh, token_type: 'Bearer' }),
      'redirect.txt': `https://app.example.com/cb#access_token=${token}&token_type=Bearer`,
      'log.txt': `12:01 curl -H "Authorization: Bearer ${token}" https://api.example.com`,
    };
    for (const [name, text] of Object.entries(forms)) {
      await writeFile(join(folder, name), text);
      for (const format of [[], ['--json']]) {
        const { code, stdout, stderr } = await run(['decode', '--file', name, ...format], { folder });
        assert.equal(code, 0, name);
        assert.match(stdout, /orders\.read/);
        assertNowhere([token, refresh, token.split('.')[2] ?? ''], stdout + stderr);
      }
    }
  });

  it('shows at most a quarter of a short opaque token', async () => {
    const { code, stdout } = await run(['decode'], { input: 'hunter2' });
    assert.equal(code, 0);
    assert.match(stdout, /Opaque/);
    assertNowhere(['hunter2', 'unter2'], stdout);
  });

  it('says that there is no token, and ends with 1', async () => {
    for (const [input, code] of [
      ['', 'empty'],
      ['no token is here, only words', 'no_token'],
    ] as const) {
      const ran = await run(['decode', '--json'], { input });
      assert.equal(ran.code, 1);
      assert.deepEqual(
        (JSON.parse(ran.stdout) as Decoded).findings.map((finding) => finding.code),
        [code],
      );
    }
    assert.equal((await run(['decode'], { input: token.split('.').slice(0, 2).join('.') })).code, 1);
  });

  it('lets nothing of a token steer the terminal', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const evil = {
      sub: 'a\u001b[2Jb\u009bc\u202ed\u061c\u00ad\u{e0041}\nHeader\n  alg  none',
      ['\u001b]0;x\u0007']: 1,
    };
    const input = `${part({ alg: 'ES256' })}.${part(evil)}.c2ln`;
    for (const format of [[], ['--json']]) {
      const { stdout } = await run(['decode', ...format], { input });
      assert.doesNotMatch(stdout, /(?!\n)[\p{Cc}\p{Cf}]/u);
      assert.equal(stdout.match(/^ {2}alg /gm)?.length ?? 0, format.length === 0 ? 1 : 0);
    }
  });

  it('shows a token inside a token without printing either', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = Buffer.from(token).toString('base64url');
    const nested = `${part({ alg: 'RS256', cty: 'JWT' })}.${body}.c2lnbmVk`;
    const carrying = `${part({ alg: 'RS256' })}.${part({ sub: 'a', inner: token, list: [{ deep: token }] })}.c2lnbmVk`;
    for (const input of [nested, carrying])
      for (const format of [[], ['--json']]) {
        const { code, stdout } = await run(['decode', ...format], { input });
        assert.equal(code, 0);
        assertNowhere([token, token.split('.')[2] ?? ''], stdout);
      }
    const { stdout } = await run(['decode', '--json'], { input: nested });
    const [, inner] = (JSON.parse(stdout) as Decoded).tokens;
    assert.equal(inner?.payload?.['scope'], 'orders.read');
  });

  it('says how long ago or ahead a time is, and that no signature was checked', async () => {
    const { stdout } = await run(['decode'], { input: token });
    assert.match(
      stdout,
      /^Token .*: JWT access token \(RFC 9068\), signed with ES256\. The signature was not checked\.$/m,
    );
    assert.match(stdout, /2030-01-01 00:00:00 UTC, in \d+/);
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const old = `${part({ alg: 'none' })}.${part({ exp: 1000, iat: 1e300, nbf: 'x' })}.`;
    const unsigned = await run(['decode'], { input: old });
    assert.match(unsigned.stdout, /1970-01-01 00:16:40 UTC, \d+ .* ago\)/);
    assert.doesNotMatch(unsigned.stdout, /was not checked|valid|NaN|Invalid/);
  });

  it('reads a whole response, UTF-16, cookies, and names what is no JWT', async () => {
    const body = JSON.stringify({ access_token: token, id_token: token, token_type: 'Bearer' });
    const response = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${body}`;
    const kinds = async (input: string | Buffer) =>
      (JSON.parse((await run(['decode', '--json'], { input })).stdout) as Decoded).tokens.map(
        ({ kind }) => kind,
      );
    assert.deepEqual(await kinds(response), ['jwt', 'jwt']);
    assert.deepEqual(await kinds(Buffer.from(`\ufeff${token}\r\n`, 'utf16le')), ['jwt']);
    assert.deepEqual(await kinds(`Cookie: a=b; access_token=${token}; c=d`), ['jwt']);
    const signed = await run(['decode'], {
      input: `v4.public.${Buffer.from('{"sub":"alice"}').toString('base64url')}`,
    });
    assert.match(signed.stdout, /a signed PASETO, which is not decoded here/);
  });

  it('takes no token as an argument, and does not repeat it', async () => {
    const { code, stdout, stderr } = await run(['decode', token]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^decode takes no argument but options: .*\n$/);
    assertNowhere([token], stderr);
  });

  it('refuses a file it cannot read, and standard input without an end', async () => {
    const missing = await run(['decode', '--file', 'missing.txt'], { folder });
    assert.deepEqual([missing.code, missing.stdout], [2, '']);
    assert.equal(missing.stderr, '“missing.txt” cannot be read: there is no such file.\n');
    assert.equal((await run(['decode', '--file', '.'], { folder })).code, 2);
    const long = await run(['decode'], { input: Buffer.alloc(5 * 1024 * 1024, 'a') });
    assert.equal(long.code, 2);
    assert.match(long.stderr, /^Standard input has more than 4096 KiB/);
  });

  it('reads a file that standard input is, up to the same limit', async () => {
    const [file, long] = [join(folder, 'token.txt'), join(folder, 'long.txt')];
    await writeFile(file, `${token}\n`);
    await writeFile(long, Buffer.alloc(5 * 1024 * 1024, 'a'));
    const from = (path: string) => {
      const descriptor = openSync(path, 'r');
      try {
        return spawnSync(process.execPath, [program, 'decode', '--json'], {
          env: bareEnvironment(),
          stdio: [descriptor, 'pipe', 'pipe'],
          encoding: 'utf8',
          timeout: 300_000,
        });
      } finally {
        closeSync(descriptor);
      }
    };
    const { status, stdout, stderr } = from(file);
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal((JSON.parse(stdout) as Decoded).tokens[0]?.kind, 'jwt');
    const refused = from(long);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /^Standard input has more than 4096 KiB/);
  });

  it('ends when it is interrupted, with 130', { timeout: 300_000 }, async () => {
    const child = spawn(process.execPath, [program, 'decode'], {
      env: bareEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    // Half a token is read before the interruption.
    await handReading(child, token.slice(0, 40));
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    assert.deepEqual([code, stderr], [130, 'Interrupted.\n']);
  });

  it('does not mind a reader that goes away', async () => {
    const child = spawn(process.execPath, [program, 'decode'], {
      env: bareEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.stdin.end(token);
    const [code] = (await once(child, 'close')) as [number | null];
    assert.deepEqual([code, stderr], [0, '']);
  });
});

describe('the arguments of oauth-explorer', () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['fly'], /^There is no command “fly”\. The commands are .*decode/],
    [['decode', '--jso'], /^decode has no option “--jso”\. Did you mean --json\?/],
    [['decode', '--xyz'], /^decode has no option “--xyz”\. See oauth-explorer decode --help\./],
    [['decode', '--file'], /^--file needs a value: --file <file>\./],
    [['decode', '--json=yes'], /^--json takes no value\./],
    [['decode', '--client-secret', 'hunter2'], /^A secret is never taken from an argument/],
    [['decode', '--password=hunter2'], /^A secret is never taken from an argument/],
  ];
  for (const [args, sentence] of wrong)
    it(`are refused in one sentence: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await run(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, sentence);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
      assertNowhere(['hunter2'], stderr);
    });

  it('bring help for the program and for each command, on standard output', async () => {
    const { code, stdout } = await run(['--help']);
    assert.equal(code, 0);
    assert.equal((await run([])).stdout, stdout);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name ?? '');
    assert.ok(commands.includes('decode'));
    for (const name of commands) {
      const help = await run([name, '--help']);
      assert.equal(help.code, 0);
      assert.match(help.stdout, new RegExp(`^Usage: oauth-explorer ${name} `));
      assert.match(help.stdout, /Exit codes:/);
      for (const line of (help.stdout + stdout).split('\n')) assert.ok(line.length <= 80, line);
      // What is quoted is one word to a shell: with a line break in it, it would be another one.
      for (const line of help.stdout.split('\n').filter((each) => each.endsWith(' \\')))
        assert.equal(line.replaceAll(/[^"]/g, '').length % 2, 0, line);
    }
    assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
