import { join } from 'node:path';
import * as vscode from 'vscode';
import { LastReports } from '../core/checks/lastReports.ts';
import type { Profile } from '../core/profile/profile.ts';
import { FlowLog } from '../core/session/flowLog.ts';
import { canRunAgain } from '../core/flowView/canRunAgain.ts';
import { flowLine, type FlowLine } from '../core/session/flowsTree.ts';
import { Session } from '../core/session/session.ts';
import { statusLine, waitingLine } from '../core/session/statusLine.ts';
import { SteadyState } from '../core/steadyState.ts';
import { AccountIndex } from '../core/vault/accountIndex.ts';
import { standingOf } from '../core/vault/profileStanding.ts';
import { SecretStore } from '../core/vault/secretStore.ts';
import { TokenStore } from '../core/vault/tokenStore.ts';
import { once } from '../shared/once.ts';
import { accessOf } from './accessQuestion.ts';
import { ActiveProfile } from './activeProfile.ts';
import { aloneIn } from '../adapters/aloneIn.ts';
import { systemClock } from '../adapters/clock.ts';
import { reach } from './contextKeys.ts';
import { handle } from './commands/handle.ts';
import { RequestEditors } from './editor/requestEditors.ts';
import { DemoHost } from './demoHost.ts';
import { EnvironmentStatus } from './environmentStatus.ts';
import { Environments } from './environments.ts';
import { FlowRunner } from './flowRunner.ts';
import { loadKeychain } from '../adapters/keychain.ts';
import type { FlowMemory } from '../adapters/flowMemory.ts';
import { watchLeftovers } from './leftovers.ts';
import { watchRenamed } from './renamedEnvironment.ts';
import { LiveRefresh } from './liveRefresh.ts';
import { profileLines } from './profileLines.ts';
import { ProfileStore } from './profileStore.ts';
import { renewTokens } from './renewals.ts';
import { SessionVault } from './sessionVault.ts';
import { onSettingChange, setting } from './settings.ts';
import { userSettingsFile } from './settingsFile.ts';
import { watchSignIns } from './signInsCutOff.ts';
import { offerTests } from './testController.ts';
import { TokenStatus } from './tokenStatus.ts';
import { WhatThereIs } from './whatThereIs.ts';
import type { Services } from './services.ts';
import type { FlowsTree } from './trees/flowsTree.ts';
import type { ProfilesTree } from './trees/profilesTree.ts';
import { LazyViews } from './views.ts';
import { dialogs } from './dialogs.ts';

/** The trees, which exist from activation on and are filled by the services. */
export interface Trees {
  readonly profiles: ProfilesTree;
  readonly flows: FlowsTree;
  /** Shows a sentence above the profiles, or none. */
  readonly say: (sentence: string | undefined) => void;
}

/** The services with their real views. */
export type Composed = Services & { readonly views: LazyViews };

/** Builds the ports and the services and wires them: the second half of the composition root, loaded when first needed. */
export async function compose(context: vscode.ExtensionContext, trees: Trees): Promise<Composed> {
  const output = vscode.window.createOutputChannel('OAuth Explorer', { log: true });
  const version = String((context.extension.packageJSON as { version?: unknown }).version);
  const moment = () => systemClock.sleep(1000);
  const globalState = new SteadyState(context.globalState, moment);
  const workspaceState = new SteadyState(context.workspaceState, moment);
  const environments = new Environments(workspaceState);
  const profiles = new ProfileStore(environments, userSettingsFile(context));
  const { secrets, tokens, access } = whatIsKept({ context, output, globalState }, profiles);
  const flows = new FlowLog();
  const memory = memoryOf({ context, output }, { flows, version });
  const runner = new FlowRunner({
    ...{ clock: systemClock, secrets, output },
    // A profile in no settings counts as a workspace's: files and commands that it names are neither read nor run.
    standing: (profile) => standingOf(profiles.latest(profile))?.standing ?? 'workspace',
    partner: async (...asked) => (await import('./subjectToken.ts')).partnerOf(services, ...asked),
    confirmOneService: async (...asked) =>
      (await import('./confirmOneService.ts')).confirmOneService(services, ...asked),
    subjectToken: async (...asked) => (await import('./subjectToken.ts')).subjectToken(services, ...asked),
  });
  const session = new Session({ clock: systemClock, tokens, flows, run: (request) => runner.run(request) });
  const active = new ActiveProfile(workspaceState);
  const demo = new DemoHost();
  const editors = new RequestEditors();
  const services: Composed = {
    extensionUri: context.extensionUri,
    globalState,
    workspaceState,
    own: (...disposables) => void context.subscriptions.push(...disposables),
    version,
    output,
    clock: systemClock,
    profiles,
    secrets,
    tokens,
    access,
    checks: new LastReports(),
    ...{ flows, runner, session, demo, editors, active },
    views: new LazyViews(() => services),
    run: (command, ...args) => handle(services, command, args),
    activeProfile: () => activeProfile(services),
    editor: once(async () => (await import('./editorParts.ts')).editorParts(services)),
    showToken: async (profile) => (await import('./showToken.ts')).showToken(services, profile),
    profileLines: () => profileLines(services),
    flowLines: async () => {
      await (await memory())?.restore();
      return flowLines(services);
    },
    close: () => closeAll(services, signIns, memory),
  };
  const signIns = watchSignIns(services);
  context.subscriptions.push(
    output,
    profiles,
    active,
    services.views,
    demo,
    editors,
    signIns,
    keepShown(services, trees, async () => (await memory())?.save()),
    onSettingChange('keepFlows', () => void memory().then((kept) => kept?.save())),
    renewTokens(services),
    watchLeftovers(services),
    watchRenamed(services),
    offerTests(services),
  );
  await Promise.resolve();
  return services;
}

async function closeAll(
  { session, tokens, flows }: Pick<Services, 'session' | 'tokens' | 'flows'>,
  signIns: vscode.Disposable,
  memory: () => Promise<FlowMemory | undefined>,
): Promise<void> {
  // The window ends these sign-ins: their users are told when it comes back.
  signIns.dispose();
  // First of all, so that the browser's page shows the outcome before its listener is closed.
  await session.cancelAll();
  await tokens.flush();
  if (flows.entries.length > 0) await (await memory())?.save();
}

interface Surroundings {
  readonly context: vscode.ExtensionContext;
  readonly output: vscode.LogOutputChannel;
}

/** The stores of secrets, tokens and access decisions. */
function whatIsKept(
  { context, output, globalState }: Surroundings & Pick<Services, 'globalState'>,
  profiles: ProfileStore,
): Pick<Services, 'secrets' | 'tokens' | 'access'> {
  const vault = new SessionVault({
    load: () => loadKeychain(join(context.extensionPath, 'dist', 'keytar.node')),
    secrets: context.secrets,
    state: globalState,
    alone: aloneIn(context.globalStorageUri.fsPath),
    log: (line) => output.info(line),
    tell: (sentence) => void dialogs.showInformationMessage(sentence),
  });
  const index = new AccountIndex(vault);
  const tokens = new TokenStore({
    ...{ vault, index, clock: systemClock },
    onFailure: (failure, profile) => {
      output.warn(`${profile.name}: ${failure.message}`);
      void dialogs.showWarningMessage(`${profile.name}: ${failure.message} ${failure.advice}`);
    },
  });
  const secrets = new SecretStore(vault, index, (...whose) => standingOf(profiles.get(...whose)));
  return { secrets, tokens, access: accessOf(globalState, vault) };
}

/** The flows of earlier windows, loaded with the first flow or when the flows view is first opened. */
function memoryOf(
  { context, output }: Surroundings,
  { flows, version }: Pick<Services, 'flows' | 'version'>,
): () => Promise<FlowMemory | undefined> {
  return once(async () => {
    const folder = context.storageUri;
    // Windows without a folder share one storage, and would overwrite each other’s flows.
    if (folder === undefined) return undefined;
    const { FlowMemory } = await import('../adapters/flowMemory.ts');
    return new FlowMemory({
      ...{ flows, version, wanted: () => setting('keepFlows'), log: (line) => output.warn(line) },
      file: join(folder.fsPath, 'flows.json'),
    });
  });
}

/** Redraws trees and status bar whenever what they show may have changed. */
function keepShown(services: Composed, trees: Trees, remember: () => Promise<void>): vscode.Disposable {
  const status = new TokenStatus();
  const environment = new EnvironmentStatus();
  let waiting: string | undefined;
  const showStatus = async () => {
    const profile = activeProfile(services);
    if (profile) await services.tokens.warm([profile]);
    status.show(
      waitingLine(services.flows.entries) ??
        (profile && statusLine(profile, services.tokens.peek(profile), services.clock.now())),
    );
  };
  const redraw = () => {
    trees.profiles.refresh();
    trees.say(services.profiles.workspaceIgnored());
    environment.show(services.profiles.environments);
    void showStatus();
  };
  const there = new WhatThereIs();
  const live = new LiveRefresh(redraw, (now) => nextEnd(services, now));
  const changed = () => {
    redraw();
    reachMilestones(services);
    there.tell(services);
    live.restart();
  };
  const stops = [
    services.tokens.changes.on(changed),
    services.tokens.changes.on((id) => void services.views.tokenChanged(id)),
    services.active.changes.on(changed),
    services.profiles.environments.changes.on(() => services.checks.forget(varying(services))),
    services.flows.changes.on(() => trees.flows.refresh()),
    services.flows.changes.on(() => {
      const now = waitingLine(services.flows.entries)?.tooltip;
      if (now !== waiting) void showStatus();
      waiting = now;
    }),
    services.flows.changes.on(() => there.tell(services)),
    services.flows.changes.on((entry) => {
      if (entry?.state !== 'running') void remember();
    }),
  ];
  changed();
  const profilesChanged = services.profiles.onDidChange(() => {
    changed();
    void services.views.profilesChanged();
  });
  return vscode.Disposable.from(status, environment, live, profilesChanged, {
    dispose: () => {
      for (const stop of stops) stop();
    },
  });
}

/** The profiles with variables, which differ between environments. */
function varying({ profiles }: Composed): readonly string[] {
  const { profiles: usable, invalid } = profiles.list();
  return [
    ...usable.filter(({ written }) => written !== undefined).map(({ profile }) => profile.id),
    ...invalid.flatMap(({ id }) => id ?? []),
  ];
}

/** Reports what exists now to the walkthrough's steps. */
function reachMilestones({ profiles, tokens }: Composed): void {
  const usable = profiles.list().profiles;
  if (usable.length > 0) void reach('hasProfile');
  if (usable.some(({ profile }) => tokens.peek(profile) !== undefined)) void reach('hasToken');
}

/** The chosen profile, else the one named in the settings, else the only one. */
function activeProfile({ profiles, active }: Composed): Profile | undefined {
  const usable = profiles.list().profiles;
  // If the chosen one was deleted, the one named in the settings takes its place.
  const [chosen] = active.ids.flatMap((id) => profiles.get(id) ?? []);
  return (chosen ?? (usable.length === 1 ? usable[0] : undefined))?.profile;
}

function nextEnd({ profiles, tokens }: Composed, now: number): number | undefined {
  const ends = profiles
    .list()
    .profiles.flatMap(({ profile }) => tokens.peek(profile)?.expires_at ?? [])
    .filter((end) => end > now);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** To run a flow again, its profile must exist; exploring an MCP server needs none. */
function flowLines({ flows, profiles, clock }: Composed): readonly FlowLine[] {
  return flows.entries.map((entry) => {
    const again = entry.state === 'ended' && canRunAgain(entry.flow, (profile) => profiles.latest(profile));
    return flowLine(entry, clock.now(), timeOfDay, again);
  });
}

function timeOfDay(time: number): string {
  return new Date(time).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}
