import type { FlowStep } from '../flow/failure.ts';
import { Trace } from '../flow/trace.ts';
import type { Exchange, ExchangePurpose } from '../http/exchange.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { requireOwnServer } from '../oauth/clientAuthentication.ts';
import { withDialect } from '../oauth/dialect.ts';
import type { Fetch } from '../ports.ts';
import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../profile/profile.ts';
import { acceptance, type Acceptance, type Yardstick } from './acceptance.ts';
import { authorizationUrl, challengeOf, random, type Change } from './authorizationRequest.ts';
import type { Authorization, BenchOptions, BenchServer, OtherClient } from './benchOptions.ts';
import { madeUpCode } from './clientTrial.ts';
import { authenticate, credentialsOf, type Credentials } from './credentials.ts';
import { readProbe, type ProbeAnswer } from './probe.ts';
import { foreignHost, ofItsOwn, samplePort, withPort, type Registered } from './registered.ts';
import { issued, describeToken, readTokenAnswer, type TokenAnswer } from './tokenAnswer.ts';
import { Undetermined } from './undetermined.ts';

/** The fields of a token request, without the client's authentication. */
export type Form = Record<string, string> | [string, string][];

const tokenHeaders = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };

/** Results that several checks share, with the exchanges that led to them. */
export type Memo = Map<string, Promise<{ readonly value: unknown; readonly exchanges: readonly Exchange[] }>>;

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
  readonly #trace = new Trace();
  readonly #shared: Exchange[] = [];
  readonly #title: string;

  /** @param title what the browser shows while it passes through the server for this check */
  constructor(options: BenchOptions, memo: Memo, title: string) {
    this.profile = options.profile;
    this.server = options.server;
    this.other = options.other;
    this.#options = options;
    this.#memo = memo;
    this.#title = title;
  }

  /** Everything sent and received, in the order of time, numbered from 1. */
  get evidence(): readonly Exchange[] {
    return [...this.#shared, ...this.#trace.exchanges]
      .toSorted((one, other) => one.startedAt - other.startedAt)
      .map((exchange, index) => ({ ...exchange, id: index + 1 }));
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
    return this.profile.clientAuthentication === 'none';
  }

  get canSignIn(): boolean {
    return this.#options.pilot !== undefined;
  }

  /** The origins of the server's endpoints. */
  get origins(): ReadonlySet<string> {
    const { issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint } = this.server;
    const urls = [issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint];
    return new Set(urls.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])));
  }

  /** One request to the server. @throws Undetermined for any other host; FailureError when no answer came */
  async send(purpose: ExchangePurpose, url: string, init?: RequestInit): Promise<Response> {
    if (!this.origins.has(new URL(url).origin))
      throw new Undetermined('The request would have left the server.');
    const { fetch, clock, signal, timeout } = this.#options;
    const step: FlowStep = purpose === 'authorization' ? 'authorization' : 'token';
    return recordingFetch({ fetch, clock, signal, timeout, trace: this.#trace })(purpose, step)(url, init);
  }

  #url(change: Change, fresh: { readonly state: string; readonly challenge: string }): string {
    return authorizationUrl(this.authorizationEndpoint, this.client, change, fresh);
  }

  /** The authorization request, changed, sent without cookies and with `prompt=none`: nobody has to sign in. */
  async probe(change: Change): Promise<ProbeAnswer> {
    const quiet: Change = { ...change, set: { prompt: 'none', ...change.set } };
    const url = this.#url(quiet, { state: random(), challenge: challengeOf(random()) });
    const response = await this.send('authorization', url, { headers: { accept: 'text/html' } });
    const { redirectUri } = this.client;
    return readProbe(response, { url, redirectUri, serverOrigins: this.origins });
  }

  /** Whether the server takes `uri` as a redirect URI. */
  async redirect(uri: string): Promise<{ readonly answer: ProbeAnswer; readonly acceptance: Acceptance }> {
    const { yardstick } = await this.registered();
    const answer = await this.probe({ set: { redirect_uri: uri } });
    return { answer, acceptance: acceptance(answer, uri, yardstick) };
  }

  /**
   * The redirect URI that is known to be accepted: the profile's as written, else with a port.
   *
   * @throws Undetermined when the server accepts neither
   */
  async accepted(): Promise<{ readonly uri: string; readonly yardstick: Yardstick }> {
    const { uri, yardstick, how } = await this.registered();
    if (how === 'accepted') return { uri, yardstick };
    throw new Undetermined(
      how === 'refused'
        ? 'The server refuses the redirect URI of the profile, so nothing can be compared with it.'
        : 'The server answers every redirect URI with the same page, so a sign-in would be needed for each.',
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
   * @param reuse what is not made anew; with `anyState` the answer may carry another state than the one sent
   * @throws Undetermined when no sign-in is wanted or the browser does not come back
   */
  async authorize(
    change: Change = {},
    reuse: { readonly verifier?: string; readonly state?: string; readonly anyState?: true } = {},
  ): Promise<Authorization> {
    const { pilot } = this.#options;
    if (pilot === undefined)
      throw new Undetermined(
        this.#options.pilotMissing ?? 'This needs a sign-in in the browser, which was left out.',
      );
    const state = reuse.state ?? random();
    const verifier = reuse.verifier ?? random();
    const { redirectUri } = pilot;
    const set = { redirect_uri: redirectUri, ...change.set };
    const url = this.#url({ ...change, set }, { state, challenge: challengeOf(verifier) });
    const anyState = reuse.anyState === true;
    const location = await pilot.pass({ url, state, anyState, title: this.#title, trace: this.#trace });
    const parameters = new URLSearchParams(location.search);
    // An error with a code is an error: the code is not used.
    const code = parameters.has('error') ? null : parameters.get('code');
    return { parameters, state, verifier, redirectUri, ...(code === null || code === '' ? {} : { code }) };
  }

  /** Like `authorize`, and insists on a code. @throws Undetermined when none came */
  async code(
    change: Change = {},
    reuse: { readonly verifier?: string } = {},
  ): Promise<Authorization & { readonly code: string }> {
    const answer = await this.authorize(change, reuse);
    if (answer.code !== undefined) return { ...answer, code: answer.code };
    const error = answer.parameters.get('error') ?? 'no code';
    throw new Undetermined(`The server answered a correct authorization request with ${error.slice(0, 60)}.`);
  }

  /** The profile's credentials. @throws Undetermined when its secret is missing */
  async credentials(): Promise<Credentials> {
    if (this.isPublic) return credentialsOf(this.profile, undefined);
    const secret = await this.#options.secret();
    if (secret === undefined) throw new Undetermined('The client secret of this profile is not stored.');
    return credentialsOf(this.profile, secret);
  }

  /** One request to the token endpoint, as the profile's client unless said otherwise. */
  async token(form: Form, as?: Credentials): Promise<TokenAnswer> {
    const body = new URLSearchParams(form);
    for (const [name, value] of Object.entries(this.profile.tokenParameters)) body.set(name, value);
    const request = authenticate(this.server.tokenEndpoint, body, as ?? (await this.credentials()));
    const purpose = body.get('grant_type') === 'refresh_token' ? 'refresh' : 'token';
    const send: Fetch = (url, init) => this.send(purpose, url, init);
    const { dialect } = this.#options;
    const response = await (dialect === undefined ? send : withDialect(send, dialect))(request.url, {
      method: 'POST',
      headers: { ...tokenHeaders, ...request.headers },
      body: request.form.toString(),
    });
    return readTokenAnswer(response);
  }

  /** Asks for a token of the client's own. @see RFC 6749 section 4.4.2 */
  clientCredentials(as?: Credentials): Promise<TokenAnswer> {
    const { scopes, audience, resource } = this.profile;
    const form: [string, string][] = [['grant_type', 'client_credentials']];
    if (scopes.length > 0) form.push(['scope', scopes.join(' ')]);
    if (audience !== undefined) form.push(['audience', audience]);
    for (const one of resource) form.push(['resource', one]);
    return this.token(form, as);
  }

  /**
   * Makes sure that the server takes the profile's own credentials; asked once a run.
   *
   * @throws Undetermined when it does not
   */
  rightClient(): Promise<TokenAnswer> {
    return this.#once('client', async (bench) => {
      const isMachine = bench.profile.grant === 'client_credentials';
      const answer = await (isMachine ? bench.clientCredentials() : bench.token(madeUpCode(bench)));
      if (isMachine ? issued(answer) : answer.error !== 'invalid_client') return answer;
      throw new Undetermined(
        `The client secret of the profile is refused, too: the server ${describeToken(answer)}.`,
      );
    });
  }

  /** Redeems a code, changed. @see RFC 6749 section 4.1.3 */
  redeem(
    answer: Authorization & { readonly code: string },
    change: Change = {},
    as?: Credentials,
  ): Promise<TokenAnswer> {
    const form = new Map<string, string>([
      ['grant_type', 'authorization_code'],
      ['code', answer.code],
      ['redirect_uri', answer.redirectUri],
      ['code_verifier', answer.verifier],
      ...Object.entries(change.set ?? {}),
    ]);
    for (const name of change.omit ?? []) form.delete(name);
    return this.token(Object.fromEntries(form), as);
  }

  /** Renews with a refresh token. @see RFC 6749 section 6 */
  refresh(refreshToken: string, more: Record<string, string> = {}, as?: Credentials): Promise<TokenAnswer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...more }, as);
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
    if (profile.clientAuthentication === 'none') return credentialsOf(profile, undefined);
    this.#requireServerOf(profile);
    const secret = await this.other.secret();
    if (secret === undefined)
      throw new Undetermined(`The client secret of the profile "${profile.name}" is not stored.`);
    return credentialsOf(profile, secret);
  }

  /** The other client's secret was entered for its own server. @throws Undetermined when that is not this one */
  #requireServerOf(other: Profile): void {
    const { issuer = '', tokenEndpoint, publishedTokenEndpoint } = this.server;
    const metadata = {
      server: { issuer, token_endpoint: tokenEndpoint },
      issuerKnown: this.server.issuer !== undefined,
      sources: {},
      ...(publishedTokenEndpoint === undefined
        ? {}
        : { published: { issuer, token_endpoint: publishedTokenEndpoint } }),
    };
    requireOwnServer(other, metadata, 'client secret');
  }

  async #once<T>(key: string, work: (bench: Bench) => Promise<T>): Promise<T> {
    let entry = this.#memo.get(key);
    if (entry === undefined) {
      const bench = new Bench(this.#options, this.#memo, this.#title);
      entry = work(bench).then((value) => ({ value, exchanges: bench.evidence }));
      this.#memo.set(key, entry);
    }
    const { value, exchanges } = await entry;
    const known = new Set(this.#shared);
    this.#shared.push(...exchanges.filter((exchange) => !known.has(exchange)));
    return value as T;
  }
}
