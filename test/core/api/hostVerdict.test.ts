import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hostVerdict } from '../../../src/core/api/hostVerdict.ts';
import { machineProfile } from '../../support/profiles.ts';

it('a host is where the token is for only when it is that very host, not when its name ends like it', () => {
  const tokens = { access_token: 'a', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} };
  for (const place of ['example.com', 'https://example.com', 'https://example.com/api']) {
    const profile = machineProfile({ audience: place });
    const verdict = (url: string) => hostVerdict(url, profile, tokens).kind;
    assert.equal(verdict('https://example.com/orders'), 'known', place);
    for (const other of [
      'https://evil-example.com/orders',
      'https://evilexample.com/',
      'https://example.com.evil.test/',
      'https://evil.test/example.com',
      'https://example.com@evil.test/',
    ])
      assert.equal(verdict(other), 'ask', `${place} is not ${other}`);
  }
});

it('why a host is known, and else what the token is for', () => {
  const tokens = { access_token: 'a', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} };
  const url = 'https://api.example.com:8443/orders';
  const of = (audience: string | undefined, extra = {}, used?: readonly string[]) =>
    hostVerdict(url, machineProfile(audience === undefined ? {} : { audience }), { ...tokens, extra }, used);
  for (const place of ['api.example.com', 'api.example.com:8443', 'HTTPS://api.example.com:8443'])
    assert.equal(of(place).kind, 'known', place);
  for (const place of ['api.example.com:443', 'see https://api.example.com:8443', '', 'https://'])
    assert.equal(of(place).kind, 'ask', place);
  assert.deepEqual(of(undefined), {
    ...{ kind: 'ask', origin: 'https://api.example.com:8443' },
    why: 'Nothing in the token or the profile names this host.',
  });
  assert.equal(of(undefined, { instance_url: 'https://x.test' }).why, 'The token is for https://x.test.');
  for (const instance_url of [1, ['https://api.example.com:8443'], 'blob:https://api.example.com:8443/1'])
    assert.equal(of(undefined, { instance_url }).kind, 'ask');
  assert.equal(of(undefined, {}, ['https://api.example.com:8443']).why, 'The token was sent there before.');
  const aud = ['https://a.test', 'https://b.test', 'https://c.test', 'https://d.test'];
  const jwt = `${['{"alg":"none"}', JSON.stringify({ aud })].map((part) => Buffer.from(part).toString('base64url')).join('.')}.`;
  assert.equal(
    hostVerdict(url, machineProfile(), { ...tokens, access_token: jwt }).why,
    'The token’s audience is https://a.test, https://b.test, https://c.test.',
  );
});

it('without a token, the profile alone says for whom one would be', () => {
  const of = (url: string) =>
    hostVerdict(url, machineProfile({ resource: ['https://api.example.com'], audience: '' }), undefined);
  assert.equal(of('https://api.example.com/orders').why, 'The profile asks for a token for it.');
  assert.equal(of('https://other.example.com/').why, 'Nothing in the token or the profile names this host.');
  assert.equal(of('file:///etc/hosts').kind, 'ask');
});
