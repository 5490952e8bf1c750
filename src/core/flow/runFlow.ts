import { randomUUID } from 'node:crypto';
import { authenticationOf } from '../authentication/all.ts';
import { materialFrom, type Material, type MaterialKind } from '../authentication/authentication.ts';
import { grantOf } from '../grants/all.ts';
import type { GrantFlow, Partner } from '../oauth/grantFlow.ts';
import { presentedIdentity } from '../http/presentedIdentity.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { decoratorsOf } from '../oauth/decorators.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { ProofHandles } from '../oauth/requestContext.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import { pastedToken } from '../oauth/pastedToken.ts';
import { prepare, type PreparedFlow } from '../oauth/prepare.ts';
import type { CodeRoute } from '../oauth/requireOneServer.ts';
import { refreshToken } from '../oauth/refreshToken.ts';
import type { Browser, ClientSecret, Clock, Fetch, Made } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import type { GrantInput } from '../profile/traits.ts';
import { abortable } from '../abortable.ts';
import { madeOnce } from '../madeOnce.ts';
import type { FlowContext } from '../oauth/context.ts';
import { FailureError } from '../record/failure.ts';
import type { LiveFlow } from './liveFlow.ts';
import type { FlowOutcome, FlowReport, TokenSet } from '../record/report.ts';
import { locateFailure } from '../record/locateFailure.ts';
import { scrubFailure } from '../http/scrubFailure.ts';
import { toFailure } from '../record/toFailure.ts';
import { Trace } from '../record/trace.ts';

/** Everything a flow needs from outside. */
export interface FlowDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly browser: Browser;
  readonly metadata: MetadataCache;
  /** The client secret of a profile; asked for only when its client authentication needs one. */
  secret: (profile: Profile, ...where: Parameters<ClientSecret>) => ReturnType<ClientSecret>;
  /** The client's own material where that is not a typed secret: a key, a certificate, a file. */
  material?: (profile: Profile, kind: MaterialKind) => Promise<Material | undefined>;
  /** The grant's input, such as a refresh token: from the vault or the user; undefined when the user declined. */
  input?: (profile: Profile, input: GrantInput, tokenEndpoint?: string) => Promise<string | undefined>;
  /** Replaces the input in the vault. */
  keepInput?: (profile: Profile, input: GrantInput, text: string, tokenEndpoint?: string) => Promise<void>;
  /**
   * Keeps a secret of our own, such as a key, for a profile's server, and makes it when there is none; absent: one is made for
   * each flow.
   */
  made?: (profile: Profile, ...how: Parameters<Made>) => ReturnType<Made>;
  /** The DPoP handles of this session; absent: no nonce is remembered. */
  readonly proofs?: ProofHandles;
  /** The profile that another one names as its `subjectProfile`, with what its flows need. @throws FailureError */
  partner?: (profile: Profile) => Promise<PartnerDeps>;
  /** How a profile's token endpoint deviates from RFC 6749; absent or undefined where it does not. */
  dialect?: (profile: Profile) => TokenDialect | undefined;
  /** Whether the provider catalogue or the user says that a profile’s code may take this route; absent: no. */
  isOneService?: (profile: Profile, route: CodeRoute) => Promise<boolean>;
  /** Cancels the flow, whatever it waits for. */
  readonly signal?: AbortSignal;
  /** How long one request may take, in milliseconds; 30 s unless told. */
  readonly requestTimeout?: number;
  /** How long the user has to sign in, in milliseconds; 5 minutes unless told. */
  readonly signInTimeout?: number;
  /** The tokens to refresh; required for `refresh_token`. */
  readonly previous?: TokenSet;
  /** The scopes that a refresh asks for, when these are fewer than were granted. */
  readonly fewer?: readonly string[];
  /** Called after every change of the flow, with its state at that moment. */
  onProgress?: (flow: LiveFlow) => void;
}

/** Another profile, for a flow over two servers. */
export interface PartnerDeps {
  readonly profile: Profile;
  readonly deps: FlowDeps;
  /** Its tokens, if they are still valid. */
  readonly kept?: TokenSet;
  /** Keeps the tokens that were issued for it. */
  readonly keep: (tokens: TokenSet) => void | Promise<void>;
}

/** A flow that ends with a token: the id of a grant, or `refresh_token`. */
export type TokenFlowKind = string;

/** Runs one flow of a profile, and reports it. Never rejects: a failure is the report's outcome. */
export async function runFlow(kind: TokenFlowKind, profile: Profile, deps: FlowDeps): Promise<FlowReport> {
  const { clock } = deps;
  const start = { id: randomUUID(), kind, profile, startedAt: clock.now() };
  const trace: Trace = new Trace(() => deps.onProgress?.(liveFlow(start, trace)));
  const signal = deps.signal ?? new AbortController().signal;
  const outcome = await outcomeOf(kind, profile, deps, { trace, signal });
  const { exchanges, pkce, partner } = trace;
  return {
    ...{ ...start, endedAt: clock.now(), exchanges, outcome },
    ...(pkce === undefined ? {} : { pkce }),
    ...(partner !== undefined && outcome.kind === 'failure' && { failedAt: partner }),
  };
}

async function outcomeOf(
  kind: TokenFlowKind,
  profile: Profile,
  deps: FlowDeps,
  { trace, signal }: Pick<FlowContext, 'trace' | 'signal'>,
): Promise<FlowOutcome> {
  try {
    signal.throwIfAborted();
    const context = await contextOf(profile, deps, trace, signal);
    return { kind: 'token', tokens: await run(kind, profile, deps, context) };
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    return { kind: 'failure', failure: locateFailure(scrubFailure(failure, trace), trace.exchanges) };
  }
}

function run(kind: TokenFlowKind, profile: Profile, deps: FlowDeps, context: FlowContext): Promise<TokenSet> {
  const grant = grantOf(profile);
  // The grant of a profile that starts from a refresh token is also named `refresh_token`.
  if (kind !== grant.id || deps.previous !== undefined)
    return refreshToken(profile, context, deps.previous, deps.fewer);
  return grant.run(profile, grantFlow(profile, context, deps));
}

function grantFlow(profile: Profile, context: FlowContext, deps: FlowDeps): GrantFlow {
  let prepared: Promise<PreparedFlow> | undefined;
  return {
    ...context,
    prepare: (check) => (prepared ??= prepare(profile, context, check)),
    ...inputOf(profile, context, deps, async () => (await prepared)?.metadata.server.token_endpoint),
    partner: () => partnerOf(profile, context, deps),
  };
}

async function partnerOf(profile: Profile, { trace, signal }: FlowContext, deps: FlowDeps): Promise<Partner> {
  const found = await deps.partner?.(profile);
  if (found === undefined) throw noPartner();
  const { profile: other, deps: its, kept, keep } = found;
  const context = await contextOf(other, its, trace, signal);
  return {
    ...{ profile: other, flow: grantFlow(other, context, its) },
    ...(kept !== undefined && { kept }),
    async signIn() {
      // A flow of its own, as its grant's `prepare` has other checks than an exchange.
      const tokens = await grantOf(other).run(other, grantFlow(other, context, its));
      await keep(tokens);
      return tokens;
    },
  };
}

function noPartner(): FailureError {
  const problem = 'The profile at the identity provider is not known here.';
  return new FailureError({
    ...{ kind: 'invalid_profile', step: 'profile', problems: [problem], message: problem },
    advice: 'Write the ID of the profile you sign in with into subjectProfile.',
  });
}

function inputOf(
  profile: Profile,
  { grant: { input }, trace, signal }: FlowContext,
  deps: FlowDeps,
  tokenEndpoint: () => Promise<string | undefined>,
): Pick<GrantFlow, 'input' | 'keepInput'> {
  return {
    async input(other = input) {
      trace.enter('secret');
      const asked = other && deps.input?.(profile, other, await tokenEndpoint());
      const given = asked && (await abortable(asked, signal));
      const text = given !== undefined && other?.long ? pastedToken(given) : given;
      if (text === undefined || text === '') throw inputMissing(profile, other?.noun ?? 'secret');
      trace.useSecret(text);
      return text;
    },
    async keepInput(text) {
      if (input !== undefined) await deps.keepInput?.(profile, input, text, await tokenEndpoint());
    },
  };
}

function inputMissing({ name }: Profile, noun: string): FailureError {
  return new FailureError({
    kind: 'secret_missing',
    what: 'input',
    step: 'secret',
    message: `The profile "${name}" has no ${noun} to start from.`,
    advice: `Run it again and give the ${noun} when it is asked for.`,
  });
}

/** Makes the context of a flow of a profile. */
export async function contextOf(
  profile: Profile,
  deps: FlowDeps,
  trace: Trace,
  signal: AbortSignal,
): Promise<FlowContext> {
  const { clock, browser, metadata } = deps;
  const dialect = deps.dialect?.(profile);
  const timeout = deps.requestTimeout ?? 30_000;
  const shown = presentedIdentity();
  const inMemory = madeOnce();
  return {
    trace,
    fetch: recordingFetch({ fetch: deps.fetch, clock, trace, signal, timeout, identity: shown.identityFor }),
    present: shown.present,
    clock,
    browser,
    signal,
    metadata,
    isOneService: async (route) =>
      deps.isOneService !== undefined && abortable(deps.isOneService(profile, route), signal),
    signInTimeout: deps.signInTimeout ?? 300_000,
    grant: grantOf(profile),
    authentication: authenticationOf(profile),
    decorators: await decoratorsOf(profile),
    made: (...how) => abortable(deps.made?.(profile, ...how) ?? inMemory(...how), signal),
    material: (kind, ...where) => abortable(material(profile, kind, deps, where), signal),
    secret: () => abortable(deps.secret(profile), signal),
    ...(dialect === undefined ? {} : { dialect }),
    ...(deps.proofs && { proofs: deps.proofs }),
  };
}

/** The state of a flow at this moment. */
export function liveFlow(
  start: Pick<LiveFlow, 'id' | 'kind' | 'profile' | 'startedAt'>,
  trace: Trace,
): LiveFlow {
  const { exchanges, pkce, waiting } = trace;
  return {
    ...start,
    exchanges,
    ...(pkce === undefined ? {} : { pkce }),
    ...(waiting === undefined ? {} : { waiting }),
  };
}

async function material(
  profile: Profile,
  kind: Exclude<MaterialKind, 'nothing'>,
  deps: FlowDeps,
  where: Parameters<ClientSecret>,
): Promise<Material | undefined> {
  const own = await deps.material?.(profile, kind);
  if (own !== undefined || kind === 'file') return own;
  const secret = await deps.secret(profile, ...where);
  return secret === undefined ? undefined : materialFrom(kind, secret);
}
