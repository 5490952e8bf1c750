import * as vscode from 'vscode';
import type { Clock } from '../core/ports.ts';
import type { StoredProfile } from '../core/profile/mergeProfiles.ts';
import type { Profile } from '../core/profile/profile.ts';
import { FlowLog } from '../core/session/flowLog.ts';
import { flowLine, type FlowLine } from '../core/session/flowsTree.ts';
import { profileLine } from '../core/session/profilesTree.ts';
import { Session } from '../core/session/session.ts';
import { statusLine } from '../core/session/statusLine.ts';
import { AccountIndex } from '../core/vault/accountIndex.ts';
import { SecretStore } from '../core/vault/secretStore.ts';
import { TokenStore } from '../core/vault/tokenStore.ts';
import type { CommandName } from '../shared/commands.ts';
import { once } from '../shared/once.ts';
import { ActiveProfile } from './activeProfile.ts';
import { systemClock } from './clock.ts';
import { handle } from './commands/handle.ts';
import type { EditorParts } from './editor/editorFeatures.ts';
import { RequestEditors } from './editor/requestEditors.ts';
import { DemoHost } from './demoHost.ts';
import { FlowRunner } from './flowRunner.ts';
import { loadKeychain } from './keychain.ts';
import { LiveRefresh } from './liveRefresh.ts';
import { noticeText } from './noticeText.ts';
import { ProfileStore } from './profileStore.ts';
import { renewTokens } from './renewals.ts';
import { SessionVault } from './sessionVault.ts';
import { userSettingsFile } from './settingsFile.ts';
import { watchSignIns } from './signInsCutOff.ts';
import { TokenStatus } from './tokenStatus.ts';
import type { FlowsTree } from './trees/flowsTree.ts';
import type { ProfilesTree, ProfilesTreeItem } from './trees/profilesTree.ts';
import { Views } from './views.ts';

/** The trees exist from activation on; the parts fill them. */
export interface Trees {
  readonly profiles: ProfilesTree;
  readonly flows: FlowsTree;
  /** Shows a sentence above the profiles, or none. */
  readonly say: (sentence: string | undefined) => void;
}

/** Everything the commands work with. */
export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly version: string;
  readonly output: vscode.LogOutputChannel;
  readonly clock: Clock;
  readonly profiles: ProfileStore;
  readonly secrets: SecretStore;
  readonly tokens: TokenStore;
  readonly flows: FlowLog;
  readonly runner: FlowRunner;
  readonly session: Session;
  readonly demo: DemoHost;
  readonly editors: RequestEditors;
  readonly active: ActiveProfile;
  readonly views: Views;
  /** Runs one of our commands. */
  run(command: CommandName, ...args: readonly unknown[]): Promise<unknown>;
  /** The chosen profile, else the only one. */
  activeProfile(): Profile | undefined;
  /** What the features in the text of requests work with. */
  editor(): Promise<EditorParts>;
  /** Opens or redraws the token view of a profile that has a token. */
  showToken(profile: Profile): Promise<void>;
  profileItems(): Promise<readonly ProfilesTreeItem[]>;
  flowLines(): readonly FlowLine[];
  /** Ends what is under way and keeps what is to be kept, when the window closes. */
  close(): Promise<void>;
}

/** Builds the ports and the parts and wires them: the second half of the composition root, loaded when first needed. */
export async function createParts(context: vscode.ExtensionContext, trees: Trees): Promise<Parts> {
  const output = vscode.window.createOutputChannel('OAuth Explorer', { log: true });
  const clock = systemClock;
  const profiles = new ProfileStore(userSettingsFile(context));
  const vault = new SessionVault({
    load: () => loadKeychain(context.extensionPath),
    secrets: context.secrets,
    state: context.globalState,
    log: (line) => output.info(line),
    tell: (sentence) => void vscode.window.showInformationMessage(sentence),
  });
  const index = new AccountIndex(vault);
  const secrets = new SecretStore(vault, index);
  const tokens = new TokenStore({
    vault,
    index,
    clock,
    onFailure: (failure, profile) => {
      output.warn(`${profile.name}: ${failure.message}`);
      void vscode.window.showWarningMessage(
        noticeText(`${profile.name}: ${failure.message} ${failure.advice}`),
      );
    },
  });
  const flows = new FlowLog();
  const runner = new FlowRunner({ clock, secrets, output, extensionPath: context.extensionPath });
  const session = new Session({ clock, tokens, flows, run: (request) => runner.run(request) });
  const active = new ActiveProfile(context.workspaceState);
  const parts: Parts = {
    context,
    version: String((context.extension.packageJSON as { version?: unknown }).version),
    output,
    clock,
    profiles,
    secrets,
    tokens,
    flows,
    runner,
    session,
    demo: new DemoHost(),
    editors: new RequestEditors(),
    active,
    views: new Views(() => parts),
    run: (command, ...args) => handle(parts, command, args),
    activeProfile: () => activeProfile(parts),
    editor: once(async () => (await import('./editorParts.ts')).editorParts(parts)),
    showToken: async (profile) => (await import('./showToken.ts')).showToken(parts, profile),
    profileItems: () => profileItems(parts),
    flowLines: () => flows.entries.map((entry) => flowLine(entry, clock.now(), timeOfDay)),
    close: async () => {
      // A sign-in that ends from here on was cut off by the window, and its user is to be told.
      signIns.dispose();
      // Before all else, so that the page a browser waits for is told before its listener goes.
      await session.cancelAll();
      await tokens.flush();
    },
  };
  const signIns = watchSignIns(parts);
  context.subscriptions.push(
    output,
    profiles,
    parts.views,
    parts.demo,
    parts.editors,
    signIns,
    keepShown(parts, trees),
    renewTokens(parts),
  );
  await Promise.resolve();
  return parts;
}

/** Redraws trees and status bar whenever what they say may have changed. */
function keepShown(parts: Parts, trees: Trees): vscode.Disposable {
  const status = new TokenStatus();
  const showStatus = async () => {
    const profile = activeProfile(parts);
    if (profile) await parts.tokens.warm([profile]);
    status.show(profile && statusLine(profile, parts.tokens.peek(profile), parts.clock.now()));
  };
  const redraw = () => {
    trees.profiles.refresh();
    trees.say(parts.profiles.workspaceIgnored());
    void showStatus();
  };
  const live = new LiveRefresh(redraw, (now) => nextEnd(parts, now));
  const changed = () => {
    redraw();
    live.restart();
  };
  const stops = [
    parts.tokens.changes.on(changed),
    parts.tokens.changes.on((id) => void parts.views.tokenChanged(id)),
    parts.active.changes.on(changed),
    parts.flows.changes.on(() => trees.flows.refresh()),
    parts.flows.changes.on(
      () =>
        void setContext(
          'flowRunning',
          parts.flows.entries.some((e) => e.state === 'running'),
        ),
    ),
  ];
  changed();
  const profilesChanged = parts.profiles.onDidChange(() => {
    changed();
    void parts.views.profilesChanged();
  });
  return vscode.Disposable.from(status, live, profilesChanged, {
    dispose: () => {
      for (const stop of stops) stop();
    },
  });
}

/** The chosen profile, else the only one. */
function activeProfile({ profiles, active }: Parts): Profile | undefined {
  const usable = profiles.list().profiles;
  const chosen = active.id === undefined ? undefined : profiles.get(active.id);
  return (chosen ?? (usable.length === 1 ? usable[0] : undefined))?.profile;
}

function nextEnd({ profiles, tokens }: Parts, now: number): number | undefined {
  const ends = profiles
    .list()
    .profiles.flatMap(({ profile }) => tokens.peek(profile)?.expires_at ?? [])
    .filter((end) => end > now);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

async function profileItems(parts: Parts): Promise<readonly ProfilesTreeItem[]> {
  const { profiles, invalid } = parts.profiles.list();
  // A keychain that does not answer must not keep the tree empty; what it brings later redraws it.
  const warm = parts.tokens.warm(profiles.map(({ profile }) => profile));
  await Promise.race([warm, parts.clock.sleep(300)]);
  const now = parts.clock.now();
  const activeId = activeProfile(parts)?.id;
  return [
    ...profiles.map((stored) => {
      const { profile } = stored;
      const line = profileLine(profile, parts.tokens.peek(profile), now, profile.id === activeId);
      return { kind: 'profile' as const, line: { ...line, tooltip: [...line.tooltip, ...notes(stored)] } };
    }),
    ...invalid.map((entry) => ({
      kind: 'invalid' as const,
      line: {
        label: entry.name ?? entry.id ?? vscode.l10n.t('Entry {0}', entry.index + 1),
        problems: entry.problems.map(({ message }) => message),
        entry,
      },
    })),
  ];
}

/** What else is to be said of a profile's entry in the settings. */
function notes({ hints, overrides }: StoredProfile): readonly string[] {
  const hidden = overrides && vscode.l10n.t('Takes the place of the profile with this id in wider settings.');
  return [...(hidden === undefined ? [] : [hidden]), ...hints.map(({ message }) => message)];
}

function timeOfDay(time: number): string {
  return new Date(time).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}

function setContext(key: string, value: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', `oauthExplorer.${key}`, value);
}
