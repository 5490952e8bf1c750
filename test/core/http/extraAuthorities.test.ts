import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withExtraAuthorities } from '../../../src/core/http/extraAuthorities.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { startStandIn, type StandIn } from '../../support/servers/standIn.ts';

describe('the authorities of NODE_EXTRA_CA_CERTS', () => {
  const certificate = selfSignedCertificate();
  let server: StandIn;
  before(async () => {
    server = await startStandIn(
      ({ method, body }) => ({ status: 200, headers: {}, body: { method, body } }),
      {
        certificate,
        host: 'localhost',
      },
    );
  });
  after(() => server.close());

  const post = { method: 'POST', body: new URLSearchParams({ a: 'b' }) };

  it('are trusted where fetch trusts nobody', async () => {
    await assert.rejects(fetch(server.origin, post));
    const trusting = withExtraAuthorities(fetch, () => Promise.resolve(certificate.cert));
    const response = await trusting(server.origin, post);
    assert.deepEqual(await response.json(), { method: 'POST', body: 'a=b' });
  });

  it('do not vouch for the certificates of others', async () => {
    const other = withExtraAuthorities(fetch, () => Promise.resolve(selfSignedCertificate().cert));
    await assert.rejects(other(server.origin, post), /certificate|self-signed/);
  });

  it('are not read when there is no need, and when there are none fetch has the last word', async () => {
    const unread = () => Promise.reject(new Error('must not be read'));
    const answered = withExtraAuthorities(() => Promise.resolve(new Response('x')), unread);
    assert.equal(await (await answered(server.origin)).text(), 'x');
    const refused = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    const refusing = withExtraAuthorities(() => Promise.reject(refused), unread);
    await assert.rejects(refusing(server.origin), refused);
    const none = withExtraAuthorities(fetch, () => Promise.resolve(undefined));
    await assert.rejects(none(server.origin), TypeError);
  });
});
