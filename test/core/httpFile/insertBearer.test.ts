import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { type Answers, type Bearer, insertBearer } from '../../../src/core/httpFile/insertBearer.ts';
import type { HttpLanguage } from '../../../src/core/httpFile/request.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';
import { judge } from './judge.ts';

const literal: Bearer = { way: 'literal', token: 'NEW' };
const variable: Bearer = { way: 'fileVariable', token: 'NEW', name: 'api_token' };

interface Options {
  readonly bearer?: Bearer;
  readonly answers?: Answers;
  readonly language?: HttpLanguage;
}

/** Inserts at the `|` of `marked` and shows the text after, or why there is none. */
function at(marked: string, { bearer = literal, answers, language }: Options = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const result = insertBearer(text, parseHttpFile(text, language), offset, bearer, answers);
  switch (result.kind) {
    case 'edits':
      return applyEdits(text, result.edits);
    case 'replace':
      return `replace ${result.holds} in line ${result.line + 1}?`;
    case 'which':
      return `which: ${result.headers.map((header) => header.line + 1).join(' or ')}?`;
    case 'refusal':
      return result.reason;
  }
}

describe('inserting a bearer header', () => {
  it('finds the request from its comments, variables, scripts and imports above', () => {
    const above =
      '### t\n# @name a\n// c\n\n@v = 1\nimport ./x.http\n< {%\n GET http://no/\n%}\n/*\nGET http://no\n*/\n';
    for (const place of [0, 6, 20, 30, 45, above.length - 1])
      assert.equal(
        at(`${above.slice(0, place)}|${above.slice(place)}GET http://a/\n`),
        `${above}GET http://a/\nAuthorization: Bearer NEW\n`,
      );
  });

  it('finds it from its body and from the blank lines below', () => {
    assert.equal(
      at('POST http://a/\nA: 1\n\nbo|dy\n'),
      'POST http://a/\nAuthorization: Bearer NEW\nA: 1\n\nbody\n',
    );
    assert.equal(at('GET http://a/\n\n\n|\n###\n'), 'GET http://a/\nAuthorization: Bearer NEW\n\n\n\n###\n');
  });

  // A file of kulala.nvim, lua/tree-sitter/snapshots/test.http, and JetBrains' spec.md, request-target.
  it('goes below a fragment on a line of its own, which would go on the header else', () => {
    for (const fragment of [' #fragment HTTP/1.1', '\t#a'])
      assert.equal(
        at(`GET http://a/\n ?b=1\n &c|=2\n${fragment}\nD: 1\n`),
        `GET http://a/\n ?b=1\n &c=2\n${fragment}\nAuthorization: Bearer NEW\nD: 1\n`,
      );
    assert.equal(
      at('GET http://a/\n ?b=1\n #X: |1\n # c\nD: 1\n'),
      'GET http://a/\n ?b=1\nAuthorization: Bearer NEW\n #X: 1\n # c\nD: 1\n',
    );
  });

  it('takes the request after a separator the cursor is in, and never one beyond the next', () => {
    assert.equal(
      at('GET http://a/\n##|#\nGET http://b/\n'),
      'GET http://a/\n###\nGET http://b/\nAuthorization: Bearer NEW\n',
    );
    assert.equal(at('GET http://a/\n###\n# no|thing\n###\nGET http://b/\n'), 'no_request');
    assert.equal(at('|'), 'no_request');
  });

  it('inserts after the last line of the URL, however it is continued', () => {
    for (const url of [
      'GET http://a\n?x=1\n&y=2',
      'GET http://a\n/v1\n  /items',
      'GET http://a\n    .example\n    ?x=\n    1',
      'GET http://a\n# comment\n  ?x=1',
      '{{host}}/a\n  &x',
    ])
      assert.equal(at(`${url}|\nA: 1\n`), `${url}\nAuthorization: Bearer NEW\nA: 1\n`);
  });

  it('takes no header, script or assertion for a part of the URL', () => {
    for (const below of [
      '    A: 1',
      '?? status == 200',
      '< ./file',
      '> {% x %}',
      '...headers',
      'HTTP/1.1 200 OK',
    ])
      assert.equal(at(`GET http://a/|\n${below}\n`), `GET http://a/\nAuthorization: Bearer NEW\n${below}\n`);
  });

  it('takes no indented JSON for a part of the URL or of a header, as httpYac has it', async () => {
    for (const body of ['  {\n    "x": 1\n  }\n', '\t[\n\t1\n\t]\n', '  {"x": 1}\n'])
      for (const headers of ['', 'A: 1\n']) {
        const text = `POST https://a/x\n${headers}${body}`;
        const after = `POST https://a/x\nAuthorization: Bearer NEW\n${headers}${body}`;
        assert.equal(at(text.replace('x', 'x|')), after);
        const [before, now] = [await judge(text, 'x.http'), await judge(after, 'x.http')];
        assert.deepEqual(now, [{ ...before[0], authorization: ['Bearer NEW'] }]);
        assert.match(before[0]?.body ?? '', /^\s*[[{]/);
      }
    // What is left where an opening brace went astray.
    for (const rest of ['  "x": 1\n}\n', '  }\n'])
      assert.equal(at(`POST https://a/|\n${rest}`), `POST https://a/\nAuthorization: Bearer NEW\n${rest}`);
    const folded = 'GET https://a/\nSec-CH-UA: "A";v="1",\n  "B";v="2"\nAuthorization: Bearer |old\n';
    assert.equal(at(folded), folded.replace('|old', 'NEW'));
    const path = 'GET https://a\n  {{path}}\n';
    assert.equal(at(path.replace('a', 'a|')), `${path}Authorization: Bearer NEW\n`);
  });

  it("uses the document's own line ending, and adds one first at the end of a file without", () => {
    assert.equal(at('GET http://a/|\r\nA: 1\r\n'), 'GET http://a/\r\nAuthorization: Bearer NEW\r\nA: 1\r\n');
    assert.equal(at('# c\r\nGET http://a/|'), '# c\r\nGET http://a/\r\nAuthorization: Bearer NEW');
    assert.equal(at('GET http://a/|'), 'GET http://a/\nAuthorization: Bearer NEW');
  });

  it('replaces the value only and keeps name, spelling and spacing', () => {
    assert.equal(
      at('GET http://a/|\n  aUTHORIZATION :\t bearer old \nB: 1'),
      'GET http://a/\n  aUTHORIZATION :\t Bearer NEW \nB: 1',
    );
    assert.equal(at('GET http://a/|\nAuthorization:\n'), 'GET http://a/\nAuthorization: Bearer NEW\n');
    assert.equal(at('GET http://a/|\nAuthorization: \n'), 'GET http://a/\nAuthorization: Bearer NEW\n');
    assert.equal(at('GET http://a/|\nAuthorization: Bearer\n'), 'GET http://a/\nAuthorization: Bearer NEW\n');
  });

  it('replaces a folded value whole', () => {
    assert.equal(
      at('GET http://a/|\nAuthorization: Bearer\n  aaa.\n\tbbb  \nB: 1\n'),
      'replace other in line 2?',
    );
    assert.equal(
      at('GET http://a/|\nAuthorization: Bearer\n  aaa  \nB: 1\n'),
      'GET http://a/\nAuthorization: Bearer NEW  \nB: 1\n',
    );
    assert.equal(
      at('GET http://a/|\nAuthorization: Digest a,\n  b\nB: 1\n', { answers: { replace: true } }),
      'GET http://a/\nAuthorization: Bearer NEW\nB: 1\n',
    );
  });

  it('leaves what stands indented below the header and does not continue it', () => {
    for (const below of [
      '> {%\n    client.log("x")\n  %}',
      '>> out.json',
      '<> answer.json',
      '< ./body.json',
      '{{\n    x\n  }}',
      '/* x\n    y */',
      '// x',
      '# x',
      '?? status == 200',
      '@v = 1',
      '...spread',
      '{"a": 1}',
      '[1, 2]',
      '"text"',
      '<xml/>',
      '--boundary',
    ])
      assert.equal(
        at(`GET http://a/|\nAuthorization: Bearer old\n  ${below}\n`),
        `GET http://a/\nAuthorization: Bearer NEW\n  ${below}\n`,
      );
  });

  it('takes no comment and no other header for Authorization', () => {
    for (const line of [
      '#Authorization: x',
      '# Authorization: x',
      '// Authorization: x',
      'X-Authorization: x',
      'Authorization-X: y',
    ])
      assert.equal(at(`GET http://a/|\n${line}\n`), `GET http://a/\nAuthorization: Bearer NEW\n${line}\n`);
  });

  it('finds an Authorization after lines that are none of a header, so that there is never a second', () => {
    assert.equal(
      at('GET http://a/|\nnot a header\n/* x */\nAuthorization: Bearer old\n'),
      'GET http://a/\nnot a header\n/* x */\nAuthorization: Bearer NEW\n',
    );
  });

  it('asks before it replaces what is not a bearer token', () => {
    const values = {
      '{{token}}': 'variable',
      'Bearer {{token}}': 'variable',
      'Bearer a{{b}}c': 'variable',
      'Basic abc': 'basic',
      'digest u p': 'digest',
      'AWS a b': 'aws',
      'AWS4-HMAC-SHA256 Credential=x': 'aws',
      'COGNITO a b': 'aws',
      'oauth2 client_credentials x': 'oauth2',
      openid: 'oauth2',
      'DPoP abc': 'other',
      abc: 'other',
    };
    for (const [value, kind] of Object.entries(values)) {
      const text = `GET http://a/|\nAuthorization: ${value}\n`;
      assert.equal(at(text), `replace ${kind} in line 2?`);
      assert.equal(at(text, { answers: { replace: true } }), 'GET http://a/\nAuthorization: Bearer NEW\n');
    }
  });

  it('asks which of several, and changes that one', () => {
    const text = 'GET http://a/|\nAuthorization: Bearer 1\nB: 1\nauthorization: Basic 2\n';
    assert.equal(at(text), 'which: 2 or 4?');
    assert.equal(
      at(text, { answers: { which: 0 } }),
      'GET http://a/\nAuthorization: Bearer NEW\nB: 1\nauthorization: Basic 2\n',
    );
    assert.equal(at(text, { answers: { which: 1 } }), 'replace basic in line 4?');
    assert.equal(
      at(text, { answers: { which: 1, replace: true } }),
      'GET http://a/\nAuthorization: Bearer 1\nB: 1\nauthorization: Bearer NEW\n',
    );
  });

  it('leaves alone, and says why: curl for cmd, saved responses, gRPC, WebSocket, server-sent events and their like', () => {
    assert.equal(at('curl ^"http://a/|^" -H ^"A: 1^"\n'), 'curl');
    assert.equal(at('HTTP/1.1 200 OK\nA: 1\n\nbo|dy\n'), 'saved_response');
    assert.equal(at('GET http://a/\n\nHTTP/1.1 200 OK\nAuthorization|: Bearer x\n'), 'saved_response');
    for (const line of [
      'GRPC a/b',
      'WS ws://a',
      'wss://a',
      'WEBSOCKET ws://a',
      'SSE http://a',
      'EVENTSOURCE http://a',
      'MQTT tcp://a',
      'RSOCKET a:1',
      'AMQP x',
      'GRAPHQL wss://a',
    ])
      assert.equal(at(`${line}|\nAuthorization: Bearer x\n`), 'streaming', line);
  });

  it('does not insert a token that would change what the file means', () => {
    for (const token of ['a\n###\nDELETE http://a', 'a b', '{{x}}', '', 'a"b', 'ä', 'a\u0000'])
      assert.equal(at('GET http://a/|\n', { bearer: { way: 'literal', token } }), 'unusable_token');
  });

  it('does not take a header of the profile’s own for one where it stands in a comment of several lines', () => {
    const bearer: Bearer = { ...literal, header: { name: 'X-Token', prefix: '' } };
    const comment = '/*\nX-Token: old\n*/\nA: 1\n';
    assert.equal(at(`GET http://a/|\n${comment}`, { bearer }), `GET http://a/\nX-Token: NEW\n${comment}`);
    assert.equal(
      at(`GET http://a/|\n${comment}x-token: old\n`, { bearer }),
      `GET http://a/\n${comment}x-token: NEW\n`,
    );
  });

  it('edits Markdown in http and rest fences only, with their indentation', () => {
    const options: Options = { language: 'markdown' };
    assert.equal(
      at('GET http://no/\n```http\nGET http://a/|\n```\n', options),
      'GET http://no/\n```http\nGET http://a/\nAuthorization: Bearer NEW\n```\n',
    );
    assert.equal(
      at('1. x\n   ~~~rest title\n   GET http://a/|\n   ?b=1\n   ~~~\n', options),
      '1. x\n   ~~~rest title\n   GET http://a/\n   ?b=1\n   Authorization: Bearer NEW\n   ~~~\n',
    );
    for (const none of [
      'GET http://a/|\n```http\nGET http://b/\n```\n',
      '```\nGET http://a/|\n```\n',
      '```json\nGET http://a/|\n```\n',
      '````md\n```http\nGET http://a/|\n```\n````\n',
      '```http\nGET http://a/\n```\n|',
    ])
      assert.equal(at(none, options), 'no_request');
  });
});

describe('inserting a bearer header with a file variable', () => {
  const options: Options = { bearer: variable };

  it('defines it once at the top', () => {
    assert.equal(
      at('GET http://a/|\n', options),
      '@api_token = NEW\n\nGET http://a/\nAuthorization: Bearer {{api_token}}\n',
    );
  });

  it('gives it a region of its own when several requests share it, as httpYac wants', () => {
    assert.equal(
      at('GET http://a/\n\n###\nGET http://b/|', options),
      '@api_token = NEW\n\n###\n\nGET http://a/\n\n###\nGET http://b/\nAuthorization: Bearer {{api_token}}',
    );
    assert.equal(
      at('### a\nGET http://a/|\n### b\nGET http://b/\n', options),
      '@api_token = NEW\n\n###\n\n### a\nGET http://a/\nAuthorization: Bearer {{api_token}}\n### b\nGET http://b/\n',
    );
  });

  it('defines it above the first definition, below a heading comment and below the byte order mark', () => {
    assert.equal(
      at('# API\n\n@host = http://a\nGET {{host}}/|\n', options),
      '# API\n\n@api_token = NEW\n@host = http://a\nGET {{host}}/\nAuthorization: Bearer {{api_token}}\n',
    );
    assert.equal(
      at('# My API\n# of 2026\n\n# @name a\nGET http://a/|\n', options),
      '# My API\n# of 2026\n\n@api_token = NEW\n\n# @name a\nGET http://a/\nAuthorization: Bearer {{api_token}}\n',
    );
    assert.equal(
      at('\uFEFFGET http://a/|\r\n', options),
      '\uFEFF@api_token = NEW\r\n\r\nGET http://a/\r\nAuthorization: Bearer {{api_token}}\r\n',
    );
  });

  it('replaces the value where it is defined, and does not touch a header that has it already', () => {
    assert.equal(
      at('@api_token = old  \n\nGET http://a/\nAuthorization: Bearer {{api_token}}|\n', options),
      '@api_token = NEW  \n\nGET http://a/\nAuthorization: Bearer {{api_token}}\n',
    );
    assert.equal(
      at('  @api_token=old\n@api_token2 = other\nGET http://a/|\n', options),
      '  @api_token=NEW\n@api_token2 = other\nGET http://a/\nAuthorization: Bearer {{api_token}}\n',
    );
  });

  it('defines it inside the fence of a Markdown document', () => {
    assert.equal(
      at('Text\n```http\nGET http://a/|\n```\n', { ...options, language: 'markdown' }),
      'Text\n```http\n@api_token = NEW\n\nGET http://a/\nAuthorization: Bearer {{api_token}}\n```\n',
    );
  });
});
