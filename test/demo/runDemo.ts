import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheFolder, removeFolder, temporaryFolder } from '../support/folders.ts';
import { start } from '../support/processes.ts';
import { packagedExtension, packagedModule } from '../support/packaged.ts';
import { onPath } from '../support/systemPackages.mjs';
import { startVscodeServer } from '../support/vscodeServer.ts';
import type * as sources from '../../src/demo/demoServers.ts';
import { writeDemoWorkspace } from './workspace.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts the packaged demo servers and a VS Code with the packaged extension on the demo workspace; ends when told to, or when its window is closed. Gives the exit code. */
export async function runDemo(): Promise<number> {
  const closers: (() => Promise<void>)[] = [];
  const stopped = stopSignal();
  try {
    const { startDemoServers } = await packagedModule<typeof sources>('startDemoServers');
    const demo = await startDemoServers({ seed: await demoSeed() });
    closers.push(() => demo.close());
    console.log(`The demo authorization server runs at ${demo.issuer}, the demo API at ${demo.api}.`);
    const scratch = await temporaryFolder('demo');
    closers.push(() => removeFolder(scratch));
    const workspace = join(scratch, 'oauth-demo');
    await writeDemoWorkspace(workspace, demo);
    const code = onPath('code');
    const opened = await (code === undefined
      ? openServer(scratch, workspace)
      : openDesktop(code, scratch, workspace));
    closers.push(opened.close);
    console.log('Press Ctrl+C to end the demo.');
    await Promise.race([stopped, opened.ended]);
    console.log('\nEnding the demo …');
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

interface Opened {
  /** Resolves when the window was closed; never, where that cannot be seen. */
  readonly ended: Promise<unknown>;
  readonly close: () => Promise<void>;
}

async function openDesktop(code: string, scratch: string, workspace: string): Promise<Opened> {
  await writeUserSettings(join(scratch, 'user', 'User'));
  console.log('Opening VS Code on the demo workspace …');
  const window = start(
    code,
    [
      ...['--wait', '--new-window', '--disable-workspace-trust', '--skip-welcome'],
      ...[`--user-data-dir=${join(scratch, 'user')}`, `--extensions-dir=${join(scratch, 'extensions')}`],
      ...[`--extensionDevelopmentPath=${await packagedExtension()}`, workspace],
    ],
    { shell: process.platform === 'win32' },
  );
  return {
    ended: new Promise((resolve) => window.process.once('close', resolve)),
    close: window.close,
  };
}

async function openServer(scratch: string, workspace: string): Promise<Opened> {
  const extensionsFolder = join(scratch, 'extensions');
  await cp(await packagedExtension(), join(extensionsFolder, 'oauth-explorer.oauth-explorer-0.1.0'), {
    recursive: true,
  });
  console.log('There is no `code` on the PATH: starting the VS Code server …');
  const server = await startVscodeServer({ extensionsFolder, complete: true });
  await writeUserSettings(join(server.dataFolder, 'data', 'User'));
  const url = `${server.url}/?folder=${encodeURI(workspace)}`;
  console.log(`VS Code with the demo workspace: ${url}`);
  if (process.env['OAUTH_EXPLORER_OPEN'] !== '0') openInBrowser(url);
  return { ended: new Promise(() => undefined), close: server.close };
}

async function writeUserSettings(folder: string): Promise<void> {
  const settings = {
    'workbench.startupEditor': 'readme',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'chat.disableAIFeatures': true,
    'telemetry.telemetryLevel': 'off',
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

/** Opens the system's default browser; where there is none, the printed URL has to do. */
function openInBrowser(url: string): void {
  const windows = process.platform === 'win32';
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const [command, args] = windows ? ['rundll32', ['url.dll,FileProtocolHandler', url]] : [opener, [url]];
  const browser = spawn(command, args, { stdio: 'ignore', detached: true });
  browser.on('error', () => console.log('Open the URL above in a browser.'));
  browser.unref();
}

/** The same secrets in each demo on this computer, so that those in the keychain stay right. */
async function demoSeed(): Promise<string> {
  const file = join(cacheFolder(), 'demo-seed');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== '') return kept;
  const seed = randomBytes(32).toString('hex');
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(file, seed, { mode: 0o600 });
  return seed;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve());
  });
}
