import type { FindingView } from '../shared/views/finding.ts';
import type { DecodedTokenView, TokenPartView } from '../shared/views/tokenView.ts';
import { relative } from '../shared/duration.ts';
import { visibleText } from '../shared/visibleText.ts';
import { systemClock } from '../adapters/clock.ts';
import { mask } from '../core/http/mask.ts';
import { maskJwts } from '../core/http/maskJwts.ts';
import { moment } from '../core/token/finding.ts';
import { inputLimit } from '../core/token/extract.ts';
import { readTokens, type TokenReading } from '../core/token/reading.ts';
import { decodedTokens } from '../core/token/decodedTokens.ts';
import type { Arguments } from './command.ts';
import type { ExitCode } from './exit.ts';
import { jsonText } from './outputText.ts';
import { readStandardInput, readTextFile } from './readInput.ts';
import type { Terminal } from './terminal.ts';
import { terminalWords } from './terminalWords.ts';

/** Bytes that are read: no character of a text at the limit has more than four. */
const limit = inputLimit * 4;

/** Decodes what standard input or a file holds. `1` when there is no token in it, or one that cannot be read. */
export async function decodeToken(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const file = args.value('file');
  const given =
    file === undefined
      ? await readStandardInput(terminal, limit, 'the token')
      : await readTextFile(terminal, file, limit);
  const reading = readTokens({ kind: 'text', text: given, from: file ?? 'standard input' });
  const now = systemClock.now();
  // Nothing is fetched here, so that nothing is said about signatures.
  const { tokens: found, findings } = taken(reading, now);
  const text = args.has('json') ? jsonText(asJson(found, findings)) : asText(found, findings, now);
  // A token may carry another one whole, in a claim or as its payload.
  await terminal.print(maskJwts(text));
  return found.length === 0 || found.some(({ kind }) => kind === 'malformed') ? 1 : 0;
}

/** How deep tokens within tokens are taken apart. */
const deepest = 3;

/** The tokens of a reading, each followed by the one that is its payload. */
function taken(reading: TokenReading, now: number, depth = 0): ReturnType<typeof decodedTokens> {
  const { tokens, findings } = decodedTokens(reading, { now, signatures: {} });
  const all = tokens.flatMap((token) => {
    const { token: whole = '', nested, payload } = reading.tokens[token.slot] ?? {};
    const inner =
      nested === true && payload !== undefined && payload.json === undefined && depth < deepest
        ? taken(readTokens({ kind: 'text', text: payload.text, from: 'a token' }), now, depth + 1).tokens
        : [];
    const inside = inner.map((one, index) => (index === 0 ? { ...one, label: `${one.label} inside` } : one));
    return [{ ...token, end: mask(whole) }, ...inside];
  });
  return { tokens: all, findings };
}

function asJson(tokens: readonly DecodedTokenView[], notes: readonly FindingView[]) {
  return {
    tokens: tokens.map(({ label, kind, format, end, length, header, payload, lifetime, findings }) => ({
      ...{ label, kind, format, end, length },
      ...(kind === 'jwt' && { signatureChecked: false }),
      header: valueOf(header),
      payload: valueOf(payload),
      issuedAt: isoTime(lifetime.issuedAt),
      notBefore: isoTime(lifetime.notBefore),
      expiresAt: isoTime(lifetime.expiresAt),
      findings: findings.map(plain),
    })),
    findings: notes.map(plain),
  };
}

function plain({ code, severity, message, reason, source }: FindingView) {
  return { code, severity, message, reason: terminalWords(reason), source: source?.text };
}

/** A part as JSON; as text where it is none, or where it was too long to be kept whole. */
function valueOf(part: TokenPartView | undefined): unknown {
  if (part === undefined) return undefined;
  try {
    return JSON.parse(part.text);
  } catch {
    return part.text;
  }
}

function isoTime(at: number | undefined): string | undefined {
  return at === undefined || Math.abs(at) > 8.64e15 ? undefined : new Date(at).toISOString();
}

function asText(tokens: readonly DecodedTokenView[], notes: readonly FindingView[], now: number): string {
  const parts = [
    ...tokens.map((token) => tokenText(token, now)),
    ...(notes.length === 0 ? [] : [notes.map(findingText).join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tokenText(token: DecodedTokenView, now: number): string {
  const { label, kind, format, end, length, header, payload, findings } = token;
  const unchecked =
    kind === 'jwt' && !format.endsWith('not signed.') ? ' The signature was not checked.' : '';
  return [
    `${label} ${end} (${length} characters): ${format}${unchecked}`,
    ...partText('Header', header, now),
    ...partText('Claims', payload, now),
    ...(findings.length === 0 ? [] : ['', 'Findings', ...findings.map((one) => `  ${findingText(one)}`)]),
  ].join('\n');
}

function partText(title: string, part: TokenPartView | undefined, now: number): string[] {
  if (part === undefined) return [];
  const { rows, text, more } = part;
  // No JSON object: as it is, but one line for each of its own.
  if (rows.length === 0)
    return [
      '',
      title,
      ...visibleText(text)
        .split('\n')
        .map((line) => `  ${line}`),
    ];
  const column = Math.min(24, Math.max(...rows.map(({ name }) => visibleText(name).length)));
  const lines = rows.map(({ name, value, at, meaning }) => {
    const shown = at === undefined ? oneLine(value) : `${oneLine(value)} (${whenIs(at, now)})`;
    return `  ${oneLine(name).padEnd(column)}  ${shown}${meaning === undefined ? '' : `  — ${meaning}`}`;
  });
  return ['', title, ...lines, ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function whenIs(at: number, now: number): string {
  return isoTime(at) === undefined ? moment(at) : `${moment(at)}, ${relative(at, now)}`;
}

/** What stands in the token cannot begin a line of its own. */
function oneLine(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ');
}

function findingText({ severity, message, reason, source }: FindingView): string {
  return `${severity}: ${message} ${terminalWords(reason)}${source === undefined ? '' : ` (${source.text})`}`;
}
