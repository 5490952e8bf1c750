import assert from 'node:assert/strict';
import { createServer as createHttpsServer } from 'node:https';
import { after, before, describe, it, type TestContext } from 'node:test';
import { decodeJwt } from 'jose';
import { profileFetch } from '../../../src/adapters/network.ts';
import { newCertificate } from '../../../src/core/authentication/newCertificate.ts';
import { certificateFacts } from '../../../src/core/http/tlsIdentity.ts';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { allOperations } from '../../../src/core/operations/all.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { claimFindings } from '../../../src/core/token/claimFindings.ts';
import { issuedCertificate, selfSignedCertificate } from '../../support/certificate.ts';
import { machineProfile } from '../../support/profiles.ts';
import { testCatalogue } from '../../support/providers.ts';
import {
  pemOf,
  serverCertificate,
  startCertificateProvider,
} from '../../support/servers/certificateProvider.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { listenOn } from './support/serve.ts';

const authority = { ...selfSignedCertificate({ name: 'Client Root', authority: true }), name: 'Client Root' };
const clientCertificate = issuedCertificate({ name: 'orders' }, authority);
const made = newCertificate(Date.now());

const trusting = { trustedCertificate: serverCertificate.fingerprint } as const;

function run(profile: Profile, stored: string): Promise<FlowReport> {
  const deps = flowDeps({ fetch: profileFetch(profile), secret: () => Promise.resolve(stored) });
  return runFlow('client_credentials', profile, deps);
}

function explained(report: FlowReport): string {
  return JSON.stringify(explainReport(report, testCatalogue, {}));
}

describe('a client certificate, at a server that asks for it', () => {
  let issuer: string;
  let asking: string;
  const ends: (() => Promise<void>)[] = [];
  before(async () => {
    ({ issuer, asking } = await startCertificateProvider(
      { after: (end) => ends.push(end) },
      { authority: authority.cert, own: made },
    ));
  });
  after(() => Promise.all(ends.map((end) => end())));

  const byAuthority = () =>
    machineProfile({ ...trusting, issuer, clientAuthentication: 'tls_client_auth', scopes: ['orders.read'] });

  it('of an authority is shown where the metadata says, and the token is bound to it', async () => {
    const profile = byAuthority();
    const report = await run(profile, pemOf(clientCertificate));
    const tokens = tokensOf(report);
    const thumbprint = certificateFacts(clientCertificate.cert)?.thumbprint;
    const claims = decodeJwt(tokens.access_token) as Record<string, unknown>;
    assert.deepEqual(claims['cnf'], { 'x5t#S256': thumbprint });
    const shown = report.exchanges.map(({ purpose, request }) => [
      purpose,
      new URL(request.url).origin,
      request.certificate,
    ]);
    assert.deepEqual(shown, [
      ['discovery', issuer, undefined],
      ['token', asking, thumbprint],
    ]);
    const body = new URLSearchParams(report.exchanges.at(-1)?.request.body);
    assert.equal(body.get('client_id'), 'machine-client');
    const view = JSON.stringify([report, flowView({ state: 'ended', flow: report }, {})]);
    assert.match(view, /shows the client certificate with x5t#S256/);
    for (const line of clientCertificate.key.split('\n').filter((one) => one.length > 30))
      assert.equal(view.includes(line), false);
    const findings = (certificate?: string) =>
      claimFindings(claims as never, 'access', profile, certificate).map(({ code }) => code);
    assert.ok(findings(thumbprint).includes('sender_constrained'));
    assert.ok(findings(certificateFacts(made)?.thumbprint).includes('other_certificate'));
    const introspected = await runOperation(
      allOperations.introspection,
      profile,
      tokens,
      flowDeps({ fetch: profileFetch(profile), secret: () => Promise.resolve(pemOf(clientCertificate)) }),
    );
    // This provider knows nothing of tokens it does not keep; it knows the client.
    const last = introspected.report.exchanges.at(-1);
    assert.equal(new URL(last?.request.url ?? '').origin, asking);
    assert.ok(last);
    assert.equal(last.request.certificate, thumbprint);
    assert.doesNotMatch(last.response?.body ?? '', /invalid_client/);
  });

  it('that was made here and is registered proves the client', async () => {
    const profile = {
      ...byAuthority(),
      clientId: 'own',
      clientAuthentication: 'self_signed_tls_client_auth',
    } as const;
    tokensOf(await run(profile, made));
    const other = await run(profile, newCertificate(Date.now()));
    assert.equal(failureOf(other, 'oauth_error').body.error, 'invalid_client');
  });

  it('of nobody the server trusts is refused, and that is explained', async () => {
    const report = await run(byAuthority(), made);
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.body.error, 'invalid_client');
    assert.match(explained(report), /does not accept the client’s certificate/);
  });

  it('that has ended is shown to nobody', async () => {
    const ended = issuedCertificate({ name: 'orders', notAfter: new Date('2021-01-01') }, authority);
    const report = await run(byAuthority(), pemOf(ended));
    assert.match(failureOf(report, 'secret_missing').message, /\(CN=orders\) expired on 2021-01-01/);
    assert.deepEqual(
      report.exchanges.map(({ purpose }) => purpose),
      ['discovery'],
    );
  });

  it('what is stored and is no certificate is said', async () => {
    const report = await run(byAuthority(), 'a client secret of before');
    assert.match(failureOf(report, 'secret_missing').message, /cannot be read/);
  });
});

/** A TLS server that ends the handshake with everybody whom its authority does not vouch for. */
async function strict(context: TestContext, maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
  const options = { ...serverCertificate, requestCert: true, rejectUnauthorized: true, ca: [authority.cert] };
  const server = createHttpsServer({ ...options, maxVersion }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token: 'token', token_type: 'Bearer', expires_in: 60 }));
  });
  return listenOn(context, server, 'https');
}

describe('a TLS handshake that ends for a client certificate', () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const profileAt = (origin: string, clientAuthentication = 'tls_client_auth') =>
      machineProfile({
        ...trusting,
        issuer: origin,
        tokenEndpoint: `${origin}/token`,
        clientAuthentication,
      });

    it(`with the right one does not (${version})`, async (context) => {
      const report = await run(profileAt(await strict(context, version)), pemOf(clientCertificate));
      assert.equal(tokensOf(report).access_token, 'token');
    });

    it(`with one of an unknown authority is explained (${version})`, async (context) => {
      const report = await run(profileAt(await strict(context, version)), made);
      assert.equal(report.outcome.kind, 'failure');
      assert.match(explained(report), /The server does not accept the client’s certificate/);
    });

    it(`without one is explained (${version})`, async (context) => {
      const report = await run(profileAt(await strict(context, version), 'client_secret_basic'), 'secret');
      assert.equal(report.outcome.kind, 'failure');
      assert.doesNotMatch(JSON.stringify(report.outcome), /certificate has expired/);
    });
  }
});
