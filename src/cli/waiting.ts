import { unmatchedOf, waitingUrl, waitingWords } from '../core/flow/liveFlow.ts';
import type { Waiting } from '../core/record/waiting.ts';
import { oneLine } from '../core/http/plainText.ts';
import type { Terminal } from './terminal.ts';

/** Says on standard error what is waited for, and where to go when no browser was opened: each line once in a wait. */
export function waitingTeller({ tell }: Pick<Terminal, 'tell'>): (waiting?: Waiting) => void {
  const told = new Set<string>();
  return (waiting) => {
    if (waiting === undefined) {
      told.clear();
      return;
    }
    const url = waitingUrl(waiting);
    const lines = [
      ...(told.size === 0 ? [waitingWords(waiting).sentence] : unmatchedOf(waiting)),
      ...('notOpened' in waiting && url !== undefined ? [`No browser could be opened. Open ${url}`] : []),
    ];
    for (const line of lines) {
      if (!told.has(line)) tell(oneLine(line));
      told.add(line);
    }
  };
}
