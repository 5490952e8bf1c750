import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isKnown,
  isLabel,
  isManner,
  isOfWords,
  isPublicCode,
  isRemark,
} from '../../../src/core/http/knownWords.ts';
import { isSecretWord, type Tie } from '../../../src/core/http/secretWord.ts';

describe('a word that says something to everybody', () => {
  it('is one of one case, a short number, an algorithm, an error, a date, a measure, an address', () => {
    for (const word of [
      ...[
        'expired',
        'INVALID_GRANT',
        'a.b-c',
        '123456',
        'MD5-hashed',
        'PBKDF2-HMAC-SHA256',
        'OAuth2.0-Token',
      ],
      ...[
        'SHA-256',
        'E11000-duplicate',
        'ORA-28000:',
        '2026-11-30',
        '8characters',
        '0x80072EE7',
        'a1@b.example',
      ],
      ...['MD5-12', 'https://a1.example', 'expired.,!', 'RS256', '2026-11-30T20:00:00Z', '2026-11'],
    ])
      assert.equal(isKnown(word), true, word);
    for (const word of [
      ...['hunter2', '1234567', 'MD5-hunter2', 'hunter2-MD5', 'ABC123', 'Swordfish', 'x.y1', 'MD5-1234567'],
      ...['speedy-md5', 'MD5-AbCdEfGhIjKl', 'expired.Now', 'a!b1', '2024-01-kJh8sdf7', 'P@ss.w0rd1'],
    ])
      assert.equal(isKnown(word), false, word);
  });

  it('is the code of an error, a task or a ticket, by the name of the member', () => {
    const rows: readonly (readonly [name: string, value: string, is: boolean])[] = [
      ...[['key', 'HELP-12', true] as const, ['ticket', 'INC0012345', true] as const],
      ...[['token', 'HELP-12', false] as const, ['key', 'xHELP-12', false] as const],
      ...[
        ['key', 'HELP-12x', false] as const,
        ['key', 'H-12', false] as const,
        ['key', '-12', false] as const,
      ],
      ...[['code', '0x80070056', true] as const, ['code', 'x0x80070056', false] as const],
      ...[['code', '0x80070056zz', false] as const, ['key', 'InvalidToken', false] as const],
      ...[['code', 'InvalidToken', true] as const, ['code', 'InvalidToken1', false] as const],
      ...[['apikey', 'HELP-12', false] as const, ['codeword', 'HELP-12', false] as const],
      ...[['code', '1InvalidToken', false] as const, ['code', 'QwErTyUiOpAs', false] as const],
    ];
    for (const [name, value, is] of rows) assert.equal(isPublicCode(name, value), is, `${name} ${value}`);
  });

  it('is a remark, unless a word of it may be a secret of its own', () => {
    const long = (length: number) => `is ${'a '.repeat(length)}`.slice(0, length - 1) + '.';
    for (const text of [
      ...[
        'required',
        ' expired. ',
        'is  too short',
        "can't be blank",
        '(required) 8 characters',
        'This password is common',
      ],
      ...['8 characters are required', 'must be letters!!'],
      ...['INC0012345 was opened', '"Bearer" is required', 'must be "letters",', long(300)],
    ])
      assert.equal(isRemark(text), true, text);
    for (const text of [
      ...['hunter2-Xy is required', 'required hunter2-Xy', 'correct horse battery', 'swordfish', long(301)],
      ...['horse is blue', '', 'is hunter2-Xy'],
    ])
      assert.equal(isRemark(text), false, text);
  });
});

it('whether a word is a secret depends on its name and on what ties it to it', () => {
  const rows: readonly (readonly [word: string, name: string, tie: Tie, is: boolean])[] = [
    ...[['', 'password', 'quoted', false] as const, ['abc', 'password', 'quoted', true] as const],
    ...[['ab', 'password', 'quoted', false] as const, ['abc', 'password', 'assigned', true] as const],
    ...[['abc', 'token', 'assigned', false] as const, ['abc', 'password', 'sign', false] as const],
    ...[
      ['$DB_PASSWORD', 'password', 'assigned', false] as const,
      ['/home/x', 'pwd', 'assigned', false] as const,
    ],
    ...[['$accessToken', 'token', 'quoted', false] as const, ['%DB_1%', 'secret', 'quoted', false] as const],
    ...[
      ['$ecretPassw0rd1', 'secret', 'quoted', true] as const,
      ['/run/db1/secrets', 'password', 'assigned', false] as const,
    ],
    ...[
      ['ORA-28000', 'password', 'beside', false] as const,
      ['SUMMER2024', 'password', 'said', true] as const,
    ],
    ...[['SUMMER2024.', 'password', 'said', true] as const, ['1234567', 'password', 'said', true] as const],
    ...[['1234567.', 'password', 'said', true] as const, ['1234567', 'password', 'beside', false] as const],
    ...[['1234567-89', 'password', 'said', false] as const, ['p@sswör', 'password', 'said', true] as const],
    ...[['ÄÖÜ123', 'password', 'said', true] as const, ['123@456', 'password', 'said', false] as const],
    ...[['Abcdefg1', 'code', 'said', true] as const, ['abcdefg1', 'code', 'said', false] as const],
    ...[['abcdefg1', 'code', 'sign', true] as const, ['abcdefg1', 'token', 'said', true] as const],
    ...[
      ['(QwErTyUiOpAsDfGh', 'token', 'said', false] as const,
      ['QwErTyUiOpAsDfGh', 'token', 'said', true] as const,
    ],
  ];
  for (const [word, name, tie, is] of rows)
    assert.equal(isSecretWord(word, name, tie), is, `${name} ${tie} ${word}`);
});

it('an algorithm is the whole of what is called a signature, or what is behind it says so', () => {
  for (const value of ['RS256', 'RS256)', 'ES256K, EdDSA', 'EdDSA'])
    assert.equal(isManner('signature', value), true, value);
  for (const value of ['RS256:9f86d081884c7d65', 'RS256.e30', 'EdDSA9f86d081'])
    assert.equal(isManner('signature', value), false, value);
});

it('credentials are sent or not, which is no secret', () => {
  for (const value of ['include', 'omit', 'same-origin']) {
    assert.equal(isManner('credentials', value), true, value);
    for (const [name, other] of [
      ['password', value],
      ['credentials', `${value}d`],
      ['credentials', `x${value}`],
    ] as const)
      assert.equal(isManner(name, other), false, `${name} ${other}`);
  }
  assert.equal(isManner('request_signature', 'RS256'), true);
});

it('a label is of words, which are of more than a few letters each', () => {
  for (const [text, are] of [
    ['AccessTokenProvider', true],
    ['abcdIjkl', true],
    ['abIj', false],
    ['ab', true],
  ] as const)
    assert.equal(isOfWords(text), are, text);
  for (const [key, is] of [
    ['address 12', true],
    ['Stadt', true],
    ['address 1234', false],
    ['address!', false],
    ['abIj', false],
  ] as const)
    assert.equal(isLabel(key), is, key);
});
