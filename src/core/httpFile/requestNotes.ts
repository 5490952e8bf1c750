import { headerValue, type HeaderList } from '../record/exchange.ts';
import { isSeparator, Spans } from './blocks.ts';
import { dialectRules, type DialectRules, type HttpDialect } from './dialect.ts';
import { headerColon } from './header.ts';
import { versionOf } from './version.ts';
import { disabledRegions, metaOf, type AboveRequest } from './meta.ts';
import { linesBetween, LineScanner } from './lineScanner.ts';
import { requestAt, type HttpBlock, type HttpFileRequest } from './request.ts';

/** Something that the request's own tool would do and that is not done here; said before it is sent. */
export interface RequestNote {
  /** Zero-based. */
  readonly line: number;
  /** One plain sentence. */
  readonly message: string;
  /** The request is not sent at all. */
  readonly stops?: true;
}

const wait = 'Its tool would wait before sending; it is sent at once.';
const ref = 'httpYac would send the request named here first; it is not sent.';
const proxy = 'What is said of the proxy here is not used.';
const program = 'The program named here is not run.';
const asks = 'Its tool would ask before sending.';
const file = 'The variable does not take what the file named here holds.';

/** By the name of a comment: what is not done, and for whose files that is said; absent: for everyone's. */
const metaNotes = new Map<string, readonly [message: string, ...HttpDialect[]]>([
  ['loop', ['httpYac would send this request several times; it is sent once.']],
  ['ref', [ref]],
  ['forceRef', [ref]],
  ['import', ['The file imported here is not read: its variables and requests are unknown.']],
  ['fileToVariable', [file, 'kulala']],
  ['kulalaFileContentsToVariable', [file, 'kulala']],
  ['sleep', [wait]],
  ['ratelimit', [wait, 'httpyac']],
  ['delay', [wait, 'kulala']],
  ['note', [asks, 'rest_client', 'httpyac']],
  ['accept', ['The answer is shown when all of it has come.', 'kulala']],
  ['stdinCmdPre', [program, 'kulala']],
  ['envStdinCmdPre', [program, 'kulala']],
  ['proxy', [proxy]],
  ['noProxy', [proxy, 'httpyac']],
  ['noRejectUnauthorized', ['The certificate of the server is checked all the same.', 'httpyac']],
  ['attachCookieJar', ['The cookies named here are not sent.']],
  ['noAutoEncoding', ['The URL is encoded all the same.']],
  ['useOsCredentials', ['The credentials of the system are not sent.']],
]);

/**
 * What is to be said of a request before it is sent.
 *
 * @param isEncoded something in its URL is not sent as it is written
 */
export function requestNotes(
  { meta, scripts, directives }: AboveRequest,
  dialect: HttpDialect,
  isEncoded = false,
): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  for (const { name, value, line } of meta) {
    if (name === 'noAutoEncoding' && !isEncoded) continue;
    if (name === 'disabled') notes.push({ line, message: value === '' ? disabled : condition, stops: true });
    const message = saidOfMeta(name, dialect);
    if (message !== undefined) notes.push({ line, message });
  }
  for (const { line } of scripts) notes.push({ line, message: notRun });
  for (const line of directives)
    notes.push({ line, message: 'What this line names is neither read nor sent.' });
  return notes;
}

function saidOfMeta(name: string, dialect: HttpDialect): string | undefined {
  if (/^(?:kulalaC|c)url[A-Z-]/.test(name)) return 'This option of curl is not used.';
  const [known, ...dialects]: readonly [string?, ...HttpDialect[]] = metaNotes.get(name) ?? [];
  return dialects.length === 0 || dialects.includes(dialect) ? known : undefined;
}

const disabled = 'The request is marked as disabled (# @disabled), so it is not sent.';
const condition =
  'httpYac works out by what stands here whether the request is disabled, so it is not sent from here.';
const notRun = 'The script that runs before the request is not run: what it would change stays as it stands.';

/** What regions do that their tool runs before every request: httpYac's without a request, Kulala's first one by its name, and what stands above it. */
export function sharedNotes(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  dialect: HttpDialect,
): readonly RequestNote[] {
  if (dialect !== 'kulala' && dialect !== 'httpyac') return [];
  const notes: RequestNote[] = [];
  const spans = new Spans();
  // The request's own line is known: count back from it.
  const firstLine = request.line - linesBetween(text, block.from, request.requestStart);
  const scanner = new LineScanner(text, block.from, block.to, firstLine);
  const isDisabled = disabledRegions(text, block);
  let shared: number | undefined;
  while (scanner.advance() && notes.length < 5) {
    const { start, line, first, end } = scanner;
    if (dialect === 'httpyac') {
      const message = sharedByHttpyac(scanner, spans);
      if (message !== undefined && !requestAt({ blocks: [block] }, start) && !isDisabled(start))
        notes.push({ line, message });
    } else if (isSeparator(scanner)) {
      const title = text.slice(first, Math.min(end, first + 60));
      if (
        shared !== undefined ||
        start === request.start ||
        !/^#{3,}[ \t]+(?:Shared(?:[ \t]+each)?|KULALA_SHARED(?:_EACH)?)\s*$/.test(title)
      )
        break;
      shared = line;
    } else if (shared === undefined) {
      const message = sharedByKulala(scanner);
      if (message !== undefined && !requestAt({ blocks: [block] }, start)) notes.push({ line, message });
    } else if (!isHarmless(text.slice(first, Math.min(end, first + 60)))) {
      notes.push({
        line: shared,
        message: 'Kulala would run this block first and use its headers; only its variables are used.',
      });
      break;
    }
  }
  return notes;
}

/** What stands above all separators, which kulala-core takes for every request. */
function sharedByKulala({ text, first, end }: LineScanner): string | undefined {
  const name = metaOf(text.slice(first, Math.min(end, first + 200)))?.name ?? '';
  return name === 'noAutoEncoding' ? undefined : saidOfMeta(name, 'kulala');
}

/** What is said of a line where httpYac does what it says before every request; a script is passed. */
function sharedByHttpyac(scanner: LineScanner, spans: Spans): string | undefined {
  const { text, first, end } = scanner;
  const isResponses = /^\{\{(?:@js)?\s*[+@]?(?:response|after)/i.test(text.slice(first, first + 60));
  if (scanner.code === 123) return spans.skip(scanner) && !isResponses ? notRun : undefined;
  const name = metaOf(text.slice(first, Math.min(end, first + 200)))?.name ?? '';
  return /^(?:import|ref|forceRef|sleep)$/.test(name) ? metaNotes.get(name)?.[0] : undefined;
}

/** Blank, a variable or a comment that says nothing to a tool. */
const isHarmless = (line: string) => /^(?:$|@|(?:#|\/\/)(?![ \t]{0,20}@))/.test(line);

/** Whether a request follows another one without a separator. */
export const isJoined = (request: HttpFileRequest | undefined): boolean =>
  request !== undefined && request.start === request.requestStart && request.kind !== 'response';

/** Credentials that a tool works out with the server, and where the tools see other requests, headers and lines of the URL. */
export function dialectNotes(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  headers: HeaderList,
  dialect: HttpDialect,
  headersEnd = request.headersEnd,
): readonly RequestNote[] {
  const rules = dialectRules[dialect];
  const notes: RequestNote[] = [];
  const authorization = headerValue(headers, 'authorization') ?? '';
  if (/^(?:digest|aws|cognito|ntlm|negotiate|oauth2|openid)(?:\s|$)/i.test(authorization))
    notes.push({
      line: request.line,
      message:
        'The Authorization header is sent as it is written: its tool would work out credentials from it.',
    });
  notes.push(...lineNotes(text, request, rules));
  if (rules.takesNoFiles) notes.push(...fileNotes(text, request, rules));
  if (rules.methodsSeparate) return notes;
  if (headersEnd === request.headersEnd) notes.push(...bodyNotes(text, request, rules));
  return [...notes, ...joinNotes(text, block, request, rules)];
}

/** Requests without a separator between them, where the tool wants one, or with one that is indented. */
export function joinNotes(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  { title, methodsSeparate }: DialectRules,
): readonly RequestNote[] {
  if (methodsSeparate) return [];
  const at = block.requests.indexOf(request);
  const next = block.requests[at + 1];
  const end = request.kind === 'curl' ? request.end : request.headersEnd;
  const message = `${title} wants ### between requests and would read this line as a part of the one above.`;
  const joined = [
    ...(at > 0 && isJoined(request) ? [request] : []),
    ...(next?.requestStart === end && isJoined(next) ? [next] : []),
  ];
  const comment = `${title} may take this indented line for a comment, and not for what parts requests.`;
  const { line, start, requestStart } = request;
  const indented = [at > 0 ? start : requestStart, request.end].filter((one) => isIndented(text, block, one));
  return [
    ...joined.map((one) => ({ line: one.line, message })),
    ...indented.map((one) => ({
      line: line - linesBetween(text, one, requestStart) + linesBetween(text, requestStart, one),
      message: comment,
    })),
  ];
}

/** Whether a separator begins at `at` that is indented more than all of its fence. */
function isIndented(text: string, { to, indent }: HttpBlock, at: number): boolean {
  const scanner = new LineScanner(text, at, to, 0);
  return scanner.advance() && isSeparator(scanner) && scanner.first - scanner.start > indent.length;
}

/** A body that begins without a blank line: only httpYac reads it so, and others a header, such as `{{name}}: value`. */
function bodyNotes(text: string, request: HttpFileRequest, { title }: DialectRules): readonly RequestNote[] {
  const scanner = new LineScanner(text, request.requestStart, request.end, request.line);
  while (scanner.advance() && scanner.start < request.headersEnd);
  const line = text.slice(scanner.first, Math.min(scanner.end, scanner.first + 200));
  // Blank, a file, a script, an assertion, a saved response.
  if (scanner.start < request.headersEnd || /^(?:$|[<>]|\{\{[^}]*$|\?\?|HTTP\/)/.test(line.trim())) return [];
  return [
    {
      line: scanner.line,
      message: `${title} would read this line as a header; it is read as the body.`,
    },
  ];
}

/** Lines that stand for a file, where the tool takes them for text. @see Use .http files in Visual Studio, Unsupported syntax */
function fileNotes(text: string, request: HttpFileRequest, { title }: DialectRules): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  const scanner = new LineScanner(
    text,
    request.requestStart,
    request.responseStart ?? request.end,
    request.line,
  );
  while (scanner.advance() && notes.length < 5)
    if (
      scanner.code === 60 &&
      scanner.start >= request.headersEnd &&
      /^<(?:@[\w-]*)?[ \t]+[^\s{]/.test(scanner.content())
    )
      notes.push({
        line: scanner.line,
        message: `${title} would send this line as it stands; the file is sent.`,
      });
  return notes;
}

/** Lines of the URL, folded headers and httpYac's `...variable`, which not every tool reads so. */
function lineNotes(
  text: string,
  request: HttpFileRequest,
  { title, urlLines, foldsHeaders, versionInAnyCase, methodsSeparate, scripts }: DialectRules,
): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  const spans = new Spans();
  const scanner = new LineScanner(text, request.requestStart, request.headersEnd, request.line);
  scanner.advance();
  // REST Client and httpYac cut off the version with all that follows it.
  const endsUrl = versionInAnyCase ?? methodsSeparate ?? false;
  const isOver = endsUrl && versionOf(scanner.content(), versionInAnyCase) !== undefined;
  while (scanner.advance() && notes.length < 5) {
    const { code, first, start, line } = scanner;
    if (spans.skip(scanner)) {
      if (!scripts) notes.push({ line, message: `${title} would read the lines of this comment, too.` });
      continue;
    }
    if (code === 0 || code === 35 || (code === 47 && scanner.peek(1) === 47)) continue;
    if (text.startsWith('...', first))
      notes.push({
        line,
        message: 'The headers that httpYac would take from the variable named here are not sent.',
      });
    else if (start <= request.urlEnd) {
      const content = text.slice(first, Math.min(scanner.end, first + 200)).trimEnd();
      if (isOver || urlLines?.test(content) === false)
        notes.push({
          line,
          message: `${title} would not read this line as a part of the URL; it is one here.`,
        });
    } else if (first > start && headerColon(scanner) < 0 !== (foldsHeaders ?? false))
      notes.push({
        line,
        message: foldsHeaders
          ? `${title} would read this indented line as a part of the one above; it is sent as a header.`
          : `${title} would not add this line to the header above; it is added here.`,
      });
  }
  return notes;
}
