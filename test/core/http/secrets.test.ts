import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretsIn } from '../../../src/core/http/secrets.ts';
import type { Exchange, HeaderList } from '../../../src/core/record/exchange.ts';

const key = 'q7Rk2vXb9LmN4pTs';
const base: Exchange = {
  ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: 0, deviations: [] },
  request: { method: 'GET', url: 'https://a.example/', headers: [] },
};
const answered = (body: string, status = 200) => ({
  response: { status, statusText: '', headers: [], body },
});
const sent = (...headers: HeaderList) => ({ request: { ...base.request, headers } });

/** Made up: what an exchange has beside the others, and the secrets of it. */
const rows: readonly (readonly [what: string, part: Partial<Exchange>, secrets: readonly string[]])[] = [
  ['an answer that is a token alone', answered(` "${key}"\n`), [key]],
  ['one to a refresh', { ...answered(key), purpose: 'refresh' }, [key]],
  ['one of an API', { ...answered(key), purpose: 'api' }, []],
  ['one that leads elsewhere', answered(key, 300), []],
  ['words of a member', answered(' {"password":"correct horse"}'), ['correct+horse', 'correct horse']],
  ['words of a form', answered('a=b&pin=1+2+34'), ['1+2+34', '1 2 34']],
  ['words in a sentence', answered('a {b} <c=d> password="correct horse"'), ['correct+horse']],
  ['words behind a word', answered('a={b} password="correct horse"'), ['correct+horse', 'correct horse']],
  ['words in an element', answered('<a b="{"><password>correct horse</password></a>'), ['correct+horse']],
  ['protocols without one', sent(['Sec-WebSocket-Protocol', 'chat']), []],
  ['protocols with one', sent(['Sec-WebSocket-Protocol', `chat, bearer.${key}`]), [key]],
  [
    'a form in a cookie',
    sent(['Cookie', 'a=pin%3Dhunter2x']),
    ['pin%3Dhunter2x', 'pin=hunter2x', 'hunter2x'],
  ],
  ['JSON in a cookie', sent(['X-Cookies', 'a=j:{"pin":"hunter2x"}']), ['hunter2x']],
  ['JSON in another field', sent(['X-Value', 'a=j:{"pin":"hunter2x"}']), ['hunter2x']],
];

describe('the secrets of an exchange', () => {
  for (const [what, part, secrets] of rows)
    it(what, () => assert.deepEqual(secretsIn([{ ...base, ...part }]), secrets));

  it('are looked for once', () => {
    let reads = 0;
    const exchange: Exchange = {
      ...base,
      get response() {
        reads++;
        return answered(key).response;
      },
    };
    assert.deepEqual(secretsIn([exchange]), [key]);
    const before = reads;
    assert.deepEqual([secretsIn([exchange]), reads], [[key], before]);
  });
});
