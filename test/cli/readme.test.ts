import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { parseContract } from '../../src/core/contract/parseContract.ts';
import { demoProfiles } from '../../src/demo/workspace.ts';
import { close, listen } from '../../src/demo/listen.ts';
import { assertSarif } from '../support/sarif.ts';
import { parseXml } from '../support/xml.ts';
import { openDesk, type Desk } from './desk.ts';
import { bareEnvironment, program } from './program.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = await readFile(join(root, 'README.md'), 'utf8');
const section = /\n## On the command line\n[^]*?\n## /.exec(readme)?.[0] ?? '';
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section)?.[1] ?? '';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** Runs a line of a shell; gives its exit code and what it wrote. */
function shell(
  line: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      'bash',
      ['-c', line],
      { cwd: folder, env: bareEnvironment(environment) },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

describe('the command line in the README', () => {
  let desk: Desk;
  let mcp: Server;
  let mcpOrigin: string;
  let environment: Readonly<Record<string, string>>;

  before(async () => {
    desk = await openDesk();
    const { clientId, clientSecret = '', scopes } = desk.demo.clients.machine;
    await desk.addProfiles([
      { ...{ id: 'orders', grant: 'client_credentials', issuer: desk.demo.issuer, clientId, scopes } },
    ]);
    mcp = createServer((_, response) => {
      response.writeHead(404).end();
    });
    mcpOrigin = `http://127.0.0.1:${await listen(mcp, 0)}`;
    const programs = join(desk.folder, 'bin');
    await mkdir(programs);
    await writeFile(
      join(programs, 'oauth-explorer'),
      `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`,
    );
    await chmod(join(programs, 'oauth-explorer'), 0o755);
    const path = `${programs}:${bareEnvironment()['PATH'] ?? ''}`;
    environment = { OAUTH_EXPLORER_SECRET: clientSecret, PATH: path };
  });
  after(async () => {
    await close(mcp);
    await desk.close();
  });

  const here = (text: string) =>
    text
      .replaceAll('https://api.example.com', desk.demo.api)
      .replaceAll('https://login.example.com', desk.demo.issuer)
      .replaceAll('orders-worker', desk.demo.clients.machine.clientId)
      .replaceAll('https://mcp.example.com', mcpOrigin);

  it('has lines that do what they say', async () => {
    const lines = block('sh').trim().split('\n');
    assert.ok(lines.length >= 7);
    const expected: readonly (readonly [start: string, more: string, code: number, out: RegExp])[] = [
      ['TOKEN=', '; printf %s "$TOKEN"', 0, /^ey[\w-]+\.[\w-]+\.[\w-]+$/],
      ['curl -H', '', 0, /"item"/],
      ['eval', '; printf %s "$ORDERS_TOKEN"', 0, /^ey[\w-]+\.[\w-]+\.[\w-]+$/],
      ['oauth-explorer token', '', 0, /\nClaims\n/],
      ['oauth-explorer token https:', '', 0, /^ey[\w-]+\.[\w-]+\.[\w-]+\n$/],
      ['oauth-explorer check', '; cat report.md', 0, /^# Redirect and PKCE checks: /],
      ['oauth-explorer check --all', '', 2, /^Demo: public app/m],
      ['curl -si', '', 1, /^# \S+ at the token endpoint/],
      ['oauth-explorer mcp', '', 1, /\nerror: /],
      ['oauth-explorer mcp', '', 1, /\nFail +A client without a token is answered with 401/],
    ];
    for (const [index, line] of lines.entries()) {
      const [start, more, code, out] = expected[index] ?? ['', '', 0, /^$/];
      assert.ok(line.startsWith(start), line);
      const ran = await shell(here(line) + more, desk.folder, environment);
      assert.equal(ran.code, code, `${line}\n${ran.stderr}${ran.stdout}`);
      assert.match(ran.stdout, out, line);
    }
  });

  it('has a contract that can be held', () => {
    const { contract, problems } = parseContract(block('jsonc'));
    assert.deepEqual(problems, []);
    assert.equal(contract.get('orders')?.checks.size, 2);
  });

  it('has a contract that a run is held to as it says', async () => {
    const profile = demoProfiles(desk.demo).find(({ id }) => id === 'demo-native');
    await writeFile(join(desk.folder, 'mine.json'), JSON.stringify([{ ...profile, id: 'orders' }]));
    const example = block('jsonc').replace('2027-06-30', '2999-12-31');
    const held = async (text: string) => {
      await writeFile(join(desk.folder, 'oauth.checks.json'), text);
      const line = 'oauth-explorer check orders --profiles mine.json --only redirect --only pkce --contract';
      return shell(`${line} --no-sign-in`, desk.folder, environment);
    };
    desk.demo.setFaults(['path-case-ignored']);
    const broken = await held(example);
    assert.equal(broken.code, 1, broken.stderr);
    const [, register = ''] =
      /- broken: The redirect URI to register is promised to be \S+, and it is (\S+)\.\n/.exec(
        broken.stdout,
      ) ?? [];
    assert.match(broken.stdout, /- excused: Upper and lower case in the path: .* Old proxy\.\n/);
    const kept = await held(example.replace('https://app.example.com/callback', register));
    assert.equal(kept.code, 0, kept.stdout);
    desk.demo.setFaults([]);
    assert.match((await held(example)).stdout, /- better: Upper and lower case in the path: /);
  });

  it('has the exit codes that help has', async () => {
    const { stdout } = await shell('oauth-explorer --help', desk.folder, environment);
    const codes = [...stdout.slice(stdout.indexOf('Exit codes:')).matchAll(/^ {2}(\d+) /gm)].map(
      ([, one]) => one,
    );
    const documented = [...section.matchAll(/^\| (\d+) +\|/gm)].map(([, one]) => one);
    assert.deepEqual(documented, codes);
  });
});

describe('the action for GitHub', () => {
  let desk: Desk;
  let action: Action;

  before(async () => {
    desk = await openDesk();
    action = parse(await readFile(join(root, '.github/actions/check/action.yml'), 'utf8')) as Action;
  });
  after(() => desk.close());

  /** Runs the step that checks as the runner would, with these inputs. */
  async function check(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
    const step = action.runs.steps.at(-1);
    assert.ok(step?.env !== undefined && step.run !== undefined);
    const filled = Object.entries(step.env).map(([name, value]) => [
      name,
      value
        .replace('${{ github.action_path }}', join(root, '.github/actions/check'))
        .replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input: string) => {
          assert.ok(input in action.inputs, input);
          return inputs[input] ?? action.inputs[input]?.default ?? '';
        }),
    ]);
    for (const [, value = ''] of filled)
      assert.ok(!value.includes('${{') || Object.values(inputs).includes(value));
    const summary = join(desk.folder, 'summary.md');
    await writeFile(summary, '');
    const environment = {
      ...env,
      ...(Object.fromEntries(filled) as Record<string, string>),
      GITHUB_STEP_SUMMARY: summary,
    };
    // As the runner starts `shell: bash`: a file, which ends at the first command that fails.
    const script = join(desk.folder, 'step.sh');
    await writeFile(script, step.run);
    const line = `bash --noprofile --norc -eo pipefail '${script}'`;
    return { ...(await shell(line, desk.folder, environment)), summary: await readFile(summary, 'utf8') };
  }

  it('checks, and leaves summary, SARIF and JUnit behind', async () => {
    const secret = desk.demo.clients.web.clientSecret ?? '';
    const { code, stderr, summary } = await check({ profile: 'demo-web', secret });
    assert.equal(code, 0, stderr);
    assert.match(summary, /^# Redirect and PKCE checks: Demo: web app with secret/);
    assertSarif(JSON.parse(await readFile(join(desk.folder, 'oauth-explorer.sarif'), 'utf8')));
    parseXml(await readFile(join(desk.folder, 'oauth-explorer.xml'), 'utf8'));
  });

  it('fails with a check, runs only what it is told to, and runs nothing that stands in an input', async () => {
    desk.demo.setFaults(['trailing-slash-ignored']);
    const only = 'redirect.trailing-slash redirect.path-case';
    const { code, summary } = await check({ profile: 'demo-native', only, 'fail-on': 'weakness' });
    assert.equal(code, 1);
    assert.equal(summary.match(/^\| .* \| (Pass|Weakness) \|/gm)?.length, 2);
    const registered = 'https://elsewhere.example.com/cb';
    const promises = { profiles: { 'demo-native': { register: registered } } };
    await writeFile(join(desk.folder, 'oauth.checks.json'), JSON.stringify(promises));
    const held = await check({ profile: 'demo-native', only: 'redirect', contract: 'true' });
    assert.equal(held.code, 1);
    assert.match(held.summary, /broken: The redirect URI to register is promised to be https:\/\/elsewhere/);
    const nasty = `$(touch evil)\`touch evil\`;touch evil\n'; touch evil; '"; touch evil; " --sarif=evil *`;
    for (const inputs of [
      ...['--sarif=evil', '*', `a'b"c`, '${{ inputs.secret }}'].map((text) => ({
        profile: text,
        only: text,
      })),
      { profile: nasty },
      { profile: 'demo-native', profiles: nasty },
      { profile: 'demo-native', only: nasty },
      { profile: 'demo-native', 'fail-on': nasty },
      { profile: 'demo-native', only: 'redirect.scheme', sarif: `none/${nasty}` },
    ]) {
      const ran = await check(inputs);
      assert.equal(ran.code, 2, JSON.stringify(inputs) + ran.stderr);
      assert.equal(ran.stdout + ran.summary, '');
      await assert.rejects(stat(join(desk.folder, 'evil')));
    }
  });

  it('checks several profiles, or all there are, with one report', async () => {
    desk.demo.setFaults([]);
    const only = 'redirect.scheme';
    const secrets = { OAUTH_EXPLORER_SECRET_DEMO_WEB: desk.demo.clients.web.clientSecret ?? '' };
    const two = await check({ profile: 'demo-native\n  demo-web', only }, secrets);
    assert.equal(two.code, 0, two.stderr);
    assert.equal(two.summary.match(/^# .*$/gm)?.length, 2);
    // Those without a secret are told, and the others go on.
    const all = await check({ only }, secrets);
    assert.equal(all.code, 2, all.stderr);
    assert.ok((all.summary.match(/^# .*$/gm)?.length ?? 0) >= 2, all.stderr);
  });

  it('takes checks from several lines, and writes no file whose name is empty', async () => {
    desk.demo.setFaults([]);
    const only = 'redirect.trailing-slash\n  redirect.path-case\n\nredirect.scheme\n';
    const before = await readdir(desk.folder);
    await rm(join(desk.folder, 'oauth-explorer.sarif'), { force: true });
    const { code, summary, stderr } = await check({ profile: 'demo-native', only, sarif: '', junit: '' });
    assert.equal(code, 0, stderr);
    assert.match(summary, /^- Result: 3 passed\.$/m);
    const left = (await readdir(desk.folder)).filter((name) => !before.includes(name));
    assert.deepEqual(
      left.filter((name) => !['step.sh', 'summary.md'].includes(name)),
      [],
    );
    await assert.rejects(stat(join(desk.folder, 'oauth-explorer.sarif')));
  });

  it('builds the program that it runs', async () => {
    const [build, run] = action.runs.steps.slice(-2);
    assert.match(build?.run ?? '', /^npm ci .* && npm run --silent build$/);
    assert.equal(build?.['working-directory'], '${{ github.action_path }}/../../..');
    assert.equal(run?.env?.['PROGRAM'], '${{ github.action_path }}/../../../dist/cli/oauth-explorer.cjs');
    assert.ok((await stat(program)).isFile());
  });

  it('is used in the README with inputs that it has, and its results are uploaded', () => {
    const workflow = parse(block('yaml')) as {
      readonly jobs: { readonly oauth: { readonly steps: readonly Step[] } };
    };
    const { steps } = workflow.jobs.oauth;
    const ours = steps.find(({ uses }) => uses?.includes('/.github/actions/check@') === true);
    for (const name of Object.keys(ours?.with ?? {})) assert.ok(name in action.inputs, name);
    for (const [name, { required }] of Object.entries(action.inputs))
      if (required === true) assert.ok(name in (ours?.with ?? {}), name);
    const upload = steps.find(({ uses }) => uses?.startsWith('github/codeql-action/upload-sarif@') === true);
    assert.equal(upload?.with?.['sarif_file'], action.inputs['sarif']?.default);
  });
});

describe('the package of the command line', () => {
  it('is packed, installed into an empty folder without a network, and runs there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oe-pack-'));
    try {
      const environment = { HOME: folder, npm_config_offline: 'true', npm_config_update_notifier: 'false' };
      const packed = await shell(
        `npm pack --silent --pack-destination "${folder}" "${join(root, 'dist', 'cli')}"`,
        folder,
        environment,
      );
      assert.equal(packed.code, 0, packed.stderr);
      const place = join(folder, 'empty');
      await mkdir(place);
      const archive = `../${packed.stdout.trim()}`;
      const line = `npm i --silent --no-audit --no-fund ${archive} && npx --no-install oauth-explorer --help`;
      const helped = await shell(line, place, environment);
      assert.deepEqual([helped.code, helped.stderr], [0, '']);
      assert.match(helped.stdout, /(?:^|\n)Usage: oauth-explorer <command>/);
      const token = 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2FzLmV4YW1wbGUuY29tIn0.';
      const decoded = await shell(
        `echo ${token} | node_modules/.bin/oauth-explorer decode`,
        place,
        environment,
      );
      assert.equal(decoded.code, 0, decoded.stderr);
      assert.match(decoded.stdout, /https:\/\/as\.example\.com/);
      // It has what it reads beside itself: the providers, and a keychain that says what it has not.
      const explained = await shell(
        `echo '{"error":"invalid_client"}' | node_modules/.bin/oauth-explorer explain`,
        place,
        environment,
      );
      assert.match(explained.stdout, /^# invalid_client at the token endpoint/);
      const profile = {
        id: 'a',
        grant: 'client_credentials',
        tokenEndpoint: 'http://127.0.0.1:9/t',
        clientId: 'c',
      };
      await writeFile(join(place, 'list.json'), JSON.stringify([profile]));
      const asked = await shell(
        'node_modules/.bin/oauth-explorer token a --profiles list.json',
        place,
        environment,
      );
      assert.equal(asked.code, 2);
      assert.match(asked.stderr, /The client secret of “a” is missing: .*keychain/);
      assert.doesNotMatch(asked.stderr, /no keychain to read from/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
