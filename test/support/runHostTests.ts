// Runs the in-host tests: in a desktop VS Code when there is one, else in the VS Code server from the npm registry.
// Arguments narrow them by file name.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { root, removeFolder, temporaryFolder } from './folders.ts';
import { bundleHostTests, hostBundle, readOutcomes, report, resultsVariable } from './hostTests.ts';
import { extraAuthority } from './extraAuthority.ts';
import { installNeighbour } from './neighbour.ts';
import { startKeyring } from './keyring.ts';
import { waitFor } from './processes.ts';
import { quietSettings } from './quietSettings.ts';
import { mountSmallDisk, smallDisksVariable } from './smallDisk.ts';
import { onPath } from './systemPackages.mjs';
import { startVscodeServer } from './vscodeServer.ts';
import { openContext } from './workbench.ts';
import type { Outcome } from '../host/suite.ts';

type Environment = Readonly<Record<string, string>>;

/** Milliseconds for all tests together, against a host that hangs: each test has a limit of its own. */
const limit = 1_800_000;

async function inServer(workspace: string, results: string, extra: Environment): Promise<readonly Outcome[]> {
  const keyring = process.platform === 'linux' ? await startKeyring() : undefined;
  const env = {
    ...(keyring?.env ?? process.env),
    ...extra,
    [resultsVariable]: results,
    ...(unmount ? { [smallDisksVariable]: '1' } : {}),
  };
  const extensionsFolder = join(scratch, 'extensions');
  await installNeighbour(extensionsFolder);
  const server = await startVscodeServer({ testDriver: true, env, extensionsFolder });
  const userFolder = join(server.dataFolder, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  const unmountUser = mountSmallDisk(userFolder);
  await writeFile(join(userFolder, 'settings.json'), JSON.stringify(quietSettings, undefined, 2));
  const browser = await startBrowser();
  try {
    const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remote(root)],
      ['extensionTestsPath', remote(hostBundle)],
      ['skipWelcome', 'true'],
    ]);
    const page = await (await openContext(browser, server.url)).newPage();
    // Milliseconds, against what hangs.
    page.setDefaultTimeout(180_000);
    // Nobody looks, and what is not painted costs nothing.
    await page.setViewportSize({ width: 800, height: 600 });
    await page.goto(`${server.url}/?folder=${workspace}&payload=${encodeURIComponent(payload)}`);
    return await waitFor('the in-host tests to end', () => readOutcomes(results), limit).catch(
      (error: unknown) => {
        console.error(server.output());
        throw error;
      },
    );
  } finally {
    await browser.close();
    unmountUser?.();
    await server.close();
    await keyring?.close();
  }
}

async function onDesktop(
  workspace: string,
  results: string,
  extra: Environment,
): Promise<readonly Outcome[]> {
  const { runTests } = await import('@vscode/test-electron');
  const code = onPath('code');
  await runTests({
    ...(code === undefined ? {} : { vscodeExecutablePath: code }),
    // Installed extensions are disabled; those under development are not.
    extensionDevelopmentPath: [root, await installNeighbour(join(scratch, 'extensions'))],
    extensionTestsPath: hostBundle,
    extensionTestsEnv: { ...extra, [resultsVariable]: results },
    launchArgs: [workspace, '--disable-workspace-trust', '--skip-welcome', '--disable-extensions'],
  });
  return (await readOutcomes(results)) ?? [];
}

const desktop = process.env['OAUTH_EXPLORER_DESKTOP'] === '1' || onPath('code') !== undefined;
const scratch = await temporaryFolder('host');
const workspace = join(scratch, 'workspace');
await mkdir(workspace);
const unmount = mountSmallDisk(workspace);
await writeFile(join(workspace, 'requests.http'), 'GET http://127.0.0.1/\n');
try {
  await bundleHostTests(process.argv.slice(2));
  console.log(`Running the in-host tests in ${desktop ? 'the desktop VS Code' : 'the VS Code server'} …`);
  const extra = await extraAuthority(scratch);
  const outcomes = await (desktop ? onDesktop : inServer)(workspace, join(scratch, 'results.json'), extra);
  if (!(await report(outcomes))) process.exitCode = 1;
} finally {
  unmount?.();
  await removeFolder(scratch);
}
