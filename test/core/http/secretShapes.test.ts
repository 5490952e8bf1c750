import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';

/**
 * What generators of secrets, servers and people make, each with what a look at its form alone would take for something else: a date, a
 * path, a variable, an address of mail, an algorithm, the number of an error, words. All made up.
 */
const secrets: Readonly<Record<string, string>> = {
  'digits in groups': '4821-9937-1182-0043',
  'what begins like a date': '2024-05QX-PjMc-7tRv',
  'what begins with a date': '2024-05-01wXYmZsT9NT',
  'base64 that begins with a slash': '/aB3dE5fGh1jK2lM',
  'base64 with slashes and signs': '/aB3+E5/Gh1jK2==',
  'what begins with a dollar': '$2x9kkQbw7Za',
  'a word with a dollar': '$ecret2024',
  'what begins with a percent sign': '%9xUKW2Rn8aB',
  'what begins with a backslash': '\\WbQ7bDXw8Z0A',
  'what has an at and a dot': 'Zx9k@Lqw.pQ2rT',
  '64 bits in hexadecimal': '0xd63ff0d087c4d428',
  'an algorithm and words': 'oauth2demohorse',
  'an algorithm within words': 'rsa2048-myHorse',
  'a version and a word': 'v1-superhorse',
  'letters drawn by lot': 'NJbTzclWaJhqmolXraMjuMtQ',
};

/** Where a value stands that is a secret by its name. */
const places: readonly string[] = [
  '{"client_secret":"@"}',
  '{"a":1,"access_token":"@","b":2}',
  '{"key":"@","value":"x"}',
  '{"value":"x","key":"@"}',
  '{"key":"@","data":{"a":1}}',
  '{"name":"client_secret","value":"@"}',
  '{"Authorization":"Bearer @"}',
  '{"error_description":"The client secret is @"}',
  'client_secret=@',
  'client_secret: @',
  'Client secret: "@"',
  'The client secret is "@"',
  'The client secret is @',
  'the password is @',
  'New password: @',
  'the client secret of ann has been changed to @',
  'Here is your new client secret: @',
  'refused: client_secret=@, try again',
  "Invalid client_secret: '@'",
  '* client_secret: @',
  '<client_secret>@</client_secret>',
  '<a client_secret="@"/>',
  '<credential><note>is</note><password>x</password><text>@</text></credential>',
  'key: @\nvalue: x',
];

/** What a server says, or a wallet, in words of which each is in a dictionary. */
const phrases: readonly string[] = [
  '{"secret":"abandon short found ocean tiger letter zebra valid orbit lizard weak must"}',
  '{"passphrase":"wrong horse battery staple"}',
  'passphrase: empty unknown orbit zebra match lizard',
  '<passphrase>unknown weak orbit empty ocean short</passphrase>',
  '{"Authorization":"Basic QUxBRERJTjpPUEVO"}',
  '{"authorization":"Bearer abcdefghijklmnopqrst"}',
  '{"otp":"482913 is valid for 10 minutes"}',
  '{"verification_code":"482913 (valid 10 minutes)"}',
  '{"password":"is 4829"}',
  '{"session":"SESS-12345"}',
  '{"auth":"ABCD12345"}',
  '{"ticket":"ST-1856339-aAYuvrxzpvTaucYQ"}',
  'export passphrase=no more horses',
  'Here is your new API key: my_client_secret_value',
  'Please keep the following X-Api-Key: 646100',
  'The password is CorrectHorseBatteryStaple',
  '密码key: q7Rk2vXb9',
  'client_secret="abcdefghijklmnopqrstuvwxyzabcdefghijkl"',
];

const written = (place: string, secret: string) =>
  place.replace('@', () => (place.startsWith('{') ? JSON.stringify(secret).slice(1, -1) : secret));

describe('a secret is masked, whatever else it looks like', () => {
  for (const [kind, secret] of Object.entries(secrets))
    it(kind, () => {
      for (const place of places)
        for (const isResponse of [true, false]) {
          const shown = redactBody(written(place, secret), isResponse);
          const inside = written('{@', secret).slice(1);
          assert.ok(!shown.includes(secret) && !shown.includes(inside), `${place}: ${shown}`);
        }
    });

  it('of words, as remarks are', () => {
    for (const text of phrases) assert.match(redactBody(text, true), /…/, text);
  });
});
