import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shellCommands } from '../../../src/core/import/shellWords.ts';
import { asCurl, asHeader, claimPath } from '../../../src/core/token/copyAs.ts';
import { compareText } from '../../../src/core/token/compareText.ts';
import { decodeToken } from '../../../src/core/token/decode.ts';
import { readTokens, type ProfileTokens } from '../../../src/core/token/reading.ts';
import { scopeComparison } from '../../../src/core/token/scopesView.ts';
import { tokenView } from '../../../src/core/token/tokenView.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { machineProfile } from '../../support/profiles.ts';

const part = (json: string) => Buffer.from(json).toString('base64url');
const jwt = (payload: string) => `${part('{"typ":"JWT","alg":"RS256"}')}.${part(payload)}.c2lnbmF0dXJl`;

function held(token: string, profile: Profile = machineProfile(), type = 'Bearer'): ProfileTokens {
  const tokens = { access_token: token, token_type: type, received_at: 0, requested_scopes: [], extra: {} };
  return { kind: 'profile', profile, tokens };
}

describe('a token copied for a request', () => {
  const token = jwt('{"aud":["orders","https://api.example.com/v1"]}');

  it('is the header the profile’s APIs want', () => {
    assert.equal(asHeader(readTokens(held(token))), `Authorization: Bearer ${token}`);
    const other = machineProfile({ tokenHeader: 'X-Access-Token' });
    assert.equal(asHeader(readTokens(held(token, other))), `X-Access-Token: ${token}`);
    const pasted = readTokens({ kind: 'text', text: token, from: 'the clipboard' });
    assert.equal(asHeader(pasted), `Authorization: Bearer ${token}`);
  });

  it('is not offered where it is bound to a key, or where there is none', () => {
    for (const input of [
      held(token, machineProfile(), 'DPoP'),
      { kind: 'text', text: 'hello world', from: '' },
    ] as const) {
      const reading = readTokens(input);
      assert.equal(asHeader(reading), undefined);
      assert.equal(asCurl(reading), undefined);
      assert.equal(tokenView(reading, { now: 0, signatures: {} }).copiesAsHeader, false);
    }
  });

  it('is a command that a shell reads as it was meant, whatever is in the token', () => {
    for (const text of [token, `it's $(touch /tmp/x) "quoted" \\ end`]) {
      const [words] = shellCommands(asCurl(readTokens(held(text))) ?? '', 'posix');
      assert.deepEqual(words?.slice(0, 3), ['curl', '-H', `Authorization: Bearer ${text}`]);
    }
  });

  it('goes to the API the token is for', () => {
    assert.match(asCurl(readTokens(held(token))) ?? '', /'https:\/\/api\.example\.com\/v1'$/);
    const resource = machineProfile({ resource: ['https://orders.example.com/'] });
    assert.match(asCurl(readTokens(held(token, resource))) ?? '', /'https:\/\/orders\.example\.com\/'$/);
    assert.match(asCurl(readTokens(held('opaque'))) ?? '', /'https:\/\/api\.example\.com\/'$/);
  });

  it('has paths to its claims', () => {
    assert.equal(claimPath('realm_access'), '$.realm_access');
    assert.equal(claimPath('https://example.com/"role"'), '$["https://example.com/\\"role\\""]');
  });
});

describe('a token as a text to compare', () => {
  it('has its members in order, moments with their date, numbers as they are spelled, and no signature', () => {
    const text = compareText(
      decodeToken(jwt('{"sub":"me","exp":1700000000,"big":9007199254740993,"aud":["a"]}')),
    );
    assert.equal(
      text,
      [
        '{',
        '  "header": {',
        '    "alg": "RS256",',
        '    "typ": "JWT"',
        '  },',
        '  "claims": {',
        '    "aud": [',
        '      "a"',
        '    ],',
        '    "big": 9007199254740993,',
        '    "exp": 1700000000, // 2023-11-14T22:13:20.000Z',
        '    "sub": "me"',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
    assert.equal(text.includes('c2lnbmF0dXJl'), false);
    assert.equal(compareText(decodeToken('opaque-token')), '// opaque, 12 characters\n');
    assert.match(compareText(decodeToken(jwt('{"exp":1e300}'))), /"exp": 1e\+?300\n/);
  });
});

it('says of a pasted token that nobody knows what was asked for', () => {
  const text = jwt('{"scope":"orders.read"}');
  const asked = (input: Parameters<typeof readTokens>[0]) =>
    scopeComparison(readTokens(input))?.view.rows.map((row) => row.asked);
  assert.deepEqual(asked({ kind: 'text', text, from: '' }), ['unknown']);
  assert.deepEqual(asked(held(text)), ['no']);
});
