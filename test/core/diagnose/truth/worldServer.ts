import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Fetch } from '../../../../src/core/ports.ts';
import { issuer, otherEndpoints, type Answer, type World } from './world.ts';

const { privateKey, publicKey } = await generateKeyPair('ES256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };

/** The server of a world. */
export class WorldServer {
  /** As it stands in the request that the user was sent with. */
  nonce: string | undefined;
  /** The authorization request that was handed in. */
  pushed = new URLSearchParams();
  readonly #world: World;
  #pending: number;

  constructor(world: World) {
    this.#world = world;
    this.#pending = world.pending;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...Object.fromEntries(otherEndpoints.map((name) => [name, `${issuer}/${name}`])),
      ...this.#world.metadata,
    };
  }

  readonly fetch: Fetch = async (url, init) => {
    const { pathname } = new URL(url);
    const { token, keys, discovery, endpoint } = this.#world;
    if (pathname === '/token' || pathname === '/token/') {
      if (this.#world.pending > 0 && this.#pending-- > 0)
        return Response.json({ error: 'authorization_pending' }, { status: 400 });
      return token === undefined
        ? Response.json({ access_token: 'a-token', token_type: 'Bearer', id_token: await this.#idToken() })
        : respond(token);
    }
    if (pathname === '/jwks') return keys === undefined ? Response.json({ keys: [jwk] }) : respond(keys);
    if (pathname === '/pushed_authorization_request_endpoint')
      this.pushed = new URLSearchParams(await new Response(init?.body).text());
    const usual = this.#usual(pathname.slice(1), init?.method);
    if (usual !== undefined) return endpoint === undefined ? usual : respond(endpoint);
    return discovery === undefined ? Response.json(this.metadata) : respond(discovery);
  };

  /** A JWT of the server, its claims changed as the world says; of this second, as the unit tests of one process take minutes. */
  async jwt(own: Readonly<Record<string, unknown>>): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: this.#world.clientId, exp: now + 600, ...own };
    const changed = Object.entries<unknown>({ ...right, ...this.#world.claims }).filter(
      ([, value]) => value !== null,
    );
    return new SignJWT(Object.fromEntries(changed))
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(privateKey);
  }

  #idToken(): Promise<string> {
    return this.jwt({ sub: 'ada', iat: Math.floor(Date.now() / 1000), nonce: this.nonce });
  }

  /** The right answer of an endpoint; undefined: there is none. */
  #usual(name: string, method: string | undefined): Response | undefined {
    const client = {
      client_id: this.#world.clientId,
      redirect_uris: ['http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'none',
    };
    switch (name) {
      case 'device_authorization_endpoint':
        return Response.json({
          ...{ device_code: 'device-0123456789', user_code: 'ABCD-EFGH', interval: 5, expires_in: 20 },
          verification_uri: `${issuer}/device`,
        });
      case 'backchannel_authentication_endpoint':
        return Response.json({ auth_req_id: 'request-0123456789', interval: 5, expires_in: 20 });
      case 'pushed_authorization_request_endpoint':
        return Response.json({ request_uri: 'urn:truth:1', expires_in: 60 }, { status: 201 });
      case 'introspection_endpoint':
        return Response.json({ active: true, client_id: Number(this.#world.clientId) });
      case 'userinfo_endpoint':
        return Response.json({ sub: 'ada' });
      case 'revocation_endpoint':
        return new Response('');
      case 'registration_endpoint':
        return Response.json(client, { status: 201 });
      case 'client':
        return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(client);
      default:
        return undefined;
    }
  }
}

function respond(found: Answer): Response {
  if (found.error !== undefined)
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: found.error } });
  if (!found.broken) return new Response(found.body, found);
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(found.body));
      controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    },
  });
  return new Response(stream, found);
}
