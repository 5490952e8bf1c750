/**
 * What a command gets from a row of ours: VS Code knows the row by this object for as long as the row is there. Nobody else has it,
 * so that a command that gets one was pressed by the user.
 */
export class Row<Line> {
  line: Line;

  constructor(line: Line) {
    this.line = line;
  }
}

/** Whether a command was run by the user's own hand: with nothing, as from the palette, or with a row. */
export function isByHand(argument: unknown): boolean {
  return argument === undefined || argument === null || argument instanceof Row;
}
