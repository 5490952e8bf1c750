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
