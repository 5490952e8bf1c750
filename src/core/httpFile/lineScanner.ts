const lineFeed = 10;
const carriageReturn = 13;

/** Whether a UTF-16 code unit is white space within a line, as JavaScript's `\s` has it (the byte order mark included). */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 160 && /\s/.test(String.fromCharCode(code));
}

/** How many lines end between two offsets. */
export function linesBetween(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The numbers of lines for offsets that grow, where `from` is in line `line`. */
export function growingLines(text: string, from: number, line: number): (offset: number) => number {
  let [at, count] = [from, line];
  return (offset) => {
    count += linesBetween(text, at, offset);
    at = offset;
    return count;
  };
}

/** Walks a text line by line without copying: offsets of the current line and its first character that is not white space. */
export class LineScanner {
  readonly text: string;
  /** Where reading stops (exclusive). */
  readonly limit: number;
  /** Zero-based number of the current line. */
  line: number;
  /** Start of the current line. */
  start = 0;
  /** End of the current line, before its line ending. */
  end = 0;
  /** Start of the following line. */
  next: number;
  /** Offset of the first character that is not white space; `end` when the line is blank. */
  first = 0;
  /** That character's code; 0 when the line is blank. */
  code = 0;

  constructor(text: string, from: number, limit: number, line: number) {
    this.text = text;
    this.next = from;
    this.limit = limit;
    this.line = line - 1;
  }

  /** Moves to the next line; false at the end of the text. */
  advance(): boolean {
    if (this.next >= this.limit) return false;
    this.#read(this.next);
    this.line++;
    return true;
  }

  /** Back to a line seen before. */
  back(start: number, line: number): void {
    this.#read(start);
    this.line = line;
  }

  #read(start: number): void {
    const { text, limit } = this;
    const feed = text.indexOf('\n', start);
    const closed = feed >= 0 && feed < limit;
    let end = closed ? feed : limit;
    this.next = closed ? feed + 1 : limit;
    if (closed && end > start && text.charCodeAt(end - 1) === carriageReturn) end--;
    let first = start;
    let code = first < end ? text.charCodeAt(first) : 0;
    while (first < end && (code <= 32 || code >= 160) && isSpace(code)) code = text.charCodeAt(++first);
    this.start = start;
    this.end = end;
    this.first = first;
    this.code = first < end ? code : 0;
  }

  /** The code of the character `distance` after the first one; 0 beyond the line. */
  peek(distance: number): number {
    const at = this.first + distance;
    return at < this.end ? this.text.charCodeAt(at) : 0;
  }

  /** The current line from its first character that is not white space. */
  content(): string {
    return this.text.slice(this.first, this.end);
  }

  /** Whether the current line, without surrounding white space, is exactly `text`. */
  is(text: string): boolean {
    if (!this.text.startsWith(text, this.first) || this.first + text.length > this.end) return false;
    for (let at = this.first + text.length; at < this.end; at++)
      if (!isSpace(this.text.charCodeAt(at))) return false;
    return true;
  }
}

/** The line ending `text` uses right after `offset`'s line, else its first one, else `\n`. */
export function lineEnding(text: string, offset: number): string {
  let feed = text.indexOf('\n', offset);
  if (feed < 0) feed = text.indexOf('\n');
  if (feed < 0) return '\n';
  return text.charCodeAt(feed - 1) === carriageReturn ? '\r\n' : '\n';
}

/** Start of the line after the one `offset` is in; -1 when that is the last one. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? -1 : feed + 1;
}

/** Whether `offset` is where a line starts. */
export function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text.charCodeAt(offset - 1) === lineFeed;
}
