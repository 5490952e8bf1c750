import { isSeparator, Spans } from './blocks.ts';
import type { BodyPart } from './bodyPart.ts';
import type { DialectRules } from './dialect.ts';
import { graphqlBody, looksLikeGraphql } from './graphql.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';

/** What decides how the lines of a body are put together. */
export interface BodyStyle {
  readonly kind: 'text' | 'form' | 'multipart' | 'graphql' | 'lines';
  readonly rules: DialectRules;
  /** In Markdown `# ` begins a title. */
  readonly markdown: boolean;
  /** Only a line of nothing but `###` ends it: httpYac's Markdown has titles. */
  readonly keepsTitles?: boolean;
  /** Every file has its variables filled in: httpYac's `# @injectVariables`. */
  readonly injects?: boolean;
  /** The operation that a GraphQL body names in a header. */
  readonly operation?: string;
  /** The fragments that a query may refer to; undefined where a tool knows none. */
  readonly fragments?: () => ReadonlyMap<string, string>;
}

/** A body with the way it turned out to be sent. */
export interface BodyRead {
  readonly kind: BodyStyle['kind'];
  readonly parts: readonly BodyPart[];
}

/** httpYac's `gql Name < ./query.graphql`. */
const graphqlFile = /^\s*gql(?:\s+(?!<)([^\s(]+))?\s+<\s+(\S.*)$/;
const file = /^<(?:@([\w-]*))?[ \t]+(\S.*)$/;

/** The body of `request`, without comments, scripts, redirections and a saved response below it. */
export function readBody(
  text: string,
  request: HttpFileRequest,
  style: BodyStyle,
  resolve: (value: string) => string,
): BodyRead {
  const lines = bodyLines(text, request, style);
  const { kind, rules, operation } = style;
  const named = rules.graphqlByBody ? graphqlFile.exec(lines[0] ?? '') : null;
  const asGraphql =
    kind === 'graphql' ||
    named !== null ||
    (rules.graphqlByBody && looksLikeGraphql(lines)) ||
    (rules.fillsFiles !== undefined && lines.some((line) => /^<[ \t].*\.(?:graphql|gql)\s*$/.test(line)));
  // httpYac sends a file as it is, whatever is in it.
  const isPlain = rules.graphqlByBody && named === null && lines.some((line) => file.test(line));
  // Beside a file REST Client neither joins nor encodes the lines of a form, and ends none.
  const isLoose = rules.joinsForm === 'next' && lines.some((line) => file.test(line));
  const sent = isLoose && /^(?:form|lines)$/.test(kind) ? ({ ...style, kind: 'text' } as const) : style;
  if (!asGraphql || isPlain) return { kind, parts: joined(lines, sent, resolve) };
  const parts = graphqlBody(lines, resolve, {
    operation: operation ?? named?.[1] ?? named?.[2]?.trimEnd(),
    byFirstLine: rules.graphqlByBody,
    fragments: style.fragments?.(),
    part: (line, quoted) => {
      const match = named === null ? file.exec(line) : null;
      if (match) return { ...filePart(match[2] ?? '', match[1], style, resolve), quoted };
      const path = graphqlFile.exec(line)?.[2]?.trimEnd();
      if (named === null || path === undefined || !quoted) return undefined;
      return { kind: 'file', path: resolve(path), resolveVariables: true, quoted };
    },
  });
  return { kind: 'graphql', parts: lines.length === 0 ? [] : parts };
}

const textPart = (text: string): BodyPart => ({ kind: 'text', text });

function bodyLines(text: string, request: HttpFileRequest, style: BodyStyle): string[] {
  const spans = new Spans();
  const lines: string[] = [];
  let blanks = 0;
  const scanner = new LineScanner(text, request.headersEnd, request.responseStart ?? request.end, 0);
  while (scanner.advance() && !isEnd(scanner, style)) {
    if ((style.rules.scripts && spans.skip(scanner)) || isAside(scanner, style)) continue;
    if (lines.length > 0 || scanner.code !== 0 || isBlankStart(blanks++, style))
      lines.push(text.slice(scanner.start, scanner.end));
  }
  while (lines.at(-1)?.trim() === '') lines.pop();
  if (!style.rules.plainBody) return lines;
  const whole = lines.join('\n').trim();
  return whole === '' ? [] : whole.split('\n');
}

const isEnd = (scanner: LineScanner, { keepsTitles = false }: BodyStyle) =>
  isSeparator(scanner) && !(keepsTitles && scanner.content().trim() !== '###');

/** Whether the blank line with this number before a body is a part of it. */
const isBlankStart = (blanks: number, { kind, rules }: BodyStyle) =>
  blanks > 0 && rules.keepsBlankStart === true && kind !== 'graphql';

/** A response handler names a file; a quotation of Markdown is text. */
const handler = {
  script: /^>[ \t]+\S+\.(?:js|cjs|mjs|ts|cts|mts|lua)[ \t]*$/i,
  word: /^>[ \t]+\S+[ \t]*$/,
  all: /^>[ \t]/,
} as const;
/** What is looked at, and how; anything else is text. @see httpYac, assertions */
const assertion =
  /^\?\?[ \t]+(?:status|header|body|js|xpath|duration|sha256|md5|sha512)\b|^\?\?[ \t]+\S.*[=<>!]=|^\?\?[ \t]+\S.*[ \t](?:[<>]|startsWith|endsWith|includes|contains|exists|isFalse|matches|sha\d+|md5|is\w+)(?:[ \t]|$)/;
const redirection = /^(?:>>!?[ \t]+\S+[ \t]*$|<>(?:[ \t]|[^\s<>]+\.\w+[ \t]*$))/;

/** A comment, an assertion, a response handler or a redirection. */
function isAside(scanner: LineScanner, { markdown, rules }: BodyStyle): boolean {
  if (scanner.code === 35) return !(markdown && rules.keepsMarkdownTitles);
  if (scanner.code < 47 || scanner.code > 64) return false;
  const content = scanner.text.slice(scanner.first, Math.min(scanner.end, scanner.first + 2000));
  if (content.startsWith('//')) return true;
  if (content.startsWith('??')) return rules.methodsSeparate === true && assertion.test(content);
  if (rules.definesInBody?.test(content)) return true;
  const isRedirection = rules.scripts === true && redirection.test(content);
  return isRedirection || (rules.handlers !== undefined && handler[rules.handlers].test(content));
}

/** What stands between two lines of a body. */
function lineBreak({ kind, rules }: BodyStyle, above: string | undefined, below: string): string {
  if (above === undefined) return '';
  if (kind === 'form' && rules.joinsForm === 'all') return '';
  const isOpen = rules.joinsForm === 'ampersand' && above.trimEnd().endsWith('&');
  if (kind === 'form' && (isOpen || below.startsWith('&'))) return '';
  return kind === 'multipart' ? '\r\n' : '\n';
}

/** JetBrains' form bodies may have blanks around `=` and `&`, and signs that stand for themselves. @see its requests collection, POST requests */
const tightened = (line: string, { escapesForm }: DialectRules) =>
  (escapesForm ? line.replace(/%[+&=%]/g, (sign) => encodeURIComponent(sign.charAt(1))) : line)
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), ...value.map((piece) => piece.trim())].join('=');
    })
    .join('&');

function joined(lines: readonly string[], style: BodyStyle, resolve: (value: string) => string): BodyPart[] {
  const { kind } = style;
  const parts: BodyPart[] = [];
  let collected: string[] = [];
  const filled = (text: string) =>
    kind === 'form' && !style.rules.plainBody ? formEncoded(resolve(text)) : resolve(text);
  const flush = () => {
    const text = collected.join('');
    if (text !== '') parts.push(textPart(filled(text)));
    collected = [];
  };
  lines.forEach((line, at) => {
    collected.push(lineBreak(style, lines[at - 1], line));
    const match = file.exec(line);
    if (match === null) {
      collected.push(kind === 'form' && style.rules.tightensForm ? tightened(line, style.rules) : line);
      return;
    }
    flush();
    const [path = '', boundary] =
      kind === 'multipart' && style.rules.endsBesideFile ? split(match[2]) : [match[2]];
    parts.push(filePart(path, match[1], style, resolve));
    if (boundary !== undefined) collected.push(`\r\n${boundary}`);
  });
  if (kind === 'multipart' && lines.length > 0 && style.rules.endsMultipart) collected.push('\r\n');
  // Each line of such a body ends with a line feed, the last one, too.
  if (kind === 'lines' && lines.length > 0) collected.push('\n');
  flush();
  return parts;
}

/** `./file --boundary--`, as JetBrains’ documentation has it. */
function split(path = ''): readonly [string, string?] {
  const at = path.search(/[ \t]--\S+--\s*$/);
  return at < 0 ? [path] : [path.slice(0, at), path.slice(at).trim()];
}

/** @param label what stands behind `<@`; absent for a plain `<` */
function filePart(
  path: string,
  label: string | undefined,
  { injects, rules }: BodyStyle,
  resolve: (value: string) => string,
): Extract<BodyPart, { kind: 'file' }> {
  const trimmed = rules.unquotesFiles ? path.trimEnd().replace(/^(["'])(.*)\1$/, '$2') : path.trimEnd();
  return {
    kind: 'file',
    path: resolve(trimmed),
    resolveVariables: label !== undefined || injects === true || rules.fillsFiles?.test(trimmed) === true,
    ...(label !== undefined && label !== '' && { encoding: label }),
  };
}

/**
 * A form body in which what may not stand there is percent-encoded; what is encoded already stays.
 *
 * @see WHATWG URL, application/x-www-form-urlencoded
 */
function formEncoded(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7a\x7c\x7e]+/g, (run) => encodeURIComponent(run))
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
}
