import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoProfiles } from '../../src/demo/workspace.ts';
import { startOwnDemoServers, type DemoServers } from '../demo/demoServers.ts';

/** A workspace with the demo's profiles in its settings, the demo itself, and a browser that signs in by itself. */
export interface Desk {
  readonly demo: DemoServers;
  readonly folder: string;
  /** A program that opens an address and signs in there; for the variable `BROWSER`. */
  readonly browser: string;
  /** A browser that only writes what it was given, arguments and environment, to this file. */
  readonly seenBy: { readonly browser: string; readonly file: string };
  /** Puts profiles beside the demo's. */
  addProfiles(more: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const demo = await startOwnDemoServers({ algorithm: 'ES256' });
  const folder = await mkdtemp(join(tmpdir(), 'oe-cli-'));
  await mkdir(join(folder, '.vscode'));
  const addProfiles = (more: readonly object[]) =>
    writeFile(
      join(folder, '.vscode', 'settings.json'),
      `{\n  // The demo’s profiles.\n  "oauthExplorer.profiles": ${JSON.stringify([...demoProfiles(demo), ...more])},\n}\n`,
    );
  await addProfiles([]);
  const file = join(folder, 'seen.txt');
  const script = join(import.meta.dirname, 'signIn.ts');
  const tsx = import.meta.resolve('tsx');
  return {
    demo,
    folder,
    browser: await program(
      folder,
      'browser',
      `exec "${process.execPath}" --import "${tsx}" "${script}" "$1"`,
    ),
    seenBy: { browser: await program(folder, 'seeing', `{ echo "$@"; env; } > "${file}"`), file },
    addProfiles,
    close: async () => {
      await demo.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function program(folder: string, name: string, line: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
  return path;
}
