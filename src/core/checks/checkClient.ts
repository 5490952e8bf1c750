import { outOfOrder } from '../http/webPage.ts';
import { authenticationOf } from '../authentication/all.ts';
import { materialFrom, type Material, type MaterialKind } from '../authentication/authentication.ts';
import { follow } from '../abortable.ts';
import { FailureError } from '../record/failure.ts';
import type { Exchange, ExchangePurpose } from '../record/exchange.ts';
import type { HelloAnswer, TlsVersion } from '../http/tlsHello.ts';
import { navigation, navigationHeaders } from '../http/navigation.ts';
import { presentedIdentity } from '../http/presentedIdentity.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { clientEndpoints, requireOwnServer } from '../oauth/clientAuthentication.ts';
import { authorizationUrl } from '../oauth/authorizationRequest.ts';
import type { DecoratedFlow } from '../oauth/decorator.ts';
import type { DpopPair } from '../oauth/dpop.ts';
import { withDialect } from '../oauth/dialect.ts';
import type { ServerMetadata } from '../oauth/serverMetadata.ts';
import { sendDecorated } from '../oauth/tokenEndpoint.ts';
import { clientParameters, codeParameters, refreshParameters } from '../oauth/tokenParameters.ts';
import { tokenRequest, type Parameter } from '../oauth/tokenRequest.ts';
import type { Fetch, FetchInit } from '../ports.ts';
import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../profile/profile.ts';
import { changed, changedRequest, random, type Change } from './authorizationRequest.ts';
import type { Authorization, BenchOptions, BenchServer, NamedEndpoint, OtherClient } from './benchOptions.ts';
import { credentialsOf, inQuery, shownBy, type Credentials } from './credentials.ts';
import { isOfItself } from './heard.ts';
import { ErrorShown } from './errorShown.ts';
import { readProbe, type ProbeAnswer } from './probe.ts';
import { broken, describeToken, readTokenAnswer, type TokenAnswer } from './tokenAnswer.ts';
import { CheckRecord, type Memo } from './checkRecord.ts';
import { Crashed, Lacking, Undetermined } from './undetermined.ts';

/**
 * The profile's client as a check uses it: sends requests as the profile would, or changed on purpose, and records every
 * exchange as evidence. Sends only to the origins of the server's endpoints; follows no redirect.
 */
export class CheckClient {
  readonly profile: Profile;
  readonly server: BenchServer;
  readonly others: readonly OtherClient[];
  protected readonly options: BenchOptions;
  protected readonly record: CheckRecord;

  constructor(options: BenchOptions, memo: Memo) {
    this.profile = options.profile;
    this.server = options.server;
    this.others = options.others ?? [];
    this.options = options;
    this.record = new CheckRecord(memo);
  }

  /** Everything that was sent and received, in chronological order, numbered from 1. */
  get evidence(): readonly Exchange[] {
    return this.record.evidence;
  }

  /** The profile, which must have a redirect URI. @throws Undetermined otherwise */
  get client(): AuthorizationCodeProfile {
    if (hasRedirect(this.profile)) return this.profile;
    throw new Undetermined('This profile has no redirect URI.');
  }

  /** @throws Undetermined when it is not known */
  get authorizationEndpoint(): string {
    const { authorizationEndpoint } = this.server;
    if (authorizationEndpoint !== undefined) return authorizationEndpoint;
    throw new Undetermined('The authorization endpoint of this profile is not known.');
  }

  get isPublic(): boolean {
    return !authenticationOf(this.profile).proves;
  }

  /** The URL of an endpoint that a check requires. @throws Undetermined when the server names none */
  endpoint(name: NamedEndpoint): string {
    const url = this.server[`${name}Endpoint`];
    if (url === undefined) throw new Undetermined(`The server names no ${name} endpoint.`);
    return url;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.options.clock.now();
  }

  /** Waits. @throws the signal's reason when the run is cancelled */
  wait(milliseconds: number): Promise<void> {
    const { clock, signal } = this.options;
    return clock.sleep(milliseconds, signal);
  }

  /** Tries a TLS connection to a host of the server. @throws Undetermined when it cannot be reached directly */
  async hello(url: string, version: TlsVersion): Promise<HelloAnswer> {
    const { hello, clock, signal, timeout } = this.options;
    if (hello === undefined || !this.origins.has(new URL(url).origin))
      throw new Undetermined('Nothing here can ask the server for a TLS connection.');
    const time = follow([signal, clock.timeout(timeout)]);
    try {
      return await hello(url, version, time.signal);
    } catch {
      signal.throwIfAborted();
      throw new Undetermined(`${new URL(url).host} cannot be reached directly, without a proxy.`);
    } finally {
      time.letGo();
    }
  }

  /** The origins of the server's endpoints. */
  get origins(): ReadonlySet<string> {
    const { issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint, jwksUri } = this.server;
    const urls = [issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint, jwksUri];
    return new Set(urls.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])));
  }

  /** Sends one request to the server. @throws Undetermined for any other host; FailureError when no response came */
  async send(purpose: ExchangePurpose, url: string, init?: FetchInit): Promise<Response> {
    if (!this.origins.has(new URL(url).origin))
      throw new Undetermined('The request would have left the server.');
    const { fetch, clock, signal, timeout } = this.options;
    const trace = this.record.trace;
    if (purpose !== 'authorization')
      return recordingFetch({ fetch, clock, signal, timeout, trace })(purpose, 'token')(url, init);
    // An authorization request is a page that a browser opens.
    const navigate = this.options.navigate ?? navigation(fetch, clock);
    const record = recordingFetch({ fetch: navigate, clock, signal, timeout, trace });
    const headers = { ...navigationHeaders, ...(init?.headers as Record<string, string> | undefined) };
    return record(purpose, 'authorization')(url, { ...init, headers });
  }

  /**
   * The URL of the profile's changed authorization request, made as its flows do.
   *
   * @throws ErrorShown when the server refuses it as a pushed request (RFC 9126); Lacking when it cannot be sent like that
   */
  async authorizationUrl(change: Change, fresh: Fresh = newFresh()): Promise<string> {
    return (await this.#authorizationUrl(change, fresh)).url;
  }

  /** @returns the URL to open, and the one that it stands for */
  async #authorizationUrl(
    change: Change,
    fresh: Fresh,
  ): Promise<{ readonly url: string; readonly for: string }> {
    const plain = changedRequest(this.authorizationEndpoint, this.client, change, fresh);
    let request = plain;
    try {
      for (const decorator of this.options.decorators ?? []) {
        request = (await decorator.authorization?.(request, this.#decorated)) ?? request;
        // A signed request is a JSON object (RFC 9101 section 4), which has each parameter once, and would be right.
        if (change.append !== undefined && request.parameters.some(([name]) => name === 'request'))
          throw new Lacking('This profile signs its requests, in which no parameter can stand twice.');
      }
    } catch (thrown) {
      throw refusedWhenHandedIn(thrown) ?? thrown;
    }
    return { url: authorizationUrl(request), for: authorizationUrl(plain) };
  }

  /** What the decorators of a request see of the check. */
  get #decorated(): DecoratedFlow {
    const { fetch, clock, signal, timeout } = this.options;
    const options = this.options;
    const trace = this.record.trace;
    const shown = presentedIdentity();
    return {
      profile: this.profile,
      metadata: this.#metadata,
      authenticate: async () => {
        const { authentication, material, profile } = await this.credentials();
        if (material.kind === 'certificate')
          shown.present(material, clientEndpoints(profile, this.#metadata));
        return authentication.make(material, profile);
      },
      context: {
        trace,
        fetch: recordingFetch({ fetch, clock, signal, timeout, trace, identity: shown.identityFor }),
        clock,
        signal,
        material: (kind) => materialFor(kind, this.options),
        ...(options.made && { made: options.made }),
      },
    };
  }

  get #metadata(): ServerMetadata {
    const { metadata, issuer, tokenEndpoint, publishedTokenEndpoint } = this.server;
    if (metadata !== undefined) return metadata;
    const server = { issuer: issuer ?? new URL(tokenEndpoint).origin, token_endpoint: tokenEndpoint };
    return {
      server,
      issuerKnown: issuer !== undefined,
      sources: {},
      ...(publishedTokenEndpoint === undefined
        ? {}
        : { published: { ...server, token_endpoint: publishedTokenEndpoint } }),
    };
  }

  /** Sends the changed authorization request without cookies. */
  async ask(change: Change): Promise<ProbeAnswer> {
    try {
      const { url, for: asked } = await this.#authorizationUrl(change, newFresh());
      const response = await this.send('authorization', url);
      const { redirectUri } = this.client;
      return await readProbe(response, { url: asked, redirectUri, serverOrigins: this.origins });
    } catch (thrown) {
      if (thrown instanceof ErrorShown && thrown.answer !== undefined) return thrown.answer;
      throw thrown;
    }
  }

  /**
   * Uses an access token at the userinfo endpoint as the profile's API calls do: with a proof where it is bound to a key.
   *
   * @see RFC 6750 section 2.1, RFC 9449 section 7.1
   */
  async use(url: string, accessToken: string): Promise<Response> {
    const headers = new Headers();
    const send: Fetch = (target, init) => {
      // As plain data, to which the proof is added as one more header.
      return this.send('userinfo', target, { headers: Object.fromEntries(new Headers(init?.headers)) });
    };
    if (this.client.dpop !== true) {
      headers.set('authorization', `Bearer ${accessToken}`);
      return send(url, { headers });
    }
    const { sendBound } = await import('../api/sendBound.ts');
    const request = { method: 'GET', url, headers };
    return sendBound(request, { access_token: accessToken }, send, this.#decorated.context);
  }

  /** The profile's credentials. @throws Undetermined when its secret is missing */
  async credentials(): Promise<Credentials> {
    const material = await materialOfClient(this.profile, this.options);
    if (material === undefined)
      throw new Undetermined(`The ${nounOf(this.profile)} of this profile is not stored.`);
    return credentialsOf(this.profile, material);
  }

  /**
   * Sends one request to the token endpoint, as the profile's flows do unless told.
   *
   * @param parameters the grant's own, `grant_type` among them
   * @throws Undetermined when the answer tells nothing: the server is out of order, or somebody else answers for it
   */
  async token(parameters: readonly Parameter[], as?: Credentials, change: Change = {}): Promise<TokenAnswer> {
    const answer = await this.anyTokenAnswer(parameters, as, change);
    if (!broken(answer)) return answer;
    const why = `The token endpoint ${describeToken(answer)}.`;
    throw answer.status === 500 ? new Crashed(why, answer) : new Undetermined(why);
  }

  /** The same, but returns any answer. */
  async anyTokenAnswer(
    parameters: readonly Parameter[],
    as?: Credentials,
    change: Change = {},
  ): Promise<TokenAnswer> {
    const { request, fetch } = await this.#tokenRequest(parameters, as, change);
    const { decorators = [] } = this.options;
    return readTokenAnswer(await sendDecorated(request, this.#decorated, decorators, fetch));
  }

  async #tokenRequest(parameters: readonly Parameter[], as: Credentials | undefined, change: Change) {
    const credentials = as ?? (await this.credentials());
    const authentication = await credentials.authentication.make(credentials.material, credentials.profile);
    const { tokenEndpoint: endpoint } = this.server;
    const { issuer } = this.#metadata.server;
    const own = tokenRequest(this.profile, { endpoint, issuer, authentication, parameters });
    const other = { ...own, clientId: credentials.profile.clientId, form: changed(own.form, change) };
    const request = credentials.inQuery === true ? inQuery(other, credentials) : other;
    const isRefresh = parameters.some(([name, value]) => name === 'grant_type' && value === 'refresh_token');
    const send: Fetch = (url, init) =>
      this.send(isRefresh ? 'refresh' : 'token', url, { ...init, ...shownBy(credentials) });
    const { dialect } = this.options;
    return { request, fetch: dialect === undefined ? send : withDialect(send, dialect) };
  }

  /** Requests a token for the client itself. @see RFC 6749 section 4.4.2 */
  clientCredentials(as?: Credentials): Promise<TokenAnswer> {
    return this.token(clientParameters(this.profile), as);
  }

  /** Exchanges a code, in a changed request. @see RFC 6749 section 4.1.3 */
  redeem(
    answer: Authorization & { readonly code: string },
    change: Change = {},
    as?: Credentials,
  ): Promise<TokenAnswer> {
    return this.token(codeParameters(answer.code, answer.redirectUri, answer.verifier), as, change);
  }

  /** Renews with a refresh token. @see RFC 6749 section 6 */
  refresh(refreshToken: string, more: Record<string, string> = {}, as?: Credentials): Promise<TokenAnswer> {
    return this.token(refreshParameters(refreshToken), as, { set: more });
  }

  /** The credentials of another client: the first one with a stored secret. @throws Undetermined when there is none */
  async otherCredentials(): Promise<Credentials> {
    for (const other of this.others) {
      const { profile } = other;
      // Another client's secret was entered for its own server.
      if (authenticationOf(profile).proves) requireOwnServer(profile, this.#metadata, 'client secret');
      const material = await materialOfClient(profile, other);
      if (material !== undefined) return credentialsOf(profile, material);
    }
    const [first] = this.others;
    if (first === undefined) throw new Undetermined('There is no other profile of this server.');
    const { profile } = first;
    throw new Undetermined(`The ${nounOf(profile)} of the profile "${profile.name}" is not stored.`);
  }

  /** The key that the profile's tokens are bound to. */
  async proofKey(): Promise<DpopPair> {
    const { dpopPair } = await import('../oauth/dpop.ts');
    return dpopPair(this.#decorated.context);
  }
}

/** The noun for the client's own secret. */
export function nounOf(profile: Profile): string {
  return authenticationOf(profile).keeps?.noun ?? 'client secret';
}

type MaterialSource = Pick<BenchOptions, 'secret' | 'material'>;

/** The material of the profile's client authentication; undefined when it is missing. */
async function materialOfClient(profile: Profile, source: MaterialSource): Promise<Material | undefined> {
  const { needs } = authenticationOf(profile);
  return needs === 'nothing' ? { kind: needs } : materialFor(needs, source);
}

async function materialFor(kind: MaterialKind, source: MaterialSource): Promise<Material | undefined> {
  const own = await source.material?.(kind);
  if (own !== undefined || kind === 'file' || kind === 'nothing') return own;
  const secret = await source.secret();
  return secret === undefined ? undefined : materialFrom(kind, secret);
}

/** The values that are new in each authorization request. */
interface Fresh {
  readonly state: string;
  readonly verifier: string;
}

const newFresh = (): Fresh => ({ state: random(), verifier: random() });

/** The error of a pushed request that the server refused; undefined for any other error. */
function refusedWhenHandedIn(thrown: unknown): ErrorShown | undefined {
  if (!(thrown instanceof FailureError) || thrown.failure.kind !== 'oauth_error') return undefined;
  const { status, body } = thrown.failure;
  if (status === undefined || outOfOrder(status) || isOfItself(body.error)) return undefined;
  return ErrorShown.whenHandedIn(status, body.error);
}
