import { Spans, isSeparator } from './blocks.ts';
import { type BodyGuard, bodyGuard, endsHeaders, headerColon, knownHeader } from './header.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest, RequestKind } from './request.ts';
import { isStatusLine, startsNextRequest, startsRequest } from './requestLine.ts';

/** Where in a request the next line is. */
type State = 'seek' | 'url' | 'headers' | 'body' | 'response';

type Draft = { -readonly [Key in keyof HttpFileRequest]: HttpFileRequest[Key] };

const none: readonly number[] = [];
/** No request has more Authorization headers than a person could choose from. */
const mostAuthorizations = 100;

/** Reads one stretch of text in a single pass; what it finds is the union of what the dialects allow. */
class RequestParser {
  readonly #scanner: LineScanner;
  readonly #spans = new Spans();
  readonly #requests: Draft[] = [];
  #state: State = 'seek';
  /** Start of the region between two separators. */
  #regionStart: number;
  #current: Draft | undefined;
  #guard: BodyGuard = false;
  /** The body began without a blank line; REST Client still reads headers there. */
  #mayBeHeaders = false;
  /** Only a separator ends the request: httpYac's `# @forceRegionDelimiter`. */
  #separatorsOnly = false;
  /** White space that every line of the stretch begins with (an indented fence of Markdown). */
  readonly #indent: number;

  constructor(text: string, from: number, to: number, line: number, indent: number) {
    this.#scanner = new LineScanner(text, from, to, line);
    this.#regionStart = from;
    this.#indent = indent;
  }

  parse(): HttpFileRequest[] {
    const scanner = this.#scanner;
    while (scanner.advance()) {
      const { start } = scanner;
      if (isSeparator(scanner)) this.#separate();
      else if (!this.#spans.skip(scanner)) this.#read();
      else if (this.#state === 'headers' || this.#state === 'url') this.#skippedInHeaders(start);
    }
    this.#close(scanner.limit);
    return this.#requests;
  }

  #read(): void {
    switch (this.#state) {
      case 'seek':
        this.#seek();
        break;
      case 'url':
        this.#url();
        break;
      case 'headers':
        this.#header();
        break;
      case 'body':
        this.#body();
        break;
      case 'response':
        this.#response();
        break;
    }
  }

  #separate(): void {
    this.#close(this.#scanner.start);
    this.#regionStart = this.#scanner.start;
    this.#separatorsOnly = false;
    this.#state = 'seek';
  }

  #open(kind: RequestKind, start: number): void {
    const { line, start: requestStart, end, next } = this.#scanner;
    this.#current = {
      kind,
      line,
      start,
      requestStart,
      urlEnd: end,
      headersEnd: next,
      end: next,
      authorizations: none,
    };
    this.#requests.push(this.#current);
    this.#guard = false;
    this.#mayBeHeaders = false;
    this.#state = kind === 'response' ? 'response' : kind === 'curl' ? 'body' : 'url';
  }

  #close(end: number): void {
    if (!this.#current) return;
    if (this.#state === 'url' || this.#state === 'headers') this.#current.headersEnd = end;
    this.#current.end = end;
    this.#current = undefined;
  }

  #next(kind: RequestKind): void {
    this.#close(this.#scanner.start);
    this.#open(kind, this.#scanner.start);
  }

  #seek(): void {
    const scanner = this.#scanner;
    switch (scanner.code) {
      case 35: // # comment
        this.#seekMeta();
        return;
      case 0:
      case 64: // @variable
      case 60: // < script or file
      case 62: // > script or file
      case 63: // ?? assertion
        return;
      case 47: // comment, or a path
        if (scanner.peek(1) === 47) {
          this.#seekMeta();
          return;
        }
    }
    const kind = isStatusLine(scanner) ? 'response' : startsRequest(scanner);
    if (kind) this.#open(kind, this.#regionStart);
  }

  #seekMeta(): void {
    if (isForceRegionDelimiter(this.#scanner)) this.#separatorsOnly = true;
  }

  /** Directly below the request line or one that continues it. */
  #url(): void {
    const scanner = this.#scanner;
    if (this.#continuesUrl()) {
      if (this.#current) this.#current.urlEnd = scanner.end;
      return;
    }
    if (!isComment(scanner)) this.#header();
  }

  #continuesUrl(): boolean {
    const scanner = this.#scanner;
    switch (scanner.code) {
      case 63: // ?
        return scanner.peek(1) !== 63;
      case 38: // &
        return true;
      case 47: // /
        return scanner.peek(1) !== 47 && scanner.peek(1) !== 42;
      case 35: // #
        // An indented fragment is JetBrains' and Kulala's; nothing may come between it and the rest of the URL.
        return this.#isIndented() && scanner.peek(1) > 35 && endsHeaders(scanner);
      case 0:
      case 34: // "
      case 60: // <
      case 62: // >
        return false;
    }
    if (scanner.first === scanner.start || isSpread(scanner) || isJson(scanner)) return false;
    return headerColon(scanner) < 0 && !isStatusLine(scanner) && !startsNextRequest(scanner);
  }

  #header(): void {
    const scanner = this.#scanner;
    this.#state = 'headers';
    if (scanner.code === 0) {
      this.#endHeaders();
      return;
    }
    const known = knownHeader(scanner);
    if (known === 'authorization') this.#addAuthorization(scanner.start);
    else if (known === 'content-type') this.#guard = bodyGuard(scanner);
    else if (isBodyMarker(scanner)) {
      this.#endHeaders();
      this.#body();
    } else {
      const kind = this.#nextKind();
      if (kind) this.#next(kind);
      else if (this.#isBodyText()) {
        this.#endHeaders();
        this.#mayBeHeaders = true;
      }
    }
  }

  /** JSON, or a line at the left that is not a header, comment, variable or spread: the body begins without a blank line, as in httpYac. */
  #isBodyText(): boolean {
    const scanner = this.#scanner;
    if (isJson(scanner)) return true;
    if (this.#isIndented() || isComment(scanner) || isSpread(scanner)) return false;
    return scanner.code !== 64 && headerColon(scanner) < 0;
  }

  #isIndented(): boolean {
    return this.#scanner.first - this.#scanner.start > this.#indent;
  }

  #nextKind(): RequestKind | undefined {
    if (this.#separatorsOnly) return undefined;
    const isCommand = this.#current?.kind === 'curl' && startsRequest(this.#scanner) === 'curl';
    return isCommand ? 'curl' : startsNextRequest(this.#scanner);
  }

  #addAuthorization(start: number): void {
    const known = this.#current?.authorizations ?? none;
    if (this.#current && known.length < mostAuthorizations) this.#current.authorizations = [...known, start];
  }

  #endHeaders(): void {
    if (this.#current) this.#current.headersEnd = this.#scanner.start;
    this.#state = 'body';
  }

  /** A script or comment below headers: the script belongs to what follows them, a comment does not end them. */
  #skippedInHeaders(start: number): void {
    if (this.#scanner.code === 42) return;
    if (this.#current) this.#current.headersEnd = start;
    this.#state = 'body';
  }

  #body(): void {
    const scanner = this.#scanner;
    if (this.#mayBeHeaders) {
      this.#mayBeHeaders = scanner.code !== 0;
      // Never a second one: a header that only one of the tools sees is still the one to replace.
      if (knownHeader(scanner) === 'authorization') this.#addAuthorization(scanner.start);
    }
    if (this.#guard === true) return;
    if (this.#guard !== false) {
      if (scanner.content().includes(this.#guard)) this.#guard = false;
      return;
    }
    if (isStatusLine(scanner)) {
      if (this.#current) this.#current.responseStart = scanner.start;
      this.#state = 'response';
      return;
    }
    const kind = this.#nextKind();
    if (kind) this.#next(kind);
  }

  /** Below a saved response the next request may follow without a separator. */
  #response(): void {
    const kind = this.#nextKind();
    if (kind) this.#next(kind);
  }
}

/** `#` or `//` and what follows it. */
function isComment(scanner: LineScanner): boolean {
  return scanner.code === 35 || (scanner.code === 47 && scanner.peek(1) === 47);
}

const forceRegionDelimiter = /^(?:##?|\/{2,20})[ \t]*@force(?:-r|R)egion(?:-d|D)elimiter(?:\s|$)/;

/** Whether the scanner's line is httpYac's word that only separators end the request. */
function isForceRegionDelimiter(scanner: LineScanner): boolean {
  const { text, first, end } = scanner;
  return forceRegionDelimiter.test(text.slice(first, Math.min(end, first + 60)));
}

/** `...variable`: httpYac adds the variable's headers. */
function isSpread(scanner: LineScanner): boolean {
  return scanner.code === 46 && scanner.peek(1) === 46 && scanner.peek(2) === 46;
}

/** `[`, or a brace that is none of a variable or script. */
function isJson(scanner: LineScanner): boolean {
  const { code } = scanner;
  return code === 91 || ((code === 123 || code === 125) && scanner.peek(1) !== code);
}

/** Whether the scanner's line belongs to what follows the headers though no blank line is before it. */
function isBodyMarker(scanner: LineScanner): boolean {
  const { code } = scanner;
  if (code === 60 || code === 62) return true;
  if (code === 63) return scanner.peek(1) === 63;
  return isStatusLine(scanner);
}

/**
 * Finds the requests of `text` between `from` and `to` in one pass over its lines.
 *
 * @param line zero-based number of the line that starts at `from`.
 * @param indent how much white space every line begins with.
 */
export function parseRequests(
  text: string,
  from = 0,
  to = text.length,
  line = 0,
  indent = 0,
): readonly HttpFileRequest[] {
  return new RequestParser(text, from, to, line, indent).parse();
}
