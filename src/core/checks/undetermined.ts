/** Thrown by the bench when a check cannot go on; the message says why, as a sentence for the report. */
export class Undetermined extends Error {
  /** Whether it is because the server refuses the profile's own credentials. */
  readonly ofClient: boolean;

  constructor(message: string, ofClient = false) {
    super(message);
    this.ofClient = ofClient;
    this.name = 'Undetermined';
  }
}
