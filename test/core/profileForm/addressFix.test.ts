import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { urlProblem } from '../../../src/core/profile/urls.ts';
import { addressFix } from '../../../src/core/profileForm/addressFix.ts';

describe('the address that was meant', () => {
  const cases: readonly (readonly [field: string, typed: string, meant: string])[] = [
    ['issuer', 'login.example.com', 'https://login.example.com'],
    ['issuer', ' login.example.com/tenant ', 'https://login.example.com/tenant'],
    ['issuer', 'login.example.com:8443', 'https://login.example.com:8443'],
    ['issuer', '//login.example.com', 'https://login.example.com'],
    ['issuer', 'http://login.example.com', 'https://login.example.com'],
    ['issuer', 'HTTP://login.example.com/', 'https://login.example.com/'],
    ['issuer', 'HTTPS://login.example.com', 'https://login.example.com'],
    ['issuer', 'https:/login.example.com', 'https://login.example.com'],
    ['issuer', 'https:login.example.com', 'https://login.example.com'],
    ['issuer', 'https//login.example.com', 'https://login.example.com'],
    ['issuer', 'http://login.example.com:80/x', 'https://login.example.com/x'],
    ['issuer', 'http://10.0.0.5:8080', 'https://10.0.0.5:8080'],
    ['issuer', 'http.example.com', 'https://http.example.com'],
    ['issuer', 'xn--lschen-bxa.xn--p1ai', 'https://xn--lschen-bxa.xn--p1ai'],
    ['issuer', 'localhost:3000', 'http://localhost:3000'],
    ['issuer', '127.0.0.1:3000/realms/a', 'http://127.0.0.1:3000/realms/a'],
    ['issuer', '[::1]:3000', 'http://[::1]:3000'],
    ['issuer', 'http://login.example.com/.well-known/openid-configuration', 'https://login.example.com'],
    ['issuer', 'https://login.example.com/.well-known/openid-configuration', 'https://login.example.com'],
    ['tokenEndpoint', 'login.example.com/oauth2/token', 'https://login.example.com/oauth2/token'],
    ['tokenEndpoint', 'http://login.example.com/token?api=2', 'https://login.example.com/token?api=2'],
  ];
  for (const [field, typed, meant] of cases)
    it(`of ${field} “${typed}” is ${meant}`, () => {
      assert.deepEqual(addressFix(field, typed), { label: `Use ${meant}`, value: meant });
      assert.equal(urlProblem(field, meant), undefined);
    });

  for (const typed of [
    '',
    '  ',
    'https://login.example.com',
    'http://localhost:3000',
    'login',
    'login.',
    'login.e',
    'login.example.',
    'login..com',
    'two words.com',
    'me@example.com',
    'http://user:pass@example.com',
    'ftp://login.example.com',
    'urn:example:as',
    'file:///etc/passwd',
    '{tenant}.example.com',
    'login.example.com?p=1',
    'login.example.com:99999',
    'login.example.com:https',
    `${'a.'.repeat(5000)}com`,
  ])
    it(`is not guessed for “${typed.slice(0, 40)}”`, () =>
      assert.equal(addressFix('issuer', typed), undefined));
});
