/** Something to look for. */
export interface Word {
  readonly text: string;
  /** Only where no letter, digit, `_` or `-` touches it. */
  readonly alone: boolean;
  /** How many code units at its end may be shown. */
  readonly shown: number;
}
