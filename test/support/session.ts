import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { removeFolder, temporaryFolder } from './folders.ts';
import { startKeyring, type Keyring } from './keyring.ts';
import { installProbe, type Probe } from './probe.ts';
import { vsixPath } from './package.mjs';
import { quietSettings } from './quietSettings.ts';
import { startVscodeServer, type VscodeServer } from './vscodeServer.ts';
import { Workbench } from './workbench.ts';
import { unpack } from './zip.ts';

export interface SessionOptions {
  /** Files of the workspace by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The workspace's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** The user's keybindings.json. */
  readonly keybindings?: readonly Readonly<Record<string, unknown>>[];
  /** Whether there is a Secret Service. Default: yes. */
  readonly keyring?: boolean;
  /** Whether VS Code asks if the folder's authors are trusted. Default: no. */
  readonly workspaceTrust?: boolean;
  /** How much VS Code and extensions log. Default: info. */
  readonly logLevel?: 'trace';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Added to the server's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The packaged extension in a VS Code of its own: own keyring, own state, own workspace, own browser. */
export interface Session {
  readonly workbench: Workbench;
  /** Present when the session has a Secret Service. */
  readonly keyring: Keyring | undefined;
  readonly server: VscodeServer;
  readonly browser: Browser;
  /** The workspace's folder. */
  readonly workspace: string;
  readonly probe: Probe;
  readonly close: () => Promise<void>;
}

/** Starts everything an end-to-end test needs; whatever was started is closed when a later part fails. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const workspace = await writeWorkspace(options);
    closers.push(() => removeFolder(dirname(workspace)));
    const keyring = options.keyring === false ? undefined : await startKeyring();
    if (keyring) closers.push(keyring.close);
    const extensionsFolder = join(dirname(workspace), 'extensions');
    await unpack(
      vsixPath('linux-x64'),
      'extension/',
      join(extensionsFolder, 'oauth-explorer.oauth-explorer-0.1.0'),
    );
    const probe = await installProbe(extensionsFolder);
    const server = await startVscodeServer({
      extensionsFolder,
      env: { ...(keyring?.env ?? withoutSecretService()), ...options.env },
      workspaceTrust: options.workspaceTrust === true,
      ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
    });
    closers.push(server.close);
    const userFolder = join(server.dataFolder, 'data', 'User');
    await mkdir(userFolder, { recursive: true });
    await writeJson(join(userFolder, 'settings.json'), { ...quietSettings, ...options.userSettings });
    await writeJson(join(userFolder, 'keybindings.json'), options.keybindings ?? []);
    const browser = await startBrowser();
    closers.push(() => browser.close());
    const workbench = await Workbench.open(browser, server.url, workspace, options.viewport);
    return { workbench, keyring, server, browser, workspace, probe, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeWorkspace(options: SessionOptions): Promise<string> {
  const folder = join(await temporaryFolder('e2e'), 'workspace');
  await mkdir(folder);
  for (const [path, text] of Object.entries({ 'README.md': '# A workspace\n', ...options.files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  if (options.settings) {
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await writeJson(join(folder, '.vscode', 'settings.json'), options.settings);
  }
  return folder;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

function withoutSecretService(): NodeJS.ProcessEnv {
  return { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
}

/** Saves a picture of the window to out/screenshots whenever a test of the suite fails. Call it inside `describe`. */
export function pictureFailures(session: () => Session): void {
  afterEach(async (context) => {
    const { name, passed } = context as { name: string; passed?: boolean };
    if (passed === false) await session().workbench.screenshot(`failed-${name.replace(/\W+/g, '-')}`);
  });
}
