import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Catalogue } from '../core/diagnose/catalogue.ts';
import { flowSummary } from '../core/flow/flowSummary.ts';
import type { FlowReport } from '../core/flow/report.ts';
import { MetadataCache } from '../core/oauth/metadataCache.ts';
import type { Clock, Fetch } from '../core/ports.ts';
import { secretPlace, type Profile } from '../core/profile/profile.ts';
import type { RunRequest } from '../core/session/session.ts';
import type { SecretStore } from '../core/vault/secretStore.ts';
import { defaultBrowser } from './browser.ts';
import { keptOrMade } from './madeSecret.ts';
import { profileFetch } from '../adapters/network.ts';
import { setting } from './settings.ts';

export interface FlowRunnerDeps {
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly output: Pick<vscode.LogOutputChannel, 'info'>;
  readonly extensionPath: string;
  /** The token of the profile that another one names as its subject. */
  readonly subjectToken: (
    profile: Profile,
    tokenEndpoint: string,
    signal: AbortSignal,
  ) => Promise<string | undefined>;
}

/** Runs flows with the extension host's network, browser, keychain and settings; the protocol code loads with the first one. */
export class FlowRunner {
  readonly #deps: FlowRunnerDeps;
  /** Server metadata by issuer, shared by all flows and views. */
  readonly metadata = new MetadataCache();
  #catalogue: Promise<Catalogue> | undefined;

  constructor(deps: FlowRunnerDeps) {
    this.#deps = deps;
  }

  /** The providers that are known, read once. */
  async catalogue(): Promise<Catalogue> {
    const { loadCatalogue } = await import('../core/diagnose/catalogue.ts');
    return (this.#catalogue ??= loadCatalogue(join(this.#deps.extensionPath, 'dist', 'providers')));
  }

  /** The network as one profile may use it: with the local certificate it trusts, if any. */
  fetchFor(profile: Profile): Fetch {
    return profileFetch(profile);
  }

  async run({ kind, profile, ...request }: RunRequest): Promise<FlowReport> {
    const { clock, secrets, output } = this.#deps;
    const [
      { runFlow },
      { inputOrAsk, secretOrAsk },
      { recogniseProvider },
      { dialectOf, namesBothEndpoints },
      catalogue,
    ] = await Promise.all([
      import('../core/flow/runFlow.ts'),
      import('./clientSecrets.ts'),
      import('../core/diagnose/recognise.ts'),
      import('../core/diagnose/catalogue.ts'),
      this.catalogue(),
    ]);
    const { provider } = recogniseProvider(catalogue, profile);
    const report = await runFlow(kind, profile, {
      ...request,
      fetch: this.fetchFor(profile),
      clock,
      browser: defaultBrowser,
      metadata: this.metadata,
      secret: (of, tokenEndpoint) => secretOrAsk(of, secrets, request.signal, tokenEndpoint),
      input: (of, input, tokenEndpoint) =>
        input.fromProfile !== undefined && of.subjectProfile !== undefined
          ? this.#deps.subjectToken(of, tokenEndpoint ?? '', request.signal)
          : inputOrAsk(of, input, secrets, request.signal, tokenEndpoint),
      keepInput: (of, input, text, tokenEndpoint) => secrets.set(secretPlace(of, tokenEndpoint, input), text),
      made: (of, what, make) => keptOrMade(secrets, of, what, make),
      dialect: () => dialectOf(catalogue, profile, provider),
      knownPair: () => namesBothEndpoints(catalogue, profile),
      requestTimeout: setting('requestTimeout') * 1000,
      signInTimeout: setting('signInTimeout') * 1000,
    });
    output.info(flowSummary(report));
    return report;
  }
}
