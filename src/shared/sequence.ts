/** What an arrow of a sequence diagram is drawn for. */
export interface SequenceArrow<Step> {
  readonly step: Step;
  readonly kind: 'request' | 'answer';
}

/** What the order of arrows depends on: milliseconds from the flow's start, and whether an answer is drawn. */
interface Timed {
  readonly offset: number;
  readonly duration?: number;
  readonly responseLabel?: string;
}

/**
 * The arrows of a sequence diagram in the order in which things happened: an answer that came after the next request had gone out,
 * as that of a browser which waits for the end of the sign-in, stands after that request.
 */
export function inSequence<Step extends Timed>(steps: readonly Step[]): readonly SequenceArrow<Step>[] {
  return steps
    .flatMap((step) => {
      const { offset, duration = 0, responseLabel } = step;
      const request = { step, kind: 'request' as const, at: offset };
      if (responseLabel === undefined) return [request];
      return [request, { step, kind: 'answer' as const, at: offset + duration }];
    })
    .sort((one, two) => one.at - two.at)
    .map(({ step, kind }) => ({ step, kind }));
}
