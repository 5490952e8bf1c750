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

/** What the profile editor is opened with. */
export interface OpenProfilePanel {
  /** Absent for a new profile. */
  readonly profileId?: string;
  /** Unsaved values to take up in a new profile's form at once, such as an imported one that is not complete. */
  readonly draft?: Partial<ProfileDraft>;
  /** A secret that belongs to that draft; it waits in memory until the profile is saved. */
  readonly secret?: string;
  /** The field to begin at. */
  readonly field?: string;
}

/** The views, each loaded and made when it is first opened. */
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
  /** Texts that are opened in editors to be read. */
  texts: () => Promise<{
    show: (name: string, text: string) => Promise<void>;
    keep: (name: string, text: string) => vscode.Uri;
  }>;
  /** From the first comparison on, VS Code can open runs as documents. */
  flowDocuments: () => Promise<unknown>;
}

/** What the extension is made of, each at its interface; a function takes `Pick<>` of what it uses. */
export interface Services {
  /** Where the extension is installed. */
  readonly extensionUri: vscode.Uri;
  /** What the extension remembers for all windows. */
  readonly globalState: vscode.Memento;
  /** What it remembers for this workspace. */
  readonly workspaceState: vscode.Memento;
  readonly version: string;
  readonly output: Output;
  readonly clock: Clock;
  readonly profiles: ProfileStore;
  readonly secrets: SecretStore;
  readonly tokens: TokenStore;
  /** Who but the user may have tokens. */
  readonly access: Access;
  /** What checks found last. */
  readonly checks: LastReports;
  readonly flows: FlowLog;
  readonly runner: FlowRunner;
  readonly session: Session;
  readonly demo: Pick<DemoHost, 'start' | 'stop'>;
  readonly editors: RequestEditors;
  readonly active: ActiveProfile;
  readonly views: Views;
  /** Has what is given disposed of with the window. */
  own: (...disposables: readonly vscode.Disposable[]) => void;
  /** Runs one of our commands. */
  run: (command: CommandName, ...args: readonly unknown[]) => Promise<unknown>;
  /** The chosen profile, else the one that the settings name, else the only one. */
  activeProfile: () => Profile | undefined;
  /** What the features in the text of requests work with. */
  editor: () => Promise<EditorServices>;
  /** Opens or redraws the token view of a profile that has a token. */
  showToken: (profile: Profile) => Promise<void>;
  profileLines: () => Promise<readonly ProfilesTreeLine[]>;
  flowLines: () => Promise<readonly FlowLine[]>;
  /** Ends what is under way and keeps what is to be kept, when the window closes. */
  close: () => Promise<void>;
}
