import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { isSecretWord, type Tie } from '../../../src/core/http/secretWord.ts';

/** What says something to everybody, behind the name of a secret. */
const harmless = [
  'The code is 0x80072EE7',
  'Error code is E11000-duplicate',
  'The password is MD5-hashed',
  'The password is PBKDF2-HMAC-SHA256',
  'Use password OAuth2PasswordBearer',
  'The signature is RSA-OAEP-256, the token is OAuth2-Token',
  'invalid password ORA-28000: the account is locked',
  'It says: no token: AuthorizationCodeTokenProvider',
  'token: expired',
  'Token: Expired.',
  'password: required',
  'Ticket: INC0012345 was opened',
  'Authorization: Bearer is required',
  'Token: it has expired',
  '{"error":{"code":"InvalidAuthenticationToken","message":"Access token validation failure."}}',
  '{"password":{"message":"is too short","code":"min_length"}}',
  '{"ticket":"INC0012345","state":"open"}',
  '{"key":"HELP-1234","fields":{"summary":"x"}}',
  '<error code="0x80070056"><password>required</password></error>',
  '<p>The city is <b>hunter2-Xy</b>, token: <b>expired</b></p>',
  'Caused by: [invalid_token] token OAuth2AccessToken is expired',
  'password: ""\nport: 1',
  'No such API key: Bearer',
  'Asked for and not in the ID token: email.',
  'The password is $DB_PASS1',
  'The secret is %CLIENT_SECRET_1%',
  'It is read: token is /home/ann/Tokens2',
  'INFO auth - error:0200100D',
  'Password: must be at least 8 characters',
  '{"key":"name","value":"Orders2"}',
  '{"value":"Orders2","key":"name"}',
  '[{"key":"displayName","value":"Orders2"}]',
  '- key: name\n  value: Orders2',
  '{"errors":{"password":["can\'t be blank","is too short (minimum is 8 characters)"]}}',
  '{"token":"invalid","client_secret":["This field is required."]}',
];

/** What people say of secrets, and the secret. */
const secret: readonly (readonly [text: string, secret: string])[] = [
  ...[
    'Le mot de passe est @',
    'Mot de passe : @',
    'le mot de passe de anna est @',
    'La contraseña es @',
    'contraseña de ana: @',
    'Das Passwort lautet @',
    'Das Passwort wurde auf @ gesetzt',
    'A senha é @',
    'La password è @',
    'Het wachtwoord is @',
    'Hasło: @',
    'Пароль: @',
    'Ваш пароль — @',
    'パスワード: @',
    'パスワード：@',
    'パスワードは @ です',
    '密码：@',
    '您的密码是@',
    '비밀번호는 @ 입니다',
    'passphrase @',
    'Password - @',
    'password “@” is too weak',
  ].map((text): [string, string] => [text.replace('@', 'hunter2-Xy'), 'hunter2-Xy']),
  ['<p>The password is <b>hunter2-Xy</b></p>', 'hunter2-Xy'],
  ['<p>Password: <code>hunter2-Xy</code>, mind it</p>', 'hunter2-Xy'],
  ['La clave es hunter2-Xy', 'hunter2-Xy'],
  ["Jeton d'accès : q7Rk2vXb9LmN4pTs", 'q7Rk2vXb9LmN4pTs'],
  ['Il dit: clé API : q7Rk2vXb9LmN4pTs', 'q7Rk2vXb9LmN4pTs'],
  ['It says: clave de API es q7Rk2vXb9LmN4pTs', 'q7Rk2vXb9LmN4pTs'],
  ['API-Schlüssel: q7Rk2vXb9LmN4pTs', 'q7Rk2vXb9LmN4pTs'],
  ['{"log":"{\\"m\\":\\"the client secret is q7Rk2vXb9LmN4pTs\\"}\n"}', 'q7Rk2vXb9LmN4pTs'],
  ['{"key":"abcdefgh1"}', 'abcdefgh1'],
  ['using secret abcd1234', 'abcd1234'],
  ['with the client secret abcd1234 it failed', 'abcd1234'],
  ['otp 482913', '482913'],
  ['The secret is JBSWY3DPEHPK3PXP', 'JBSWY3DPEHPK3PXP'],
  ['password=letmein user=ann', 'letmein'],
  ['level=info password="correct horse" user=ann', 'correct horse'],
  ['The password is SUMMER2024', 'SUMMER2024'],
  ['The password is p@ssw@rd', 'p@ssw@rd'],
  ['{"key":"q7Rk2vXb9LmN4pTs","value":"x"}', 'q7Rk2vXb9LmN4pTs'],
  ['The client secret is /9j4AAQSkZJRgABAQ12', '/9j4AAQSkZJRgABAQ12'],
  ['the token is /run+Secrets9j4AAQSk', '/run+Secrets9j4AAQSk'],
  ['The password is $ecretPassw0rd1', '$ecretPassw0rd1'],
  ['secret is %Abc123def', '%Abc123def'],
  ['token is 2024-01-kJh8sdf7GsdfLkasdf', '2024-01-kJh8sdf7GsdfLkasdf'],
  ['The password is P@ss.w0rd1', 'P@ss.w0rd1'],
];

describe('a word behind the name of a secret', () => {
  it('stays when it says something to everybody', () => {
    for (const text of harmless)
      for (const shown of [text, JSON.stringify({ message: text })])
        assert.equal(redactBody(shown, true), shown);
  });

  it('is masked when it is one', () => {
    for (const [text, word] of secret)
      for (const said of [text, JSON.stringify({ message: text })]) {
        const shown = redactBody(said, true);
        assert.ok(!shown.includes(word) && shown.includes('…'), shown);
      }
  });
});

/** How a word is tied to a name, and which words are a secret there and which are none; made up. */
const decided: readonly (readonly [
  name: string,
  tie: Tie,
  secrets: readonly string[],
  others: readonly string[],
])[] = [
  [
    'password',
    'said',
    ...([
      [
        '482913',
        '482913.',
        'INC12345',
        'p4ss!x',
        'OpenSesame',
        'OpenSesame.',
        'correct-horse-battery-staple',
      ],
      [
        'expired',
        '********',
        '%s',
        '$x',
        '$',
        '/home/ann',
        '/etc/Passwd/Shadows',
        'JavaScript…',
        'hunter',
        'ab12',
      ],
    ] as const),
  ],
  [
    'password',
    'said',
    ['LifeIsGood', 'ThisHorseRuns'],
    ['NotSet', 'CaseSensitive', 'Opensesame', 'OpenSe', 'a-b-c-d'],
  ],
  ['password', 'assigned', ['abc', 'letmein', '404'], ['ab', '']],
  ['password', 'quoted', ['abc'], ['ab', 'required']],
  ['password', 'beside', ['hunter2', 'TrustNoOne'], ['482913', 'OpenSesame', 'INC12345', 'E11000-duplicate']],
  [
    'token',
    'said',
    ...([
      [
        'TrustNoOneButMe',
        'TrustNoOneButMe!',
        'q7Rk2vXb9L',
        'abcdefgh1',
        'correct-horse-battery-staple.',
        'zqXwKvBnMqRtYpLs',
      ],
      [
        'OpenSesame',
        'JwtBearerToken',
        'correct-horse-battery',
        'one-time-use-token',
        'TrustNoOneButMe?x',
        'abcdef1',
        '482913',
      ],
    ] as const),
  ],
  ['token', 'quoted', ['Opensesame', 'q7'], ['invalid_token', '1234', 'INVALID_TOKEN']],
  [
    'token',
    'assigned',
    ['TrustNothingButJwtClients', 'abcd/efgh+ijkl1xyz'],
    ['TrustOneJwt', 'letmein', 'INVALID_TOKEN'],
  ],
  ['token', 'sign', ['OAuth2-q7Rk2vXb9LmN4pTs', 'abc-2024'], ['TrustNothingButJwtClients', 'OAuth2-Token']],
  ['client_secret', 'said', ['TrustNothingButJwtClients'], ['JwtClients']],
  ['secretary', 'said', [], ['TrustNothingButJwtClients']],
  ['code', 'said', ['q7Rk2vXb9'], ['abcdefgh1', 'TrustNoOneButMe', 'INC12345']],
  ['key', 'sign', ['abcdefgh1'], ['TrustNoOneButMe']],
  // What ends like a variable or a path begins otherwise.
  ['password', 'said', ['hunter2$', 'hunter2$x', 'hunter2**'], []],
  ['password', 'assigned', ['/run+abc'], ['***', '$x']],
  // In quotes all is one but the code of an error.
  ['token', 'quoted', ['2024-01-01', 'ann@shop.example', '/run+abc'], ['$', '$x', '**']],
  ['token', 'said', ['TryMeNow'], ['TryMeNo']],
  ['token', 'beside', ['correct-horse-battery-staple!'], ['correct-horse-battery-staple/x']],
  ['secret', 'said', ['/run+Secrets9j4AAQSk'], ['/run/secrets/shop', '\\Users\\Ann\\Secrets']],
];

it('what a word looks like decides with how it is tied to which name', () => {
  const wrong = decided.flatMap(([name, tie, secrets, others]) =>
    [...secrets, ...others]
      .filter((word) => isSecretWord(word, name, tie) !== secrets.includes(word))
      .map((word) => `${name} ${tie} ${word}`),
  );
  assert.deepEqual(wrong, []);
});
