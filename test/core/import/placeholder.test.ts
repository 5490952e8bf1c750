import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeholderIn, resolve } from '../../../src/core/import/placeholder.ts';
import { open } from './planned.ts';

describe('placeholders', () => {
  it('are what a tag of YAML says where to take from', () => {
    for (const [id, secret] of [
      ['!secret oauth_id', '!secret oauth_secret'],
      ['!ENV ${ID}', '!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3233'],
      ['!Ref ClientId', "!Sub '${Secret}'"],
    ] as const) {
      const {
        profile,
        problems,
        secret: kept,
      } = {
        secret: undefined,
        ...open(`client_id: ${id}\ntoken_url: https://a.example/t\nclient_secret: ${secret}\n`, 'a.yaml'),
      } as Record<string, unknown>;
      assert.equal(kept, undefined, secret);
      assert.match(JSON.stringify([profile, problems]), /placeholder/, id);
    }
  });

  it('are recognised as tools and people write them', () => {
    for (const text of [
      '{{clientId}}',
      '{{ _.client_id }}',
      '<<clientId>>',
      '${MY_ID}',
      '${Your Client ID}',
      '%CLIENT_ID%',
      '$CLIENT_ID',
      '$env:CLIENT_ID',
      '<your id>',
      'YOUR_CLIENT_ID',
      'yourClientId',
      'your-client-secret',
      'changeme',
      'CHANGE_ME',
      'xxxxxxxx',
      '********',
      '...',
      '[client id]',
      'process.env.CLIENT_ID',
      '${input:secret}',
      '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)',
      'https://your-tenant.auth0.com',
      'https://{tenant}.example.com/token',
      'https://$HOST/token',
      'https://%HOST%/token',
      'https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token',
      '{% response "body" %}',
      '__CLIENT_ID__',
      '__SECRET__',
      '@client.id@',
      '@@SECRET@@',
    ])
      assert.notEqual(placeholderIn(text), undefined, text);
  });

  it('are not seen in values', () => {
    for (const text of [
      'my-client',
      'b#c;',
      'pa$$word',
      'a%2Bb%20c',
      'https://as.example.com/a%20b/token',
      's6BhdRkqt3',
      'a{b}c$d',
      'x{3}',
      '1234-youre',
      'sb-app!t123|abap!b1',
      'GOCSPX-abc_def',
      '$2b$10$N9qo8uLOickgx2ZMRZoMye',
      'openid profile api://my-app/.default',
      // What demos and samples call their clients.
      ...['x-api', 'test', 'client', 'my-app', 'demo', 'web', 'todo-app', 'todo.api', 'TodoListClient'],
    ])
      assert.equal(placeholderIn(text), undefined, text);
  });

  it('are replaced from the file’s own variables, and never without end', () => {
    const variables = new Map([
      ['host', 'a.example'],
      ['url', 'https://{{host}}/t'],
      ['loop', '{{loop}}{{loop}}'],
    ]);
    assert.equal(resolve('<<url>>', variables), 'https://a.example/t');
    assert.equal(resolve('${missing:other}/${host}', variables), 'other/a.example');
    assert.ok(resolve('{{loop}}', variables).length < 100_000);
  });

  it('are put in up to a million characters, and stay as they are beyond', () => {
    const text = resolve('{{a}}'.repeat(4000), new Map([['a', 'x'.repeat(10_000)]]));
    assert.equal(text, 'x'.repeat(1_000_000) + '{{a}}'.repeat(3900));
  });

  it('open the form with the field named and store nothing', () => {
    for (const [id, secret] of [
      ['{{clientId}}', '{{clientSecret}}'],
      ['<<id>>', '<<secret>>'],
      ['${MY_ID}', '${MY_SECRET}'],
      ['${Your Client ID}', 'YOUR_CLIENT_SECRET'],
      ['%ID%', '%SECRET%'],
    ]) {
      const one = open(
        `CLIENT_ID=${id ?? ''}\nCLIENT_SECRET=${secret ?? ''}\nTOKEN_URL=https://as.example.com/token`,
      );
      assert.equal(one.secret, undefined);
      assert.equal(one.entry['clientId'], undefined);
      assert.match(one.problems.join('\n'), /clientId holds the placeholder/);
      assert.match(one.problems.join('\n'), /client secret holds the placeholder/);
      assert.ok(!JSON.stringify(one.entry).includes(id ?? ''));
    }
  });
});
