import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactBody } from '../../../src/core/http/redactBody.ts';

/** Sentences in which a password is said; `@` is where. Made up, in the words of each language. */
const passwords: readonly string[] = [
  ...[
    'The password is @',
    'the password for ann is @',
    'password: @',
    'Password = @',
    'with password @ for ann',
  ],
  ...['using the password "@" failed', "password '@' is too weak", 'Your new password: @.', 'passphrase @'],
  ...[
    'The temporary password is now @',
    'the password was changed to @',
    'passwd=@',
    'Password - @',
    'pwd: @',
  ],
  ...['wrong password (@)', 'password of ann: @', 'The password of the user ann has been set to @.'],
  ...['Das Passwort lautet @', 'Passwort: @', 'Das Kennwort von Anna ist @', 'Kennwort für anna: @'],
  ...['Das Passwort wurde auf @ gesetzt', 'mit Passwort @ angemeldet', 'Ihr neues Passwort ist „@“'],
  ...[
    'Le mot de passe est @',
    'mot de passe : @',
    'Votre mot de passe est « @ »',
    'mot de passe de anna : @',
  ],
  ...['La contraseña es @', 'contraseña: @', 'La contraseña de ana es @', 'contraseña "@" incorrecta'],
  ...[
    'A senha é @',
    'senha: @',
    'sua senha é: @',
    'palavra-passe: @',
    'La password è @',
    'password di anna: @',
  ],
  ...['Het wachtwoord is @', 'wachtwoord van anna: @', 'Lösenordet är: @', 'Lösenord: @', 'adgangskode: @'],
  ...[
    'Hasło: @',
    'Heslo: @',
    'jelszó: @',
    'Parola: @',
    'Şifre: @',
    'Пароль: @',
    'Ваш пароль — @',
    'пароль @',
  ],
  ...[
    'パスワード: @',
    'パスワード：@',
    'パスワードは @ です',
    '密码：@',
    '您的密码是@。',
    '密碼為@',
    '비밀번호: @',
    '비밀번호는 @ 입니다',
  ],
];

/** The same of what programs make. */
const tokens: readonly string[] = [
  ...['The client secret is @', 'client secret: @', 'using secret @', 'with token @ it failed', 'API key: @'],
  ...[
    'Incorrect API key provided: @.',
    'the token (@) is expired',
    'secret=@',
    'token = "@"',
    'invalid token @',
  ],
  ...['The access token is now @', 'API key for project X is @', 'the secret for client shop: @'],
  ...[
    'refresh_token: @',
    'your token is: @',
    'the secret was reset to @',
    'Client-Secret ist @',
    'mit Token @',
  ],
  ...[
    'El token es @',
    'Le token est @',
    'O token é @',
    'トークン: @',
    'токен: @',
    '令牌：@',
    'el secreto es @',
  ],
];

/** How it is written around. */
const ways: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `Hello ann,\n\n${text}\n\nBye`,
  (text) => `Sorry, we could not do that. ${text} Please try again.`,
  (text) => JSON.stringify({ error: 'invalid_grant', error_description: text }),
  (text) => JSON.stringify({ a: [{ message: JSON.stringify({ detail: text }) }] }),
  (text) => `2026-11-30 20:00:00,123 ERROR [main] c.e.Auth - ${text}`,
  (text) => `level=error msg=${JSON.stringify(text)} user=ann`,
  (text) => `<html><body><p>${text.replaceAll('"', '&quot;')}</p></body></html>`,
  (text) => `- note: ${JSON.stringify(text)}\n  port: 8080`,
  (text) =>
    `Exception in thread "main" java.lang.IllegalStateException: ${text}\n\tat c.e.Auth.run(Auth.java:12)`,
];

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const oneOf = (all: string) => fc.constantFrom(...Array.from(all));
const text = (all: string, min: number, max: number) =>
  fc.array(oneOf(all), { minLength: min, maxLength: max }).map((each) => each.join(''));

/** As people make them up: a word, digits, perhaps a sign and more. */
const madeUp = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('hunter', 'Summer', 'dragon', 'Geheim', 'monkey', 'Winter'),
      text('0123456789', 1, 4),
      fc.constantFrom('', '!', '-Xy', '_x', '#', '.q'),
    )
    .map((parts) => parts.join('')),
  fc.tuple(text(letters, 3, 6), text('0123456789', 2, 4), text(letters, 1, 5)).map((parts) => parts.join('')),
);
/** But for what `E11000-duplicate` and `ORA-01017` look like: capitals, four digits or more, and perhaps letters. */
const isNoError = (secret: string) => !/^[A-Z_-]+\d{4,}(?:[-_][A-Za-z]+)?$/.test(secret);
/** As programs make them: of letters of both cases and digits, or hexadecimal, perhaps with signs. */
const generated = fc
  .oneof(
    fc
      .tuple(text(letters, 4, 10), text('23456789', 1, 3), text(letters + '23456789', 6, 30))
      .map((parts) => parts.join('')),
    fc.tuple(text('abcdef', 1, 2), text('0123456789abcdef', 14, 62)).map((parts) => `${parts.join('')}7`),
    fc
      .tuple(
        text(letters, 3, 5),
        text('23456789', 2, 4),
        fc.constantFrom('-', '_', '~'),
        text(letters + '23456789', 5, 20),
      )
      .map((parts) => parts.join('')),
  )
  .filter(isNoError);

describe('what is said to be a secret is shown nowhere', () => {
  const holds = (said: readonly string[], secrets: fc.Arbitrary<string>) =>
    fc.assert(
      fc.property(fc.constantFrom(...said), secrets, fc.constantFrom(...ways), (sentence, secret, way) => {
        const shown = redactBody(way(sentence.replace('@', () => secret)), true);
        assert.ok(!shown.includes(secret), shown);
      }),
      { numRuns: Number(process.env['SAID_RUNS'] ?? 2000), seed: 20261130 },
    );
  it('passwords, as people make them up', () => holds(passwords, madeUp));
  it('passwords, as programs make them', () => holds(passwords, generated));
  it('tokens, secrets and keys', () => holds(tokens, generated));
});
