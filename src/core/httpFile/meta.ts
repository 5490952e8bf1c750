import { isSeparator, Spans } from './blocks.ts';
import { linesBetween, LineScanner } from './lineScanner.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';

/** What a comment above a request tells its tool: `# @name value`. */
interface RequestMeta {
  /** `noCookieJar` of `no-cookie-jar`: httpYac takes both. */
  readonly name: string;
  readonly value: string;
  /** Zero-based. */
  readonly line: number;
}

/** A script that a tool would run before it sends the request. */
interface RequestScript {
  /** Zero-based. */
  readonly line: number;
}

/** What stands above a request line and is its tool's business. */
export interface AboveRequest {
  readonly meta: readonly RequestMeta[];
  readonly scripts: readonly RequestScript[];
  /** Lines, zero-based, by which JetBrains and Kulala take in or run other files and requests. */
  readonly directives: readonly number[];
}

const metaLine = /^(?:##?|\/{2,20})[ \t]{0,20}@([\w-]{1,60})(?![\w-])(.*)$/;
const scriptFile = /^<[ \t]+\S/;
/** How a script begins that runs before the request wherever it stands, and one that does not; a comment is none. */
const runsBefore = /^(?:<|\{\{(?:@js)?\s*[+@]?(?:request|streaming))/i;
const runsAfter = /^(?:[>/]|\{\{(?:@js)?\s*[+@]?(?:response|after))/i;
/** How much of a line is looked at. */
const longest = 1000;

/** Reads the comments of the request's whole region, as tools do; linear in its length. */
export function aboveRequest(text: string, request: HttpFileRequest): AboveRequest {
  const meta: RequestMeta[] = [];
  const scripts: RequestScript[] = [];
  const directives: number[] = [];
  const spans = new Spans();
  // The request's own line is known: count back from it, so that offsets need no look at the lines before.
  const lines = linesBetween(text, request.start, request.requestStart);
  const scanner = new LineScanner(text, request.start, request.end, request.line - lines);
  while (scanner.advance()) {
    const { line, first } = scanner;
    const isAbove = line < request.line;
    if (spans.skip(scanner)) {
      const start = text.slice(first, first + 60);
      if (runsBefore.test(start) || (isAbove && !runsAfter.test(start))) scripts.push({ line });
      continue;
    }
    const content = text.slice(scanner.first, Math.min(scanner.end, scanner.first + longest));
    if (isAbove && scriptFile.test(content)) scripts.push({ line });
    if (isAbove && /^(?:import|run)[ \t]+\S/.test(content)) directives.push(line);
    const said = metaOf(content);
    if (said) meta.push({ ...said, line });
  }
  return { meta, scripts, directives };
}

/** Tells of offsets that grow whether they are in a region that is marked as disabled. */
export function disabledRegions(text: string, { from, to }: HttpBlock): (offset: number) => boolean {
  const scanner = new LineScanner(text, from, to, 0);
  let isDisabled = false;
  let end = from;
  const readRegion = () => {
    isDisabled = false;
    end = to;
    while (scanner.advance()) {
      const line = text.slice(scanner.first, Math.min(scanner.end, scanner.first + longest));
      if (metaOf(line)?.name === 'disabled') isDisabled = true;
      if (!isSeparator(scanner)) continue;
      end = scanner.start;
      return;
    }
  };
  return (offset) => {
    while (end <= offset && end < to) readRegion();
    return isDisabled;
  };
}

/** What a line without its white space tells a tool; undefined when it is no such comment. */
export function metaOf(content: string): Omit<RequestMeta, 'line'> | undefined {
  const [, name, rest = ''] = metaLine.exec(content) ?? [];
  const value = valueOf(rest);
  if (name === undefined || value === undefined) return undefined;
  return { name: name.replace(/-./g, (part) => part.charAt(1).toUpperCase()), value };
}

/** What stands behind a name, with or without `=`; undefined when nothing parts the two. */
function valueOf(rest: string): string | undefined {
  const start = rest.replace(/^[ \t]+/, '');
  if (start === '') return '';
  if (/^=[ \t]/.test(start)) return start.slice(1).trim();
  return start === rest ? undefined : start.trim();
}
