import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Provider } from '../../../src/core/diagnose/provider.ts';
import { redirectAdvice } from '../../../src/core/profileForm/redirectAdvice.ts';

const provider = { name: 'Some server' } as Provider;
const here = { scheme: 'cursor', remote: false };
const advised = (uri: string, editor = here) => redirectAdvice(uri, provider, editor);

describe('the advice on a redirect URI', () => {
  for (const [uri, said] of [
    ['http://127.0.0.1/callback', /must accept any port for 127\.0\.0\.1/],
    ['http://127.0.0.1:8400/callback', /exactly this port/],
    [
      'https://localhost:8443/callback',
      /shown a certificate .* warns of it before the sign-in.*exactly this port/s,
    ],
    ['https://[::1]:8443/callback', /shown a certificate/],
    ['https://localhost/callback', /copy it from the address bar.*With a port, such as localhost:8443/s],
    ['https://app.example.com/callback', /copy it from the address bar.*gets the code as well/s],
    [
      'cursor://oauth-explorer.oauth-explorer/callback',
      /editor takes this address itself, in remote windows/,
    ],
    [
      'vscode://oauth-explorer.oauth-explorer/callback',
      /register cursor:\/\/oauth-explorer\.oauth-explorer\/callback/,
    ],
    ['com.example.app:/callback', /An application that owns this scheme/],
  ] as const)
    it(`says for ${uri} which string to register, and how it comes back`, () => {
      const { register, advice = [] } = advised(uri) ?? {};
      assert.equal(register, uri);
      assert.match(advice.join('\n'), said);
    });

  for (const uri of ['http://127.0.0.1/callback', 'https://127.0.0.1:8443/callback'])
    it(`offers for ${uri} in a remote window what arrives there: pasting, the editor's own address, the device grant`, () => {
      const { advice = [] } = advised(uri, { ...here, remote: true }) ?? {};
      assert.match(advice[0] ?? '', /another machine.*paste.*cursor:\/\/oauth-explorer.*device grant/);
    });

  it('says nothing of a certificate or of ports to an address elsewhere', () => {
    const { advice = [] } = advised('https://app.example.com:8443/callback') ?? {};
    assert.doesNotMatch(advice.join('\n'), /certificate|With a port/);
  });
});
