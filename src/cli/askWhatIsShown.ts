import type { ChecksProgress } from '../core/checks/runChecks.ts';
import type { Terminal } from './terminal.ts';

/** Characters of a line that nobody ends; more of it is dropped. */
const longest = 100;

type Asking = Pick<Terminal, 'input' | 'attended' | 'tell'>;

/** Whether somebody is there to type a line. */
export function canAnswer({ input, attended }: Omit<Asking, 'tell'>): boolean {
  return attended && input.isTTY === true;
}

/**
 * Asks at the terminal what a browser shows that stays away, so that a refusal on the server's own page is settled by a key and
 * not by waiting. Where no line can be typed, nothing is asked.
 */
export function askWhatIsShown(terminal: Asking): (event: ChecksProgress) => void {
  let leave: () => void = () => undefined;
  return (event) => {
    if (event.kind !== 'away' && event.kind !== 'back') return;
    leave();
    if (event.kind === 'back' || !canAnswer(terminal)) return;
    const { input, tell } = terminal;
    let line = '';
    const read = (chunk: Buffer | string) => {
      const text = String(chunk);
      line = `${line}${text}`.slice(0, longest);
      if (!/[\r\n]/.test(text)) return;
      const answer = line.trim().toLowerCase();
      line = '';
      if (answer === 'e' || answer === 'o') event.tell(answer === 'e' ? 'error' : 'other');
      else tell('Type e or o, and press Enter.');
    };
    leave = () => {
      input.off('data', read).pause();
      leave = () => undefined;
    };
    tell(
      'The browser has not come back. Does it show an error of the server? Type e, or o for something else, and press Enter. A page to sign in at needs no answer.',
    );
    input.on('data', read).resume();
  };
}
