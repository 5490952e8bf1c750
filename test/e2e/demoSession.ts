import { join } from 'node:path';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { DemoServers } from '../../src/demo/demoServers.ts';
import { demoProfiles } from '../../src/demo/workspace.ts';
import { writeDemoWorkspace } from '../demo/workspace.ts';
import { removeFolder } from '../support/folders.ts';
import type { Session, SessionOptions } from '../support/session.ts';
import { startPackagedDemo } from './packagedDemo.ts';
import { openSession } from './sharedSession.ts';

/** The demo servers, and a workbench on the demo workspace. */
export interface DemoSession extends Session {
  readonly demo: DemoServers;
}

/** Starts both; `change` may alter the profiles before they are written to the workspace's settings. */
export async function startDemoSession(
  options: SessionOptions = {},
  change: (profiles: Record<string, unknown>[]) => unknown[] = (profiles) => profiles,
): Promise<DemoSession> {
  const demo = await startPackagedDemo();
  const folder = await mkdtemp(join(tmpdir(), 'oauth-explorer-files-'));
  try {
    await writeDemoWorkspace(folder, demo);
    const session = await openSession({
      ...options,
      files: { 'orders.http': await readFile(join(folder, 'orders.http'), 'utf8'), ...options.files },
      settings: { 'oauthExplorer.profiles': change(demoProfiles(demo)), ...options.settings },
    });
    const close = async () => {
      await session.close();
      await demo.close();
    };
    return { ...session, demo, close };
  } catch (error) {
    await demo.close();
    throw error;
  } finally {
    await removeFolder(folder);
  }
}
