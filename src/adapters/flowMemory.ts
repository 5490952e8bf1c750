import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FlowLog } from '../core/session/flowLog.ts';
import { restoreFlows, storeFlows } from '../core/flowView/storedFlows.ts';

/** What it takes to keep flows over a reload. */
export interface FlowMemoryDeps {
  readonly flows: FlowLog;
  /** Absolute path on this machine. */
  readonly file: string;
  /** The extension's version: what another version wrote is not read. */
  readonly version: string;
  /** Whether the user wants flows to be kept. */
  wanted: () => boolean;
  log: (line: string) => void;
}

/** Keeps the flows of this window over a reload: redacted, in a file on this machine that nothing else reads. */
export class FlowMemory {
  readonly #deps: FlowMemoryDeps;
  #restored: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #due = false;

  constructor(deps: FlowMemoryDeps) {
    this.#deps = deps;
  }

  /** Restores, once, what an earlier session kept; resolves when it is there. Never rejects. */
  restore(): Promise<void> {
    return (this.#restored ??= this.#restore());
  }

  /** Writes the present flows. Calls during a write are answered by a single one after it. Never rejects. */
  save(): Promise<void> {
    if (this.#due) return this.#writing;
    this.#due = true;
    this.#writing = this.#writing.then(async () => {
      // The first flow of this session must not overwrite those that are kept.
      await this.restore();
      this.#due = false;
      await this.#write();
    });
    return this.#writing;
  }

  async #restore(): Promise<void> {
    const { file, flows, version } = this.#deps;
    if (!this.#deps.wanted()) return;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) flows.restore(restoreFlows(text, version));
  }

  async #write(): Promise<void> {
    const { file, flows, version } = this.#deps;
    const ended = this.#deps.wanted() ? flows.ended() : [];
    try {
      if (ended.length === 0) {
        await rm(file, { force: true });
        return;
      }
      await mkdir(dirname(file), { recursive: true });
      // Written in full or not at all, and readable by this user only.
      const part = `${file}.part`;
      await writeFile(part, storeFlows(ended, version), { mode: 0o600 });
      await rename(part, file);
    } catch (thrown) {
      this.#deps.log(`Flows could not be kept: ${thrown instanceof Error ? thrown.message : 'unknown'}`);
    }
  }
}
