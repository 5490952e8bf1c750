import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { qrCode } from '../../../src/core/flowView/qrCode.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { machineProfile } from '../../support/profiles.ts';
import { picturePath, readQrCode } from '../../support/readQrCode.ts';

const issuer = 'https://login.example.com/realms/orders';
const deviceProfile = (over: Partial<Profile> = {}): Profile => machineProfile({ issuer, ...over });

const read = (uri: string, profile = deviceProfile()) => {
  const { path = '', size = 0, ...said } = qrCode(uri, profile);
  return { ...said, size, path, says: path === '' ? undefined : readQrCode(picturePath(path, size)) };
};

describe('the QR code of a page where a code is typed', () => {
  for (const [what, uri] of [
    ['a page with the code in it', 'https://login.example.com/device?user_code=WDJB-MJHT'],
    ['a short one', 'https://login.example.com/d'],
    ['one at a host below the server’s', 'https://device.login.example.com/activate'],
    ['one at a host above the server’s', 'https://example.com/activate?c=1%202&d=%C3%A9'],
    ['the longest one', `https://login.example.com/${'Aa1-'.repeat(70)}`.slice(0, 300)],
  ] as const)
    it(`is read by another decoder as the address: ${what}`, () => {
      const { says, address, note } = read(uri);
      assert.equal(says, uri);
      assert.equal(address, uri);
      assert.match(note, /^Scan it with a phone/);
    });

  it('has nothing but white in the four squares round it', () => {
    const { path, size } = read('https://login.example.com/device?user_code=WDJB-MJHT');
    const { data, width } = picturePath(path, size, 1);
    const dark = Array.from({ length: size * size }, (_, at) => at).filter((at) => data[at * 4] === 0);
    const beyond = dark.filter((at) =>
      [at % width, Math.floor(at / width)].some((place) => place < 4 || place >= size - 4),
    );
    assert.ok(dark.length > 100);
    assert.deepEqual(beyond, []);
  });

  it('is of the address as a browser reads it, so that what is read out is what is opened', () => {
    const { says, address } = read('https://LOGIN.example.com/dévice\n?code=\u202e1');
    assert.equal(address, 'https://login.example.com/d%C3%A9vice?code=%E2%80%AE1');
    assert.equal(says, address);
  });

  for (const [what, uri] of [
    ['at another server', 'https://evil.example/device?user_code=WDJB-MJHT'],
    ['at a host that only begins like it', 'https://login.example.com.evil.example/'],
    ['at a host that only ends like it', 'https://evillogin.example.com/'],
    ['at a host that has the server’s before an @', 'https://login.example.com@evil.example/'],
    ['at a top-level domain', 'https://com/'],
  ] as const)
    it(`is not drawn of a page ${what}`, () => {
      const { path, note } = read(uri);
      assert.equal(path, '');
      assert.match(note, /^No QR code is drawn: /);
    });

  for (const [what, uri] of [
    ['javascript', 'javascript:alert(1)//login.example.com'],
    ['an app', 'tel:+491234567'],
    ['Wi-Fi', 'WIFI:S:login.example.com;T:WPA;P:x;;'],
    ['data', 'data:text/html,<script>1</script>'],
    ['a file', 'file://login.example.com/etc/passwd'],
    ['plain http', 'http://login.example.com/device'],
    ['a user and a password', 'https://user:password@login.example.com/device'],
    ['no URL', 'login.example.com/device'],
    ['nothing', ''],
    ['too long', `https://login.example.com/${'x'.repeat(280)}`],
    ['too long once encoded', `https://login.example.com/${'é'.repeat(100)}`],
    ['a megabyte', `https://login.example.com/${'x'.repeat(1_000_000)}`],
  ] as const)
    it(`is not drawn of what is no web page of the server: ${what}`, () => {
      const { path, note, address } = read(uri);
      assert.equal(path, '');
      assert.equal(address, undefined);
      assert.match(note, /^No QR code is drawn: .{10,400}$/);
    });

  it('is of this computer’s own server, and says that a telephone does not reach it', () => {
    const uri = 'http://127.0.0.1:5555/device?user_code=WDJB-MJHT';
    const { says, note } = read(uri, deviceProfile({ issuer: 'http://127.0.0.1:5555' }));
    assert.equal(says, uri);
    assert.match(note, /on this computer only/);
  });

  it('is of a server that has no issuer, but endpoints', () => {
    const uri = 'https://github.example/login/device';
    const profile = parseProfile({
      ...{ id: 'hub', grant: 'device_code', clientId: 'hub', clientAuthentication: 'none' },
      tokenEndpoint: 'https://github.example/login/oauth/access_token',
      deviceAuthorizationEndpoint: 'https://github.example/login/device/code',
    });
    assert.ok('profile' in profile);
    assert.equal(read(uri, profile.profile).says, uri);
  });
});
