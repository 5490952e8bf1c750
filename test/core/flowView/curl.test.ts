import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { curl } from '../../../src/core/flowView/export/curl.ts';
import { redactExchange } from '../../../src/core/http/redact.ts';
import type { RecordedRequest } from '../../../src/core/record/exchange.ts';
import { exchange, form, json } from './samples.ts';

/** A request as it is exported when the user did not ask for its secrets. */
function redacted(over: Partial<RecordedRequest>): string {
  const request = { method: 'POST', url: 'https://as.example.com/token', headers: form, ...over };
  return curl(redactExchange(exchange({ id: 1, purpose: 'token', leg: 'extension', request })), 'variables');
}

describe('a redacted curl command', () => {
  it('has a variable for every secret parameter, not the end of its value', () => {
    const names = { assertion: 'ASSERTION', token: 'TOKEN', client_assertion: 'CLIENT_ASSERTION' };
    for (const [name, variable] of Object.entries(names)) {
      const command = redacted({
        body: new URLSearchParams({ [name]: 'a-secret-value-0123456789' }).toString(),
      });
      assert.ok(command.includes(`--data-urlencode "${name}=$${variable}"`), command);
      assert.doesNotMatch(command, /…|456789/);
    }
  });

  it('has one for a secret in the query, and leaves the rest of the URL', () => {
    const command = redacted({
      method: 'GET',
      url: 'https://api.example.com/it%27s?access_token=a-secret-value-0123456789&a=b&apiKey=0123456789abcdef#top',
    });
    assert.equal(
      command.split(' \\\n')[0],
      `curl 'https://api.example.com/it%27s?access_token='"$ACCESS_TOKEN"'&a=b&apiKey='"$API_KEY"'#top'`,
    );
  });

  it('has one in JSON, by whatever spelling its name has', () => {
    const command = redacted({
      headers: json,
      body: '{"grant":"it\'s","refreshToken":"a-secret-value-0123456789","subject_token" : "0123456789abcdef"}',
    });
    assert.match(command, /"refreshToken":"'"\$REFRESH_TOKEN"'","subject_token" : "'"\$SUBJECT_TOKEN"'"\}'$/);
  });

  it('keeps the scheme of the credentials', () => {
    const line = (name: string, value: string) =>
      redacted({ method: 'GET', headers: [[name, value]] })
        .split('\n')[1]
        ?.trim();
    assert.equal(
      line('Authorization', 'DPoP a-secret-value-0123456789'),
      '-H "Authorization: DPoP $ACCESS_TOKEN"',
    );
    assert.equal(
      line('authorization', 'Bearer a-secret-value-0123456789'),
      '-H "authorization: Bearer $ACCESS_TOKEN"',
    );
    assert.equal(line('Authorization', 'Basic YTpi'), '-u "$CLIENT_ID:$CLIENT_SECRET"');
    assert.equal(line('Authorization', 'a-secret-value-0123456789'), '-H "Authorization: $AUTHORIZATION"');
    assert.equal(line('Authorization', '$(id) a-secret-value'), '-H "Authorization: $AUTHORIZATION"');
  });

  it('has one for cookies and proofs', () => {
    const command = redacted({
      headers: [
        ['cookie', 'sid=0123456789abcdef'],
        ['DPoP', 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'],
      ],
    });
    assert.match(command, /-H "cookie: \$COOKIE" \\\n {2}-H "DPoP: \$DPOP"$/);
  });

  it('says that its body is not whole', () => {
    assert.match(
      redacted({ body: 'a=b', omitted: 12 }),
      /^# The body had 12 characters more, which were not kept\.\ncurl /,
    );
  });
});
