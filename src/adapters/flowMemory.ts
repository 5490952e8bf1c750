import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FlowLog } from '../core/session/flowLog.ts';
import { restoreFlows, storeFlows } from '../core/flowView/storedFlows.ts';

/** What keeping flows over a reload needs. */
export interface FlowMemoryDeps {
  readonly flows: FlowLog;
  /** Absolute, on this machine. */
  readonly file: string;
  /** The program's: what another one wrote is not read. */
  readonly version: string;
  /** Whether the user wants it. */
  wanted: () => boolean;
  log: (line: string) => void;
}

/** Keeps the flows of this window over a reload: redacted, in one file of this machine that nothing else reads. */
export class FlowMemory {
  readonly #deps: FlowMemoryDeps;
  #restored: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #due = false;

  constructor(deps: FlowMemoryDeps) {
    this.#deps = deps;
  }

  /** Brings back what an earlier session kept, once; resolves when it is there. Never rejects. */
  restore(): Promise<void> {
    return (this.#restored ??= this.#restore());
  }

  /** Writes what there is now, after what is being written; of several calls meanwhile one write comes. Never rejects. */
  save(): Promise<void> {
    if (this.#due) return this.#writing;
    this.#due = true;
    this.#writing = this.#writing.then(async () => {
      // What is kept already must not be written over by the first flow of this session.
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
      // Whole or not at all, and for this user only.
      const part = `${file}.part`;
      await writeFile(part, storeFlows(ended, version), { mode: 0o600 });
      await rename(part, file);
    } catch (thrown) {
      this.#deps.log(`Flows could not be kept: ${thrown instanceof Error ? thrown.message : 'unknown'}`);
    }
  }
}
