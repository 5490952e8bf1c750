import { plainText } from '../http/plainText.ts';
import type { ProbeAnswer } from './probe.ts';
import { Undetermined } from './undetermined.ts';

/** What the browser shows when it stays at a page of the server. */
type Shown = 'error' | 'other';

export type Tell = (shown: Shown) => void;

/** Thrown when the server refused what was sent: by an error page, as the user reports, or by not accepting such a request. */
export class ErrorShown extends Undetermined {
  /** What the server does, to follow “the server”. */
  readonly does: string;
  /** The answer, when a pushed request was refused. */
  readonly answer?: Extract<ProbeAnswer, { readonly kind: 'refused' }>;

  constructor(
    does = 'shows an error page in the browser',
    message = 'The server showed an error page in the browser, as you said.',
  ) {
    super(message);
    this.name = 'ErrorShown';
    this.does = does;
  }

  /** The server refused a pushed authorization request. @see RFC 9126 section 2.3 */
  static whenHandedIn(status: number, code: string): ErrorShown {
    const error = plainText(code, 60);
    const message = `The server refused the pushed authorization request with ${error}.`;
    const shown = new ErrorShown(`refuses it with ${error} where it is handed in`, message);
    return Object.assign(shown, { answer: { kind: 'refused' as const, status, error } });
  }
}
