import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LastReports } from '../../src/core/checks/lastReports.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { FlowLog } from '../../src/core/session/flowLog.ts';
import { Session, type RunRequest } from '../../src/core/session/session.ts';
import { AccountIndex } from '../../src/core/vault/accountIndex.ts';
import { SecretStore } from '../../src/core/vault/secretStore.ts';
import { TokenStore } from '../../src/core/vault/tokenStore.ts';
import { accessOf } from '../../src/host/accessQuestion.ts';
import { ActiveProfile } from '../../src/host/activeProfile.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { confirmOneService } from '../../src/host/confirmOneService.ts';
import { handle } from '../../src/host/commands/handle.ts';
import { editorParts } from '../../src/host/editorParts.ts';
import { Environments } from '../../src/host/environments.ts';
import { FlowRunner } from '../../src/host/flowRunner.ts';
import { standingOf } from '../../src/core/vault/profileStanding.ts';
import type { Composed } from '../../src/host/compose.ts';
import type { Output, Services } from '../../src/host/services.ts';
import { partnerOf, subjectToken } from '../../src/host/subjectToken.ts';
import { ProfileStore } from '../../src/host/profileStore.ts';
import { LazyViews } from '../../src/host/views.ts';
import type { CommandName } from '../../src/shared/commands.ts';
import { requestEditors } from './editor/fixture.ts';
import { until } from './suite.ts';
import { withUser, type User } from './user.ts';

/** The extension's services on a vault in memory and VS Code's own settings, with a user who can be told what to do. */
export interface Fixture {
  readonly services: Services;
  readonly user: User;
  /** The flows that were run, by their kind. */
  readonly ran: RunRequest['kind'][];
  /** The commands that were run, with their argument. */
  readonly commands: (readonly [CommandName, unknown])[];
  /** Adds a profile to the user's settings, and its secret to the vault. */
  readonly add: (profile: Profile, secret?: string) => Promise<void>;
}

/** Runs `body` with parts of its own; the user's settings are empty before and after. */
export async function withServices(body: (fixture: Fixture) => Promise<void>): Promise<void> {
  const settings = () => vscode.workspace.getConfiguration('oauthExplorer', null);
  const clear = () => settings().update('profiles', undefined, vscode.ConfigurationTarget.Global);
  await clear();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  try {
    await withUser((user) => withUserAndServices(user, body));
  } finally {
    await clear();
  }
}

async function withUserAndServices(user: User, body: (fixture: Fixture) => Promise<void>): Promise<void> {
  const profiles = new ProfileStore(new Environments(memento()));
  const ran: Fixture['ran'] = [];
  const commands: [CommandName, unknown][] = [];
  const services = makeServices({ profiles, ran, commands });
  try {
    await body({
      ...{ services, user, ran, commands },
      add: async (profile, secret) => {
        await profiles.save(profile, { scope: 'user' });
        // On a busy machine, the settings that are in force come a little after they were written.
        await until('the profile', () => profiles.get(profile.id) !== undefined);
        if (secret !== undefined) await services.secrets.set(secretPlace(profile), secret);
      },
    });
  } finally {
    services.views.dispose();
    services.active.dispose();
    profiles.dispose();
  }
}

interface Given {
  readonly profiles: ProfileStore;
  readonly ran: RunRequest['kind'][];
  readonly commands: [CommandName, unknown][];
}

function makeServices({ profiles, ran, commands }: Given): Composed {
  const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
  assert.ok(extension);
  const { extensionUri } = extension;
  const entries = new Map<string, string>();
  const vault = {
    get: (key: string) => Promise.resolve(entries.get(key)),
    set: (key: string, value: string) => Promise.resolve(void entries.set(key, value)),
    delete: (key: string) => Promise.resolve(void entries.delete(key)),
  };
  const index = new AccountIndex(vault);
  const clock = systemClock;
  const secrets = new SecretStore(vault, index, (...whose) => standingOf(profiles.get(...whose)));
  const onFailure = ({ message }: { readonly message: string }) => assert.fail(message);
  const tokens = new TokenStore({ vault, index, clock, onFailure });
  const flows = new FlowLog();
  const output = quiet();
  const runner = new FlowRunner({
    ...{ clock, secrets, output },
    standing: (profile) => standingOf(profiles.latest(profile))?.standing ?? 'workspace',
    confirmOneService: (...asked) => confirmOneService(services, ...asked),
    subjectToken: (...asked) => subjectToken(services, ...asked),
    partner: (profile) => partnerOf(services, profile),
  });
  const run = (request: RunRequest) => {
    ran.push(request.kind);
    return runner.run(request);
  };
  const active = new ActiveProfile(memento());
  const services: Composed = {
    ...{
      profiles,
      secrets,
      tokens,
      access: accessOf(memento(), vault),
      checks: new LastReports(),
      flows,
      runner,
      output,
      clock,
      active,
      extensionUri,
      editors: requestEditors,
    },
    version: '1.2.3',
    globalState: memento(),
    workspaceState: memento(),
    own: () => undefined,
    session: new Session({ clock, tokens, flows, run }),
    demo: { start: () => Promise.resolve(undefined), stop: () => Promise.resolve(undefined) },
    views: new LazyViews(() => services),
    activeProfile: () => active.ids.flatMap((id) => profiles.get(id)?.profile ?? [])[0],
    editor: () => Promise.resolve(editorParts(services)),
    showToken: () => Promise.resolve(),
    profileLines: () => Promise.resolve([]),
    flowLines: () => Promise.resolve([]),
    close: () => Promise.resolve(),
    run: (command, ...args) => {
      commands.push([command, args[0]]);
      return handle(services, command, args);
    },
  };
  return services;
}

export function memento(): vscode.Memento & { setKeysForSync: (keys: readonly string[]) => void } {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, standard?: T) => (values.has(key) ? (values.get(key) as T) : standard) as T,
    update: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
      return Promise.resolve();
    },
    setKeysForSync: () => undefined,
  };
}

/** An output channel that keeps nothing. */
function quiet(): Output {
  const nothing = () => undefined;
  return { info: nothing, warn: nothing, error: nothing, show: nothing };
}
