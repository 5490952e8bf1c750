import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactCodes } from '../../../src/core/http/redactCodes.ts';

/** What messages say, as services send them; a code is masked but for a quarter of it. */
const rows: readonly (readonly [text: string, shown: string, ...told: readonly string[]])[] = [
  ['G-482913 is your Google verification code.', 'G-…3 is your Google verification code.', '482913'],
  ['482913 is your Amazon OTP. Do not share it.', '…3 is your Amazon OTP. Do not share it.', '482913'],
  ['4829 is your PIN', '…9 is your PIN', '4829'],
  ['482913 is your passcode', '…3 is your passcode', '482913'],
  ['Use 482913 as your login code', 'Use …3 as your login code', '482913'],
  ['Use the code 482913 to verify it', 'Use the code …3 to verify it', '482913'],
  ['enter 482-913 to confirm', 'enter …3 to confirm', '482-913'],
  ['Enter code 482 913 to log in', 'Enter code …3 to log in', '482 913'],
  ['use 482913 to reset it', 'use …3 to reset it', '482913'],
  ['Your code is: 482913', 'Your code is: …3', '482913'],
  ['your passcode = 4829138', 'your passcode = …8', '4829138'],
  ['Verification code: 482913.', 'Verification code: …3.', '482913'],
  ['security code: 482913', 'security code: …3', '482913'],
  ['recovery code: 48291390', 'recovery code: …90', '48291390'],
  ['backup-code: 4829139012', 'backup-code: …12', '4829139012'],
  ['confirmation code is 482913', 'confirmation code is …3', '482913'],
  ['authentication code: 482913', 'authentication code: …3', '482913'],
  ['one time code: 482913', 'one time code: …3', '482913'],
  ['Your one-time password: 482913', 'Your one-time password: …3', '482913'],
  ['one-time pin is 4829', 'one-time pin is …9', '4829'],
  ['login code: 482913', 'login code: …3', '482913'],
  ['log-in code: 482913', 'log-in code: …3', '482913'],
  ['sign-in code: 482913', 'sign-in code: …3', '482913'],
  ['SMS code: 482913', 'SMS code: …3', '482913'],
  ['{"text":"otp: \\"482913\\""}', '{"text":"otp: \\"…3\\""}', '482913'],
  ['{"text":"Your code is:\\r\\n482913"}', '{"text":"Your code is:\\r\\n…3"}', '482913'],
  ['OTP: "482913"', 'OTP: "…3"', '482913'],
  ['your code is **482913**', 'your code is **…3**', '482913'],
  ['your code is <b class="x"><i>482913</i></b>', 'your code is <b class="x"><i>…3</i></b>', '482913'],
  ['pin 4829', 'pin …9', '4829'],
  ['otp 482913', 'otp …3', '482913'],
  ['Votre code est 482913', 'Votre code est …3', '482913'],
  ['Code de vérification : 482913', 'Code de vérification : …3', '482913'],
  ['código de verificación es 482913', 'código de verificación es …3', '482913'],
  ['您的验证码是482913，请勿泄露', '您的验证码是…3，请勿泄露', '482913'],
  ['認証コード: 482913', '認証コード: …3', '482913'],
  ['Ihr Code lautet 482913', 'Ihr Code lautet …3', '482913'],
  ['Sicherheitscode: 482913', 'Sicherheitscode: …3', '482913'],
  ['codice di verifica 482913', 'codice di verifica …3', '482913'],
  // Too short, too long, a part of something else.
  ['your code is 482', 'your code is 482'],
  ['your code is 48291390123', 'your code is 48291390123'],
  ['your code is 4829.5', 'your code is 4829.5'],
  ['your code is 4829-x', 'your code is 4829-x'],
  ['your code is 4829x', 'your code is 4829x'],
  ['1.482913 is your code', '1.482913 is your code'],
  ['x482913 is your code', 'x482913 is your code'],
  // Codes of something else, and sentences that only sound alike.
  ['482913 is your country code', '482913 is your country code'],
  ['482913 is your area code', '482913 is your area code'],
  ['12345 is your zip code', '12345 is your zip code'],
  ['400123 is your last error code', '400123 is your last error code'],
  ['482913 is your order number', '482913 is your order number'],
  ['482913 is your very own new private secret code', '482913 is your very own new private secret code'],
  ['Use 482913 to call us', 'Use 482913 to call us'],
  ['because 482913 to sign', 'because 482913 to sign'],
  ['the code is 482913', 'the code is 482913'],
  ['your code isn 482913', 'your code isn 482913'],
  ['spin: 4829', 'spin: 4829'],
  ['otp482913', 'otp482913'],
  ['Fehlercode: 482913', 'Fehlercode: 482913'],
  ['pin\n\n\n\n: 4829', 'pin\n\n\n\n: 4829'],
];

describe('a code that a message sends', () => {
  for (const [text, shown, ...told] of rows)
    it(text, () => {
      const seen: string[] = [];
      assert.equal(
        redactCodes(text, (secret) => seen.push(secret)),
        shown,
      );
      assert.deepEqual(seen, told);
      assert.equal(redactCodes(text, undefined), shown);
    });
});
