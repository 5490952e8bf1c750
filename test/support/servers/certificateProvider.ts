import { X509Certificate, createPublicKey } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider';
import { listenOn } from '../../core/oauth/support/serve.ts';
import { selfSignedCertificate, type TestCertificate } from '../certificate.ts';

/** What its TLS servers show. */
export const serverCertificate = selfSignedCertificate();

/** A certificate with its key, as one text. */
export const pemOf = ({ cert, key }: Pick<TestCertificate, 'cert' | 'key'>): string => cert + key;

interface Ends {
  after: (fn: () => Promise<void>) => void;
}

/** Whom the provider knows. */
interface KnownClients {
  /** PEM of the authority that vouches for the client `machine-client`, whose certificate is of `CN=orders`. */
  readonly authority: string;
  /** PEM of the certificate of the client `own`. */
  readonly own: string;
  /** Clients for machines besides. */
  readonly more?: readonly Pick<ClientMetadata, 'client_id' | 'token_endpoint_auth_method' | 'jwks'>[];
}

/** Two TLS servers before one `oidc-provider`: one that asks for no certificate, and one that does. */
export async function startCertificateProvider(
  context: Ends,
  known: KnownClients,
): Promise<{ issuer: string; asking: string }> {
  let answer: RequestListener = () => undefined;
  const listen = (asks: boolean): Server =>
    createServer(
      { ...serverCertificate, requestCert: asks, rejectUnauthorized: false, ca: [known.authority] },
      (request, response) => answer(request, response),
    );
  const [issuer, asking] = await Promise.all([
    listenOn(context, listen(false), 'https'),
    listenOn(context, listen(true), 'https'),
  ]);
  const provider = new Provider(issuer, configuration(asking, known));
  const callback = provider.callback();
  answer = (request, response) => void callback(request, response);
  return { issuer, asking };
}

function configuration(asking: string, { own, more = [] }: KnownClients): Configuration {
  const certificate = new X509Certificate(own);
  const machine = {
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [] as never[],
    scope: 'orders.read',
    tls_client_certificate_bound_access_tokens: true,
  };
  const socketOf = (context: { req: { socket: unknown } }) => context.req.socket as TLSSocket;
  return {
    clients: [
      {
        ...machine,
        client_id: 'machine-client',
        token_endpoint_auth_method: 'tls_client_auth',
        tls_client_auth_subject_dn: 'CN=orders',
      },
      {
        ...machine,
        client_id: 'own',
        token_endpoint_auth_method: 'self_signed_tls_client_auth',
        jwks: {
          keys: [
            {
              ...createPublicKey(own).export({ format: 'jwk' }),
              x5c: [certificate.raw.toString('base64')],
            },
          ],
        },
      },
      ...more.map((client) => ({ ...machine, tls_client_certificate_bound_access_tokens: false, ...client })),
    ],
    clientAuthMethods: ['tls_client_auth', 'self_signed_tls_client_auth', 'private_key_jwt', 'none'],
    scopes: ['orders.read'],
    discovery: {
      mtls_endpoint_aliases: {
        token_endpoint: `${asking}/token`,
        introspection_endpoint: `${asking}/token/introspection`,
        revocation_endpoint: `${asking}/token/revocation`,
      },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      mTLS: {
        enabled: true,
        tlsClientAuth: true,
        selfSignedTlsClientAuth: true,
        certificateBoundAccessTokens: true,
        getCertificate: (context) => socketOf(context).getPeerX509Certificate(),
        certificateAuthorized: (context) => socketOf(context).authorized,
        certificateSubjectMatches: (context, _property, expected) =>
          socketOf(context).getPeerX509Certificate()?.subject === expected,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'https://api.example.com',
        getResourceServerInfo: (_context, resource) => ({
          scope: 'orders.read',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}
