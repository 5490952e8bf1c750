import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tolerantResponse } from '../../../src/core/oauth/tolerantResponse.ts';

const token = { access_token: '2YotnFZFEjr1zCsicMWpAA', token_type: 'Bearer', expires_in: 3600 };

interface Answered {
  readonly status: number;
  /** Unless told, the same. */
  readonly sentStatus: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is made of an answer of that status. */
function judged(
  body: unknown,
  { status = 200, sentStatus, type = 'application/json', headers = {} }: Partial<Answered> = {},
) {
  return tolerantResponse(
    {
      ...{
        status,
        sentStatus: sentStatus ?? status,
        headers: { ...headers, ...(type !== '' && { 'content-type': type }) },
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    { host: 'as.example.com', step: 'token', requestedScopes: [], scrub: (text) => text, exchange: 1 },
  );
}

const codes = ({ deviations }: ReturnType<typeof judged>) => deviations.map(({ code }) => code);
const failureIn = (result: ReturnType<typeof judged>) => {
  assert.ok(result.kind === 'failure', JSON.stringify(result));
  return result.failure;
};

describe('a token response', () => {
  it('is a token by its status and its members, and nothing else', () => {
    assert.deepEqual(judged(token), { kind: 'token', body: token, deviations: [] });
    assert.deepEqual(codes(judged(token, { status: 201 })), ['status_not_200']);
    assert.deepEqual(codes(judged(token, { status: 299 })), ['status_not_200']);
    for (const status of [400, 401, 500])
      assert.equal(judged(token, { status }).kind, 'failure', String(status));
    assert.equal(failureIn(judged({ ...token, access_token: '' })).kind, 'malformed_response');
    assert.equal(failureIn(judged({ ...token, access_token: 5 })).kind, 'malformed_response');
  });

  it('that leads elsewhere is not read', () => {
    for (const status of [300, 302, 307])
      assert.equal(failureIn(judged(token, { status, headers: { location: '/x' } })).kind, 'redirected');
  });

  it('names the section of what is wrong with it by whether it is a success', () => {
    const section = (status: number) => judged(token, { status, type: 'text/plain' }).deviations[0]?.source;
    assert.equal(section(200), 'RFC 6749 section 5.1');
    assert.equal(section(400), 'RFC 6749 section 5.2');
    const told = (type: string) => judged(token, { type }).deviations.map(({ message }) => message);
    assert.match(told('text/plain').join(), /content type text\/plain instead/);
    assert.match(told('').join(), /has no content type/);
  });

  it('with script round it is read, and that is said', () => {
    for (const body of [`callback(${JSON.stringify(token)});`, `)]}',${JSON.stringify(token)}`])
      assert.deepEqual(codes(judged(body)), ['json_wrapped']);
    assert.deepEqual(codes(judged(`\uFEFF \n${JSON.stringify(token)}`)), []);
  });

  it('with an error beside the token says which, and no error where it is none', () => {
    const beside = (members: object) =>
      judged({ ...token, ...members })
        .deviations.filter(({ code }) => code === 'error_beside_token')
        .map(({ message }) => message.replace(/ The token was taken.*/, ''));
    assert.deepEqual(beside({ error: 'invalid_scope' }), ['An error came beside the token: invalid_scope.']);
    assert.deepEqual(beside({ error: 'invalid_scope', error_description: 'b was dropped' }), [
      'An error came beside the token: invalid_scope (b was dropped).',
    ]);
    assert.equal(beside({ error: { code: 'x_1', message: 'So.' } }).length, 1);
    for (const error of ['', '0', 'ok', 'OK', 'none', 'null', 'false', 'success', 5, null, []])
      assert.deepEqual(beside({ error }), [], JSON.stringify(error));
    for (const error of ['not ok', 'ok?']) assert.equal(beside({ error }).length, 1, error);
  });

  it('with words in the place of the token is an error that says them', () => {
    const failure = failureIn(judged({ ...token, access_token: 'ERROR: the client is locked' }));
    assert.ok(failure.kind === 'oauth_error');
    assert.equal(failure.body.error_description, 'the client is locked');
    assert.match(
      failure.message,
      /^as\.example\.com answered .* in the place of a token: .?the client is locked.?\.$/,
    );
    const other = failureIn(judged({ ...token, access_token: 'error no error of ours' }));
    assert.ok(other.kind === 'oauth_error' && other.body.error_description === 'no error of ours');
    assert.equal(failureIn(judged({ access_token: 'error: x' }, { status: 400 })).kind, 'http_error');
  });

  it('with an error says whether it came as one, by the status that was sent', () => {
    const error = { error: 'invalid_client' };
    assert.deepEqual(codes(judged(error)), ['error_with_200']);
    assert.deepEqual(codes(judged(error, { status: 400 })), []);
    // A dialect made 400 of it.
    assert.deepEqual(codes(judged(error, { status: 400, sentStatus: 200 })), ['error_with_200']);
    const failure = failureIn(judged(error, { status: 400, sentStatus: 200 }));
    assert.ok(failure.kind === 'oauth_error' && failure.status === 200);
  });

  it('that is a list of errors is read as one only where it fails', () => {
    const errors = [{ code: 'invalid_client', message: 'No.' }];
    assert.equal(failureIn(judged(errors)).kind, 'malformed_response');
    assert.equal(failureIn(judged(errors, { status: 400 })).kind, 'oauth_error');
  });
});
