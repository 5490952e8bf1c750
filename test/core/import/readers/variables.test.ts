import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'dotenv';
import { importText } from '../../../../src/core/import/importText.ts';
import { readVariables } from '../../../../src/core/import/readVariables.ts';
import { json, planned, ready } from '../planned.ts';

describe('loose variables', () => {
  it('with two values of a name say so, and nothing is ready', () => {
    const text = `CLIENT_ID=first\nCLIENT_SECRET=s1\nTOKEN_URL=https://a.example/token
CLIENT_ID=second\nTOKEN_URL=https://b.example/token`;
    const found = importText(text);
    assert.deepEqual(found.profiles, []);
    assert.match(found.problems.join('\n'), /two values for CLIENT_ID: “first” and “second”/);
    assert.match(found.problems.join('\n'), /two values for TOKEN_URL/);
    assert.ok(!found.problems.join('').includes('s1'));
  });

  it('never show a secret that has two values', () => {
    const text = 'CLIENT_ID=a\nCLIENT_SECRET=hidden1\nCLIENT_SECRET=hidden2\nTOKEN_URL=https://a.example/t';
    assert.match(importText(text).problems.join(''), /two values for CLIENT_SECRET\./);
    assert.ok(!JSON.stringify(importText(text)).includes('hidden'));
  });

  it('with the same value twice are one', () => {
    assert.equal(ready('CLIENT_ID=a\nCLIENT_ID=a\nTOKEN_URL=https://a.example/t').profile.clientId, 'a');
  });

  it('are called by the host of their own server, not by the first that is named', () => {
    const text = 'API_URL=https://api.example\nCLIENT_ID=a\nTOKEN_URL=https://as.example/t';
    assert.equal(ready(text, '.env').profile.name, 'as.example');
    assert.equal(ready(`[auth.web]\n${text}`, 'a.toml').profile.name, 'auth.web');
  });

  it('stay together where a value ends in a bracket', () => {
    for (const end of ['(', '[', '{']) {
      const text = `CLIENT_ID=a\nCLIENT_SECRET=x9${end}\nTOKEN_URL=https://as.example/t`;
      const { secret, profile } = ready(text, '.env');
      assert.deepEqual([secret, profile.tokenEndpoint], [`x9${end}`, 'https://as.example/t']);
      const lower = ready(
        `client.id=a\nclient.secret=x9${end}\ntoken.url=https://as.example/t`,
        'a.properties',
      );
      assert.deepEqual([lower.secret, lower.profile.tokenEndpoint], [`x9${end}`, 'https://as.example/t']);
    }
  });

  it('keep everything of a secret', () => {
    for (const [line, secret] of [
      ['CLIENT_SECRET=b#c;', 'b#c;'],
      ['CLIENT_SECRET=a;b,', 'a;b,'],
      ['CLIENT_SECRET="b #c;" # rotated', 'b #c;'],
      ["CLIENT_SECRET='a\"b'", 'a"b'],
      ['CLIENT_SECRET=abc # rotated', 'abc'],
      ['CLIENT_SECRET=a==', 'a=='],
    ])
      assert.equal(
        ready(`CLIENT_ID=id-1\n${line ?? ''}\nTOKEN_URL=https://a.example/t`).secret,
        secret,
        line,
      );
  });

  it('are read as dotenv reads them', () => {
    const text = [
      'A=1',
      'export B="two words"',
      "C='single # quoted'",
      'D="line one\\nline two"',
      'E="several\nlines\nX=not a name"',
      'F=`back`',
      'G= padded  ',
      'H=',
      '# I=comment',
      'J.k-l: yaml',
      'M=a=b==',
    ].join('\n');
    assert.deepEqual(Object.fromEntries(readVariables(text)), parse(text));
  });

  it('of a long .http file count for every request in it', () => {
    const request = (at: number) =>
      `### client ${at}\nPOST {{server}}/token\nContent-Type: application/x-www-form-urlencoded\n\n` +
      `grant_type=client_credentials&client_id=client-${at}&client_secret=s\n`;
    const requests = Array.from({ length: 30 }, (_, at) => request(at)).join('\n');
    const text = `@server = https://a.example\n${'# a comment\n'.repeat(60_000)}\n${requests}`;
    const { profiles, problems } = importText(text, undefined, 'clients.http');
    assert.deepEqual(problems, []);
    assert.equal(profiles.length, 30);
  });

  it('of cmd, PowerShell and .http files are read too', () => {
    for (const before of ['set ', '$env:', '@', 'export ']) {
      const text = `${before}CLIENT_ID=id-1\n${before}TOKEN_URL=https://a.example/t`;
      assert.equal(ready(text).profile.clientId, 'id-1', before);
    }
  });

  it('of a refresh endpoint are no token endpoint', () => {
    const text = 'CLIENT_ID=id-1\nTOKEN_URL=https://a.example/t\nREFRESH_TOKEN_URL=https://a.example/refresh';
    assert.equal(ready(text).profile.tokenEndpoint, 'https://a.example/t');
  });
});

describe('sections of an INI file', () => {
  const shown = (text: string) =>
    planned(text).map((one) =>
      one.kind === 'ready'
        ? [one.profile.name, one.profile.clientId, one.profile.tokenEndpoint, one.secret]
        : [one.kind],
    );
  const two = [
    ['orders', 'one', 'https://a.example/t', 's1'],
    ['billing', 'two', 'https://b.example/t', undefined],
  ];

  it('are one profile each', () => {
    const text = `; servers
[orders]
client_id = one
client_secret = s1
token_url = https://a.example/t

[billing] ; the other
client_id = two
token_url = https://b.example/t
`;
    assert.deepEqual(shown(text), two);
    assert.deepEqual(shown(text.replaceAll('\n', '\r\n')), two);
    assert.deepEqual(shown(text.replace('; servers\n', '')), two);
  });

  it('of TOML, with quotes and arrays of tables, too', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['["', '"]'],
      ['[[', ']]'],
    ]) {
      const text = `${open}orders${close}
client_id = "one"
client_secret = "s1"
token_url = "https://a.example/t"
${open}billing${close}
client_id = "two"
token_url = "https://b.example/t"`;
      assert.deepEqual(shown(text), two, open);
    }
  });

  it('never lend a secret, a server or an id to another, nor take one from above the first', () => {
    const server = 'token_url = https://b.example/t';
    for (const text of [
      `client_secret = s1\n[a]\nclient_id = one\n${server}`,
      `[DEFAULT]\nclient_secret = s1\n[a]\nclient_id = one\n${server}`,
      `[a]\nclient_id = one\n${server}\n[b]\nclient_secret = s1`,
      `[a]\nclient_id = zero\nclient_secret = s1\n[b]\nclient_id = one\n${server}`,
    ])
      for (const one of planned(text)) if (one.kind === 'ready') assert.equal(one.secret, undefined, text);
    const apart = planned(`[a]\nclient_id = one\nclient_secret = s1\n[b]\n${server}`);
    for (const one of apart) assert.ok(one.kind === 'open' && one.entry['tokenEndpoint'] === undefined);
  });
});

describe('settings of an unknown tool', () => {
  it('combine only what stands in the same object', () => {
    const plan = planned(
      json({
        orders: { clientId: 'one', clientSecret: 's1', tokenUrl: 'https://a.example/t' },
        billing: { clientId: 'two', tokenUrl: 'https://b.example/t' },
      }),
    );
    assert.deepEqual(
      plan.map((one) => one.kind === 'ready' && [one.profile.name, one.profile.clientId, one.secret]),
      [
        ['orders', 'one', 's1'],
        ['billing', 'two', undefined],
      ],
    );
  });

  it('never join a client here with a server there', () => {
    for (const one of planned(
      json({ a: { clientId: 'id-1', clientSecret: 's' }, b: { tokenUrl: 'https://b.example/t' } }),
    ))
      assert.ok(one.kind === 'open' && one.entry['tokenEndpoint'] === undefined);
  });
});

describe('sections whose heads begin with a digit or hold a comma', () => {
  for (const [one, other] of [
    ['1', '2'],
    ['127.0.0.1', '10.0.0.1'],
    ['dev, first', 'dev, second'],
  ])
    it(`are never put together: ${one ?? ''}`, () => {
      const text = `[${one ?? ''}]\nclient_id=a\nclient_secret=s1\n[${other ?? ''}]\ntoken_url=https://b.example/token\n`;
      const found = planned(text, 'clients.ini');
      assert.equal(found.length, 1);
      assert.ok(!JSON.stringify(found).includes('b.example'), text);
    });
});
