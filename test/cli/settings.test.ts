import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { close, listen } from '../../src/demo/listen.ts';
import { run } from './program.ts';

const utf16 = (text: string, mark = '\ufeff') => Buffer.from(mark + text, 'utf16le');

describe('settings and lists of profiles in every shape', () => {
  let folder: string;
  let server: Server;
  let profiles: string;
  let settings: string;

  before(async () => {
    server = createServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"access_token":"the-token","token_type":"Bearer"}'),
    );
    const tokenEndpoint = `http://127.0.0.1:${await listen(server, 0)}/token`;
    const entry = { grant: 'client_credentials', tokenEndpoint, clientId: 'c' };
    profiles = JSON.stringify([
      { ...entry, id: 'orders' },
      { ...entry, id: 'billing' },
    ]);
    settings = `{"oauthExplorer.profiles":${profiles}}`;
  });
  after(() => close(server));
  beforeEach(async (context) => {
    folder = await mkdtemp(join(tmpdir(), 'oe-settings-'));
    await mkdir(join(folder, '.vscode'));
    const made = folder;
    if ('after' in context) context.after(() => rm(made, { recursive: true, force: true }));
  });

  const environment = { OAUTH_EXPLORER_SECRET: 'a-secret' };
  const at = (...names: readonly string[]) => join(folder, ...names);
  /** Every command that reads profiles. */
  const readers = [
    ['token', 'orders'],
    ['check', 'orders', '--only', 'client.by-get'],
    ['explain', '--profile', 'orders'],
    ['mcp', 'http://127.0.0.1:1/mcp', '--check', '--profile', 'orders'],
  ] as const;

  const good: readonly (readonly [string, () => string | Buffer])[] = [
    ['comments and trailing commas', () => `{ // a\n/* b */ "oauthExplorer.profiles": ${profiles}, }`],
    ['a byte order mark', () => `\ufeff${settings}`],
    ['CRLF', () => `{\r\n// a\r\n"oauthExplorer.profiles": ${profiles},\r\n}\r\n`],
    [
      'a name that stands twice: the last counts, as in VS Code',
      () => `{"oauthExplorer.profiles":[],${settings.slice(1)}`,
    ],
    ['the bare list', () => profiles],
  ];
  for (const [shape, text] of good)
    it(`are read with ${shape}`, async () => {
      await writeFile(at('.vscode', 'settings.json'), text());
      await writeFile(at('list.json'), text());
      for (const args of [[], ['--profiles', 'list.json']]) {
        const { code, stdout, stderr } = await run(['token', 'orders', ...args], { folder, environment });
        assert.deepEqual([code, stdout], [0, 'the-token\n'], stderr);
      }
    });

  it('are read through a link', async () => {
    await writeFile(at('real.json'), settings);
    await symlink('../real.json', at('.vscode', 'settings.json'));
    assert.equal((await run(['token', 'orders'], { folder, environment })).code, 0);
  });

  const bad: readonly (readonly [string, () => string | Buffer | undefined, RegExp])[] = [
    ['UTF-16', () => utf16(settings), /cannot be read: it is UTF-16\. Save it as UTF-8\.\n$/],
    [
      'UTF-16 without a mark',
      () => utf16(settings, ''),
      /cannot be read: it is UTF-16\. Save it as UTF-8\.\n$/,
    ],
    ['UTF-16, the other way around', () => utf16(settings).swap16(), /cannot be read: it is UTF-16\./],
    [
      'no text',
      () => Buffer.from([1, 2, 3, 0, 0, 9]),
      /cannot be read: it is not text\. Save it as UTF-8\.\n$/,
    ],
    ['nothing in it', () => '', /cannot be read: it is empty\./],
    ['blanks', () => '\n \n', /cannot be read: it is empty\./],
    ['comments alone', () => '// nothing\n', /cannot be read: it is empty\./],
    ['half of it', () => settings.slice(0, 40), /cannot be read: line 1, column \d+: /],
    ['a folder in its place', () => undefined, /cannot be read: it is a folder\./],
  ];
  for (const [shape, content, sentence] of bad)
    it(`are refused in a sentence, by every command: ${shape}`, async () => {
      const written = content();
      for (const file of [at('.vscode', 'settings.json'), at('list.json')])
        if (written === undefined) await mkdir(file);
        else await writeFile(file, written);
      for (const args of [...readers, ['token', 'orders', '--profiles', 'list.json']]) {
        const { code, stdout, stderr } = await run(args, {
          folder,
          environment,
          input: '{}',
        });
        assert.deepEqual([code, stdout], [2, ''], stderr);
        assert.match(stderr.replace(/ Run it in the folder of your workspace.*/, ''), sentence);
        assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
      }
    });

  it('are refused where links lead in a circle, or nowhere, or nobody may read', async (test) => {
    await symlink('settings.json', at('.vscode', 'settings.json'));
    await symlink('nowhere.json', at('list.json'));
    const circle = await run(['token', 'orders'], { folder });
    assert.match(circle.stderr, /cannot be read: its links lead in a circle\./);
    const nowhere = await run(['token', 'orders', '--profiles', 'list.json'], { folder });
    assert.match(nowhere.stderr, /^“list\.json” cannot be read: there is no such file\.\n$/);
    // Root may read everything.
    if (process.getuid?.() === 0) return;
    test.diagnostic('as a user');
    await writeFile(at('closed.json'), settings);
    await chmod(at('closed.json'), 0);
    const closed = await run(['token', 'orders', '--profiles', 'closed.json'], { folder });
    assert.match(closed.stderr, /^“closed\.json” cannot be read: you may not\.\n$/);
  });

  it('have names that are near the one that is none', async () => {
    await writeFile(at('.vscode', 'settings.json'), settings);
    for (const [args, near] of [
      [['token', 'order'], 'orders'],
      [['check', 'ordres'], 'orders'],
      [['explain', '--profile', 'biling'], 'billing'],
      [['mcp', 'http://127.0.0.1:1/mcp', '--check', '--profile', 'bill'], 'billing'],
    ] as const) {
      const { code, stderr } = await run(args, { folder, environment, input: '{}' });
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`Did you mean ${near}\\? There are orders and billing\\.\n$`));
    }
    const far = await run(['token', 'inventory'], { folder, environment });
    assert.doesNotMatch(far.stderr, /Did you mean/);
  });

  it('are named beside one that is none, those that need an environment among them', async () => {
    const list = JSON.parse(profiles) as object[];
    const needing = list.map((one, index) => (index === 0 ? { ...one, clientId: '${client}' } : one));
    const environments = { test: { client: 'a' }, live: { client: 'b' } };
    const all = { 'oauthExplorer.profiles': needing, 'oauthExplorer.environments': environments };
    await writeFile(at('.vscode', 'settings.json'), JSON.stringify(all));
    const { stderr } = await run(['token', 'order'], { folder, environment });
    assert.match(stderr, /Did you mean orders\? There are billing and orders\.\n$/);
    await writeFile(
      at('.vscode', 'settings.json'),
      JSON.stringify({ ...all, 'oauthExplorer.profiles': needing.slice(0, 1) }),
    );
    const alone = await run(['token', 'typo'], { folder, environment });
    assert.match(alone.stderr, /There is orders\. .*environment/s);
  });

  it('of which only some are named where there are many', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      id: `p-${index}`,
      grant: 'client_credentials',
      tokenEndpoint: 'http://127.0.0.1:1/t',
      clientId: 'c',
    }));
    await writeFile(at('.vscode', 'settings.json'), JSON.stringify({ 'oauthExplorer.profiles': many }));
    const { stderr } = await run(['token', 'inventory'], { folder });
    assert.match(stderr, /There are p-0, .*, p-19 and 40 more\.\n$/);
  });
});

describe('a contract in every shape', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oe-contract-'));
    const profile = {
      id: 'orders',
      grant: 'client_credentials',
      tokenEndpoint: 'http://127.0.0.1:1/t',
      clientId: 'c',
    };
    await writeFile(join(folder, 'list.json'), JSON.stringify([profile]));
  });
  after(() => rm(folder, { recursive: true }));

  const promising = (name: string) =>
    JSON.stringify({ profiles: { orders: { checks: { [name]: 'pass' } } } });
  for (const [shape, content, sentence] of [
    ['UTF-16', utf16(promising('client')), /^“c\.json” cannot be read: it is UTF-16\. Save it as UTF-8\.\n$/],
    ['nothing in it', '', /^“c\.json” cannot be held\. Line 1: The file is not JSON: .*\.\n$/],
    [
      'a symbol that is none',
      '{ ? }',
      /^“c\.json” cannot be held\. Line 1: The file is not JSON: invalid symbol\.\n$/,
    ],
    [
      'an unknown check',
      promising('pkce.plian'),
      /Line 1: There is no check “pkce\.plian”\. Did you mean pkce\.plain\?/,
    ],
    ['an unknown area', promising('pcke'), /Line 1: There is no check “pcke”\. Did you mean pkce\?/],
  ] as const)
    it(`is refused in a sentence, by check and mcp: ${shape}`, async () => {
      await writeFile(join(folder, 'c.json'), content);
      for (const command of [
        ['check', 'orders'],
        ['mcp', 'http://127.0.0.1:1/mcp', '--check', '--profile', 'orders'],
      ]) {
        const args = [...command, '--profiles', 'list.json', '--contract-file', 'c.json'];
        const { code, stdout, stderr } = await run(args, { folder });
        assert.deepEqual([code, stdout], [2, ''], stderr);
        assert.match(stderr, sentence);
      }
    });
});
