import type { McpViewIntent, McpViewModel } from '../../shared/views/mcpView.ts';
import { abortable } from '../abortable.ts';
import { FailureError, type Failure } from '../record/failure.ts';
import type { FlowReport } from '../record/report.ts';
import { toFailure } from '../record/toFailure.ts';
import { Trace } from '../record/trace.ts';
import { givenSecretPlace } from '../oauth/clientAuthentication.ts';
import type { CodeRoute, IsOneService } from '../oauth/requireOneServer.ts';
import type { RegisteredClient } from '../oauth/registerClient.ts';
import type { Clock, Fetch } from '../ports.ts';
import type { AuthorizationCodeProfile, SecretPlace } from '../profile/profile.ts';
import { decodeToken } from '../token/decode.ts';
import { withoutProfile } from '../profile/withoutProfile.ts';
import { connectMcpServer, type McpConnection } from './connect.ts';
import { exploreMcpServer, type McpExploration } from './explore.ts';
import { mcpProfile } from './mcpProfile.ts';
import { explored, mcpView, type McpState } from './mcpView.ts';
import { registerForMcp } from './registerForMcp.ts';
import { mcpContext } from './transport.ts';
import { canonicalResource } from './serverUrl.ts';
import { audiencesIn } from '../audiences.ts';

/** What exploring a server needs from outside. */
export interface McpDeps {
  /** The extension's version. */
  readonly version: string;
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Milliseconds for one request. */
  timeout: () => number;
  draw: (model: McpViewModel) => void;
  /** Records the exploration among the flows. */
  record: (report: FlowReport) => void;
  /** The profile of a client that was registered for the resource before, if there is one. */
  known: (resource: string) => AuthorizationCodeProfile | undefined;
  /** A free redirect URI: `http://127.0.0.1:<a free port>/callback`. */
  freeRedirect: () => Promise<string>;
  /** An id and a name that no profile has yet. */
  nameFor: (host: string) => { readonly id: string; readonly name: string };
  /** Whether the user agrees that a client may be registered at one origin for another. */
  isOneService: (profile: AuthorizationCodeProfile, route: CodeRoute) => Promise<boolean>;
  save: (profile: AuthorizationCodeProfile) => Promise<void>;
  keepSecret: (place: SecretPlace, secret: string) => Promise<void>;
  /** Runs the sign-in, which the user can see. @throws FailureError when no flow ran */
  signIn: (profile: AuthorizationCodeProfile, signal: AbortSignal) => Promise<FlowReport>;
}

/** The controller of one MCP view: the exploration, the sign-in, the session. */
export class McpController {
  readonly #deps: McpDeps;
  readonly #id: string;
  #state: McpState;
  #trace = new Trace();
  #startedAt = 0;
  #work: AbortController | undefined;
  /** Why the latest exploration or sign-in ended early. */
  #failed: Failure | undefined;

  /** @param id of the exploration among the flows */
  constructor(url: URL, id: string, deps: McpDeps) {
    this.#deps = deps;
    this.#id = id;
    this.#state = { url: url.href, running: false, sessionFindings: [], signedIn: false };
  }

  get model(): McpViewModel {
    return mcpView(this.#state);
  }

  /** Does what the view asks for; what only the host can do is left to that. */
  async handle(intent: McpViewIntent): Promise<void> {
    switch (intent.type) {
      case 'again':
        return this.explore();
      case 'cancel':
        this.#work?.abort();
        return;
      case 'signIn':
        return this.#signIn();
      case 'clientId': {
        const clientId = intent.clientId.trim().slice(0, 2048);
        if (clientId === '') return;
        this.#show({ clientId });
        return this.explore();
      }
      case 'check':
      case 'copyReport':
      case 'showFlow':
      case 'showToken':
      case 'editProfile':
    }
  }

  /** Goes through what a client must do, up to the moment before the browser opens. */
  async explore(): Promise<void> {
    const { url, clientId } = this.#state;
    this.#trace = new Trace();
    this.#startedAt = this.#deps.clock.now();
    await this.#working(async (signal) => {
      this.#state = {
        url,
        running: true,
        sessionFindings: [],
        signedIn: false,
        ...(clientId !== undefined && { clientId }),
      };
      this.#draw();
      const known = clientId ?? this.#deps.known(canonicalResource(new URL(url)))?.clientId;
      const options = { version: this.#deps.version, ...(known !== undefined && { clientId: known }) };
      const exploration = await exploreMcpServer(new URL(url), options, this.#context(signal));
      this.#show({ exploration, ...(known !== undefined && { clientId: known }) });
    });
    this.#record();
  }

  /** Cancels what is running. */
  dispose(): void {
    this.#work?.abort();
  }

  async #signIn(): Promise<void> {
    const { exploration } = this.#state;
    if (exploration?.plan === undefined) return;
    await this.#working(async (signal) => {
      const profile = await this.#profileFor(exploration, signal);
      this.#show({ profile: profile.id, clientId: profile.clientId });
      const connection = await connectMcpServer(
        profile,
        {
          url: exploration.url,
          version: this.#deps.version,
          signIn: (one) => this.#deps.signIn(one, signal),
        },
        this.#context(signal),
      );
      if (connection.profile !== profile) await this.#deps.save(connection.profile);
      this.#connected(connection);
    });
    this.#record();
  }

  /**
   * The profile of an earlier sign-in here, or a new one with a client ID that is obtained now; saved before the browser opens.
   */
  async #profileFor(exploration: McpExploration, signal: AbortSignal): Promise<AuthorizationCodeProfile> {
    const { plan } = exploration;
    if (plan === undefined) throw new RangeError('Nobody can sign in here.');
    const { clientId } = this.#state;
    const known = this.#deps.known(exploration.resourceIndicator);
    if (known !== undefined && known.clientId === clientId) return known;
    const redirectUri = await this.#deps.freeRedirect();
    const registered: { registered?: RegisteredClient } =
      clientId === undefined ? {} : { registered: { clientId } };
    const named = { ...this.#deps.nameFor(new URL(exploration.url).host), redirectUri };
    const isOneService: IsOneService = (route) => {
      const unregistered = mcpProfile(exploration, plan, { ...named, client: { clientId: '' } });
      return abortable(this.#deps.isOneService(unregistered, route), signal);
    };
    const context = { ...this.#context(signal), isOneService };
    const client = await registerForMcp(plan, { redirectUri, ...registered }, context);
    if (client.clientSecret !== undefined) this.#trace.useSecret(client.clientSecret);
    const profile = mcpProfile(exploration, plan, { ...named, client });
    await this.#deps.save(profile);
    const place = givenSecretPlace(profile, plan.server.metadata?.members ?? {});
    if (client.clientSecret !== undefined) await this.#deps.keepSecret(place, client.clientSecret);
    return profile;
  }

  #connected({ tokens, session, findings, signIns }: McpConnection): void {
    const last = signIns.at(-1)?.outcome;
    if (tokens === undefined) {
      const failure = last?.kind === 'failure' ? last.failure : undefined;
      this.#show({ failure: failure ?? { message: 'The sign-in gave no token.', advice: 'See its flow.' } });
      return;
    }
    const audience = audienceOf(tokens.access_token);
    this.#show({
      signedIn: true,
      sessionFindings: findings,
      ...(audience !== undefined && { audience }),
      ...(session !== undefined && { session }),
    });
  }

  /** Runs one thing at a time, and shows what it throws. */
  async #working(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#work?.abort();
    const current = new AbortController();
    this.#work = current;
    this.#failed = undefined;
    const { failure: _, ...state } = this.#state;
    this.#state = { ...state, running: true };
    this.#draw();
    try {
      await work(current.signal);
    } catch (thrown) {
      if (!(thrown instanceof FailureError) && !(thrown instanceof RangeError) && !current.signal.aborted)
        throw thrown;
      const failure = toFailure(thrown, { step: 'api', cancelled: current.signal.aborted });
      if (this.#work !== current) return;
      this.#failed = failure;
      this.#show({ failure });
    } finally {
      if (this.#work === current) this.#show({ running: false });
    }
  }

  #context(signal: AbortSignal) {
    const { clock, fetch } = this.#deps;
    return mcpContext({ fetch, clock, signal, timeout: this.#deps.timeout() }, this.#trace);
  }

  /** Records the exploration as a run, with all exchanges so far. */
  #record(): void {
    const { exploration, url } = this.#state;
    if (this.#trace.exchanges.length === 0) return;
    const failure = exploration === undefined ? this.#failed : undefined;
    const { text } = exploration === undefined ? this.model.headline : explored(exploration);
    this.#deps.record({
      id: this.#id,
      kind: 'mcp',
      profile: withoutProfile(url, exploration?.plan?.server.issuer),
      startedAt: this.#startedAt,
      endedAt: this.#deps.clock.now(),
      exchanges: this.#trace.exchanges,
      outcome:
        failure !== undefined
          ? { kind: 'failure', failure }
          : { kind: 'checked', title: 'MCP server', verdict: this.model.headline.tone, meaning: text },
    });
  }

  #show(change: Partial<McpState>): void {
    this.#state = { ...this.#state, ...change };
    this.#draw();
  }

  #draw(): void {
    this.#deps.draw(this.model);
  }
}

function audienceOf(token: string): readonly string[] | undefined {
  const claims = decodeToken(token).payload?.json;
  return claims && audiencesIn(claims);
}
