import type * as vscode from 'vscode';
import type { ApiCall } from '../core/api/callApi.ts';
import type { FlowReport } from '../core/record/report.ts';
import type { ApiTarget } from '../core/checks/apiTarget.ts';
import type { LastReports } from '../core/checks/lastReports.ts';
import type { Access } from '../core/access/access.ts';
import type { Clock } from '../core/ports.ts';
import type { ProfileDraft } from '../core/profileForm/draft.ts';
import type { AuthorizationCodeProfile, Profile } from '../core/profile/profile.ts';
import type { FlowLog } from '../core/session/flowLog.ts';
import type { FlowLine } from '../core/session/flowsTree.ts';
import type { Session } from '../core/session/session.ts';
import type { ProfileTokens, TokenText } from '../core/token/reading.ts';
import type { SecretStore } from '../core/vault/secretStore.ts';
import type { TokenStore } from '../core/vault/tokenStore.ts';
import type { CommandName } from '../shared/commands.ts';
import type { ActiveProfile } from './activeProfile.ts';
import type { DemoHost } from './demoHost.ts';
import type { RequestEditors } from './editor/requestEditors.ts';
import type { EditorServices } from './editor/tokenSource.ts';
import type { FlowRunner } from './flowRunner.ts';
import type { ProfileStore } from './profileStore.ts';
import type { ProfilesTreeLine } from './trees/profilesTree.ts';

/** Where the extension writes what it does. */
export type Output = Pick<vscode.LogOutputChannel, 'info' | 'warn' | 'error' | 'show'>;

/** How to open the profile editor. */
export interface OpenProfilePanel {
  /** Absent for a new profile. */
  readonly profileId?: string;
  /** Values to fill into a new profile's form, such as those of an incomplete import. */
  readonly draft?: Partial<ProfileDraft>;
  /** The secret of that draft, which stays in memory until the profile is saved. */
  readonly secret?: string;
  /** The field to focus. */
  readonly field?: string;
}

/** The views, each loaded when it is first opened. */
export interface Views {
  flow: () => Promise<{ show: (flowId: string) => void }>;
  failure: () => Promise<{ show: (report: FlowReport) => Promise<void> }>;
  api: () => Promise<{ show: (call: ApiCall) => Promise<void> }>;
  scopes: () => Promise<{ show: (profile: Profile, supported: readonly string[]) => void }>;
  profile: () => Promise<{ open: (options?: OpenProfilePanel) => Promise<void> }>;
  token: () => Promise<{
    show: (input: ProfileTokens) => void;
    showText: (input: TokenText) => void;
    isOpen: (profileId: string) => boolean;
    update: (input: ProfileTokens) => void;
    close: (profileId: string) => void;
  }>;
  mcp: () => Promise<{ show: (url: URL) => void }>;
  checks: () => Promise<{
    show: (profile: Profile, others: readonly AuthorizationCodeProfile[]) => void;
    showApi: (target: ApiTarget) => void;
  }>;
  /** Read-only texts in editors. */
  texts: () => Promise<{
    show: (name: string, text: string) => Promise<void>;
    keep: (name: string, text: string) => vscode.Uri;
  }>;
  /** Registers, on first use, the provider through which VS Code opens runs as documents. */
  flowDocuments: () => Promise<unknown>;
}

/** Everything that the parts of the extension offer each other. A function names what it uses with `Pick<>`. */
export interface Services {
  /** Where the extension is installed. */
  readonly extensionUri: vscode.Uri;
  /** The extension's state for all windows. */
  readonly globalState: vscode.Memento;
  /** The extension's state for this workspace. */
  readonly workspaceState: vscode.Memento;
  readonly version: string;
  readonly output: Output;
  readonly clock: Clock;
  readonly profiles: ProfileStore;
  readonly secrets: SecretStore;
  readonly tokens: TokenStore;
  /** Decides who besides the user may have tokens. */
  readonly access: Access;
  /** The latest reports of checks. */
  readonly checks: LastReports;
  readonly flows: FlowLog;
  readonly runner: FlowRunner;
  readonly session: Session;
  readonly demo: Pick<DemoHost, 'start' | 'stop'>;
  readonly editors: RequestEditors;
  readonly active: ActiveProfile;
  readonly views: Views;
  /** Disposes of these when the window closes. */
  own: (...disposables: readonly vscode.Disposable[]) => void;
  /** Runs one of our commands. */
  run: (command: CommandName, ...args: readonly unknown[]) => Promise<unknown>;
  /** The chosen profile, else the one named in the settings, else the only one. */
  activeProfile: () => Profile | undefined;
  /** What the features in request files work with. */
  editor: () => Promise<EditorServices>;
  /** Opens or redraws the token view of a profile that has a token. */
  showToken: (profile: Profile) => Promise<void>;
  profileLines: () => Promise<readonly ProfilesTreeLine[]>;
  flowLines: () => Promise<readonly FlowLine[]>;
  /** Cancels running flows and writes what is not stored yet, when the window closes. */
  close: () => Promise<void>;
}
