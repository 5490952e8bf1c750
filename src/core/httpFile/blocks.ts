import { type LineScanner, isSpace } from './lineScanner.ts';

/** What spans several lines and is none of a request's own: a comment, a JetBrains script `{% %}`, an httpYac script `{{ }}`. */
type Span = 'comment' | 'percent' | 'braces';

const hash = 35;
const slash = 47;
const less = 60;
const greater = 62;
const brace = 123;

/** Whether the scanner's line separates requests: at least three `#`, indented or not. */
export function isSeparator(scanner: LineScanner): boolean {
  return scanner.code === hash && scanner.peek(1) === hash && scanner.peek(2) === hash;
}

const bracesStart = /^\{\{(?:@js(?=\s))?\s*[+@]?(?:request|streaming|response|after|responseLogging)?$/i;

function spanStart(scanner: LineScanner): Span | undefined {
  switch (scanner.code) {
    case slash:
      return scanner.is('/*') ? 'comment' : undefined;
    case less:
    case greater: {
      let at = 1;
      while (isSpace(scanner.peek(at))) at++;
      return scanner.peek(at) === brace && scanner.peek(at + 1) === 37 ? 'percent' : undefined;
    }
    case brace: {
      const short = scanner.peek(1) === brace && scanner.end - scanner.first < 60;
      return short && bracesStart.test(scanner.content().trimEnd()) ? 'braces' : undefined;
    }
    default:
      return undefined;
  }
}

function closes(scanner: LineScanner, span: Span): boolean {
  switch (span) {
    case 'comment':
      return scanner.code === 42 && scanner.is('*/');
    case 'braces':
      return scanner.code === 125 && scanner.is('}}');
    case 'percent':
      return scanner.content().includes('%}');
  }
}

/** Finds where scripts and block comments end, looking at each line at most once more for each of their kinds. */
export class Spans {
  /** Up to where each kind is known not to be closed. */
  readonly #unclosed: Record<Span, number> = { comment: -1, percent: -1, braces: -1 };

  /** Moves the scanner to the next line that is in no script or comment; false at the end of the text. */
  advance(scanner: LineScanner): boolean {
    while (scanner.advance()) if (!this.skip(scanner)) return true;
    return false;
  }

  /**
   * Moves the scanner to the last line of the script or comment that its line starts.
   *
   * @returns false, and the scanner stays, when it starts none or none that is closed: a script ends before the next separator.
   */
  skip(scanner: LineScanner): boolean {
    const span = spanStart(scanner);
    if (!span || scanner.start < this.#unclosed[span]) return false;
    const { start, line } = scanner;
    if (span === 'percent' && closes(scanner, span)) return true;
    let reached = scanner.limit;
    while (scanner.advance()) {
      if (closes(scanner, span)) return true;
      if (span === 'comment' || !isSeparator(scanner)) continue;
      reached = scanner.start;
      break;
    }
    this.#unclosed[span] = reached;
    scanner.back(start, line);
    return false;
  }
}
