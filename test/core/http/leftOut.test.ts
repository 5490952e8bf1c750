import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isLeftOut } from '../../../src/core/http/leftOut.ts';

it('what others are to put in is told from what was put in', () => {
  for (const value of [
    ...[
      '<your-secret>',
      '<YOUR_API_KEY_HERE>',
      '<token>',
      '<jwt>',
      '<client secret for the mail account here>',
    ],
    ...['your-secret', 'your_client_secret_here', 'YOUR_CLIENT_SECRET', 'your key', 'your-google_api key'],
    ...['{{secret}}', '{{ db.password }}', '${{ secrets.A_B }}', '${SECRET}', '${a.b_1}', '{{SECRET_2}}'],
    ...[
      '$CLIENT_SECRET',
      '%DB_PASSWORD%',
      '$env:API_KEY',
      '$DB_PASS1',
      '$CLIENT_SECRET_12',
      '$token',
      '%TOKEN%',
    ],
    ...['$dbPassword', '$client_secret', '$secret1', 'Bearer <token>', 'bearer {{token}}', 'Basic ${AUTH}'],
    ...['<here your secret>', '<a token of mine>', `<${'your '.repeat(30)}secret>`],
  ])
    assert.equal(isLeftOut(value), true, value);
  for (const value of [
    ...[
      '',
      '<',
      '<>',
      '<hunter>',
      '<hunter2>',
      '<yourself>',
      '<jwtx>',
      '<notyour>',
      '<token>x',
      'x<token>',
      '< token>',
    ],
    ...[
      'your',
      'yours',
      'yoursecret',
      'your-dog',
      'your-secret-dog',
      'your-',
      'your-here',
      'my your-secret',
      'your-secret2',
    ],
    ...[
      '$SUMMER_24',
      '%HELLO_WORLD',
      'your-secret-therehere',
      'your-secret-hereby',
      '{{hunter2}}',
      '{{}}',
      '{secret}',
      '${hunter2}',
      '${}',
      'x{{secret}}',
      '{{secret}}x',
    ],
    ...[
      '$UMMER2024',
      '$UMMER',
      '$hunter',
      '$CLIENT_SECRET_123',
      '$Password1',
      '%Winter1',
      '$token2x',
      'x$TOKEN',
      '$TOKEN%x',
    ],
    ...['{{SECRET_22}}', 'Bearer', 'Bearer x', 'xBearer <token>', 'Bearer<token>', 'a your-secret'],
  ])
    assert.equal(isLeftOut(value), false, value);
});
