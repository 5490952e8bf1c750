import { LineScanner } from './lineScanner.ts';

/** The tools whose `.http` files are read, in the order in which they are offered. */
export const httpDialects = ['rest_client', 'httpyac', 'jetbrains', 'visual_studio', 'kulala'] as const;

/** Whose file it is. */
export type HttpDialect = (typeof httpDialects)[number];

/** What a dialect does differently when it reads a request. */
export interface DialectRules {
  /** The tool's own name. */
  readonly title: string;
  /** `#` lines in a Markdown body are text; everywhere else they are comments. */
  readonly keepsMarkdownTitles: boolean;
  /** A body that looks like GraphQL is sent as GraphQL without being asked to. */
  readonly graphqlByBody: boolean;
  /** What a line `> …` in a body is a response handler by: the name of a script, one word, anything; absent: it is text. */
  readonly handlers?: 'script' | 'word' | 'all';
  /** Scripts, block comments and where answers go may stand in a body; elsewhere they are text. */
  readonly scripts?: true;
  /**
   * Which of several definitions of a variable counts; `region`: those of a request's own region count for it alone; `own`: they
   * count before all others; `open`: the tool does not say, and the last is taken.
   */
  readonly definitions: 'last' | 'region' | 'own' | 'open';
  /** `\n`, `\r`, `\t` and `\\` in the value of a variable. */
  readonly escapes?: true;
  /** The lines of a form are joined where one begins with `&`, where one ends with it, too, or all of them. */
  readonly joinsForm: 'next' | 'ampersand' | 'all';
  /** What a definition begins with that is one in a body, too. */
  readonly definesInBody?: RegExp;
  /** Only one blank line stands between headers and body; further ones are its own. */
  readonly keepsBlankStart?: true;
  /** The last boundary of a multipart body may stand behind the name of a file. */
  readonly endsBesideFile?: true;
  /** A multipart body has a line ending after its last boundary. */
  readonly endsMultipart: boolean;
  /** Only `multipart/form-data` has the line ends of HTTP. */
  readonly formDataOnly?: true;
  /** Blanks around the signs of a form are nothing. */
  readonly tightensForm?: true;
  /** `%+`, `%&`, `%=` and `%%` in a form are the signs themselves. */
  readonly escapesForm?: true;
  /** `#` right before a name is part of it. */
  readonly hashNames?: true;
  /** `X-Request-Type` makes a body GraphQL, where its value is written so. */
  readonly graphqlByHeader?: RegExp;
  /** The files in a body whose variables are filled in without a sign. */
  readonly fillsFiles?: RegExp;
  /** The name of a file may stand in quotation marks. */
  readonly unquotesFiles?: true;
  /** A body whose type no header names gets one that is guessed, and is not sent without. */
  readonly guessesType?: true;
  /** A form goes out as it is written, and no body begins or ends with blanks. */
  readonly plainBody?: true;
  /** The header that asks for GraphQL is sent, too. */
  readonly sendsRequestType?: true;
  /** No line of a body stands for a file. */
  readonly takesNoFiles?: true;
  /** The lines below a request line that belong to its URL. */
  readonly urlLines?: RegExp;
  /** A header that stands twice is one with both values, and one without a value is sent. */
  readonly joinsHeaders?: true;
  /** `http/1.1` is a version, too. */
  readonly versionInAnyCase?: true;
  /** The end of a line parts segments of a path, and blanks in it are nothing. */
  readonly linesPartPath?: true;
  /** An indented line continues the header above. */
  readonly foldsHeaders?: true;
  /** A line of the headers may be a variable that holds one. */
  readonly headersInVariables?: true;
  /** A request needs no separator before it, and `??` begins an assertion. */
  readonly methodsSeparate?: true;
  /** A `#` in front of further parameters is encoded. */
  readonly encodesHash?: true;
  /** What the environment says counts before what the file says. */
  readonly environmentFirst?: true;
}

const common = {
  keepsMarkdownTitles: true,
  graphqlByBody: false,
  definitions: 'open',
  joinsForm: 'ampersand',
  endsMultipart: true,
} as const;

/** @see the tools' documentation and, where it is open, their parsers: HTTP-FILES and the corpus in test/core/httpFile/sent */
export const dialectRules: Readonly<Record<HttpDialect, DialectRules>> = {
  rest_client: {
    ...{ ...common, title: 'REST Client', keepsMarkdownTitles: false },
    // Since 0.24; until then it was the first. @see vscode-restclient issue 1378
    ...{ definitions: 'last', escapes: true, keepsBlankStart: true, joinsForm: 'next' },
    ...{ endsMultipart: false, formDataOnly: true },
    ...{ graphqlByHeader: /^GraphQL$/, urlLines: /^[?&]/, headersInVariables: true, versionInAnyCase: true },
    joinsHeaders: true,
  },
  httpyac: {
    ...{ ...common, title: 'httpYac', graphqlByBody: true },
    ...{ scripts: true, tightensForm: true, formDataOnly: true },
    ...{ handlers: 'word', definitions: 'region', endsMultipart: false, hashNames: true },
    ...{ joinsForm: 'all', definesInBody: /^@[^\s=:]+[\s=:]+[^\s=:]/, methodsSeparate: true },
    urlLines: /^(?:\/|[?&](?:[^(=?&)]+=|\{\{.*\}\}$))/,
  },
  jetbrains: {
    ...{ ...common, title: 'JetBrains HTTP Client', handlers: 'script' },
    ...{ endsBesideFile: true, scripts: true, foldsHeaders: true, environmentFirst: true },
    ...{ encodesHash: true, linesPartPath: true, tightensForm: true, escapesForm: true },
  },
  visual_studio: {
    ...{ ...common, title: 'Visual Studio', urlLines: /^(?!)/ },
    ...{ takesNoFiles: true, joinsHeaders: true },
  },
  kulala: {
    ...{ ...common, title: 'Kulala', endsBesideFile: true },
    ...{ handlers: 'all', joinsForm: 'all', definesInBody: /^@\w/, graphqlByHeader: /^graphql$/i },
    ...{ scripts: true, unquotesFiles: true, fillsFiles: /\.(?:json|graphql|gql)$/, guessesType: true },
    ...{ encodesHash: true, definitions: 'own', endsMultipart: false, formDataOnly: true, plainBody: true },
    sendsRequestType: true,
  },
};

/** What only one tool (or, with a smaller weight, few of them) would understand. */
interface Mark {
  readonly pattern: RegExp;
  readonly weights: Readonly<Partial<Record<HttpDialect, number>>>;
}

/** Comments that say something to a tool; httpYac takes `force-ref` for `forceRef`. */
const meta = (names: string) =>
  new RegExp(
    `^(?:#{1,2}|/{2,20})[ \\t]*@(?:${names.replace(/[A-Z]/g, (letter) => `(?:-${letter.toLowerCase()}|${letter})`)})(?![\\w-])`,
  );

/** Tried on the first characters of each line, behind its white space. */
const lineMarks: readonly Mark[] = [
  { pattern: /^\?\? /, weights: { httpyac: 3 } },
  {
    pattern: /^\{\{(?:@js|[+@]?(?:request|streaming|response|after|responseLogging)?)\s*$/,
    weights: { httpyac: 3 },
  },
  { pattern: /^\.\.\.\w/, weights: { httpyac: 3 } },
  { pattern: /^@(?:global\.)\w/, weights: { httpyac: 3 } },
  { pattern: /^@\w+[ \t]*:=/, weights: { httpyac: 3 } },
  {
    pattern: meta(
      'ref|forceRef|import|loop|disabled|injectVariables|forceRegionDelimiter|keepStreaming|sleep|ratelimit|noResponseView|noRejectUnauthorized|extension|responseRef|debug|verbose|grpc-reflection|proto',
    ),
    weights: { httpyac: 3 },
  },
  { pattern: /^curl\s/, weights: { rest_client: 2 } },
  { pattern: meta('prompt'), weights: { rest_client: 2, kulala: 1.9 } },
  { pattern: meta('note|settings'), weights: { rest_client: 2, httpyac: 1 } },
  { pattern: /^authorization[ \t]*:[ \t]*(?:oauth2|openid)(?![\w-])/i, weights: { httpyac: 3 } },
  { pattern: /^x-request-type[ \t]*:[ \t]*graphql/i, weights: { rest_client: 2, httpyac: 1 } },
  {
    pattern: meta('no-log|no-cookie-jar|no-auto-encoding|use-os-credentials|connection-timeout'),
    weights: { jetbrains: 3, kulala: 2.9 },
  },
  { pattern: meta('no-redirect|timeout'), weights: { jetbrains: 1, rest_client: 1, kulala: 0.9 } },
  {
    pattern: meta(
      'kulala-[\\w-]+|curl-[\\w-]+|env-[\\w-]+|stdin-cmd[\\w-]*|jq|attach-cookie-jar|write-cookie-jar|delay|secret|accept|graphql|file-to-variable',
    ),
    weights: { kulala: 3 },
  },
  { pattern: /^#{3,} *KULALA_SHARED/, weights: { kulala: 3 } },
  { pattern: /^[<>] \{%(?:--? ?|[ \t]*lang=)lua/, weights: { kulala: 3 } },
  { pattern: /^[<>] \{%/, weights: { jetbrains: 1, kulala: 0.9, httpyac: 0.8 } },
  {
    pattern: /^> \S+\.(?:js|mjs|cjs|ts|lua)[ \t]*$/,
    weights: { jetbrains: 1, kulala: 0.9, httpyac: 0.8 },
  },
  { pattern: /^(?:import|run) \S/, weights: { jetbrains: 1, kulala: 0.9 } },
  { pattern: /^(?:<>|>>!?) \S/, weights: { jetbrains: 1, kulala: 0.9, httpyac: 0.8 } },
  { pattern: /^GRAPHQL /, weights: { jetbrains: 1, kulala: 0.9, httpyac: 0.8 } },
];

/** Tried on what follows each `{{`. */
const variableMarks: readonly Mark[] = [
  { pattern: /^\s{0,9}\$auth\.(?:token|idToken)\(/, weights: { jetbrains: 3, kulala: 2.9 } },
  { pattern: /^\s{0,9}\$(?:random|env)\./, weights: { jetbrains: 1, kulala: 0.9, httpyac: 0.8 } },
  { pattern: /^\s{0,9}\$(?:input|prompt|password|pick)(?:-askonce)?[ \t]/, weights: { httpyac: 3 } },
  { pattern: /^\s{0,9}\$(?:dotEnv|timeStamp)\b/, weights: { visual_studio: 3 } },
  { pattern: /^\s{0,9}\$(?:aadToken|aadV2Token|oidcAccessToken)\b/, weights: { rest_client: 3 } },
  { pattern: /^%/, weights: { rest_client: 3 } },
  { pattern: /^\s{0,9}\$dotenv\b/, weights: { rest_client: 2, httpyac: 1 } },
  {
    pattern: /^\s{0,9}\$(?:guid|randomInt|datetime|localDatetime|processEnv)\b/,
    weights: { rest_client: 1, visual_studio: 0.9, httpyac: 0.5 },
  },
];

/** How much of a line is looked at, and how many lines. */
const longestLine = 200;
const mostLines = 20_000;

/**
 * Whose file `text` is, by what only one tool understands; among what is installed where the text does not say.
 *
 * @param installed the dialects of the extensions that are installed
 * @returns absent when neither tells
 */
export function recogniseDialect(
  text: string,
  installed: readonly HttpDialect[] = [],
): HttpDialect | undefined {
  const score = new Map<HttpDialect, number>();
  const add = ({ weights }: Mark) => {
    for (const dialect of httpDialects)
      score.set(dialect, (score.get(dialect) ?? 0) + (weights[dialect] ?? 0));
  };
  const scanner = new LineScanner(text, 0, text.length, 0);
  while (scanner.line < mostLines && scanner.advance()) {
    if (scanner.code === 0) continue;
    const line = text.slice(scanner.first, Math.min(scanner.end, scanner.first + longestLine));
    for (const mark of lineMarks) if (mark.pattern.test(line)) add(mark);
    for (let at = line.indexOf('{{'); at >= 0; at = line.indexOf('{{', at + 2))
      for (const mark of variableMarks) if (mark.pattern.test(line.slice(at + 2, at + 60))) add(mark);
  }
  return best(score) ?? (installed.length === 1 ? installed[0] : undefined);
}

function best(score: ReadonlyMap<HttpDialect, number>): HttpDialect | undefined {
  const [first, second] = [...score].sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === 0 || first[1] === second?.[1] ? undefined : first[0];
}
