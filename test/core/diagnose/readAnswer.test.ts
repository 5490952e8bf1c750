import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAnswer, type AnswerHints, type ReadAnswer } from '../../../src/core/diagnose/readAnswer.ts';

const read = (text: string, hints: Partial<AnswerHints> = {}): ReadAnswer =>
  readAnswer(text, { now: 0, ...hints });

/** What a failure comes to, in short. */
function shortly(answer: ReadAnswer): unknown {
  if (answer.kind !== 'failure') return answer.kind;
  const { failure, exchanges } = answer;
  const error = failure.kind === 'oauth_error' ? failure.body.error : failure.kind;
  const status = 'status' in failure ? failure.status : undefined;
  return [failure.step, error, status, exchanges.length];
}

const json = '{"error":"invalid_grant","error_description":"The code is used."}';

describe('an answer that somebody has', () => {
  const answers: readonly (readonly [string, string, unknown, Partial<AnswerHints>?])[] = [
    ['a body alone', json, ['token', 'invalid_grant', undefined, 0]],
    ['a body with its status', json, ['token', 'invalid_grant', 400, 1], { status: 400 }],
    [
      'a whole response',
      `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n${json}\r\n`,
      ['token', 'invalid_grant', 400, 1],
    ],
    [
      'a response of HTTP/2 after one that says to go on',
      `HTTP/1.1 100 Continue\n\nHTTP/2 401 \ncontent-type: application/json\nwww-authenticate: Basic realm="x"\n\n{"error":"invalid_client"}`,
      ['token', 'invalid_client', 401, 1],
    ],
    ['a form', 'error=invalid_client&error_description=no', ['token', 'invalid_client', undefined, 0]],
    [
      'a redirect',
      'http://127.0.0.1:1234/cb?error=access_denied&error_description=No%20thanks&state=x',
      ['authorization', 'access_denied', undefined, 0],
    ],
    [
      'a redirect with a fragment',
      'myapp://cb#error=invalid_scope&state=x',
      ['authorization', 'invalid_scope', undefined, 0],
    ],
    ['the query of a redirect', '?error=server_error', ['authorization', 'server_error', undefined, 0]],
    ['a redirect that brings a code', 'https://app.example.com/cb?code=abc&state=x', 'success'],
    ['a token', '{"access_token":"abc","token_type":"Bearer"}', 'success'],
    [
      'the answer of an API',
      'HTTP/2 403\nwww-authenticate: Bearer error="insufficient_scope", scope="orders.write"\n\n{}',
      ['api', 'http_error', 403, 1],
    ],
    ['a header field alone', 'WWW-Authenticate: Bearer error="invalid_token"', ['api', 'http_error', 401, 1]],
    [
      'a page',
      'HTTP/1.1 404 Not Found\ncontent-type: text/html\n\n<!doctype html>',
      ['token', 'http_error', 404, 1],
    ],
    ['words', 'Something went wrong', 'unreadable'],
    ['nothing', ' \n', 'unreadable'],
    ['a body that is said to be a redirect', json, 'unreadable', { from: 'redirect' }],
    ['what an API said, as it is said', json, ['api', 'http_error', 401, 1], { from: 'api' }],
  ];
  for (const [name, text, expected, hints] of answers)
    it(`is read: ${name}`, () => assert.deepEqual(shortly(read(text, hints)), expected));

  it('keeps the words of the server, and makes up nothing of the request', () => {
    const answer = read(`HTTP/1.1 400\n\n${json}`);
    assert.ok(answer.kind === 'failure' && answer.failure.kind === 'oauth_error');
    assert.equal(answer.failure.body.error_description, 'The code is used.');
    assert.equal(
      answer.failure.message,
      'The server refused the token request with invalid_grant (The code is used.).',
    );
    assert.deepEqual(answer.exchanges[0]?.request, { method: 'POST', url: '', headers: [] });
  });
});
