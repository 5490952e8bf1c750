import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { demoProfiles } from '../../src/demo/workspace.ts';
import { waitFor } from '../support/processes.ts';
import { startOwnDemoServers, type DemoServers } from '../demo/demoServers.ts';

/** A workspace with the demo's profiles in its settings, the demo itself, and a browser that signs in by itself. */
export interface Desk {
  readonly demo: DemoServers;
  readonly folder: string;
  /** A program that opens an address and signs in there; for the variable `BROWSER`. */
  readonly browser: string;
  /** A browser that only notes what it was given: arguments and environment, once, when it has started at last. */
  readonly seenBy: { readonly browser: string; readonly given: () => Promise<string> };
  /** Puts profiles beside the demo's. */
  addProfiles: (more: readonly object[]) => Promise<void>;
  close: () => Promise<void>;
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
  const file = join(await mkdtemp(join(tmpdir(), 'oe-seen-')), 'seen.txt');
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
    seenBy: {
      // In one piece: it may still write while it is looked for.
      browser: await program(
        folder,
        'seeing',
        `{ echo "$@"; env; } > "${file}.$$"\nmv "${file}.$$" "${file}"`,
      ),
      given: async () => {
        const given = await waitFor('the browser', () => readFile(file, 'utf8').catch(() => undefined));
        await rm(file);
        return given;
      },
    },
    addProfiles,
    close: async () => {
      await demo.close();
      await rm(folder, { recursive: true });
      await rm(dirname(file), { recursive: true, maxRetries: 5 });
    },
  };
}

async function program(folder: string, name: string, line: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
  return path;
}
