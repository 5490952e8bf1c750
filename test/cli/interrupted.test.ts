import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { close, listen } from '../../src/demo/listen.ts';
import { openDesk, type Desk } from './desk.ts';
import { bareEnvironment, handReading, program, run } from './program.ts';

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

describe('a program that is interrupted in mid-flow', () => {
  let desk: Desk;
  let silent: Server;
  let mcp: string;
  before(async () => {
    desk = await openDesk();
    silent = createServer(() => undefined);
    mcp = `http://127.0.0.1:${await listen(silent, 0)}/mcp`;
  });
  after(async () => {
    await close(silent);
    await desk.close();
  });

  for (const [signal, expected] of signals) {
    it(`ends by ${signal} while it waits for the browser, and frees its port`, async () => {
      const { code, stdout, stderr } = await run(['token', 'demo-native', '--sign-in'], {
        folder: desk.folder,
        environment: { BROWSER: desk.seenBy.browser },
        interrupt: { after: 'Waiting for you', signal },
      });
      assert.deepEqual([code, stdout], [expected, ''], stderr);
      assert.match(stderr, /\nInterrupted\.\n$/);
      const [address = ''] = (await desk.seenBy.given()).split('\n');
      assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\//);
      await assert.rejects(fetch(address));
    });

    it(`ends by ${signal} while a code is to be typed, a server explored, and a check run`, async () => {
      const before = await readdir(desk.folder);
      for (const [args, said] of [
        [['token', 'demo-device', '--sign-in'], 'type the code'],
        [['mcp', mcp], 'Exploring'],
        [['mcp', mcp, '--check', '--sarif', 'm.sarif'], '1/'],
        [['check', 'demo-native', '--sarif', 'c.sarif', '--sign-in'], 'A wrong verifier'],
      ] as const) {
        const { code, stderr } = await run(args, {
          folder: desk.folder,
          environment: { BROWSER: desk.seenBy.browser },
          interrupt: { after: said, signal },
        });
        assert.equal(code, expected, stderr);
      }
      const left = (await readdir(desk.folder)).filter((name) => !before.includes(name));
      assert.deepEqual(left, []);
    });

    it(`ends by ${signal} while it waits for its input`, async () => {
      for (const command of ['decode', 'explain']) {
        const child = spawn(process.execPath, [program, command], {
          env: bareEnvironment(),
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        await handReading(child, 'HTTP/1.1 401 Unauth');
        child.kill(signal);
        const [code] = (await once(child, 'close')) as [number | null];
        assert.equal(code, expected, command);
      }
    });
  }
});

describe('a keychain that hangs', { skip: process.platform !== 'linux' }, () => {
  let desk: Desk;
  let folder: string;
  const bus = createSocketServer(() => undefined);
  before(async () => {
    desk = await openDesk();
    folder = await mkdtemp(join(tmpdir(), 'oe-bus-'));
    bus.listen(join(folder, 'bus'));
    await once(bus, 'listening');
  });
  after(async () => {
    bus.close();
    await desk.close();
    await rm(folder, { recursive: true });
  });
  const environment = () => ({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'bus')}` });

  it('is said by every command that asks it, and none hangs with it', { timeout: 300_000 }, async () => {
    for (const args of [
      ['token', 'demo-machine'],
      ['check', 'demo-machine', '--only', 'client.by-get'],
      ['mcp', 'http://127.0.0.1:1/mcp', '--check', '--profile', 'demo-machine'],
    ]) {
      const { code, stdout, stderr } = await run(args, { folder: desk.folder, environment: environment() });
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, /the system keychain did not answer within 3 seconds/);
    }
  });

  it('keeps no program that is interrupted', { timeout: 300_000 }, async () => {
    const asked = once(bus, 'connection');
    const child = spawn(process.execPath, [program, 'token', 'demo-machine'], {
      cwd: desk.folder,
      env: bareEnvironment(environment()),
    });
    await asked;
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 143);
  });
});
