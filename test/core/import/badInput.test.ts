import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeObjects } from '../../../src/core/import/codeObjects.ts';
import { decodeText, encodingOf } from '../../../src/core/import/decodeText.ts';
import { listOf } from '../../../src/core/import/imported.ts';
import { importLongText, importText } from '../../../src/core/import/importText.ts';
import { everyHost } from '../../../src/core/import/importPlan.ts';
import { unquoted } from '../../../src/core/import/quotedLines.ts';
import { secretRanges } from '../../../src/core/import/secretRanges.ts';
import { profileFields } from '../../../src/core/profile/fields/all.ts';
import { assertLinear } from '../pump/linear.ts';
import { json, open, planned, ready, words } from './planned.ts';

const request = (index: number, padding = '') => ({
  name: `Request ${index}`,
  request: {
    method: 'GET',
    url: 'https://api.example.com',
    description: padding,
    auth: {
      type: 'oauth2',
      oauth2: [
        { key: 'grant_type', value: 'client_credentials' },
        { key: 'accessTokenUrl', value: 'https://as.example.com/token' },
        { key: 'clientId', value: `client-${index % 7}` },
        { key: 'clientSecret', value: `secret-${index % 7}` },
      ],
    },
  },
});
const collection = (count: number, padding = '') =>
  json({ info: { name: 'Big' }, item: Array.from({ length: count }, (_, index) => request(index, padding)) });
const clients = Array.from({ length: 7 }, (_, index) => `client-${index}`);
const pause = () => Promise.resolve();

describe('a long collection', () => {
  it('of objects of any kind, or of one level of folders, is not too long to be gone through', () => {
    const many = (one: unknown) => Array.from({ length: 200_000 }, () => one);
    assert.deepEqual(importText(json(many({ a: 1 })), undefined, 'a.json').profiles, []);
    const folders = { v: 9, name: 'Big', folders: many({ folders: [], requests: [] }), requests: [] };
    assert.deepEqual(importText(json(folders), undefined, 'a.json').profiles, []);
  });

  it('of words, or of blocks one behind the other, in a program is not too long, either', () => {
    const count = 150_000;
    const { list } = codeObjects(`list = %w[${'a '.repeat(count)}]`, 'a.rb');
    assert.equal(listOf(list).length, count);
    assert.equal(Object.keys(codeObjects(`a ${'{ b = c } '.repeat(count)}`, 'a.tf')).length, count);
  });

  it('of environments that share much is read as far as it can be, which is said', () => {
    const named = (count: number, value: (n: number) => unknown) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, value(n)]));
    const environments = (count: number) =>
      named(count, (n) => ({ client_id: `c${n}`, token_url: 'https://as.example.com/t' }));
    for (const [count, shared, read] of [
      [300, 1, 200],
      [300, 999, 20],
      [20, 999, undefined],
    ] as const) {
      const all = { $shared: named(shared, String), ...environments(count) };
      const said = read === undefined ? [] : [`Of ${count} environments, the first ${read} were read.`];
      for (const text of [
        json({ 'rest-client.environmentVariables': all }),
        json({ ...all, n0: { Security: {} } }),
      ]) {
        const found = importText(text);
        assert.deepEqual(found.problems, said);
        assert.equal(found.environments?.length, read ?? count);
      }
    }
  });

  it('of parts of a name is not too long', () => {
    const name = `spring.${'a.'.repeat(10_000)}b`;
    for (const file of ['application.properties', 'application.yml', 'A.java'])
      assert.deepEqual(importText(`${name}: c\n`, undefined, file).profiles, [], file);
    const call = `${'A.b'.repeat(5000)}("a","b")\n`;
    assert.deepEqual(importText(call, undefined, 'A.java').profiles, []);
  });

  it('of lines in a text of a program is not too long, nor are texts one behind the other', () => {
    const call = 'requests.post("https://as.example.com/token", data={"grant_type": "client_credentials"})';
    const lines = `${call}\nx = """\n${'\n'.repeat(150_000)}"""\n`;
    assert.equal(importText(lines, undefined, 'a.py').profiles.length, 1);
    const { text } = unquoted(`a = 1 /*\n${'*/ + 1 /*\n'.repeat(300)}*/ + 1\n`);
    assert.equal(text.replace(/\s/g, ''), `a=1${'+1'.repeat(301)}`);
    // Each is looked through from its start for every text that stands in it.
    assert.ok(text.split('\n').every((line) => line.length < 200));
  });

  it('of 10,000 requests gives each client once, with progress', async () => {
    const progress: number[] = [];
    const found = await importLongText(
      collection(10_000),
      {},
      { pause, onProgress: (count) => progress.push(count) },
    );
    assert.deepEqual(
      found.profiles.map(({ entry }) => entry['clientId']),
      clients,
    );
    assert.ok(progress.length >= 5);
  });

  it('of 10 MB is read, and left when it is cancelled', async () => {
    const text = collection(3000, 'x'.repeat(3000));
    assert.ok(text.length > 10_000_000);
    assert.equal((await importLongText(text, {}, { pause })).profiles.length, 7);
    const abort = new AbortController();
    let pauses = 0;
    const cancelling = () => {
      if (++pauses === 2) abort.abort(new Error('cancelled'));
      return Promise.resolve();
    };
    await assert.rejects(importLongText(text, {}, { pause: cancelling, signal: abort.signal }), /cancelled/);
  });
});

describe('a long text of variables', () => {
  it('lets others run each time it was gone through, and is left when it is cancelled', async () => {
    const lines = Array.from({ length: 8000 }, (_, index) => `export V_${index}="value ${index}"`);
    const text = `${lines.join('\n')}\nexport CLIENT_ID=a\nexport TOKEN_URL=https://as.example.com/token\n`;
    let pauses = 0;
    const counted = () => Promise.resolve(void pauses++);
    const { profiles } = await importLongText(text, { fileName: '.env' }, { pause: counted });
    assert.equal(profiles.length, 1);
    assert.ok(pauses > 20, `${pauses}`);
    const abort = new AbortController();
    const cancelling = () => {
      abort.abort(new Error('cancelled'));
      return Promise.resolve();
    };
    await assert.rejects(importLongText(text, {}, { pause: cancelling, signal: abort.signal }), /cancelled/);
  });
});

describe('a long text of YAML', () => {
  const requests = (count: number) =>
    `type: collection.insomnia.rest/5.0\nname: Big\ncollection:\n${Array.from(
      { length: count },
      (_, index) => `  - name: Request ${index}
    url: https://api.example.com
    body: { text: "${'x'.repeat(3000)}" }
    authentication:
      { type: oauth2, grantType: client_credentials, accessTokenUrl: "https://as.example.com/token", clientId: client-${index % 7}, clientSecret: secret-${index % 7} }
`,
    ).join('')}`;

  it('of 10 MB is read like JSON', async () => {
    const text = requests(3100);
    assert.ok(text.length > 10_000_000);
    const { profiles, problems } = await importLongText(text, { fileName: 'insomnia.yaml' }, { pause });
    assert.deepEqual([profiles.length, problems], [7, []]);
  });

  it('that is longer, or holds too many values, is said with what to do', () => {
    const texts = [requests(3500), `client_id: a\na: [${'b,'.repeat(1_550_000)}]`];
    for (const text of texts)
      assert.match(importText(text, undefined, 'a.yaml').problems[0] ?? '', /Import it as JSON, or in parts/);
  });
});

describe('a text that would take long', () => {
  const clients = (count: number, write: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => write(n)).join('\n');
  const texts: Readonly<Record<string, string>> = {
    YAML: clients(5001, (n) => `---\nclient_id: c${n}\nclient_secret: s${n}\nnote: x`),
    variables: clients(5001, (n) => `A${n}_CLIENT_ID=c${n}\nA${n}_CLIENT_SECRET=s${n}`),
    'sections of an ini file': clients(5001, (n) => `[s${n}]\nclient_id = c${n}\nclient_secret = s${n}`),
    'a program': clients(5001, (n) => `f({ clientId: 'c${n}', clientSecret: 's${n}' });`),
    JSON: `[${clients(40_001, (n) => `{"clientId": "c${n}"},`)}{}]`,
  };
  for (const [name, text] of Object.entries(texts))
    it(`since it names too many clients: ${name}`, () => {
      const { profiles, problems } = importText(text);
      assert.deepEqual(profiles, []);
      assert.match(problems.join(), /^The text names clients more than \d+ times\. Import it in parts\.$/);
    });

  it('and names nothing of OAuth is not read', () => {
    const { problems } = importText('- a: b\n'.repeat(20_000), undefined, 'a.yaml');
    assert.match(problems.join(), /^No OAuth settings were found/);
    const known = importText(
      `${'- a: b\n'.repeat(20_000)}- client_id: a\n  token_url: https://a.example/token\n`,
    );
    assert.equal(known.profiles.length, 1);
  });
});

describe('a long text of YAML, or of a program', () => {
  const client = (n: number) => `id: c${n}, secret: 's${n}', tokenUrl: 'https://as.example.com/${n}'`;
  const texts: Readonly<Record<string, string>> = {
    'a.yaml': Array.from({ length: 5000 }, (_, n) => `c${n}: { clientId: ${client(n).slice(4)} }`).join('\n'),
    'a.js': Array.from({ length: 5000 }, (_, n) => `const c${n} = { ${client(n)} };`).join('\n'),
  };
  for (const [fileName, text] of Object.entries(texts))
    it(`is left while it is taken apart, before anything is found: ${fileName}`, async () => {
      const progress: number[] = [];
      const abort = new AbortController();
      const pauseTenTimes = () => {
        if (progress.length === 10) abort.abort(new Error('cancelled'));
        return Promise.resolve();
      };
      const onProgress = (count: number) => progress.push(count);
      await assert.rejects(
        importLongText(text, { fileName }, { pause: pauseTenTimes, signal: abort.signal, onProgress }),
        /cancelled/,
      );
      assert.deepEqual(
        progress,
        Array.from({ length: 10 }, () => 0),
      );
    });
});

describe('bad input', () => {
  it('cut off in the middle is said with its line, and nothing is taken', () => {
    const whole = collection(3);
    for (const part of [0.3, 0.6, 0.95]) {
      const found = importText(whole.slice(0, Math.floor(whole.length * part)));
      assert.deepEqual(found.profiles, []);
      assert.match(found.problems.join(''), /broken or cut off at line \d+/);
    }
  });

  it('in UTF-16, with and without a byte order mark, and with one of UTF-8, is read', () => {
    const text = 'CLIENT_ID=größe\nTOKEN_URL=https://a.example/t\n';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    const marked = (mark: readonly number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);
    for (const bytes of [
      little,
      big,
      marked([0xff, 0xfe], little),
      marked([0xfe, 0xff], big),
      Buffer.from(text),
      marked([0xef, 0xbb, 0xbf], Buffer.from(text)),
    ])
      assert.equal(ready(decodeText(bytes)).profile.clientId, 'größe');
    // As short as a text of two letters.
    const short = Buffer.from('ok', 'utf16le');
    const shorts = [short, Buffer.from(short).swap16(), marked([0xff, 0xfe], short), Buffer.from('okay')];
    assert.deepEqual(shorts.map(encodingOf), ['utf-16le', 'utf-16be', 'utf-16le', 'utf-8']);
    assert.deepEqual(shorts.map(decodeText), ['ok', 'ok', 'ok', 'okay']);
    assert.match(words('C\0L\0I\0E\0N\0T\0'), /not readable text/);
  });

  it('with a key twice takes neither value, in JSON and in YAML', () => {
    const text =
      '{ "a": { "clientId": "one", "clientId": "two", "clientSecret": "s", "tokenUrl": "https://a.example/t" } }';
    for (const one of planned(text)) assert.ok(one.kind === 'open' && one.entry['clientId'] === undefined);
    assert.match(words(text), /two values for clientId/);
    const yaml =
      'orders:\n  clientId: one\n  tokenUrl: https://a.example/t\n  clientSecret: s\n  tokenUrl: https://b.example/t\n';
    for (const one of planned(yaml)) assert.notEqual(one.kind, 'ready');
    assert.match(words(yaml), /two values for tokenUrl in one place \(the second in line 5\)/);
  });

  it('in YAML, anchors and merge keys are followed, but not without end', () => {
    const text = `base: &base
  tokenUrl: https://a.example/t
orders:
  <<: *base
  clientId: one
  clientSecret: s
`;
    assert.deepEqual([ready(text).profile.tokenEndpoint, ready(text).secret], ['https://a.example/t', 's']);
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [index, name] of ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].entries()) {
      const before = 'abcdefghij'.charAt(index);
      laughs.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    }
    assert.match(words(laughs.join('\n')), /swell/);
  });

  it('secrets in comments are not taken, and never shown', () => {
    const texts = [
      '# CLIENT_SECRET=TOPSECRET\nCLIENT_ID=a\nTOKEN_URL=https://a.example/t',
      '{ // "clientSecret": "TOPSECRET"\n "a": { "clientId": "a", "tokenUrl": "https://a.example/t" /* TOPSECRET */ } }',
      'a:\n  # clientSecret: TOPSECRET\n  clientId: a\n  tokenUrl: https://a.example/t',
    ];
    for (const text of texts) {
      assert.equal(ready(text).secret, undefined, text);
      assert.ok(!JSON.stringify(importText(text)).includes('TOPSECRET'), text);
    }
  });

  it('of one long line, of brackets, of quotes stays linear', () => {
    for (const piece of [
      '{',
      '[',
      '"',
      '{{',
      '<<',
      '${',
      'a=',
      "'",
      '\\',
      '^',
      '`',
      'a: ',
      '- ',
      '\n[',
      'curl ',
      '%A',
      '.well-known/',
      'A=b ',
      '\n',
      'CLIENT_ID=',
      '\n# x',
      '~a: b\n',
      "[Environment]::SetEnvironmentVariable('A','b'",
      'setx A ',
      '${env:A}="',
    ]) {
      const repeated = (length: number) => piece.repeat(length / piece.length);
      assertLinear(JSON.stringify(piece), repeated, importText, 1 << 17);
      assertLinear(
        `curl ${JSON.stringify(piece)}`,
        (length) => `curl ${repeated(length)}`,
        importText,
        1 << 17,
      );
    }
  });
});

/** Parts that are never the same, up to a length. */
const many =
  (head: string, part: (n: number) => string, tail = '') =>
  (length: number) => {
    const parts = [head];
    for (let n = 0, long = 0; long < length; n++) long += parts[parts.push(part(n)) - 1]?.length ?? 1;
    return parts.join('') + tail;
  };

/** Variables of one place, and as many requests that each have a client. */
const both = (
  [head, variable, between]: readonly [string, (n: number) => unknown, string],
  request: (n: number) => unknown,
  tail: string,
) => {
  const list = (one: (n: number) => unknown) =>
    many('', (n) => (n === 0 ? '' : ',') + JSON.stringify(one(n)).replace(/^\{("v\d+":.*)\}$/, '$1'));
  return (length: number) => head + list(variable)(length / 2) + between + list(request)(length / 2) + tail;
};

const [url, client] = [(n: number) => `https://a${n}.example/t`, (n: number) => `c${n}`];

describe('many clients', () => {
  const auth = (n: number) => ({
    grantType: 'client_credentials',
    accessTokenUrl: url(n),
    clientId: client(n),
  });
  const hoppscotch = (n: number) => ({
    grantType: 'CLIENT_CREDENTIALS',
    authEndpoint: url(n),
    clientID: client(n),
  });
  const postman = (n: number) => ({
    accessTokenUrl: url(n),
    clientId: client(n),
    grant_type: 'client_credentials',
  });
  for (const [name, shape, fileName] of [
    [
      'named after a public server',
      many('', (n) => `A${n}_GITHUB_CLIENT_ID=c\nA${n}_GITHUB_HOST=a\n`),
      '.env',
    ],
    [
      'half without a server',
      many('', (n) => `A${n}_CLIENT_ID=c\n${n % 2 === 0 ? '' : `A${n}_TOKEN_URL=${url(n)}\n`}`),
      '.env',
    ],
    [
      'of Auth.js',
      many('AUTH_SECRET=a\n', (n) => `AUTH_GITHUB${n}_ID=c\nAUTH_GITHUB${n}_SECRET=s\n`),
      '.env',
    ],
    [
      'of many servers with one secret',
      many(
        '',
        (n) => `A${n}_CLIENT_ID=c\nA${n}_CLIENT_SECRET=s3cr3t\nA${n}_TOKEN_URL=https://a${n}.example/t\n`,
      ),
      '.env',
    ],
    [
      'and variables of a Postman collection',
      both(
        ['{"info":{"name":"a"},"variable":[', (n) => ({ key: `v${n}`, value: 'x' }), '],"item":['],
        (n) => ({
          name: client(n),
          variable: [{ key: 'a', value: 'b' }],
          request: { auth: { type: 'oauth2', oauth2: postman(n) } },
        }),
        ']}',
      ),
    ],
    [
      'and variables of a Bruno collection',
      both(
        [
          '{"version":"1","name":"a","root":{"request":{"vars":{"req":[',
          (n) => ({ name: `v${n}`, value: 'x' }),
          ']}}},"items":[',
        ],
        (n) => ({ name: client(n), request: { auth: { mode: 'oauth2', oauth2: auth(n) } } }),
        ']}',
      ),
    ],
    [
      'and variables of a Hoppscotch collection',
      both(
        [
          '{"v":5,"name":"a","folders":[],"variables":[',
          (n) => ({ key: `v${n}`, initialValue: 'x' }),
          '],"requests":[',
        ],
        (n) => ({
          name: client(n),
          variables: [{ key: 'a', initialValue: 'b' }],
          auth: { authType: 'oauth-2', authActive: true, grantTypeInfo: hoppscotch(n) },
        }),
        ']}',
      ),
    ],
    [
      'and variables of an Insomnia environment',
      both(
        [
          '{"_type":"export","__export_format":4,"resources":[{"_id":"w","_type":"workspace"},{"_id":"e","_type":"environment","parentId":"w","data":{',
          (n) => ({ [`v${n}`]: 'x' }),
          '}},',
        ],
        (n) => ({
          _id: `r${n}`,
          parentId: 'w',
          _type: 'request',
          name: client(n),
          authentication: { type: 'oauth2', ...auth(n) },
        }),
        ']}',
      ),
    ],
  ] as const)
    it(`${name} are read in linear time`, () => {
      const found = importText(shape(2000), undefined, fileName);
      assert.ok(found.profiles.length > 2, JSON.stringify(found.problems));
      assertLinear(name, shape, (text) => importText(text, undefined, fileName), 1 << 19);
    });
});

describe('what is done with many clients', () => {
  const clients = (secret: (n: number) => object) =>
    many(
      '[',
      (n) =>
        `${n === 0 ? '' : ','}${JSON.stringify({ name: 'a', clientId: client(n), tokenUrl: url(n), ...secret(n) })}`,
      ']',
    );

  it('that have no secret is linear', () => {
    const half = clients((n) => (n % 2 === 0 ? {} : { clientSecret: `s3cr3t-${n}` }));
    assert.ok(planned(half(2000)).length > 10);
    assertLinear('half with a secret', half, importText, 1 << 19);
  });

  it('is a plan in linear time, also where they have one name, and finds their secrets', () => {
    const all = clients((n) => ({ clientSecret: `s3cr3t-${n}` }));
    const text = all(2000);
    const plan = planned(text);
    assert.deepEqual(
      plan.slice(0, 3).map((one) => one.kind === 'ready' && one.profile.id),
      ['a', 'a-2', 'a-3'],
    );
    const secretsOf = (some: typeof plan) =>
      some.flatMap(({ secret }) => (secret === undefined ? [] : [{ secret }]));
    assert.equal(secretRanges(text, secretsOf(plan)).length, plan.length);
    const use = (long: string) => secretRanges(long, secretsOf(planned(long)));
    assertLinear('the plan of clients', all, use, 1 << 19);
  });
});

describe('a PowerShell script', () => {
  for (const piece of [
    '@"\n',
    "@'\n",
    '"',
    "'",
    '`"',
    '@{',
    '(',
    ')',
    '#',
    '$a="$a$a"\n',
    '<#',
    'a=b;',
    '$b=@{a=$b}\n',
    '; irm ',
  ])
    it(`of ${JSON.stringify(piece)} is read in linear time`, () => {
      const repeated = (length: number) =>
        `irm https://a.example/t -Body $b\n${piece.repeat(length / piece.length)}`;
      assertLinear(JSON.stringify(piece), repeated, importText, 1 << 16);
    });

  it('whose variables would swell is read', () => {
    const lines = ['$a0 = "xxxxxxxxxxxxxxxx"'];
    for (let index = 1; index < 60; index++) lines.push(`$a${index} = "$a${index - 1}$a${index - 1}"`);
    lines.push('irm https://a.example/t -Body "grant_type=client_credentials&client_id=$a59"');
    assert.match(words(lines.join('\n'), 'a.ps1'), /placeholder \$\{variables that swell\}/);
  });
});

describe('secrets in a file', () => {
  it('are found exactly, in every spelling, and in no other word', () => {
    const secret = 'a"b/c+d';
    const basic = Buffer.from(`id:${secret}`).toString('base64');
    const text = `plain a"b/c+d json "a\\"b/c+d" form a%22b%2Fc%2Bd basic ${basic} other xa"b/c+dy`;
    const found = secretRanges(text, [{ secret, clientId: 'id' }]).map(({ start, end }) =>
      text.slice(start, end),
    );
    assert.deepEqual(found, [secret, 'a\\"b/c+d', 'a%22b%2Fc%2Bd', basic]);
    const longer = 'a=s3cret; b=s3cret-2; c=s3cret-2x; d=s3cret-s3cret';
    assert.deepEqual(
      secretRanges(longer, [{ secret: 's3cret' }, { secret: 's3cret-2' }]).map(({ start }) => start),
      [2, 12],
    );
    assert.deepEqual(secretRanges('CLIENT_ID=abc\nCLIENT_SECRET=ab\nX=cab ab-c', [{ secret: 'ab' }]), [
      { start: 28, end: 30 },
    ]);
  });

  it('removed, the file imports without them', () => {
    const text = 'CLIENT_ID=a\nCLIENT_SECRET=s3cret\nTOKEN_URL=https://a.example/t';
    const ranges = secretRanges(text, [{ secret: 's3cret' }]);
    const after = ranges
      .toReversed()
      .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
    assert.equal(after, 'CLIENT_ID=a\nCLIENT_SECRET=\nTOKEN_URL=https://a.example/t');
    assert.equal(ready(after).secret, undefined);
  });
});

describe('the preview', () => {
  it('names every host of every field, that of the redirect URI where codes leave this computer, too', () => {
    const urls = profileFields.filter(({ kind }) => kind === 'url').map(({ name }) => name);
    assert.ok(urls.includes('redirectUri') && urls.length > 5, urls.join());
    for (const field of [...urls, 'resource', 'audience']) {
      const url = `https://${field.toLowerCase()}.example/x`;
      for (const server of [{ issuer: 'https://as.example' }, {}]) {
        const entry = {
          ...{ id: 'a', name: 'A', grant: 'authorization_code', clientId: 'a', ...server },
          [field]: field === 'resource' ? [url] : url,
        };
        for (const one of planned(json([entry])))
          assert.ok(everyHost(one).includes(new URL(url).host), `${field}: ${everyHost(one).join()}`);
      }
    }
    for (const here of ['http://127.0.0.1:8400/cb', 'vscode://oauth-explorer.oauth-explorer/callback']) {
      const entry = {
        ...{ id: 'a', name: 'A', clientId: 'a' },
        issuer: 'https://as.example',
        redirectUri: here,
      };
      const [one] = planned(json([{ ...entry, grant: 'authorization_code' }]));
      assert.deepEqual(one && everyHost(one), ['as.example']);
    }
  });

  it('knows the only host that a secret goes to', () => {
    const one = open('CLIENT_ID=a\nCLIENT_SECRET=s\nISSUER=https://a.example\nTOKEN_URL=https://b.example/t');
    assert.deepEqual(one.hosts, ['a.example', 'b.example']);
    assert.match(one.problems.join(''), /another origin/);
  });
});
