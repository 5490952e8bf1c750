import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorBody, errorsIn, isErrorForToken } from '../../../src/core/oauth/errorBody.ts';
import { errorWords } from '../../../src/core/oauth/errorWords.ts';

/** The code and the words that are found, and in which way the answer deviates. */
function found(members: Readonly<Record<string, unknown>>): readonly (string | undefined)[] | undefined {
  const error = errorBody(members);
  return (
    error && [error.body.error, error.body.error_description, ...error.deviations.map(({ code }) => code)]
  );
}

describe('the error in an answer', () => {
  it('is taken from where servers put it', () => {
    for (const [members, ...expected] of [
      [{ error: 'invalid_grant' }, 'invalid_grant', undefined],
      [{ error: 'invalid_grant', error_description: 'gone' }, 'invalid_grant', 'gone'],
      [{ error: 'invalid_grant: PKCE failed' }, 'invalid_grant', 'PKCE failed', 'error_with_words'],
      [{ error: 'invalid_grant:no blank' }, 'invalid_grant:no blank', undefined],
      [{ error: 'a: b', error_description: 'c' }, 'a: b', 'c'],
      [{ error: 'Not so: b' }, 'Not so: b', undefined],
      [{ error: { code: 'invalid_scope', message: 'no' } }, 'invalid_scope', 'no', 'error_object'],
      [{ error: { message: 'invalid_scope' } }, 'invalid_scope', undefined, 'error_object'],
      [{ error: { message: 'an invalid_scope' } }, 'error', 'an invalid_scope', 'error_object'],
      [{ error: { message: 'invalid_scope_' } }, 'error', 'invalid_scope_', 'error_object'],
      [{ error: { message: 'invalid' } }, 'error', 'invalid', 'error_object'],
      [{ error: { message: '1invalid_x' } }, 'error', '1invalid_x', 'error_object'],
      [{ error: { message: 'a_long_name' } }, 'a_long_name', undefined, 'error_object'],
      [{ error: { code: 'x', message: 'a_b' } }, 'x', 'a_b', 'error_object'],
      [{ error: { code: 'x' } }, 'x', undefined, 'error_object'],
      [{ errors: [{ code: 'E1', message: 'no' }] }, 'E1', 'no', 'errors_array'],
      [{ error: 7, message: 'no' }, '7', 'no', 'error_number'],
      [{ errcode: 40013, errmsg: 'bad id' }, '40013', 'bad id', 'error_elsewhere'],
    ] as const)
      assert.deepEqual(found(members), expected, JSON.stringify(members));
  });

  it('is none where a frame only repeats the status, nothing is named, or all went well', () => {
    for (const members of [
      { error: 'Unauthorized', status: 401 },
      { error: 'Bad Request', statusCode: 400 },
      { error: 'Not Found', status: 599 },
      { errcode: 0 },
      { error: 0 },
      { error: '' },
      { errors: [] },
      { error: null, message: 'fine' },
      { message: 'fine' },
      { errors: {} },
      { access_token: 'a' },
    ])
      assert.equal(errorBody(members), undefined, JSON.stringify(members));
    for (const status of [399, 600, undefined, '401'])
      assert.deepEqual(found({ error: 'Unauthorized', status }), ['Unauthorized', undefined], String(status));
    assert.deepEqual(found({ error: 'my Unauthorized', status: 401 }), ['my Unauthorized', undefined]);
  });

  it('is looked for in an array without an object around it, and in place of a token', () => {
    const list = (value: unknown) => errorsIn({ format: 'other_json', value });
    assert.deepEqual(list([{ code: 'x' }]), { errors: [{ code: 'x' }] });
    for (const value of [[], ['x'], { code: 'x' }]) assert.equal(list(value), undefined);
    for (const [token, expected] of [
      ['error: invalid client_id', true],
      ['Error\nin lines', true],
      ['an error: no', false],
      ['errors are not', false],
      ['error:none', false],
      [7, false],
    ] as const)
      assert.equal(isErrorForToken(token), expected, String(token));
  });

  it('is sure where an envelope says that it failed, beside a message', () => {
    const sure = (members: Readonly<Record<string, unknown>>) => errorWords(members).certain;
    for (const status of ['error', 'ERROR', 'fail', 'failed', 'failure'])
      for (const name of ['message', 'msg']) assert.ok(sure({ status, [name]: 'no' }), status + name);
    assert.ok(sure({ success: false, message: 'no' }));
    for (const members of [
      { status: 'error' },
      { success: false },
      { success: true, message: 'fine' },
      { status: 'no error', message: 'fine' },
      { status: 'failing', message: 'fine' },
      { status: 'errors', message: 'fine' },
      { message: 'fine' },
    ])
      assert.equal(sure(members), false, JSON.stringify(members));
  });

  it('takes no address for a code', () => {
    for (const type of ['https://a.example/out', 'http://a.example/out', 'about:blank'])
      assert.equal(errorWords({ type, message: 'no' }).code, undefined, type);
    assert.equal(errorWords({ type: 'see https://a', message: 'no' }).code, 'see https://a');
  });
});
