import type { LiveFlow } from '../flow/liveFlow.ts';
import type { FlowReport } from '../record/report.ts';
import { Changes } from './changes.ts';
import { keptFlow } from './keptFlow.ts';

/** A kept flow: still running, or ended with its report. */
export type FlowEntry =
  | { readonly state: 'running'; readonly flow: LiveFlow }
  | { readonly state: 'ended'; readonly flow: FlowReport };

/** Runs kept for the session, the oldest ended one dropped first. */
export const keptFlows = 50;

/** The flows of this session and those brought back from before it, newest first; in memory only. */
export class FlowLog {
  readonly changes = new Changes<FlowEntry | undefined>();
  #entries: readonly FlowEntry[] = [];

  /** Newest first. */
  get entries(): readonly FlowEntry[] {
    return this.#entries;
  }

  get(id: string): FlowEntry | undefined {
    return this.#entries.find(({ flow }) => flow.id === id);
  }

  /** The flows that have ended, newest first. */
  ended(): FlowReport[] {
    return this.#entries.flatMap((entry) => (entry.state === 'ended' ? [entry.flow] : []));
  }

  /** Adds a flow, or replaces what was known of it; of one that has ended, overlong bodies are cut. */
  put(news: FlowEntry): void {
    const entry: FlowEntry = news.state === 'ended' ? { ...news, flow: keptFlow(news.flow) } : news;
    const at = this.#entries.findIndex(({ flow }) => flow.id === entry.flow.id);
    this.#entries = at < 0 ? withoutOldest([entry, ...this.#entries]) : this.#entries.with(at, entry);
    this.changes.fire(entry);
  }

  /** Puts runs from before the window was loaded behind those of this session. */
  restore(flows: readonly FlowReport[]): void {
    const known = new Set(this.#entries.map(({ flow }) => flow.id));
    const older = flows
      .filter(({ id }) => !known.has(id))
      .map((flow) => ({ state: 'ended', flow: keptFlow(flow) }) as const);
    if (older.length === 0) return;
    this.#entries = [...this.#entries, ...older].slice(0, Math.max(keptFlows, this.#entries.length));
    this.changes.fire(undefined);
  }

  /** Forgets one flow, if it has ended. */
  remove(id: string): void {
    const left = this.#entries.filter(({ state, flow }) => state === 'running' || flow.id !== id);
    if (left.length === this.#entries.length) return;
    this.#entries = left;
    this.changes.fire(undefined);
  }

  /** Forgets every flow that has ended. */
  clear(): void {
    this.#entries = this.#entries.filter(({ state }) => state === 'running');
    this.changes.fire(undefined);
  }
}

/** At most `keptFlows`, but every one that still runs: it must stay there to be cancelled or helped on. */
function withoutOldest(entries: readonly FlowEntry[]): readonly FlowEntry[] {
  if (entries.length <= keptFlows) return entries;
  const oldest = entries.findLastIndex(({ state }, at) => at > 0 && state === 'ended');
  return oldest < 0 ? entries : entries.toSpliced(oldest, 1);
}
