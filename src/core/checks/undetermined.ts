/** Thrown by the bench when a check cannot go on; the message says why, as a sentence for the report. */
export class Undetermined extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Undetermined';
  }
}
