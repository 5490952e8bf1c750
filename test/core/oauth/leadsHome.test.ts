import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { leadsHome } from '../../../src/core/oauth/leadsHome.ts';
import { grantOf } from '../../../src/core/grants/all.ts';
import { serverMetadata } from '../../../src/core/oauth/serverMetadata.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { machineProfile } from '../../support/profiles.ts';

const remote = 'https://as.example.com';
const homes = [
  'http://127.0.0.1:8080/token',
  'http://127.9.9.9/token',
  'https://localhost/token',
  'https://localhost./token',
  'https://a.localhost/token',
  'https://[::1]/token',
  'https://[::ffff:127.0.0.1]/token',
  'https://[::ffff:10.0.0.1]/token',
  'https://0.0.0.0/token',
  'https://2130706433/token',
  'https://0x7f.1/token',
  'https://10.1.2.3/token',
  'https://172.31.0.1/token',
  'https://192.168.1.1/token',
  'https://169.254.169.254/latest',
  'https://[fd00::1]/token',
  'https://[fe80::1]/token',
  // Addresses of version 4 within those of version 6: RFC 4291, RFC 6052, RFC 3056.
  'https://[::127.0.0.1]/token',
  'https://[64:ff9b::127.0.0.1]/token',
  'https://[64:ff9b::10.0.0.1]/token',
  'https://[64:ff9b:1::a9fe:a9fe]/token',
  'https://[2002:7f00:1::]/token',
  'https://[2002:c0a8:101::1]/token',
  'https://[fec0::1]/token',
  'https://[ff02::1]/token',
  'https://224.0.0.1/token',
  'https://255.255.255.255/token',
  'https://１２７.0.0.1/token',
  'https://ⓛocalhost/token',
  'https://127。0。0。1/token',
  // Names that no one outside can own: RFC 6761, RFC 6762, RFC 8375.
  'https://LOCALHOST../token',
  'https://localhost.localdomain/token',
  'https://ip6-localhost/token',
  // As Fedora’s and Red Hat’s hosts files have them, and as Podman calls the machine.
  'https://localhost4.localdomain4/token',
  'https://localhost6.localdomain6/token',
  'https://host.containers.internal/token',
  'https://host.docker.internal/token',
  'https://metadata.google.internal/computeMetadata/v1/',
  'https://metadata.google.internal./token',
  'https://router.local/token',
  'https://nas.home.arpa/token',
  'https://intranet/token',
  // Names that are delegated to nobody, of routers, companies and clusters.
  'https://router.lan/token',
  'https://router.home/token',
  'https://idp.corp/token',
  'https://idp.intranet/token',
  'https://kubernetes.default.svc/token',
  // What is no one's in the Internet, where clouds keep the credentials of a machine: RFC 6890, RFC 2544, RFC 2765.
  'https://192.0.0.192/opc/v2/',
  'https://168.63.129.16/machine',
  'https://198.18.0.1/token',
  'https://198.19.255.255/token',
  'https://[::ffff:0:127.0.0.1]/token',
  'https://[::ffff:0:169.254.169.254]/token',
];

describe('metadata of a server elsewhere', () => {
  it('leads home with an address of this computer or its network, in any spelling', () => {
    for (const home of homes) assert.equal(leadsHome(remote, home), true, home);
    for (const away of [
      'https://172.32.0.1/',
      'https://11.0.0.1/',
      'https://168.63.129.17/',
      'https://192.0.1.1/',
      'https://198.20.0.1/',
      'https://lan.example.com/',
      'https://corp.example/',
      'https://api.example.com/',
      'https://api.example.com./',
      'https://internal.example.com/',
      'https://[64:ff9b::8.8.8.8]/',
      'https://[2002:808:808::1]/',
      'https://[2606:4700::1]/',
      'https://localhost.example.com/',
      'no url',
    ])
      assert.equal(leadsHome(remote, away), false, away);
    assert.equal(leadsHome('http://localhost:1', 'http://127.0.0.1:2/token'), false);
    assert.equal(leadsHome('https://10.0.0.1', 'https://192.168.0.1/token'), false);
    assert.equal(leadsHome('https://10.0.0.1', 'http://127.0.0.1/token'), true);
  });

  it('cannot have a flow send anything there', async () => {
    for (const home of homes) {
      const look = (over: object, profile = machineProfile({ issuer: remote })) =>
        serverMetadata(
          profile,
          {
            clock: systemClock,
            trace: new Trace(),
            metadata: new MetadataCache(),
            fetch: () => () =>
              Promise.resolve(Response.json({ issuer: remote, token_endpoint: `${remote}/token`, ...over })),
          },
          grantOf(profile),
        );
      await assert.rejects(look({ token_endpoint: home }), /nothing was sent to it/);
      const { server } = await look({
        revocation_endpoint: home,
        pushed_authorization_request_endpoint: home,
        jwks_uri: home,
        introspection_endpoint: `${remote}/introspect`,
      });
      assert.equal(server.revocation_endpoint, undefined);
      assert.equal(server.pushed_authorization_request_endpoint, undefined);
      assert.equal(server.jwks_uri, undefined);
      assert.equal(server.introspection_endpoint, `${remote}/introspect`);
    }
  });
});
