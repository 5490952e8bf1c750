import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isEntraHost } from '../../../src/core/http/entraHosts.ts';
import { isRedirect } from '../../../src/core/http/redirectStatus.ts';
import { bodyInWords, isLoneWord, membersOf, responseBody } from '../../../src/core/http/responseBody.ts';
import { forbidsByPage, isSilent, isWebPage, outOfOrder } from '../../../src/core/http/webPage.ts';

type Row = readonly [text: string, words: string, contentType?: string];

const form = 'application/x-www-form-urlencoded';

const rows: readonly Row[] = [
  ['', 'an empty body'],
  [' \uFEFF\n', 'an empty body'],
  ['\uFEFF {"a":1}\n', 'a JSON object'],
  ['a\uFEFF{"a":1}', 'plain text'],
  ['<p>', 'an HTML page'],
  ['a <p', 'plain text'],
  ['p<', 'plain text'],
  ['<?xml version="1.0"?><a/>', 'XML'],
  ['<a/>', 'an HTML page', 'text/html'],
  ['<a><?xml', 'an HTML page'],
  ['<a/>', 'XML', 'text/xml'],
  ['<a/>', 'XML', 'application/soap+xml'],
  ['<a/>', 'XML', 'application/atom.v1-x+xml'],
  ['<a/>', 'an HTML page', 'image/svg+xml'],
  ['<a/>', 'an HTML page', 'application/xml-dtd'],
  ['<a/>', 'an HTML page', 'x/application/xml'],
  ['<?xml version="1.0"?><!DOCTYPE html><p>', 'an HTML page'],
  ['<?xml version="1.0"?><html lang="en">', 'an HTML page', 'text/xml'],
  ['<?xml version="1.0"?><HTML>', 'an HTML page', 'text/xml'],
  ['<?xml version="1.0"?><htmlish>', 'XML'],
  [`<?xml version="1.0"?>${' '.repeat(1000)}<html>`, 'XML'],
  ['{"a":1}', 'a JSON object'],
  ['[1]', 'JSON that is not an object (an array)'],
  ['x[1]', 'plain text'],
  ['"a b"', 'JSON that is not an object (a string)'],
  ['-1.5', 'JSON that is not an object (a number)'],
  ['null', 'JSON that is not an object (null)'],
  ['true', 'JSON that is not an object (a boolean)'],
  ['false', 'JSON that is not an object (a boolean)'],
  ['nullable', 'plain text'],
  ['truely', 'plain text'],
  ['falsehood', 'plain text'],
  ['is null', 'plain text'],
  ['404 page not found', 'plain text'],
  ['"half', 'plain text'],
  ['{"a":1})', 'JSON that ends in the middle'],
  ['"{\\"a\\":1}"', 'JSON that is not an object (a string of JSON, which is encoded twice)'],
  ['" [1]"', 'JSON that is not an object (a string of JSON, which is encoded twice)'],
  ['"a [1]"', 'JSON that is not an object (a string)'],
  ['{"a":}', 'broken JSON'],
  ['[1,]', 'broken JSON'],
  ['{"a":1', 'JSON that ends in the middle'],
  ['{"a":[1],', 'JSON that ends in the middle'],
  // Google and Facebook keep scripts from reading their JSON so; QQ answers with a call.
  [`)]}'\n{"a":1}`, 'a JSON object'],
  [`)]}',{"a":1}`, 'a JSON object'],
  ['while(1);{"a":1}', 'a JSON object'],
  ['for(;;); {"a":1}', 'a JSON object'],
  ['so while(1);{"a":1}', 'plain text'],
  [`)]}' so {"a":1}`, 'plain text'],
  ['callback( {"error":100016} );', 'a JSON object'],
  ['a.b$_1({"a":1})', 'a JSON object'],
  ['callback({"a":1});\n;', 'a JSON object'],
  ['callback({"a":")"})', 'a JSON object'],
  ['callback({"a":1}', 'plain text'],
  ['callback({"a":1}) + 1', 'plain text'],
  ['callback([1])', 'plain text'],
  ['so callback({"a":1})', 'plain text'],
  [`${'c'.repeat(65)}({"a":1})`, 'plain text'],
  ['access_token=x&token_type=bearer', 'a form'],
  ['expires=1&access_token=x', 'a form'],
  ['a.b%20~-=1&error=x', 'a form'],
  ['a=1&expires=3600&error=x', 'a form'],
  ['=1&error=x', 'plain text'],
  ['a=b=c&error=x', 'plain text'],
  ['x&error=1', 'plain text'],
  ['https://a.example/?error=1', 'plain text'],
  ['errors=x', 'plain text'],
  ['errors=x', 'a form', form],
  ['word', 'plain text', form],
  ['error=an error', 'plain text', form],
];

describe('what a body is, whatever its type says', () => {
  for (const [text, words, contentType] of rows)
    it(`${JSON.stringify(text).slice(0, 70)} of ${contentType ?? 'no type'} is ${words}`, () => {
      assert.equal(bodyInWords(responseBody(text, contentType)), words);
    });

  it('has the members of an object and of a form, and nothing else has', () => {
    assert.deepEqual(membersOf(responseBody('cb( {"a":[1]} )', undefined)), { a: [1] });
    assert.deepEqual(membersOf(responseBody('error=a%20b&c', form)), { error: 'a b', c: '' });
    assert.deepEqual(responseBody(' [1] ', undefined), { format: 'other_json', value: [1] });
    assert.deepEqual(responseBody(' so what ', undefined), { format: 'text', text: 'so what' });
    assert.equal(membersOf(responseBody('[1]', undefined)), undefined);
  });

  it('is a lone word when it is long and has no blank, as a token that comes alone', () => {
    for (const text of [
      'eyJhbGciOiJIUzI1NiJ9.e30.x',
      '"2YotnFZFEjr1zCsicMWpAA"',
      '  2YotnFZFEjr1zCsicMWpAA==\n',
    ])
      assert.equal(isLoneWord(text), true, text);
    for (const text of ['2YotnFZFEjr1zCs', '2YotnFZFEjr1zCsicMWpAA x', '{"a":"2YotnFZFEjr1zCsicMWpAA"}', 'a'])
      assert.equal(isLoneWord(text), false, text);
    assert.equal(isLoneWord('x 2YotnFZFEjr1zCsicMWpAA'), false);
  });
});

describe('an answer of what stands before a server', () => {
  it('is a web page by its type or by how it begins', () => {
    for (const type of ['text/html', 'text/html; charset=utf-8', 'application/xhtml+xml'])
      assert.equal(isWebPage(type, 'Forbidden'), true, type);
    for (const type of ['application/json', 'text/plain', null, undefined]) {
      assert.equal(isWebPage(type, 'Forbidden >'), false);
      assert.equal(isWebPage(type, 'a<'), false);
      assert.equal(isWebPage(type, '<h1>Forbidden'), true);
    }
  });

  it('says that it is out of order, or that it wants fewer requests', () => {
    for (const status of [500, 502, 599, 407, 408, 425, 429]) assert.equal(outOfOrder(status), true);
    for (const status of [200, 302, 400, 401, 403, 404, 499]) assert.equal(outOfOrder(status), false);
  });

  it('forbids by a page, where neither tokens nor JSON are spoken of', () => {
    assert.equal(forbidsByPage(403, 'text/html', false), true);
    assert.equal(forbidsByPage(403, 'application/json', false, '<h1>'), true);
    assert.equal(forbidsByPage(403, 'application/json', false), false);
    assert.equal(forbidsByPage(403, 'text/html', true), false);
    assert.equal(forbidsByPage(403, 'text/html', false, '{"error":"x"}'), false);
    assert.equal(forbidsByPage(403, 'text/html', false, 'so {'), true);
    assert.equal(forbidsByPage(401, 'text/html', false), false);
    assert.equal(forbidsByPage(undefined, 'text/html', false), false);
  });

  it('says nothing of the server’s rules then', () => {
    const answer = (status: number, headers: Record<string, string>) =>
      isSilent({ status, headers: new Headers(headers) });
    assert.equal(answer(503, {}), true);
    assert.equal(answer(403, { 'content-type': 'text/html' }), true);
    assert.equal(answer(403, { 'content-type': 'text/html', 'www-authenticate': 'Bearer' }), false);
    assert.equal(answer(403, { 'content-type': 'application/json' }), false);
    assert.equal(answer(400, { 'content-type': 'text/html' }), false);
  });

  it('leads elsewhere by its status', () => {
    for (const status of [300, 301, 302, 303, 307, 308, 399]) assert.equal(isRedirect(status), true);
    for (const status of [200, 299, 304, 400]) assert.equal(isRedirect(status), false);
  });
});

it('Entra’s hosts are those, and no host that only ends like one', () => {
  assert.equal(isEntraHost('login.microsoftonline.com'), true);
  assert.equal(isEntraHost('evil-login.microsoftonline.com'), false);
});
