import { describe, it } from 'node:test';
import { findLeaks } from '../../../src/core/leaks/findLeaks.ts';
import { assertLinear } from './linear.ts';

/** What secrets in files begin with, and what the shapes of all readers do not have. */
const hostile = [
  'eyJ',
  'eyJa.',
  'client_secret',
  'client_secret=',
  'refresh token',
  'Bearer ',
  '"',
  ' secret:',
  'secret-',
  'a'.repeat(70),
  'access_token',
  'ghp_',
  'ghp_a1',
  '1//0',
  'secret: |\n  ',
  'secret: &a !b ',
  '--secret",',
  'Authorization: token ',
  'Basic ',
  'Basic YTpi ',
  'Authorization: Basic ',
  'Authorization: Basic a b\n',
  'Basic a:',
  'credentials: ',
  'credentials: secret',
  '("client_secret",',
  'name="client_secret"\n',
  '; name="client_secret"\nContent-Type: x\n\n',
  'value": "a", "key": "secret',
  'value: a\nname: A_SECRET\n',
  '"value" "key": "secret',
  '"key": "secret", "type": "x",',
  "['secret'] ",
  ' -u a:b',
  ' -u a:',
  'curl a ',
  'http -u ',
  '--token ',
  '--client-secret a ',
  '://a.azurewebsites.net/x?a=1&',
  '://a:',
  '----',
  '?sig=a',
  'client_secret%3D',
  'AUTH_',
  'AUTH_SECRET_',
  'ewog.',
  'SECRET\n  ',
  'X-API-KEY\nvalue',
  '-----BEGIN PRIVATE KEY-----',
  `-----BEGIN PRIVATE KEY-----${'A'.repeat(40)}`,
  'x',
  '.',
];

describe('a file that is looked at for secrets', () => {
  for (const piece of hostile)
    it(`is read in linear time: ${JSON.stringify(piece.slice(0, 40))} over and over`, () =>
      assertLinear(piece, (length) => piece.repeat(length / piece.length), findLeaks, 800_000));
});
