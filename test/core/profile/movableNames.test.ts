import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pinnedFetch } from '../../../src/core/http/pinnedFetch.ts';
import { proxyFor } from '../../../src/core/http/proxyFor.ts';
import { secureUrl } from '../../../src/core/http/secureUrl.ts';
import { mcpUrlProblem } from '../../../src/core/mcp/serverUrl.ts';
import { leadsHome } from '../../../src/core/oauth/leadsHome.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { isLoopbackHost } from '../../../src/core/profile/loopbackHost.ts';
import { redirectUriProblem, redirectWay, urlProblem } from '../../../src/core/profile/urls.ts';

/** Names that the DNS answers with an address of this machine or its network, as it says today. */
const movable = [
  'lvh.me',
  'app.lvh.me',
  'localtest.me',
  'readme.localtest.me',
  '127.0.0.1.nip.io',
  '127-0-0-1.nip.io',
  'app.127.0.0.1.sslip.io',
  '10.0.0.1.nip.io',
  '7f000001.nip.io',
  'localhost.direct',
  'vcap.me',
  'lacolhost.com',
  'local.gd',
  'localhost.example.com',
  '127.0.0.1.example.com',
];

describe('a public name that leads to this machine', () => {
  for (const host of movable)
    it(`is not this machine: ${host}`, async () => {
      assert.equal(isLoopbackHost(host), false);
      // Nothing goes there over plain http, whoever names it.
      assert.throws(
        () => secureUrl(`http://${host}:8080/token`, 'token'),
        (error) => error instanceof FailureError && error.failure.kind === 'insecure_url',
      );
      for (const field of ['issuer', 'tokenEndpoint'])
        assert.match(urlProblem(field, `http://${host}:8080`) ?? '', /must begin with https/);
      assert.match(mcpUrlProblem(`http://${host}/mcp`) ?? '', /use https/);
      // No listener waits for it, and no browser carries a code there.
      assert.match(redirectUriProblem(`http://${host}:8484/callback`) ?? '', /leads to another machine/);
      assert.notEqual(redirectWay(`https://${host}:8484/callback`), 'loopback');
      // No certificate is trusted there by its fingerprint alone, and a proxy stays between.
      const asked: unknown[] = [];
      const fetch = (url: unknown) => (asked.push(url), Promise.resolve(new Response()));
      await pinnedFetch('AB:CD', fetch)(`https://${host}/`);
      assert.deepEqual(asked, [`https://${host}/`]);
      assert.equal(
        proxyFor(new URL(`https://${host}/`), { https_proxy: 'http://proxy:1' }),
        'http://proxy:1',
      );
      // It is as far as any: its certificate decides, and its issuer may not lead to what really is here.
      assert.equal(leadsHome('https://as.example.com', `https://${host}/token`), false);
      assert.equal(leadsHome(`https://${host}`, 'https://127.0.0.1/token'), true);
    });
});
