import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAnswer } from '../../../src/core/diagnose/readAnswer.ts';
import { har } from '../../../src/core/flowView/export/har.ts';
import { exchange } from '../flowView/samples.ts';

function shortly(text: string): unknown {
  const answer = readAnswer(text, { now: 0 });
  if (answer.kind !== 'failure') return answer.kind;
  const { failure } = answer;
  const error = failure.kind === 'oauth_error' ? failure.body.error : failure.kind;
  return [failure.step, error, 'status' in failure ? failure.status : undefined];
}

const curl = [
  '* Host as.example.com:443 was resolved.',
  '* Connected to as.example.com (192.0.2.1) port 443',
  '> POST /token HTTP/1.1',
  '> Host: as.example.com',
  '> Content-Type: application/x-www-form-urlencoded',
  '> ',
  '} [29 bytes data]',
  '* upload completely sent off: 29 bytes',
  '< HTTP/1.1 100 Continue',
  '< ',
  '< HTTP/1.1 401 Unauthorized',
  '< Content-Type: application/json',
  '< WWW-Authenticate: Basic realm="x"',
  '< ',
  '{ [46 bytes data]',
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
  '                                 Dload  Upload   Total   Spent    Left  Speed',
  '100    46  100    46    0     0    460      0 --:--:-- --:--:-- --:--:--   460',
  '{"error":"invalid_client","error_description":"Unknown."}* Connection #0 to host as.example.com left intact',
];

const entry = (over: object, response: object) => ({
  request: { method: 'POST', url: 'https://as.example.com/token', headers: [], ...over },
  response: { status: 200, statusText: 'OK', headers: [], content: { text: '' }, ...response },
});
const archive = (...entries: readonly object[]) => JSON.stringify({ log: { version: '1.2', entries } });
const refused = { status: 400, content: { text: '{"error":"invalid_grant"}' } };

describe('an answer in a recording', () => {
  for (const [what, text, expected] of [
    ['curl -v', curl.join('\n'), ['token', 'invalid_client', 401]],
    ['curl -v with CRLF', curl.join('\r\n'), ['token', 'invalid_client', 401]],
    [
      'curl -v whose redirect has an error',
      '> GET /authorize HTTP/2\n< HTTP/2 302\n< location: https://app.example.com/cb?error=access_denied&state=x\n<\n',
      ['authorization', 'access_denied', undefined],
    ],
    [
      'curl -v of a page',
      '< HTTP/1.1 503 Service Unavailable\n< Content-Type: text/html\n< \n<html>\n<p>Later\n</html>\n',
      ['token', 'http_error', 503],
    ],
    [
      'curl -vi, with everything twice',
      '< HTTP/1.1 400 Bad Request\nHTTP/1.1 400 Bad Request\n< Content-Type: application/json\nContent-Type: application/json\n< \n\n{"error":"invalid_scope"}',
      ['token', 'invalid_scope', 400],
    ],
    [
      'a request with its response',
      'POST /token HTTP/1.1\nHost: as.example.com\n\ngrant_type=x\n\nHTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{"error":"unsupported_grant_type"}',
      ['token', 'unsupported_grant_type', 400],
    ],
    [
      'a redirect as curl -i shows it',
      'HTTP/1.1 302 Found\r\nLocation: https://app.example.com/cb?error=invalid_scope&state=x\r\nContent-Length: 0\r\n\r\n',
      ['authorization', 'invalid_scope', undefined],
    ],
    [
      'an archive',
      archive(entry({}, {}), entry({}, refused), entry({}, {})),
      ['token', 'invalid_grant', 400],
    ],
    [
      'the last failure of an archive',
      archive(
        entry({}, refused),
        entry({}, { status: 401, content: { text: '{"error":"invalid_client"}' } }),
      ),
      ['token', 'invalid_client', 401],
    ],
    [
      'an archive in base64',
      archive(
        entry(
          {},
          {
            status: 400,
            content: {
              text: Buffer.from('{"error":"invalid_grant"}').toString('base64'),
              encoding: 'base64',
            },
          },
        ),
      ),
      ['token', 'invalid_grant', 400],
    ],
    [
      'an archive with a redirect',
      archive(
        entry(
          { method: 'GET', url: 'https://as.example.com/authorize' },
          {
            status: 302,
            headers: [{ name: 'Location', value: 'http://127.0.0.1/cb?error=access_denied&state=x' }],
          },
        ),
        entry({ method: 'GET', url: 'http://127.0.0.1/favicon.ico' }, { status: 404 }),
      ),
      ['authorization', 'access_denied', undefined],
    ],
    [
      'an archive of an API',
      archive(
        entry(
          { method: 'GET', url: 'https://api.example.com/' },
          { status: 401, headers: [{ name: 'WWW-Authenticate', value: 'Bearer error="invalid_token"' }] },
        ),
      ),
      ['api', 'http_error', 401],
    ],
    ['an archive in which nothing failed', archive(entry({}, {})), 'success'],
    ['an archive without an answer', archive(entry({}, { status: 0 })), 'unreadable'],
    ['an archive without entries', archive(), 'unreadable'],
    [
      'an archive that is none',
      '{"log":{"entries":[null,7,{"request":[]},{"response":{"headers":{}}}]}}',
      'unreadable',
    ],
  ] as const)
    it(`is found in ${what}`, () => assert.deepEqual(shortly(text), expected));

  it('is found in the archive that the extension writes', () => {
    const made = har(
      [
        exchange({
          ...{ id: 1, purpose: 'token', leg: 'extension' },
          request: { method: 'POST', url: 'https://as.example.com/token', headers: [] },
          response: {
            ...{ status: 400, statusText: 'Bad Request', headers: [['content-type', 'application/json']] },
            body: '{"error":"invalid_grant"}',
          },
        }),
      ],
      '1',
    );
    assert.deepEqual(shortly(JSON.stringify(made)), ['token', 'invalid_grant', 400]);
  });

  it('leaves a body alone that only looks like a recording', () => {
    assert.deepEqual(
      shortly(
        'HTTP/1.1 400 Bad Request\ncontent-type: application/json\n\n{"error":"invalid_grant","log":{"entries":[]}}',
      ),
      ['token', 'invalid_grant', 400],
    );
    assert.deepEqual(shortly('{"error":"invalid_grant","log":7}'), ['token', 'invalid_grant', undefined]);
  });
});
