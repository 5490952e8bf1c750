import { waitingUrl, waitingWords } from '../core/flow/liveFlow.ts';
import type { Waiting } from '../core/record/waiting.ts';
import { oneLine } from '../core/http/plainText.ts';
import type { Terminal } from './terminal.ts';

/** Says on standard error what is waited for, and where to go when no browser was opened. */
export function tellWaiting(waiting: Waiting, { tell }: Pick<Terminal, 'tell'>): void {
  tell(oneLine(waitingWords(waiting).sentence));
  const url = waitingUrl(waiting);
  if ('notOpened' in waiting && url !== undefined) tell(`No browser could be opened. Open ${oneLine(url)}`);
}
