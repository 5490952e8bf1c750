import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertSarif } from '../support/sarif.ts';
import { parseXml } from '../support/xml.ts';
import { assertNowhere } from './assertNowhere.ts';
import { openDesk, type Desk } from './desk.ts';
import { bareEnvironment, program, run, type RunOptions } from './program.ts';

interface Json {
  readonly profile: { readonly id: string };
  readonly results: readonly { readonly id: string; readonly verdict: string }[];
}

describe('oauth-explorer check of several profiles', () => {
  let desk: Desk;
  let web: string;
  before(async () => {
    desk = await openDesk();
    web = desk.demo.clients.web.clientSecret ?? '';
  });
  after(() => desk.close());

  const check = (args: readonly string[], options: RunOptions = {}) =>
    run(['check', ...args, '--only', 'client', '--no-sign-in'], {
      folder: desk.folder,
      ...options,
      environment: { OAUTH_EXPLORER_SECRET_DEMO_WEB: web, ...options.environment },
    });

  it('runs them one after the other, each with its own secret, into one report of each form', async () => {
    const files = ['--sarif', 'two.sarif', '--junit', 'two.xml'];
    const ran = await check(['demo-native', 'demo-web', 'demo-native', '--json', ...files]);
    assert.equal(ran.code, 0, ran.stderr);
    const reports = JSON.parse(ran.stdout) as readonly Json[];
    assert.deepEqual(
      reports.map(({ profile }) => profile.id),
      ['demo-native', 'demo-web'],
    );
    const ofWeb = reports[1]?.results.find(({ id }) => id === 'client.wrong-secret');
    assert.equal(ofWeb?.verdict, 'pass');
    const sarif = JSON.parse(await readFile(join(desk.folder, 'two.sarif'), 'utf8')) as {
      readonly runs: readonly { readonly automationDetails: { readonly id: string } }[];
    };
    assertSarif(sarif);
    assert.deepEqual(
      sarif.runs.map(({ automationDetails }) => automationDetails.id),
      ['oauth-explorer-checks/demo-native/', 'oauth-explorer-checks/demo-web/'],
    );
    const junit = parseXml(await readFile(join(desk.folder, 'two.xml'), 'utf8'));
    assert.equal(junit.children.length, 2);
    const total = junit.children.reduce((sum, { attributes }) => sum + Number(attributes['tests']), 0);
    assert.equal(Number(junit.attributes['tests']), total);
    assertNowhere([web], ran.stdout + ran.stderr);
  });

  it('says of which it could not ask, goes on with the others, and ends with 2', async () => {
    const ran = await check(['demo-web', 'demo-native'], {
      environment: { OAUTH_EXPLORER_SECRET_DEMO_WEB: '' },
    });
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /is missing: OAUTH_EXPLORER_SECRET_DEMO_WEB is not set/);
    assert.match(ran.stdout, /^Demo: public app/m);
  });

  it('gives a secret for one server to no other', async () => {
    const before = desk.demo.clients.machine.clientSecret ?? '';
    const ran = await check(['--all', '--json'], { environment: { OAUTH_EXPLORER_SECRET: before } });
    assert.match(ran.stderr, /is missing: OAUTH_EXPLORER_SECRET_DEMO_MACHINE is not set/);
    assertNowhere([before, web], ran.stdout + ran.stderr);
  });

  it('checks all there are, and ends with 1 as soon as one is found wanting', async () => {
    desk.demo.setFaults(['password-grant-enabled']);
    const ran = await check(['--all', '--markdown']);
    desk.demo.setFaults([]);
    assert.equal(ran.code, 1, ran.stderr);
    assert.ok([...ran.stdout.matchAll(/^# /gm)].length >= 2, ran.stdout);
  });

  it('refuses what cannot be meant, before anything is sent', async () => {
    for (const [args, sentence] of [
      [[], /^check needs a profile or issuer\./],
      [['--all', 'demo-web'], /^--all goes without a profile or issuer\./],
      [['demo-web', 'nothing'], /^There is no profile “nothing” in/],
      [['demo-web', 'demo-native', '--secret-env', 'X'], /^--secret-env goes with one profile only/],
      [['demo-web', 'demo-native', '--secret-stdin'], /^--secret-stdin goes with one profile only/],
      [[desk.demo.issuer, 'demo-web', '--client-id', 'x'], /^--client-id goes with one issuer\./],
    ] as const) {
      const { code, stdout, stderr } = await check(args);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
    }
  });

  it('ends by itself, and says nothing of it, when the reader of its output has gone', async () => {
    const child = spawn(process.execPath, [program, 'check', '--all', '--only', 'client', '--no-sign-in'], {
      cwd: desk.folder,
      env: bareEnvironment({ OAUTH_EXPLORER_SECRET_DEMO_WEB: web }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    const [code] = (await once(child, 'close')) as [number | null];
    // The machine client has no secret here.
    assert.equal(code, 2, told);
    assert.doesNotMatch(told, /EPIPE|unexpected|node:/);
  });
});
