import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { aboveRequest } from '../../../src/core/httpFile/meta.ts';
import { questionsOf } from '../../../src/core/httpFile/questions.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { recogniseDialect } from '../../../src/core/httpFile/dialect.ts';

function requestIn(text: string) {
  const block = parseHttpFile(text).blocks[0];
  const request = block?.requests[0];
  assert.ok(block && request);
  return { text, block, request };
}

function asked(text: string) {
  const { block, request } = requestIn(text);
  const wanted: string[] = [];
  readRequest(text, block, request, { source: (name) => void wanted.push(name) });
  return questionsOf(aboveRequest(text, request), wanted);
}

const plain = { isSecret: false, isAskedOnce: false };

describe('what a request’s own tool asks for before it sends', () => {
  // The file of kulala.nvim, tests/functional/requests/prompt.http, and REST Client's README.
  it('the variables of # @prompt, with their words; a password by the names that REST Client has for one', () => {
    assert.deepEqual(
      asked('### \n\n# @prompt PROMPT_VAR Enter a message\n\nGET http://a/{{PROMPT_VAR}} HTTP/1.1\n'),
      [{ ...plain, name: 'PROMPT_VAR', text: 'Enter a message' }],
    );
    assert.deepEqual(
      asked(
        '# @prompt username\n// @prompt otp Your one-time code\n# @prompt passwd Secret words\nPOST http://a/\n\n{{username}}{{passwd}}{{otp}}\n',
      ).map(({ name, text, isSecret }) => [name, text, isSecret]),
      [
        ['username', 'username', false],
        ['otp', 'Your one-time code', false],
        ['passwd', 'Secret words', true],
      ],
    );
  });

  // kulala-core, http-example-files/prompt.http and runner/custom-prompt.ts: the words come first, in quotation marks or not.
  it('the variables of Kulala’s # @kulala-prompt, whose name comes last', () => {
    const text = (line: string) => `### a\n\n${line}\n\nPOST http://a/ HTTP/1.1\n\n{{ NAME }}\n`;
    const rows: readonly (readonly [string, string, boolean])[] = [
      ['# @kulala-prompt "What is your name?" NAME', 'What is your name?', false],
      ["// @kulala-prompt 'It NAME", '', false],
      ['# @kulala-prompt "Your \\"PIN\\"" NAME { type: "password" }', 'Your "PIN"', true],
      ["# @kulala-prompt NAME { type: 'url' }", 'NAME', false],
      ['# @kulala-prompt Who are you NAME', 'Who are you', false],
      ['# @prompt "What is your name?" NAME', 'What is your name?', false],
    ];
    for (const [line, said, isSecret] of rows)
      assert.deepEqual(
        asked(text(line)),
        said === '' ? [] : [{ ...plain, name: 'NAME', text: said, isSecret }],
        line,
      );
    assert.equal(recogniseDialect(text('# @kulala-prompt NAME')), 'kulala');
  });

  it('the variables of Kulala’s # @secret, not shown', () => {
    assert.deepEqual(asked('# @secret pin PIN of the card\nGET http://a/{{pin}}\n'), [
      { ...plain, name: 'pin', text: 'PIN of the card', isSecret: true },
    ]);
  });

  // httpYac's guide, Interactive Input.
  it('what httpYac asks for in the place of a name, also behind a variable of the file', () => {
    const text =
      '@query = {{$input Search for? $value: foo}}\nPOST http://a/?q={{query}}&r={{query}}\nAuthorization: Basic {{$password-askonce your password}}\n\n{{$pick stage? $value: dev,qa, prod}}{{$prompt app?}}{{$input-askonce a b}}\n';
    assert.deepEqual(asked(text), [
      {
        ...plain,
        name: '$password-askonce your password',
        text: 'your password',
        isSecret: true,
        isAskedOnce: true,
      },
      {
        ...plain,
        name: '$pick stage? $value: dev,qa, prod',
        text: 'stage?',
        choices: ['dev', 'qa', ' prod'],
      },
      { ...plain, name: '$prompt app?', text: 'app?' },
      { ...plain, name: '$input-askonce a b', text: 'a b', isAskedOnce: true },
      { ...plain, name: '$input Search for? $value: foo', text: 'Search for?', suggested: 'foo' },
    ]);
    assert.equal(recogniseDialect(text), 'httpyac');
  });

  it('not what has no words, nor a list that only code makes', () => {
    assert.deepEqual(asked('GET http://a/{{$input}}{{$pick x $value: list}}{{$pick x}}\n'), []);
  });
});

describe('an answer', () => {
  const read = (text: string, answers: ReadonlyMap<string, string>) => {
    const { block, request } = requestIn(text);
    return readRequest(text, block, request, { answers });
  };

  it('counts before what the file and its environments say, and is taken as it was typed', () => {
    const { url, body, unresolved, fill } = read(
      '@who = file\n@all = {{who}}!\n# @prompt who\nPOST http://a/?a={{all}}&b={{who}}\n\n{{who}}\n',
      new Map([['who', '{{guest}}']]),
    );
    assert.equal(url, 'http://a/?a={{guest}}!&b={{guest}}');
    assert.deepEqual(body, [{ kind: 'text', text: '{{guest}}' }]);
    assert.deepEqual(unresolved, []);
    assert.equal(fill('<{{who}}>').text, '<{{guest}}>');
  });

  it('stands wherever its question does', () => {
    const { url } = read('GET http://a/{{$input id}}/{{ $input id }}\n', new Map([['$input id', '7']]));
    assert.equal(url, 'http://a/7/7');
  });
});

describe('a variable of the file', () => {
  // REST Client keeps file variables for one request (variableProcessor.ts), httpYac sets them before it.
  it('has one value in all of a request, whatever makes it up', () => {
    let made = 0;
    const text =
      '@id = {{$guid}}\n\nPOST http://a/{{id}}\nX-Id: {{id}}\nX-Other: {{$guid}}\n\n{"id": "{{id}}", "z": {{none}}}\n';
    const { block, request } = requestIn(text);
    const { url, headers, body, unresolved, fill } = readRequest(text, block, request, {
      source: (name) => (name === '$guid' ? `g${++made}` : undefined),
    });
    const id = /g\d+$/.exec(url)?.[0] ?? '';
    assert.equal(headers[0]?.[1], id);
    assert.notEqual(headers[1]?.[1], id);
    assert.deepEqual(body, [{ kind: 'text', text: `{"id": "${id}", "z": {{none}}}` }]);
    assert.deepEqual(unresolved, ['none']);
    assert.equal(fill('{{id}}').text, id);
  });

  it('that holds one nobody knows names it each time', () => {
    const { block, request, text } = requestIn('@a = {{none}}\nGET http://a/{{a}}\nX: {{a}}\n');
    const { unresolved, fill } = readRequest(text, block, request);
    assert.deepEqual([unresolved, fill('{{a}}').unresolved], [['none'], ['none']]);
  });
});
