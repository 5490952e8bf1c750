import type * as vscode from 'vscode';
import type { Material, MaterialKind } from '../core/authentication/authentication.ts';
import type { Catalogue } from '../core/diagnose/catalogue.ts';
import { flowSummary } from '../core/flow/flowSummary.ts';
import type { FlowReport, TokenSet } from '../core/record/report.ts';
import type { FlowDeps, PartnerDeps } from '../core/flow/runFlow.ts';
import type { ProofHandles } from '../core/oauth/requestContext.ts';
import { MetadataCache } from '../core/oauth/metadataCache.ts';
import type { CodeRoute } from '../core/oauth/requireOneServer.ts';
import type { OperationName } from '../core/grants/possibleOperations.ts';
import type { ManagedRegistration } from '../core/operations/managedRegistration.ts';
import type { Registration, RegistrationRun } from '../core/operations/registration.ts';
import type { OperationRun } from '../core/operations/runOperation.ts';
import type { Clock, Fetch } from '../core/ports.ts';
import { secretPlace, type Profile } from '../core/profile/profile.ts';
import type { GrantInput } from '../core/profile/traits.ts';
import type { RunRequest } from '../core/session/session.ts';
import type { SecretStore } from '../core/vault/secretStore.ts';
import { defaultBrowser } from './browser.ts';
import { keptOrMade } from '../core/vault/keptOrMade.ts';
import { profileFetch } from '../adapters/network.ts';
import { requestTimeout, setting } from './settings.ts';

export interface FlowRunnerDeps {
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly output: Pick<vscode.LogOutputChannel, 'error' | 'info' | 'warn'>;
  /** Which settings a profile is in. */
  readonly standing: (profile: Profile) => 'user' | 'workspace';
  /** The token of the profile that another one names as its subject or its actor. */
  readonly subjectToken: (
    profile: Profile,
    tokenEndpoint: string,
    signal: AbortSignal,
    input: GrantInput,
  ) => Promise<string | undefined>;
  /** Whether the user says that a profile's code may take a route. */
  readonly confirmOneService: (profile: Profile, route: CodeRoute) => Promise<boolean>;
  /** The profile that another one names as its subject. */
  readonly partner: (profile: Profile) => Promise<Omit<PartnerDeps, 'deps'>>;
}

/** Runs flows with the extension host's network, browser, keychain and settings; the protocol code is loaded with the first flow. */
export class FlowRunner {
  readonly #deps: FlowRunnerDeps;
  /** Server metadata by issuer, shared by all flows and views. */
  readonly metadata = new MetadataCache();
  /** The DPoP handles, shared by all flows and API calls. */
  readonly proofs: ProofHandles = new Map();

  constructor(deps: FlowRunnerDeps) {
    this.#deps = deps;
  }

  /** The providers that are known. */
  async catalogue(): Promise<Catalogue> {
    const { providers } = await import('./providers.ts');
    return providers;
  }

  /** The network as one profile may use it: with the local certificate it trusts, if any. */
  fetchFor(profile: Profile): Fetch {
    return profileFetch(profile);
  }

  /** The client's own material where the keychain does not keep it, such as a workload's assertion. @throws FailureError */
  async material(profile: Profile, kind: MaterialKind, signal: AbortSignal): Promise<Material | undefined> {
    const { workloadAssertion } = await import('../adapters/workloadAssertion.ts');
    return workloadAssertion(profile, kind, this.#deps.standing(profile), { signal });
  }

  /** Whether the provider catalogue or the user says that both hosts belong together. */
  async isOneService(profile: Profile, route: CodeRoute): Promise<boolean> {
    const { knowsOneService } = await import('../core/diagnose/oneService.ts');
    return knowsOneService(await this.catalogue(), route) || this.#deps.confirmOneService(profile, route);
  }

  async run({ kind, profile, ...request }: RunRequest): Promise<FlowReport> {
    const { runFlow } = await import('../core/flow/runFlow.ts');
    const report = await runFlow(kind, profile, {
      ...request,
      ...(await this.#flowDeps(profile, request.signal)),
    });
    this.#log(report);
    return report;
  }

  /** Runs an operation with a profile's token at its server; where `secret` is given, nobody is asked for one. Never rejects. */
  async operate(
    name: OperationName,
    {
      profile,
      tokens,
      ...request
    }: Omit<RunRequest, 'kind' | 'previous'> &
      Partial<Pick<FlowDeps, 'secret'>> & { readonly tokens: TokenSet },
  ): Promise<OperationRun> {
    const [{ runOperation }, { allOperations }] = await Promise.all([
      import('../core/operations/runOperation.ts'),
      import('../core/operations/all.ts'),
    ]);
    const deps = { ...(await this.#flowDeps(profile, request.signal)), ...request };
    const run = await runOperation(allOperations[name], profile, tokens, deps);
    this.#log(run.report);
    return run;
  }

  /** Registers a client; never rejects. */
  async register(
    registration: Registration,
    request: Pick<RunRequest, 'signal' | 'onProgress'>,
  ): Promise<RegistrationRun> {
    const { runRegistration } = await import('../core/operations/registration.ts');
    const deps = { ...request, ...(await this.#flowDeps(registration.profile, request.signal)) };
    const run = await runRegistration(registration, deps);
    this.#log(run.report);
    return run;
  }

  /** Reads, changes or deletes a registered client; never rejects. */
  async manage(
    managed: ManagedRegistration,
    request: Pick<RunRequest, 'signal' | 'onProgress'>,
  ): Promise<FlowReport> {
    const { runManagedRegistration } = await import('../core/operations/managedRegistration.ts');
    const deps = { ...request, ...(await this.#flowDeps(managed.profile, request.signal)) };
    const report = await runManagedRegistration(managed, deps);
    this.#log(report);
    return report;
  }

  /** Failures are logged at a level of their own; a flow that the user stopped is not one. */
  #log(report: FlowReport): void {
    const { outcome } = report;
    const level =
      outcome.kind !== 'failure' ? 'info' : outcome.failure.kind === 'cancelled' ? 'warn' : 'error';
    this.#deps.output[level](flowSummary(report));
  }

  async #flowDeps(profile: Profile, signal: AbortSignal): Promise<FlowDeps> {
    const { clock, secrets } = this.#deps;
    const [{ inputOrAsk, secretOrAsk }, { dialectFor }, catalogue] = await Promise.all([
      import('./clientSecrets.ts'),
      import('../core/diagnose/recognise.ts'),
      this.catalogue(),
    ]);
    const dialect = dialectFor(catalogue, profile);
    return {
      fetch: this.fetchFor(profile),
      clock,
      browser: defaultBrowser,
      metadata: this.metadata,
      material: (of, kind) => this.material(of, kind, signal),
      secret: (of, tokenEndpoint, elsewhere) =>
        secretOrAsk(of, secrets, { signal, tokenEndpoint, elsewhere }),
      input: (of, input, tokenEndpoint) =>
        input.fromProfile !== undefined && of[input.fromProfile] !== undefined
          ? this.#deps.subjectToken(of, tokenEndpoint ?? '', signal, input)
          : inputOrAsk(of, input, secrets, { signal, tokenEndpoint }),
      partner: async (of) => {
        const partner = await this.#deps.partner(of);
        return { ...partner, deps: await this.#flowDeps(partner.profile, signal) };
      },
      keepInput: (of, input, text, tokenEndpoint) => secrets.set(secretPlace(of, tokenEndpoint, input), text),
      made: (of, ...how) => keptOrMade(secrets, of, ...how),
      proofs: this.proofs,
      dialect: () => dialect,
      isOneService: (...asked) => this.isOneService(...asked),
      requestTimeout: requestTimeout(),
      signInTimeout: setting('signInTimeout') * 1000,
    };
  }
}
