import { createHmac } from 'node:crypto';

/** One client registered at the demo authorization server, with everything a profile needs. */
export interface DemoClient {
  readonly name: string;
  readonly grant: 'client_credentials' | 'authorization_code' | 'device_code';
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret?: string;
  readonly clientAuthentication: 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'none';
  readonly scopes: readonly string[];
  /** As registered; without a port any port is accepted (RFC 8252 section 7.3). */
  readonly redirectUri?: string;
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
}

/** The one port the confidential web client's redirect URI names, unless another is chosen. */
const defaultWebRedirectPort = 8792;

const api = ['orders.read', 'orders.write'];

/** Makes the clients; each secret is derived from `seed`, so that the same seed gives the same secrets. */
export function demoClients(seed: string, webRedirectPort = defaultWebRedirectPort): DemoClients {
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
  return {
    machine: machine('Demo: machine to machine', 'demo-machine', 'client_secret_basic'),
    machinePost: machine('Demo: machine, secret in the form', 'demo-machine-post', 'client_secret_post'),
    native: {
      name: 'Demo: public app with PKCE',
      grant: 'authorization_code',
      clientId: 'demo-native',
      clientAuthentication: 'none',
      scopes: ['openid', 'profile', ...api],
      redirectUri: 'http://127.0.0.1/callback',
    },
    local: {
      name: 'Demo: public app at localhost',
      grant: 'authorization_code',
      clientId: 'demo-local',
      clientAuthentication: 'none',
      scopes: ['openid', 'profile', ...api],
      redirectUri: 'http://localhost/callback',
    },
    web: {
      name: 'Demo: confidential web client',
      grant: 'authorization_code',
      clientId: 'demo-web',
      clientSecret: secret('demo-web'),
      clientAuthentication: 'client_secret_basic',
      scopes: ['openid', 'profile', ...api],
      redirectUri: `http://127.0.0.1:${webRedirectPort}/callback`,
    },
    signed: {
      name: 'Demo: app that signs assertions',
      grant: 'authorization_code',
      clientId: 'demo-signed',
      clientSecret: secret('demo-signed'),
      clientAuthentication: 'client_secret_jwt',
      scopes: ['openid', 'profile', ...api],
      redirectUri: 'http://127.0.0.1/callback',
    },
    device: {
      name: 'Demo: device with a code to type',
      grant: 'device_code',
      clientId: 'demo-device',
      clientAuthentication: 'none',
      scopes: ['openid', 'profile', ...api],
    },
  };
}
