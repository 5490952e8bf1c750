import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactSaid } from '../../../src/core/http/redactSaid.ts';

const key = 'q7Rk2vXb9LmN4pTs';

/** Made up: a text, how it is shown, and what is told as secret; a text alone stays. */
const said: readonly (readonly [text: string, shown?: string, ...told: string[]])[] = [
  ['The password is hunter2.', 'The password is …2.', 'hunter2', 'hunter2.'],
  ['The password is p.ass1x', 'The password is …x', 'p.ass1x'],
  // One word in quotes, or a sentence.
  ['level=info token="correct horse" user=ann', 'level=info token="…rse" user=ann', 'correct horse'],
  ['level=info token="is not for this server" user=ann'],
  ['level=info key="correct horse" user=ann'],
  ['It says password: "correct horse"'],
  ['It says password="correct horse"', 'It says password="…rse"', 'correct horse'],
  ['password="must not be blank"'],
  ['password="correct, horse!"', 'password="…se!"', 'correct, horse', 'correct, horse!'],
  // As OpenSSL asks for it; another phrase is none, nor does a name tell what only ends or begins like one of two words.
  ['Enter PEM pass phrase: hunter2x', 'Enter PEM pass phrase: …2x', 'hunter2x'],
  ['Pass phrase provided: hunter2x', 'Pass phrase provided: …2x', 'hunter2x'],
  ['a phrase: hunter2x'],
  ['password wapi: hunter2x'],
  ['password apiary: hunter2x'],
  ['pwd=abc', 'pwd=…', 'abc'],
  ['pwd= abc'],
  ['pwd: abc'],
  ['token=abcdefgh1\\', 'token=…h1\\', 'abcdefgh1'],
  ['token="abcdefgh1\\"', 'token="…h1\\"', 'abcdefgh1'],
  ['Passwort: «geheim12» ab', 'Passwort: «…12» ab', 'geheim12'],
  ['“password”: „geheim12“', '“password”: „…12“', 'geheim12'],
  ['パスワードは「hunter2x」', 'パスワードは「…2x」', 'hunter2x'],
  ['密码：abc123。', '密码：…3。', 'abc123'],
  ['password is\nhunter2x', 'password is\n…2x', 'hunter2x'],
  ['["password"]=> string(3) "abc"', '["password"]=> string(3) "…"', 'abc'],
  // Whose it is, and what was done with it.
  ['password of ann : hunter2x', 'password of ann : …2x', 'hunter2x'],
  ['password of the big old user ann: hunter2x'],
  ['code for ann: hunter2x'],
  ['password for "ann: hunter2x"'],
  ['"password for ann": "hunter2x"', '"password for ann": "…2x"', 'hunter2x'],
  ['password for ann=hunter2x'],
  [`API key provided: ${key}`, 'API key provided: …4pTs', key],
  [`API key was not provided: ${key}`],
  [`API key has been now provided: ${key}`, 'API key has been now provided: …4pTs', key],
  [`API key has been now sent provided: ${key}`],
  ['password changed to hunter2x', 'password changed to …2x', 'hunter2x'],
  ['password sent to hunter2x'],
  ['Passwort wurde auf hunter2x gesetzt', 'Passwort wurde auf …2x gesetzt', 'hunter2x'],
  ['Passwort auf hunter2x'],
  // A dash, of a log or of a list.
  ['component - hunter2x'],
  ['token - hunter2x'],
  ['a - password - hunter2x', 'a - password - …2x', 'hunter2x'],
  // Right beside the name.
  ['see token Q7rkvXb9x here'],
  ['see token "Q7rkvXb9x" here', 'see token "…9x" here', 'Q7rkvXb9x'],
  ['see token (Q7rkvXb9x) here', 'see token (…9x) here', 'Q7rkvXb9x'],
  ['see token "q7rkvxb9x" here'],
  ['with token q7rkvxb9x', 'with token …9x', 'q7rkvxb9x'],
  ['with password correct-horse-battery-staple', 'with password …staple', 'correct-horse-battery-staple'],
  ['with token TrustNoOneButMe', 'with token …tMe', 'TrustNoOneButMe'],
  ['with token Nothing-Special'],
  ['passwords hunter2x'],
  ['my password hunter2x, and', 'my password …2x, and', 'hunter2x'],
  // Fields that hold nothing but credentials, to the end of the line or of the quotation.
  [
    'Authorization: Digest username="ann", response="0a4f113b"\r\nX: y',
    'Authorization: …f113b"\r\nX: y',
    'Digest username="ann", response="0a4f113b"',
  ],
  ['Cookie: a=b; c=d\nX: y', 'Cookie: …=d\nX: y', 'a=b; c=d'],
  ['log "Cookie: a=b; c=d" end', 'log "Cookie: …=d" end', 'a=b; c=d'],
  ['Authorization:     Digest username="ann"'],
  ['Authorization: Bearer'],
  // What follows a scheme.
  ['NTLM TlRMTVNTUAABAAAAB4IIogAAAAA=', 'NTLM …AAAAA=', 'TlRMTVNTUAABAAAAB4IIogAAAAA='],
  ['SSWS 00abcdef12345', 'SSWS …345', '00abcdef12345'],
  ['ApiKey abcdefgh1234', 'ApiKey …234', 'abcdefgh1234'],
  ['ApiKey abc1'],
  ['ApiKey abcdefghijkl'],
  ['Basic dXNlcjpwYXNz', 'Basic …'],
  ['Basic abcdefghijkl'],
  ['Basic realm=abcdefgh1234'],
  ['Bearer abcdefgh1'],
  ['Bearer abcdefghijk1', 'Bearer …jk1', 'abcdefghijk1'],
  ['Bearer abcdefghijklmn'],
];

describe('what a sentence says', () => {
  for (const [text, shown = text, ...told] of said)
    it(JSON.stringify(text), () => {
      const seen: string[] = [];
      assert.equal(
        redactSaid(text, (secret) => seen.push(secret)),
        shown,
      );
      assert.deepEqual(seen, told);
      // The end of one does not reach into what comes before or behind it.
      assert.equal(redactSaid(`${text}\n${text}`), `${shown}\n${shown}`);
    });
});
