import { plainText } from '../http/plainText.ts';
import { authenticationOf } from '../authentication/all.ts';
import { materialFrom, type Material, type MaterialKind } from '../authentication/authentication.ts';
import { grantOf } from '../grants/all.ts';
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
import { decoratorsOf } from '../oauth/decorators.ts';
import type { DpopPair } from '../oauth/dpop.ts';
import { withDialect } from '../oauth/dialect.ts';
import type { ServerMetadata } from '../oauth/serverMetadata.ts';
import { sendDecorated } from '../oauth/tokenEndpoint.ts';
import { clientParameters, codeParameters, refreshParameters } from '../oauth/tokenParameters.ts';
import { tokenRequest, type Parameter } from '../oauth/tokenRequest.ts';
import type { Fetch, FetchInit } from '../ports.ts';
import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../profile/profile.ts';
import { acceptance, type Acceptance, type Yardstick } from './acceptance.ts';
import { changed, changedRequest, random, type Change } from './authorizationRequest.ts';
import type { Authorization, BenchOptions, BenchServer, NamedEndpoint, OtherClient } from './benchOptions.ts';
import { credentialsOf, inQuery, shownBy, type Credentials } from './credentials.ts';
import { ErrorShown } from './pilot.ts';
import { readProbe, type ProbeAnswer } from './probe.ts';
import { foreignHost, ofItsOwn, samplePort, withPort, type Registered } from './registered.ts';
import { issued, describeToken, readTokenAnswer, type TokenAnswer } from './tokenAnswer.ts';
import { CheckRecord, type Memo } from './checkRecord.ts';
import { Undetermined } from './undetermined.ts';

/** What of an authorization request is not made anew, and which answers to it count. */
export interface Reuse {
  readonly verifier?: string;
  readonly state?: string;
  /** The address to go to, in place of that of a new request. */
  readonly url?: string;
  /** The answer may carry another state than the one sent. */
  readonly anyState?: true;
  /** The answer may come to another address of ours than the redirect URI. */
  readonly anywhere?: true;
  /** The answer may be in the fragment: then `has` names its parameters, and only `state`, `error` and `iss` have values. */
  readonly fragment?: true;
}

/**
 * The workbench of one check: sends requests as the profile would, or changed on purpose, and keeps every exchange as
 * evidence. Sends to no origin but those of the server's endpoints; follows no redirect.
 */
export class Bench {
  readonly profile: Profile;
  readonly server: BenchServer;
  readonly other: OtherClient | undefined;
  readonly #options: BenchOptions;
  readonly #memo: Memo;
  readonly #record: CheckRecord;
  readonly #title: string;

  /** @param title what the browser shows while it passes through the server for this check */
  constructor(options: BenchOptions, memo: Memo, title: string) {
    this.profile = options.profile;
    this.server = options.server;
    this.other = options.other;
    this.#options = options;
    this.#memo = memo;
    this.#record = new CheckRecord(memo);
    this.#title = title;
  }

  /** Everything sent and received, in the order of time, numbered from 1. */
  get evidence(): readonly Exchange[] {
    return this.#record.evidence;
  }

  /** The profile, when it has a redirect URI. @throws Undetermined otherwise */
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

  get canSignIn(): boolean {
    return this.#options.pilot !== undefined;
  }

  /** The address of an endpoint that a check says it needs. @throws Undetermined when the server names none */
  endpoint(name: NamedEndpoint): string {
    const url = this.server[`${name}Endpoint`];
    if (url === undefined) throw new Undetermined(`The server names no ${name} endpoint.`);
    return url;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#options.clock.now();
  }

  /** The redirect URI at which the browser comes back, with the port in use. @throws Undetermined without a browser */
  get listening(): string {
    const { pilot, pilotMissing } = this.#options;
    if (pilot !== undefined) return pilot.redirectUri;
    throw new Undetermined(pilotMissing ?? noBrowser);
  }

  /** As `BenchOptions.showCode`. @throws Undetermined when no sign-in is wanted */
  get showCode(): NonNullable<BenchOptions['showCode']> {
    const { showCode } = this.#options;
    if (showCode !== undefined) return showCode;
    throw new Undetermined(noBrowser);
  }

  /** Waits. @throws the signal's reason when the run is cancelled */
  wait(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#options;
    return clock.sleep(milliseconds, signal);
  }

  /** Asks a host of the server for a TLS connection. @throws Undetermined when it cannot be reached by itself */
  async hello(url: string, version: TlsVersion): Promise<HelloAnswer> {
    const { hello, clock, signal, timeout } = this.#options;
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

  /** One request to the server. @throws Undetermined for any other host; FailureError when no answer came */
  async send(purpose: ExchangePurpose, url: string, init?: FetchInit): Promise<Response> {
    if (!this.origins.has(new URL(url).origin))
      throw new Undetermined('The request would have left the server.');
    const { fetch, clock, signal, timeout } = this.#options;
    const trace = this.#record.trace;
    if (purpose !== 'authorization')
      return recordingFetch({ fetch, clock, signal, timeout, trace })(purpose, 'token')(url, init);
    // An authorization request is a page that a browser opens.
    const navigate = this.#options.navigate ?? navigation(fetch, clock);
    const record = recordingFetch({ fetch: navigate, clock, signal, timeout, trace });
    const headers = { ...navigationHeaders, ...(init?.headers as Record<string, string> | undefined) };
    return record(purpose, 'authorization')(url, { ...init, headers });
  }

  /**
   * The authorization request of the profile, changed, as its flows send it.
   *
   * @throws ErrorShown when the server refuses it already where it is handed in (RFC 9126)
   */
  async authorizationUrl(change: Change, fresh: Fresh = newFresh()): Promise<string> {
    return (await this.#authorizationUrl(change, fresh)).url;
  }

  /** @returns the address to go to, and the one it stands for */
  async #authorizationUrl(
    change: Change,
    fresh: Fresh,
  ): Promise<{ readonly url: string; readonly for: string }> {
    const plain = changedRequest(this.authorizationEndpoint, this.client, change, fresh);
    let request = plain;
    try {
      for (const decorator of this.#options.decorators ?? [])
        request = (await decorator.authorization?.(request, this.#decorated)) ?? request;
    } catch (thrown) {
      throw refusedWhenHandedIn(thrown) ?? thrown;
    }
    return { url: authorizationUrl(request), for: authorizationUrl(plain) };
  }

  /** What decorates a request sees of the check. */
  get #decorated(): DecoratedFlow {
    const { fetch, clock, signal, timeout } = this.#options;
    const options = this.#options;
    const trace = this.#record.trace;
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
        material: (kind) => materialFor(kind, this.#options),
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

  /** The authorization request, changed, sent without cookies and with `prompt=none`: nobody has to sign in. */
  async probe(change: Change): Promise<ProbeAnswer> {
    const quiet: Change = { ...change, set: { prompt: 'none', ...change.set } };
    try {
      const { url, for: asked } = await this.#authorizationUrl(quiet, newFresh());
      const response = await this.send('authorization', url);
      const { redirectUri } = this.client;
      return await readProbe(response, { url: asked, redirectUri, serverOrigins: this.origins });
    } catch (thrown) {
      if (thrown instanceof ErrorShown && thrown.answer !== undefined) return thrown.answer;
      throw thrown;
    }
  }

  /**
   * Uses an access token, as the profile's flows do: with a proof of its key where they are bound to one.
   *
   * @see RFC 6750 section 2.1, RFC 9449 section 7.1
   */
  async use(purpose: ExchangePurpose, url: string, accessToken: string): Promise<Response> {
    const headers = new Headers();
    const send: Fetch = (target, init) => {
      // As plain data, in which the proof of a key is one header more.
      return this.send(purpose, target, { headers: Object.fromEntries(new Headers(init?.headers)) });
    };
    if (this.client.dpop !== true) {
      headers.set('authorization', `Bearer ${accessToken}`);
      return send(url, { headers });
    }
    const { sendBound } = await import('../api/sendBound.ts');
    const request = { method: 'GET', url, headers };
    return sendBound(request, { access_token: accessToken }, send, this.#decorated.context);
  }

  /** Whether the server takes `uri` as a redirect URI. */
  async redirect(uri: string): Promise<{ readonly answer: ProbeAnswer; readonly acceptance: Acceptance }> {
    const { yardstick } = await this.registered();
    const answer = await this.probe({ set: { redirect_uri: uri } });
    return { answer, acceptance: acceptance(answer, uri, yardstick) };
  }

  /**
   * The redirect URI of the profile, which the server does not refuse, and whether its answer shows that it accepts it: a
   * server that signs everybody in first shows that only in the browser.
   *
   * @throws Undetermined when the server refuses it
   */
  async notRefused(): Promise<{
    readonly uri: string;
    readonly yardstick: Yardstick;
    readonly tells: boolean;
  }> {
    const { uri, yardstick, how } = await this.registered();
    if (how !== 'refused') return { uri, yardstick, tells: how === 'accepted' };
    throw new Undetermined(
      'The server refuses the redirect URI of the profile, so nothing can be compared with it.',
    );
  }

  /**
   * The redirect URI that is known to be accepted: the profile's as written, else with a port.
   *
   * @throws Undetermined when the server accepts neither
   */
  async accepted(): Promise<{ readonly uri: string; readonly yardstick: Yardstick }> {
    const { uri, yardstick, tells } = await this.notRefused();
    if (tells) return { uri, yardstick };
    throw new Undetermined(
      'The server answers every redirect URI with the same page, so a sign-in would be needed for each.',
    );
  }

  /** How the profile's own redirect URI and an unregistered host are answered; asked once a run. */
  registered(): Promise<Registered> {
    return this.#once('registered', (bench) => bench.#askRegistered());
  }

  async #askRegistered(): Promise<Registered> {
    const { redirectUri } = this.client;
    const unregistered = await this.probe({ set: { redirect_uri: `https://${foreignHost}/callback` } });
    const written = await this.probe({ set: { redirect_uri: redirectUri } });
    const first = { registered: written, unregistered };
    const how = ofItsOwn(first, redirectUri);
    if (how !== 'refused' || new URL(redirectUri).port !== '')
      return { uri: redirectUri, yardstick: first, how, literal: how };
    const uri = withPort(redirectUri, samplePort);
    const second = { registered: await this.probe({ set: { redirect_uri: uri } }), unregistered };
    return { uri, yardstick: second, how: ofItsOwn(second, uri), literal: how };
  }

  /**
   * Sends the browser through the server; the answer may be an error.
   *
   * @throws Undetermined when no sign-in is wanted or the browser does not come back; ErrorShown when the user says that it
   * shows an error page
   */
  async authorize(change: Change = {}, reuse: Reuse = {}): Promise<Authorization> {
    const { pilot } = this.#options;
    const redirectUri = this.listening;
    if (pilot === undefined) throw new TypeError('Nothing listens.');
    const state = reuse.state ?? random();
    const verifier = reuse.verifier ?? random();
    const set = { redirect_uri: redirectUri, ...change.set };
    const url = reuse.url ?? (await this.authorizationUrl({ ...change, set }, { state, verifier }));
    const how = {
      anyState: reuse.anyState === true,
      anywhere: reuse.anywhere === true,
      fragment: reuse.fragment === true,
    };
    const location = await pilot.pass({ url, state, ...how, title: this.#title, trace: this.#record.trace });
    const parameters = new URLSearchParams(location.search);
    // An error with a code is an error: the code is not used.
    const code = parameters.has('error') ? null : parameters.get('code');
    return {
      parameters,
      state,
      verifier,
      redirectUri,
      location,
      ...(code === null || code === '' ? {} : { code }),
    };
  }

  /** Like `authorize`, and insists on a code. @throws Undetermined when none came */
  async code(
    change: Change = {},
    reuse: { readonly verifier?: string } = {},
  ): Promise<Authorization & { readonly code: string }> {
    const answer = await this.authorize(change, reuse);
    if (answer.code !== undefined) return { ...answer, code: answer.code };
    const error = answer.parameters.get('error') ?? 'no code';
    throw new Undetermined(
      `The server answered a correct authorization request with ${plainText(error, 60)}.`,
    );
  }

  /** The profile's credentials. @throws Undetermined when its secret is missing */
  async credentials(): Promise<Credentials> {
    const material = await materialOfClient(this.profile, this.#options);
    if (material === undefined)
      throw new Undetermined(`The ${nounOf(this.profile)} of this profile is not stored.`);
    return credentialsOf(this.profile, material);
  }

  /**
   * One request to the token endpoint, as the profile's flows send it unless said otherwise.
   *
   * @param parameters the grant's own, `grant_type` among them
   */
  async token(parameters: readonly Parameter[], as?: Credentials, change: Change = {}): Promise<TokenAnswer> {
    const { request, fetch } = await this.#tokenRequest(parameters, as, change);
    const { decorators = [] } = this.#options;
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
    const { dialect } = this.#options;
    return { request, fetch: dialect === undefined ? send : withDialect(send, dialect) };
  }

  /** Asks for a token of the client's own. @see RFC 6749 section 4.4.2 */
  clientCredentials(as?: Credentials): Promise<TokenAnswer> {
    return this.token(clientParameters(this.profile), as);
  }

  /**
   * Makes sure that the server takes the profile's own credentials; asked once a run.
   *
   * @throws Undetermined when it does not
   */
  rightClient(): Promise<TokenAnswer> {
    return this.#once('client', async (bench) => {
      const isMachine = !grantOf(bench.profile).actsForUser;
      const answer = await (isMachine ? bench.clientCredentials() : bench.token(madeUpCode(bench)));
      if (isMachine ? issued(answer) : answer.error !== 'invalid_client') return answer;
      throw new Undetermined(
        `The ${nounOf(bench.profile)} of the profile is refused, too: the server ${describeToken(answer)}.`,
      );
    });
  }

  /** Redeems a code, changed. @see RFC 6749 section 4.1.3 */
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

  /**
   * A correct sign-in and token request, done once a run: what is refused later is refused for its fault only.
   *
   * @throws Undetermined when even that is refused
   */
  reference(): Promise<{ readonly answer: Authorization; readonly token: TokenAnswer }> {
    return this.#once('reference', async (bench) => {
      const answer = await bench.code();
      const token = await bench.redeem(answer);
      if (!issued(token))
        throw new Undetermined(
          `A correct token request was refused too: the server ${describeToken(token)}.`,
        );
      return { answer, token };
    });
  }

  /** The credentials of the other client. @throws Undetermined when its secret is missing */
  async otherCredentials(): Promise<Credentials> {
    if (this.other === undefined) throw new Undetermined('There is no other profile of this server.');
    const { profile } = this.other;
    // The other client's secret was entered for its own server.
    if (authenticationOf(profile).proves) requireOwnServer(profile, this.#metadata, 'client secret');
    const material = await materialOfClient(profile, this.other);
    if (material === undefined)
      throw new Undetermined(`The ${nounOf(profile)} of the profile "${profile.name}" is not stored.`);
    return credentialsOf(profile, material);
  }

  /** What `work` comes to, which is done once a run whichever check needs it first. */
  onceInRun<T>(key: string, work: (bench: Bench) => Promise<T>): Promise<T> {
    return this.#once(key, work);
  }

  /** The key that the profile's tokens are bound to. */
  async proofKey(): Promise<DpopPair> {
    const { dpopPair } = await import('../oauth/dpop.ts');
    return dpopPair(this.#decorated.context);
  }

  /** What `work` comes to once a run, where the profile proves no key (DPoP). */
  unbound<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
    return this.#record.once('unbound', async () => {
      const profile = { ...this.profile, dpop: false };
      const options = { ...this.#options, profile, decorators: await decoratorsOf(profile) };
      const bench = new Bench(options, this.#memo, this.#title);
      return { value: await work(bench), exchanges: bench.evidence };
    });
  }

  async #once<T>(key: string, work: (bench: Bench) => Promise<T>): Promise<T> {
    return this.#record.once(key, async () => {
      const bench = new Bench(this.#options, this.#memo, this.#title);
      const value = await work(bench);
      return { value, exchanges: bench.evidence };
    });
  }
}

const noBrowser = 'This needs a sign-in in the browser, which was left out.';

/** What a client proves itself with, in a sentence. */
function nounOf(profile: Profile): string {
  return authenticationOf(profile).keeps?.noun ?? 'client secret';
}

type MaterialSource = Pick<BenchOptions, 'secret' | 'material'>;

/** What a profile's client proves itself with; absent when it is not there. */
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

/** What is new with each authorization request. */
interface Fresh {
  readonly state: string;
  readonly verifier: string;
}

const newFresh = (): Fresh => ({ state: random(), verifier: random() });

/** What it means when the server refuses a request where it is handed in; nothing for all else that can go wrong there. */
function refusedWhenHandedIn(thrown: unknown): ErrorShown | undefined {
  if (!(thrown instanceof FailureError) || thrown.failure.kind !== 'oauth_error') return undefined;
  const { status, body } = thrown.failure;
  return status === undefined || status >= 500 ? undefined : ErrorShown.whenHandedIn(status, body.error);
}

/** A well-formed request with a code that was never issued. */
export function madeUpCode(bench: Bench): Parameter[] {
  return codeParameters(
    'a-code-that-was-never-issued',
    bench.client.redirectUri,
    'a-code-verifier-of-a-code-that-was-never-issued',
  );
}
