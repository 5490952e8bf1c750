import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CookieNames, cookieNotes } from '../../../src/core/httpFile/cookieNames.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { aboveRequest } from '../../../src/core/httpFile/meta.ts';

describe('cookies that a tool would send', () => {
  const ask = { line: 2, dialect: 'rest_client', url: 'https://api.example.com/a', meta: [] } as const;
  const answered = () => {
    const names = new CookieNames();
    names.learn('https://api.example.com/login', ['sid=s3cr3t; Path=/; HttpOnly', 'theme=dark']);
    names.learn('https://api.example.com/login', ['=x', 'a'.repeat(5000), 'gone=; Max-Age=0']);
    names.learn('https://auth.example.com/', ['wide=s3cr3t; Domain=.example.com', 'own=1']);
    return names;
  };

  it('are those of earlier answers of its host, by name', () => {
    const message = (title: string) =>
      `${title} would send the cookies of earlier answers (sid, theme, wide); they are not sent.`;
    const names = answered();
    for (const [dialect, title] of [
      ['rest_client', 'REST Client'],
      ['httpyac', 'httpYac'],
      ['jetbrains', 'JetBrains HTTP Client'],
    ] as const)
      assert.deepEqual(cookieNotes({ ...ask, dialect }, names.of(ask.url)), [
        { line: 2, message: message(title) },
      ]);
    for (const dialect of ['visual_studio', 'kulala'] as const)
      assert.deepEqual(cookieNotes({ ...ask, dialect }, names.of(ask.url)), []);
  });

  it('are not those of other hosts, of other paths, of http, or that an answer took back', () => {
    const names = answered();
    names.learn('https://api.example.com/', ['theme=; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
    names.learn('https://api.example.com/', ['deep=1; Path=/admin', 'safe=1; Secure; Path=/']);
    assert.deepEqual(names.of('https://api.example.com/a'), ['sid', 'wide', 'safe']);
    assert.deepEqual(names.of('https://api.example.com/admin/x'), ['sid', 'wide', 'deep', 'safe']);
    assert.deepEqual(names.of('http://api.example.com/'), ['sid', 'wide']);
    assert.deepEqual(names.of('https://xapi.example.com/'), ['wide']);
    assert.deepEqual(names.of('https://notexample.com/'), []);
    assert.deepEqual(names.of('no url'), []);
    names.learn('https://evil.test/', ['x=1; Domain=com', 'y=1; Domain=example.com']);
    assert.deepEqual(names.of('https://example.com/'), ['wide']);
  });

  it('are not sent by a tool that is told not to', () => {
    for (const word of ['# @no-cookie-jar', '// @noCookieJar', '## @no-cookie-jar']) {
      const text = `${word}\nGET https://a\n`;
      const request = parseHttpFile(text).blocks[0]?.requests[0];
      assert.ok(request);
      const { meta } = aboveRequest(text, request);
      assert.deepEqual(cookieNotes({ ...ask, dialect: 'httpyac', meta }, ['sid']), [], word);
    }
  });

  it('are also those that JetBrains keeps in its file', () => {
    const names = new CookieNames();
    names.readJetBrains(
      '# domain\tpath\tname\tvalue\tdate\napi.example.com\t/\tkept\ts3cr3t\tTue Jan 01 2030\r\nother.example\t/\tno\tx\t\nbroken\n',
    );
    assert.deepEqual(names.of('https://api.example.com/'), ['kept']);
  });

  it('of endless answers and files are bounded', () => {
    const names = new CookieNames();
    for (let i = 0; i < 3000; i++) names.learn(`https://h${i}.example/`, [`c${i}=1`]);
    names.readJetBrains('a.example\t/\tx\ty\t\n'.repeat(100_000));
    assert.ok(names.size <= 1000);
  });
});
