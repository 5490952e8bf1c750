import { saysInstead, type InsteadOfCode } from './insteadOfCode.ts';

/** Thrown by the bench when a check cannot go on; the message says why, as a sentence for the report. */
export class Undetermined extends Error {
  /** Set where the server refuses what is right: the profile's own credentials, or a request like that of a flow. */
  readonly refuses: 'client' | 'request' | undefined;

  constructor(message: string, refuses?: 'client' | 'request') {
    super(message);
    this.refuses = refuses;
    this.name = 'Undetermined';
  }
}

/** The server failed over a request (status 500), which may be its way to refuse it. */
export class Crashed<Answer> extends Undetermined {
  readonly answer: Answer;

  constructor(message: string, answer: Answer) {
    super(message);
    this.answer = answer;
  }
}

/** Thrown where the server lacks what a check tries: it means nothing there. */
export class Lacking extends Error {}

/** The server gave no code for what a flow asks for. */
export class WithoutCode extends Undetermined {
  /** What came in its place. */
  readonly came: InsteadOfCode;

  constructor(came: InsteadOfCode) {
    super(`The server answered a correct authorization request with ${saysInstead(came)}.`);
    this.came = came;
  }
}

/** The browser came back, with an answer that cannot be tied to the request. @see RFC 6749 section 10.12 */
export class WithoutState extends Undetermined {
  constructor() {
    super(
      'The browser came back without the state that was sent, so anybody may have sent it and it was not looked at.',
    );
  }
}
