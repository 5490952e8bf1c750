import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { noAssertion, noBound, noTls } from '../core/checks/support.ts';
import { assertSarif } from '../support/sarif.ts';
import { parseXml } from '../support/xml.ts';
import { assertNowhere } from './assertNowhere.ts';
import { openDesk, type Desk } from './desk.ts';
import { run, type Ran, type RunOptions } from './program.ts';

interface Json {
  readonly counts: Readonly<Record<string, number>>;
  readonly results: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly exchanges: readonly { readonly request: { readonly body?: string } }[];
  }[];
}

describe('oauth-explorer check', () => {
  let desk: Desk;
  let secret: string;

  before(async () => {
    desk = await openDesk();
    secret = desk.demo.clients.web.clientSecret ?? '';
  });
  after(() => desk.close());
  afterEach(() => desk.demo.setFaults([]));

  const inDesk = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
    run(args, {
      folder: desk.folder,
      ...options,
      environment: { OAUTH_EXPLORER_SECRET: secret, ...options.environment },
    });
  const json = ({ stdout }: Ran) => JSON.parse(stdout) as Json;
  const verdicts = (ran: Ran) =>
    Object.fromEntries(json(ran).results.map(({ id, verdict }) => [id, verdict]));

  it('runs without anybody to sign in, says what it leaves out, and ends with 0', async () => {
    const ran = await inDesk(['check', 'demo-web', '--json']);
    assert.equal(ran.code, 0, ran.stderr);
    const { counts, results } = json(ran);
    assert.deepEqual([counts['fail'], counts['weakness']], [0, 0]);
    assert.ok((counts['pass'] ?? 0) > 15 && (counts['not_determined'] ?? 0) > 5);
    const open = results.filter(({ verdict }) => verdict === 'not_determined').map(({ id }) => id);
    // The report names them.
    const told = `${open.length} checks were not determined: nobody was there to sign in (use --sign-in to change that).`;
    assert.ok(ran.stderr.split('\n').includes(told), ran.stderr);
    for (const id of open) assert.ok(!ran.stderr.includes(id), id);
    assertNowhere([secret], ran.stdout + ran.stderr);
  });

  it('runs everything with somebody who signs in', async () => {
    const ran = await inDesk(['check', 'demo-web', '--json', '--sign-in'], {
      environment: { BROWSER: desk.browser },
    });
    assert.equal(ran.code, 0, ran.stderr);
    // The demo is at plain http, and this client has a secret and no key.
    assert.deepEqual(
      Object.fromEntries(Object.entries(verdicts(ran)).filter(([, verdict]) => verdict !== 'pass')),
      { ...noTls, ...noAssertion, ...noBound },
    );
    assert.doesNotMatch(ran.stderr, /nobody was there/i);
    assert.match(ran.stderr, /^1\/\d+ /m);
    assertNowhere([secret], ran.stdout + ran.stderr);
    // No JWT, and no value of what is secret in a form, is there whole.
    assert.doesNotMatch(ran.stdout + ran.stderr, /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./);
    for (const { exchanges } of json(ran).results)
      for (const { request } of exchanges)
        for (const name of ['code', 'code_verifier', 'client_secret', 'refresh_token'])
          assert.ok((new URLSearchParams(request.body).get(name) ?? '').length < 20, request.body);
  });

  it('ends with 1 when a check fails, and writes what the CI reads', async () => {
    desk.demo.setFaults(['wrong-verifier-accepted', 'query-ignored']);
    const args = ['check', 'demo-web', '--only', 'pkce', '--only', 'redirect.extra-query'];
    const { code, stdout, stderr } = await inDesk(
      [...args, '--sarif', 'out.sarif', '--junit', 'out.xml', '--markdown', '--sign-in'],
      {
        environment: { BROWSER: desk.browser },
      },
    );
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^# Redirect and PKCE checks: Demo: web app with secret\n/);
    assert.match(stdout, /\| Fail \|/);

    const sarif = JSON.parse(await readFile(join(desk.folder, 'out.sarif'), 'utf8')) as {
      readonly runs: readonly {
        readonly results: readonly {
          readonly ruleId: string;
          readonly locations: readonly {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number };
            };
          }[];
        }[];
      }[];
    };
    assertSarif(sarif);
    assert.deepEqual(
      sarif.runs[0]?.results.map(({ ruleId }) => ruleId),
      ['redirect.extra-query', 'pkce.wrong-verifier'],
    );
    const place = sarif.runs[0].results[0]?.locations[0]?.physicalLocation;
    assert.deepEqual(place, { artifactLocation: { uri: '.vscode/settings.json' }, region: { startLine: 3 } });

    const [suite] = parseXml(await readFile(join(desk.folder, 'out.xml'), 'utf8')).children;
    assert.deepEqual([suite?.attributes['name'], suite?.attributes['failures']], ['demo-web', '1']);
  });

  it('tells progress of what is tried, not of the many checks that are for other clients', async () => {
    const secret = desk.demo.clients.machine.clientSecret ?? '';
    const ran = await inDesk(['check', 'demo-machine', '--only', 'client', '--only', 'redirect'], {
      environment: { OAUTH_EXPLORER_SECRET: secret },
    });
    const told = [...ran.stderr.matchAll(/^(\d+)\/(\d+) (.*)$/gm)];
    const tried = [...ran.stdout.matchAll(/^(?:Pass|Fail|Weakness) /gm)];
    assert.ok(tried.length > 3, ran.stdout);
    assert.deepEqual(
      told.map(([, number]) => Number(number)),
      tried.map((_, index) => index + 1),
    );
    for (const [, , total] of told) assert.equal(total, `${tried.length}`);
  });

  it('counts a weakness only when it is told to', async () => {
    desk.demo.setFaults(['trailing-slash-ignored']);
    const args = ['check', 'demo-native', '--only', 'redirect.trailing-slash'];
    const lax = await inDesk(args);
    assert.equal(lax.code, 0, lax.stderr);
    assert.match(lax.stdout, /^Weakness +.*\(redirect\.trailing-slash\)\n {16}\S/m);
    assert.match(lax.stdout, /\n1 weakness, 0 passed\.\n$/);
    assert.equal((await inDesk([...args, '--fail-on', 'weakness'])).code, 1);
    assert.equal((await inDesk([...args, '--fail-on', 'not-determined'])).code, 1);
  });

  it('takes an issuer: its one profile, or a client that stands nowhere', async () => {
    const many = await inDesk(['check', desk.demo.issuer]);
    assert.equal(many.code, 2);
    assert.match(
      many.stderr,
      /^These profiles have the issuer .*: demo-machine, demo-native, .*\. Name one of them\.\n$/,
    );
    const args = ['check', desk.demo.issuer, '--client-id', 'demo-native', '--only', 'redirect'];
    const ran = await run([...args, '--json'], { folder: '/' });
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(verdicts(ran)['redirect.registered'], 'pass');
    const other = await inDesk(['check', 'https://other.example.com']);
    assert.deepEqual(
      [other.code, other.stderr],
      [2, 'No profile has the issuer “https://other.example.com”. Name a client of it with --client-id.\n'],
    );
  });

  it('says that nothing could be determined, and ends with 2', async () => {
    const ran = await inDesk(['check', 'demo-web', '--only', 'refresh', '--no-sign-in']);
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /\nNothing could be determined\.\n$/);
  });

  it('reports what was done until it is interrupted, and ends with 130', async () => {
    const ran = await inDesk(['check', 'demo-web', '--json', '--sign-in'], {
      environment: { BROWSER: desk.seenBy.browser },
      // The first check for which somebody has to sign in.
      interrupt: { after: 'A wrong verifier' },
    });
    assert.equal(ran.code, 130);
    assert.match(ran.stderr, /\nInterrupted\.\n$/);
    assert.ok(json(ran).results.length > 5);
  });

  it('writes a contract, keeps to it, and says when it is broken', async () => {
    const args = ['check', 'demo-native', '--only', 'redirect'];
    desk.demo.setFaults(['trailing-slash-ignored']);
    const written = await inDesk([...args, '--write-contract']);
    assert.equal(written.code, 0, written.stderr);
    const file = join(desk.folder, 'oauth.checks.json');
    assert.match(await readFile(file, 'utf8'), /"redirect\.trailing-slash": \{\n +"verdict": "weakness",/);

    const kept = await inDesk([...args, '--contract', '--fail-on', 'weakness', '--sarif', 'kept.sarif']);
    assert.equal(kept.code, 0, kept.stdout);
    assert.match(
      kept.stdout,
      /\nContract: \d+ of \d+ promises are kept as they stand\.\n- excused: Trailing slash: /,
    );
    const sarif = JSON.parse(await readFile(join(desk.folder, 'kept.sarif'), 'utf8')) as {
      readonly runs: readonly { readonly results: readonly unknown[] }[];
    };
    assert.deepEqual(sarif.runs[0]?.results, []);

    desk.demo.setFaults(['path-case-ignored']);
    const broken = await inDesk([...args, '--contract', '--junit', 'broken.xml']);
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /\n- better: Trailing slash: /);
    assert.match(
      broken.stdout,
      /\n- broken: Upper and lower case in the path: pass is promised, and it is weakness\.\n/,
    );
    const [suite] = parseXml(await readFile(join(desk.folder, 'broken.xml'), 'utf8')).children;
    assert.equal(suite?.attributes['failures'], '1');
  });

  it('refuses a contract that cannot be held, before anything is sent, and leaves it as it is', async () => {
    const bad = '{ "profiles": { "demo-web": { "checks": {\n"pkce.plian": "pass" } } } }';
    await writeFile(join(desk.folder, 'bad.json'), bad);
    for (const [args, sentence] of [
      [
        ['--contract-file', 'bad.json'],
        /^“bad\.json” cannot be held\. Line 2: There is no check “pkce\.plian”\./,
      ],
      [['--contract-file', 'none.json'], /^“none\.json” cannot be read: there is no such file\./],
      [['--contract', '--write-contract'], /^--write-contract goes with neither/],
    ] as const) {
      const { code, stdout, stderr } = await inDesk(['check', 'demo-web', ...args]);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
    }
    const only = ['--only', 'redirect.scheme'];
    const left = await inDesk([
      'check',
      'demo-web',
      '--write-contract',
      '--contract-file',
      'bad.json',
      ...only,
    ]);
    assert.equal(left.code, 2);
    assert.match(left.stderr, /^“bad\.json” was left as it is\. Line 2: /);
    assert.equal(await readFile(join(desk.folder, 'bad.json'), 'utf8'), bad);
    await writeFile(join(desk.folder, 'other.json'), '{ "profiles": {} }');
    const other = await inDesk(['check', 'demo-web', '--contract-file', 'other.json']);
    assert.match(other.stderr, /^“other\.json” promises nothing of “demo-web”\./);
  });

  it('refuses what it cannot do, before anything is sent', async () => {
    await writeFile(join(desk.folder, 'file'), '');
    for (const [args, sentence] of [
      [
        ['demo-web', '--only', 'pcke'],
        /^There is no check “pcke”\. The areas are redirect, pkce, .* and \w+; of checks there are redirect\.registered, /,
      ],
      [['demo-web', '--json', '--markdown'], /exclude each other/],
      [
        ['demo-web', '--sarif', 'none/out.sarif'],
        /^“none\/out\.sarif” cannot be written: there is no such folder/,
      ],
      [
        ['demo-web', '--junit', 'file/out.xml'],
        /^“file\/out\.xml” cannot be written: there is no such folder/,
      ],
      [['demo-web', '--fail-on', 'pass'], /^--fail-on must be fail, weakness or not-determined\./],
      [['demo-web', '--client-id', 'x'], /^--client-id goes with an issuer/],
      [['demo-web', '--redirect-uri', 'http://127.0.0.1/cb'], /^--redirect-uri goes with --client-id only/],
      [['ftp://x'], /^There is no profile of that name in/],
      [[], /^check needs a profile or issuer\./],
    ] as const) {
      const { code, stdout, stderr } = await inDesk(['check', ...args]);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
    }
    assert.ok(!(await readdir(desk.folder)).includes('none'));
  });

  it('ends with 2 when the server does not answer', async () => {
    await desk.addProfiles([
      {
        id: 'gone',
        grant: 'authorization_code',
        issuer: 'http://127.0.0.1:9',
        clientId: 'c',
        redirectUri: 'http://127.0.0.1/cb',
      },
    ]);
    const { code, stdout, stderr } = await inDesk(['check', 'gone']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /127\.0\.0\.1:9/);
  });
});
