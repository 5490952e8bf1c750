import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { issuerOfDocument } from '../../../src/core/profile/issuerOfDocument.ts';

const openid = '.well-known/openid-configuration';
const oauth = '.well-known/oauth-authorization-server';

describe('the issuer of a discovery document', () => {
  const cases: readonly (readonly [string, string])[] = [
    [`https://as.example.com/${openid}`, 'https://as.example.com'],
    [`https://as.example.com/${oauth}`, 'https://as.example.com'],
    [`https://as.example.com:8443/${openid}/`, 'https://as.example.com:8443'],
    [`https://as.example.com/${oauth}/`, 'https://as.example.com'],
    [`https://kc.example.com/realms/a/${openid}`, 'https://kc.example.com/realms/a'],
    [`https://kc.example.com/realms/a/${openid}/`, 'https://kc.example.com/realms/a'],
    [`https://kc.example.com/realms/a/${oauth}`, 'https://kc.example.com/realms/a'],
    [`https://kc.example.com/${oauth}/realms/a`, 'https://kc.example.com/realms/a'],
    [`https://kc.example.com/${oauth}/realms/a/`, 'https://kc.example.com/realms/a'],
    [`https://kc.example.com/${openid}/realms/a`, 'https://kc.example.com/realms/a'],
    [`https://kc.example.com/realms/a/${openid}?client_id=1#top`, 'https://kc.example.com/realms/a'],
    [`https://as.example.com/${oauth}/t?x=/y`, 'https://as.example.com/t'],
    [`  https://as.example.com/${openid} \r\n`, 'https://as.example.com'],
    [`http://127.0.0.1:3000/${openid}`, 'http://127.0.0.1:3000'],
    [`http://[::1]:3000/t/${openid}`, 'http://[::1]:3000/t'],
    [`HTTPS://AS.example.com/${openid}`, 'HTTPS://AS.example.com'],
    [`http://as.example.com/${oauth}/t`, 'http://as.example.com/t'],
    [`http://as.example.com/${openid}/t`, 'http://as.example.com/t'],
    [`https://as.example.com/p/${openid}/t`, 'https://as.example.com/p'],
    [`https://as.example.com/p/${oauth}/t`, 'https://as.example.com/p/t'],
    [`as.example.com/t/${openid}`, 'as.example.com/t'],
    [`https://as.example.com/T%20x/ü/${openid}`, 'https://as.example.com/T%20x/ü'],
  ];
  for (const [address, issuer] of cases)
    it(`${JSON.stringify(address)} is ${issuer}`, () => assert.equal(issuerOfDocument(address), issuer));

  for (const other of [
    '',
    'https://as.example.com',
    'https://as.example.com/.well-known/',
    'https://a.b/openid-configuration',
    'https://a.b/oauth-authorization-server',
    'https://as.example.com/.well-known/jwks.json',
    'https://as.example.com/.well-known/openid-configuration.json',
    'https://as.example.com/.well-known/openid-config',
    'https://as.example.com/.well-known/oauth-protected-resource',
    `https://as.example.com/?next=/${openid}`,
    `https://as.example.com/#/${openid}`,
    `/${openid}`,
    `https:///${openid}`,
  ])
    it(`${JSON.stringify(other.slice(0, 80))} is none`, () =>
      assert.equal(issuerOfDocument(other), undefined));

  it('is looked for in 4,096 characters, and in no more', () => {
    const issuer = (length: number) => `https://as.example.com/${'a'.repeat(length - 56)}`;
    assert.equal(issuerOfDocument(`${issuer(4096)}/${openid}`), issuer(4096));
    assert.equal(issuerOfDocument(`${issuer(4097)}/${openid}`), undefined);
  });
});
