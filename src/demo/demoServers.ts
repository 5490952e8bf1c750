import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as TlsServer } from 'node:https';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK, type JWTPayload } from 'jose';
import { Provider } from 'oidc-provider/lib/provider.js';
import { DemoApi } from './api.ts';
import { sendJson, type BearerRules } from './bearer.ts';
import { defaultPartnerPort, demoClients, type DemoClient, type DemoClients } from './clients.ts';
import { Consents } from './consents.ts';
import { mcpScope, strictConfiguration } from './configuration.ts';
import { families } from './families.ts';
import { faults } from './faults/all.ts';
import { hstsMissing } from './faults/tokenEndpointFaults.ts';
import { apiFaults } from './faults/mcp.ts';
import type { Fault, Laxity } from './faults/fault.ts';
import { addGrants, signerOf } from './extraGrants.ts';
import { serveFaultsPage } from './faultsPage.ts';
import { Front } from './front.ts';
import { interactions } from './interactions.ts';
import { partnerServer } from './partner.ts';
import { oneAtATime } from './oneAtATime.ts';
import { answerMcp, isMcpPath, mcpDocumentPath, mcpPath } from './mcp.ts';
import { challengeOf } from './policy.ts';
import { SamlAssertions } from './samlAssertions.ts';
import { SecureFront } from './secureFront.ts';
import { slowDown } from './slowDown.ts';
import { Telephone, telephonePath } from './telephone.ts';
import { close, freePort, listen } from './listen.ts';

/** The port of the demo authorization server, when it is free. */
export const defaultAuthorizationPort = 8790;
/** The port of the demo API, when it is free. */
export const defaultApiPort = 8791;

/** Where the demo servers listen, and what they sign with. */
export interface DemoServersOptions {
  /** Defaults to 8790; 0 or a taken port: any free one. */
  readonly authorizationPort?: number;
  /** Defaults to 8791; 0 or a taken port: any free one. */
  readonly apiPort?: number;
  /** The port of the server for cross-app access. Defaults to 8793; 0 or a taken port: any free one. */
  readonly partnerPort?: number;
  /** The port in the confidential web client's redirect URI. Defaults to 8792; 0: one that is free now. */
  readonly webRedirectPort?: number;
  /** What client secrets are derived from; random by default. */
  readonly seed?: string;
  /** How tokens are signed; `RS256` by default, `ES256` for a start and tokens that take no time. */
  readonly algorithm?: 'RS256' | 'ES256';
  /** PEM texts of the authorization server's certificate and key; absent: it is at plain http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Told of every question on the user's telephone, with the address of the page where it is answered. */
  readonly ring?: (page: string) => void;
}

/** A demo authorization server and a demo API, both real and on 127.0.0.1. */
export interface DemoServers {
  readonly issuer: string;
  /** The API's URL, also the audience of its tokens; `GET` and `POST` at `/orders`. */
  readonly api: string;
  /** The MCP server's URL, also the audience of its tokens; it wants the scope `mcp:tools`. */
  readonly mcp: string;
  /** Another authorization server, which trusts this one's assertions: for cross-app access. */
  readonly partner: string;
  readonly clients: DemoClients;
  /** Every fault there is; `<issuer>/faults` is a page with a switch for each. */
  readonly faults: readonly Fault[];
  /**
   * Switches exactly these faults on; none is the strict mode.
   *
   * @throws RangeError for an id that is none.
   */
  readonly setFaults: (ids: readonly string[]) => void;
  /** Signs a token as the authorization server would: one that has ended cannot be waited for. @param typ of its header */
  readonly sign: (claims: JWTPayload, typ: string) => Promise<string>;
  /** A refresh token for the client `renewal`, as if its user had signed in elsewhere. */
  refreshToken: () => Promise<string>;
  close: () => Promise<void>;
}

/** Starts both servers; strict until faults are switched on. */
export async function startDemoServers(options: DemoServersOptions = {}): Promise<DemoServers> {
  const signing = await makeSigning(options.algorithm ?? 'RS256');
  const webRedirectPort = options.webRedirectPort === 0 ? await freePort() : options.webRedirectPort;
  const places = await openPlaces(options);
  const { issuer, api, mcp, partner } = places;
  const clients = demoClients(options.seed ?? randomBytes(32).toString('hex'), webRedirectPort, partner);
  const lax = new Set<Laxity>();
  const consents = new Consents([api, mcp]);
  const server = { places, signing, clients, lax, consents, ring: options.ring };
  const provider = authorizationServer(server);
  const strict = provider.callback();
  const front = new Front((request, response) => {
    places.secure?.mark(request, response);
    void strict(request, response);
  });
  const { keys } = signing;
  const apiFront = new Front(resourceServers({ issuer, others: [partner], keys, lax }, api, mcp));
  const switches = await faultSwitches({ ...server, provider, front, apiFront });
  const other = partnerServer({ ...signing, issuer: partner, trusted: issuer, api, clients });
  places.answer({
    issuer: (request, response) => {
      if (request.url === '/faults') void serveFaultsPage(request, response, switches);
      else front.handle(request, response);
    },
    api: (request, response) => apiFront.handle(request, response),
    partner: (request, response) => void other(request, response),
  });

  return {
    ...{ issuer, api, mcp, partner, clients },
    faults: switches.faults,
    setFaults: switches.set,
    sign: signing.sign,
    refreshToken: () => refreshTokenFor(provider, consents, clients.renewal),
    close: places.close,
  };
}

/** What the authorization server signs with, and what others verify that by. */
interface Signing {
  readonly algorithm: 'RS256' | 'ES256';
  readonly signingKey: JWK;
  readonly keys: ReturnType<typeof createLocalJWKSet>;
  readonly sign: DemoServers['sign'];
}

async function makeSigning(algorithm: Signing['algorithm']): Promise<Signing> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const names = { kid: 'demo', use: 'sig', alg: algorithm };
  return {
    algorithm,
    signingKey: { ...(await exportJWK(privateKey)), ...names },
    keys: createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), ...names }] }),
    sign: signerOf(privateKey, algorithm),
  };
}

/** Where the servers listen. */
interface Places {
  readonly issuer: string;
  readonly api: string;
  readonly mcp: string;
  readonly partner: string;
  /** Absent: the issuer is at plain http. */
  readonly secure: SecureFront | undefined;
  /** Has each answer what comes from now on. */
  readonly answer: (by: Readonly<Record<'issuer' | 'api' | 'partner', RequestListener>>) => void;
  readonly close: () => Promise<void>;
}

/** Opens the ports first: the servers have each other's addresses in their answers. */
async function openPlaces(options: DemoServersOptions): Promise<Places> {
  const secure = options.tls && new SecureFront(options.tls);
  const servers = { issuer: secure?.server ?? createServer(), api: createServer(), partner: createServer() };
  const open = async (server: Server, port: number) =>
    `${server instanceof TlsServer ? 'https' : 'http'}://127.0.0.1:${await listen(server, port)}`;
  const issuer = await open(servers.issuer, options.authorizationPort ?? defaultAuthorizationPort);
  const api = await open(servers.api, options.apiPort ?? defaultApiPort);
  const partner = await open(servers.partner, options.partnerPort ?? defaultPartnerPort);
  return {
    ...{ issuer, api, mcp: `${api}${mcpPath}`, partner, secure },
    answer(by) {
      servers.issuer.on('request', by.issuer);
      servers.api.on('request', by.api);
      servers.partner.on('request', by.partner);
    },
    async close() {
      await Promise.all(Object.values(servers).map(close));
    },
  };
}

/** What the parts of the authorization server share. */
interface Shared {
  readonly places: Places;
  readonly signing: Signing;
  readonly clients: DemoClients;
  /** What it is not strict about now. */
  readonly lax: Set<Laxity>;
  readonly consents: Consents;
  readonly ring: DemoServersOptions['ring'];
}

/** The strict authorization server, with its pages and all of its grants. */
function authorizationServer({ places, signing, clients, lax, consents, ring }: Shared): Provider {
  const { issuer, api, mcp, partner } = places;
  const { algorithm, signingKey, keys, sign } = signing;
  const spentChallenges = new Set<string>();
  const telephone = new Telephone(() => ring?.(`${issuer}${telephonePath}`));
  const provider = new Provider(
    issuer,
    strictConfiguration({
      ...{ clients, api, mcp, consents, signingKey, algorithm, spentChallenges, telephone },
      isLax: (what) => lax.has(what),
    }),
  );
  provider.on('authorization.success', (context) => spentChallenges.add(challengeOf(context) ?? ''));
  provider.use(oneAtATime('/token'));
  provider.use(slowDown('/token'));
  provider.use(interactions(provider, consents));
  provider.proxy = places.secure !== undefined;
  provider.use(telephone.middleware(provider, consents));
  const assertions = new SamlAssertions(issuer);
  provider.use(assertions.page);
  const { clientId: partnerClient } = clients.crossApp;
  addGrants(provider, { api, keys, assertions, sign, partner: { issuer: partner, clientId: partnerClient } });
  return provider;
}

/** The faults that there are, of which those that are on stand before the strict server. */
interface FaultSwitches {
  readonly issuer: string;
  readonly faults: readonly Fault[];
  readonly active: () => readonly string[];
  readonly set: DemoServers['setFaults'];
}

async function faultSwitches({
  places: { issuer, secure },
  clients,
  lax,
  ...parts
}: Shared & {
  readonly provider: Provider;
  readonly front: Front;
  readonly apiFront: Front;
}): Promise<FaultSwitches> {
  const { provider, front, apiFront } = parts;
  const bound = await provider.Client.find(clients.bound.clientId);
  const switchRedirects = redirectSwitch(provider);
  let active: readonly string[] = [];
  return {
    issuer,
    faults: allFaults.filter(
      ({ id, oldTls }) => secure !== undefined || (oldTls !== true && id !== hstsMissing.id),
    ),
    active: () => active,
    set(ids) {
      const chosen = ids.map(faultById);
      switchRedirects(chosen);
      front.use(chosen.flatMap((fault) => (fault.layer === undefined ? [] : [fault.layer({ clients })])));
      apiFront.use(chosen.flatMap(({ apiLayer }) => apiLayer ?? []));
      secure?.speakOld(chosen.some(({ oldTls }) => oldTls === true));
      lax.clear();
      for (const fault of chosen) if (fault.lax !== undefined) lax.add(fault.lax);
      Object.assign(bound ?? {}, {
        requirePushedAuthorizationRequests: !lax.has('pushing'),
        dpopBoundAccessTokens: !lax.has('binding'),
      });
      active = [...ids];
    },
  };
}

async function refreshTokenFor(provider: Provider, consents: Consents, renewal: DemoClient): Promise<string> {
  const client = await provider.Client.find(renewal.clientId);
  if (client === undefined) throw new TypeError('The client is not registered.');
  const user = { accountId: 'Ada', clientId: renewal.clientId };
  const grantId = await consents.allow(provider, user, renewal.scopes);
  const token = new provider.RefreshToken({
    ...{ client, accountId: user.accountId, grantId, scope: renewal.scopes.join(' ') },
    ...{ gty: 'authorization_code', iiat: Math.floor(Date.now() / 1000) },
  });
  return token.save();
}

const allFaults: readonly Fault[] = [...faults, ...apiFaults];

function faultById(id: string): Fault {
  const fault = [...allFaults, ...families].find((candidate) => candidate.id === id);
  if (fault === undefined) throw new RangeError(`There is no fault called ${id}.`);
  return fault;
}

/** The API and the MCP server, at one origin. */
function resourceServers(
  common: Pick<BearerRules, 'issuer' | 'keys' | 'lax' | 'others'>,
  api: string,
  mcp: string,
): RequestListener {
  const orders = new DemoApi();
  const ofApi: BearerRules = { ...common, audience: api, challenge: { realm: 'orders' } };
  const named = { resource_metadata: `${api}${mcpDocumentPath}`, scope: mcpScope };
  const ofMcp: BearerRules = { ...common, audience: mcp, challenge: named };
  return (request, response) => {
    const answered = isMcpPath(request.url)
      ? answerMcp(request, response, ofMcp, orders.orders)
      : orders.answer(request, response, ofApi);
    answered.catch(() => sendJson(response, 400, { error: 'Not JSON, or too large.' }));
  };
}

interface ClientPrototype {
  readonly redirectUris: readonly string[];
  redirectUriAllowed: (this: { readonly redirectUris: readonly string[] }, uri: string) => boolean;
}

/** Lets faults accept redirect URIs that the strict comparison refuses. */
function redirectSwitch(provider: Provider): (chosen: readonly Fault[]) => void {
  const prototype = provider.Client.prototype as unknown as ClientPrototype;
  const strictly = prototype.redirectUriAllowed;
  let lax: NonNullable<Fault['allowsRedirect']>[] = [];
  prototype.redirectUriAllowed = function allowed(uri) {
    const { redirectUris } = this;
    return strictly.call(this, uri) || redirectUris.some((one) => lax.some((allows) => allows(uri, one)));
  };
  return (chosen) => {
    lax = chosen.flatMap((fault) => fault.allowsRedirect ?? []);
  };
}
