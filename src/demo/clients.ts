import { createECDH, createHmac } from 'node:crypto';

/** One client registered at the demo authorization server, with everything a profile needs. */
export interface DemoClient {
  readonly name: string;
  readonly grant:
    | 'client_credentials'
    | 'authorization_code'
    | 'device_code'
    | 'token_exchange'
    | 'jwt_bearer'
    | 'saml2_bearer'
    | 'ciba'
    | 'id_jag'
    | 'refresh_token';
  readonly clientId: string;
  /** Absent for a public client, and for one that has a key. */
  readonly clientSecret?: string;
  /** A private key as a JWK text: what the client signs with, the public half of which is registered. */
  readonly key?: string;
  readonly clientAuthentication:
    | 'client_secret_basic'
    | 'client_secret_post'
    | 'client_secret_jwt'
    | 'private_key_jwt'
    | 'none';
  readonly scopes: readonly string[];
  /** As registered; without a port any port is accepted (RFC 8252 section 7.3). */
  readonly redirectUri?: string;
  /** Further fields of its profile. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** It may exchange the ID tokens it gets. */
  readonly exchanges?: true;
  /** It starts from a refresh token that the server hands out. */
  readonly startsFromRefreshToken?: true;
  /** The path of the page with what the user is to paste. */
  readonly page?: string;
}

/** The clients of the demo, by what they show. */
export interface DemoClients {
  /** Client credentials, `client_secret_basic`. */
  readonly machine: DemoClient;
  /** Client credentials, `client_secret_post`. */
  readonly machinePost: DemoClient;
  /** Public native app with PKCE: any port on 127.0.0.1. */
  readonly native: DemoClient;
  /** As `native`, at the name localhost. */
  readonly local: DemoClient;
  /** Confidential web client: exactly one redirect URI, port included. */
  readonly web: DemoClient;
  /** Native app that signs with its secret (`client_secret_jwt`): any port on 127.0.0.1. */
  readonly signed: DemoClient;
  /** Public client whose user types a code elsewhere. */
  readonly device: DemoClient;
  /** Exchanges the token of the public app. */
  readonly exchange: DemoClient;
  /** Hands in a JWT that it signs with its key. */
  readonly assertion: DemoClient;
  /** Hands in a SAML assertion of the page `/assertion`. */
  readonly saml: DemoClient;
  /** Has the user decide on the page `/telephone`. */
  readonly telephone: DemoClient;
  /** Starts from a refresh token that the server hands out. */
  readonly renewal: DemoClient;
  /** Client credentials, `client_secret_jwt`. */
  readonly secretJwt: DemoClient;
  /** Client credentials, `private_key_jwt`. */
  readonly keyed: DemoClient;
  /** Signs in for cross-app access, and exchanges the ID token. */
  readonly sso: DemoClient;
  /** At the other server, whose tokens it gets by what `sso` exchanged. */
  readonly crossApp: DemoClient;
  /** Pushed and signed requests, signed responses, authorization details, and tokens bound to a key. */
  readonly bound: DemoClient;
}

/** Where the server for cross-app access is, unless its port is taken. */
export const defaultPartnerPort = 8793;

/** The one port the confidential web client's redirect URI names, unless another is chosen. */
const defaultWebRedirectPort = 8792;

const api = ['orders.read', 'orders.write'];

/** Makes the clients; each secret is derived from `seed`, so that the same seed gives the same secrets. */
export function demoClients(
  seed: string,
  webRedirectPort = defaultWebRedirectPort,
  partner = `http://127.0.0.1:${defaultPartnerPort}`,
): DemoClients {
  const secret = (clientId: string) => createHmac('sha256', seed).update(clientId).digest('base64url');
  const machine = (
    name: string,
    clientId: string,
    clientAuthentication: 'client_secret_basic' | 'client_secret_post',
  ) =>
    ({
      name,
      grant: 'client_credentials',
      clientId,
      clientSecret: secret(clientId),
      clientAuthentication,
      scopes: api,
    }) as const;
  const user = ['openid', 'profile', 'email'];
  return {
    ...furtherWays(secret, (clientId) => signingKey(seed, clientId), { user, partner }),
    machine: machine('Demo: machine to machine', 'demo-machine', 'client_secret_basic'),
    machinePost: machine('Demo: secret in the form', 'demo-machine-post', 'client_secret_post'),
    native: {
      name: 'Demo: public app (PKCE)',
      grant: 'authorization_code',
      clientId: 'demo-native',
      clientAuthentication: 'none',
      scopes: ['openid', 'profile', ...api],
      redirectUri: 'http://127.0.0.1/callback',
    },
    local: {
      name: 'Demo: app at localhost',
      grant: 'authorization_code',
      clientId: 'demo-local',
      clientAuthentication: 'none',
      scopes: ['openid', 'profile', ...api],
      redirectUri: 'http://localhost/callback',
    },
    web: {
      name: 'Demo: web app with secret',
      grant: 'authorization_code',
      clientId: 'demo-web',
      clientSecret: secret('demo-web'),
      clientAuthentication: 'client_secret_basic',
      scopes: ['openid', 'profile', ...api],
      redirectUri: `http://127.0.0.1:${webRedirectPort}/callback`,
    },
    signed: {
      name: 'Demo: app that signs JWTs',
      grant: 'authorization_code',
      clientId: 'demo-signed',
      clientSecret: secret('demo-signed'),
      clientAuthentication: 'client_secret_jwt',
      scopes: ['openid', 'profile', ...api],
      redirectUri: 'http://127.0.0.1/callback',
    },
    device: {
      name: 'Demo: device with a code',
      grant: 'device_code',
      clientId: 'demo-device',
      clientAuthentication: 'none',
      scopes: ['openid', 'profile', ...api],
    },
  };
}

/** Those that are added one by one, when somebody wants to try them. */
function furtherWays(
  secret: (clientId: string) => string,
  key: (clientId: string) => string,
  { user, partner }: { readonly user: readonly string[]; readonly partner: string },
): Omit<DemoClients, 'machine' | 'machinePost' | 'native' | 'local' | 'web' | 'signed' | 'device'> {
  const confidential = (clientId: string) =>
    ({ clientId, clientSecret: secret(clientId), clientAuthentication: 'client_secret_basic' }) as const;
  const keyed = (clientId: string) => ({ clientId, key: key(clientId) });
  return {
    exchange: {
      ...confidential('demo-exchange'),
      ...{ name: 'Demo: token exchange', grant: 'token_exchange', scopes: ['orders.read'] },
      fields: { subjectProfile: 'demo-native' },
    },
    assertion: {
      ...{ ...keyed('demo-assertion'), clientAuthentication: 'none', scopes: ['orders.read'] },
      ...{ name: 'Demo: JWT assertion', grant: 'jwt_bearer' },
      fields: { assertionClaims: { sub: 'Ada' } },
    },
    saml: {
      ...confidential('demo-saml'),
      ...{ name: 'Demo: SAML assertion', grant: 'saml2_bearer', scopes: ['orders.read'] },
      page: '/assertion',
    },
    telephone: {
      ...confidential('demo-telephone'),
      ...{ name: 'Demo: phone (CIBA)', grant: 'ciba', scopes: user },
      fields: { loginHint: 'Ada', bindingMessage: 'W4SCT' },
    },
    renewal: {
      ...confidential('demo-renewal'),
      ...{ name: 'Demo: from refresh token', grant: 'refresh_token', scopes: user },
      startsFromRefreshToken: true,
    },
    secretJwt: {
      ...confidential('demo-secret-jwt'),
      clientAuthentication: 'client_secret_jwt',
      ...{ name: 'Demo: machine, secret JWT', grant: 'client_credentials', scopes: api },
    },
    keyed: {
      ...{ ...keyed('demo-key'), clientAuthentication: 'private_key_jwt', scopes: api },
      ...{ name: 'Demo: machine with a key', grant: 'client_credentials' },
    },
    sso: {
      ...confidential('demo-sso'),
      ...{ name: 'Demo: cross-app sign-in', grant: 'authorization_code', scopes: user },
      ...{ redirectUri: 'http://127.0.0.1/callback', exchanges: true },
    },
    crossApp: {
      ...confidential('demo-cross-app'),
      ...{ name: 'Demo: cross-app (ID-JAG)', grant: 'id_jag', scopes: ['orders.read'] },
      fields: { issuer: partner, subjectProfile: 'demo-sso' },
    },
    bound: {
      ...{ ...keyed('demo-bound'), clientAuthentication: 'private_key_jwt' },
      ...{ name: 'Demo: all signed (FAPI)', grant: 'authorization_code' },
      ...{ scopes: ['openid', 'profile', ...api], redirectUri: 'http://127.0.0.1/callback' },
      fields: {
        ...{ dpop: true, pushAuthorizationRequest: true, signAuthorizationRequest: true },
        authorizationDetails: [{ type: 'orders', actions: ['read', 'write'] }],
        authorizationParameters: { response_mode: 'jwt' },
      },
    },
  };
}

/** A key that is the same for the same seed, as a JWK text. */
function signingKey(seed: string, clientId: string): string {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(createHmac('sha256', seed).update(`key of ${clientId}`).digest());
  const point = pair.getPublicKey();
  const text = (bytes: Buffer) => bytes.toString('base64url');
  const [x, y, d] = [text(point.subarray(1, 33)), text(point.subarray(33)), text(pair.getPrivateKey())];
  return JSON.stringify({ ...{ kty: 'EC', crv: 'P-256', alg: 'ES256', kid: clientId }, x, y, d });
}
