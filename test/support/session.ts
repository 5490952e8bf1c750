import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { removeFolder, temporaryFolder } from './folders.ts';
import { startKeyring, type Keyring } from './keyring.ts';
import { installProbe, type Probe } from './probe.ts';
import { vsixPath } from './package.mjs';
import { quietSettings } from './quietSettings.ts';
import { installPackage, startVscodeServer, type VscodeServer } from './vscodeServer.ts';
import { openContext, Workbench, type Size } from './workbench.ts';

/** What a VS Code of one's own is started with. */
export interface HostOptions {
  /** Whether its browser compiles as users' browsers do, for measurements. Default: no. */
  readonly lasting?: boolean;
  /** Added to the server's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What its user has. */
export interface WindowOptions {
  /** Whether there is a Secret Service. Default: yes. */
  readonly keyring?: boolean;
  /** How much VS Code and extensions log. Default: info. */
  readonly logLevel?: 'trace';
  /** Files of the workspace by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The workspace's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** The user's keybindings.json. */
  readonly keybindings?: readonly Readonly<Record<string, unknown>>[];
  readonly viewport?: Size;
}

export interface SessionOptions extends HostOptions, WindowOptions {}

/** A VS Code with the packaged extension, a keyring and a browser. */
export interface SessionHost {
  readonly keyring: Keyring;
  readonly server: VscodeServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly probe: Probe;
  readonly close: () => Promise<void>;
}

/** A window of such a VS Code on a workspace of its own. */
export interface Session extends SessionHost {
  readonly workbench: Workbench;
  /** The workspace's folder. */
  readonly workspace: string;
}

/** Starts what a window needs; whatever was started is closed when a later part fails. */
export async function startHost(options: HostOptions = {}): Promise<SessionHost> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const extensionsFolder = await temporaryFolder('extensions');
    closers.push(() => removeFolder(extensionsFolder));
    const keyring = await startKeyring();
    closers.push(keyring.close);
    // Before the package: VS Code lists the extensions that are there when it installs the first one, and then loads what is listed.
    const probe = await installProbe(extensionsFolder);
    await installPackage(vsixPath('linux-x64'), extensionsFolder);
    const server = await startVscodeServer({
      extensionsFolder,
      env: { ...keyring.env, ...options.env },
      // Whether it asks is a setting of its user.
      workspaceTrust: true,
    });
    closers.push(server.close);
    const browser = await startBrowser({ lasting: options.lasting === true });
    closers.push(() => browser.close());
    const context = await openContext(browser, server.url);
    return { keyring, server, browser, context, probe, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens a window of a VS Code; closing it leaves nothing behind that the next window would see. */
export async function openWindow(host: SessionHost, options: WindowOptions = {}): Promise<Session> {
  const workspace = await writeWorkspace(options);
  const userFolder = join(host.server.dataFolder, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  await writeJson(join(userFolder, 'settings.json'), { ...quietSettings, ...options.userSettings });
  await writeJson(join(userFolder, 'keybindings.json'), options.keybindings ?? []);
  if (options.keyring === false) await host.keyring.stop();
  const workbench = await Workbench.open(host.context, host.server.url, workspace, options);
  const close = async () => {
    await workbench.close(host.server.url);
    if (options.keyring === false) await host.keyring.unlock();
    await host.keyring.clear();
    await host.probe.forget();
    await rm(join(userFolder, 'globalStorage'), { recursive: true, force: true });
    await removeFolder(dirname(workspace));
  };
  return { ...host, workbench, workspace, close };
}

/** The packaged extension in a VS Code of its own: own keyring, own state, own workspace, own browser. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const host = await startHost(options);
  try {
    const session = await openWindow(host, options);
    const close = async () => {
      await host.close();
      await removeFolder(dirname(session.workspace));
    };
    return { ...session, close };
  } catch (error) {
    await host.close();
    throw error;
  }
}

async function writeWorkspace(options: WindowOptions): Promise<string> {
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

/** Saves a picture of the window to out/screenshots whenever a test of the suite fails. Call it inside `describe`. */
export function pictureFailures(session: () => Session): void {
  afterEach(async (context) => {
    const { name, passed } = context as { name: string; passed?: boolean };
    if (passed === false) await session().workbench.screenshot(`failed-${name.replace(/\W+/g, '-')}`);
  });
}
