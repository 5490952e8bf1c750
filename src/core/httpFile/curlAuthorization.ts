import { bearerHeader, type TokenHeader } from '../profile/tokenHeader.ts';
import { type Authorization, classify } from './authorizationValue.ts';
import {
  commandText,
  isPosix,
  shellWords,
  unshielded,
  withoutQuotes,
  type WrittenWord,
  writtenWords,
} from './curlCommand.ts';
import { linesBetween } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';

/** A value that the tools and every shell read as it is written: one pair of quotes, or none. */
const plain = /^(?:"[^"\\`]*"|'[^'\\]*'|[^\s"'\\`]+)$/;

/** No command has more headers than a person could choose from. */
const mostHeaders = 100;

/**
 * What carries the token in a curl command, in the order it stands.
 *
 * @returns undefined where the command is written so that nothing can be changed in it safely
 */
export function curlAuthorizations(
  text: string,
  request: HttpFileRequest,
  header: TokenHeader,
): readonly Authorization[] | undefined {
  const command = commandText(text, request);
  if (!isPosix(command)) return undefined;
  const found: Authorization[] = [];
  const options = optionsIn(writtenWords(command, request.requestStart));
  // Where escapes move the ends of words, it is not known what else would change.
  const asShell = optionsIn(shellWords(command).map((written) => ({ written, start: 0 })));
  const same = options.every(
    ({ value }, at) => unshielded(withoutQuotes(value.written)) === asShell[at]?.value.written,
  );
  if (options.length !== asShell.length || !same) return undefined;
  for (const option of options) {
    if (found.length >= mostHeaders) break;
    const isHeader = /^(?:-[^-]*H|--header)$/.test(option.name);
    if (isHeader && !option.value.written.toLowerCase().includes(header.name.toLowerCase())) continue;
    if (!isHeader && header.name !== bearerHeader.name) continue;
    const one = plain.test(option.value.written) ? readOption(option, isHeader, header) : 'unsafe';
    if (one === 'unsafe') return undefined;
    const line = request.line + linesBetween(text, request.requestStart, option.start);
    if (one) found.push({ ...one, line });
  }
  return found;
}

interface Option {
  readonly name: string;
  readonly start: number;
  readonly value: WrittenWord;
}

const carriers = /^(-[Hu](?=.)|--(?:header|user|oauth2-bearer)=)([^]+)$/;

/** The options that may carry a token, with their values. */
function optionsIn(words: readonly WrittenWord[]): readonly Option[] {
  return words.flatMap(({ written, start }, at): readonly Option[] => {
    const [, name, value] = carriers.exec(written) ?? [];
    if (name !== undefined && value !== undefined)
      return [{ name: name.replace('=', ''), start, value: { written: value, start: start + name.length } }];
    const next = words[at + 1];
    const isAlone = /^(?:-[a-zA-Z#]{0,20}[Hu]|--(?:header|user|oauth2-bearer))$/.test(written);
    return next && isAlone ? [{ name: written, start, value: next }] : [];
  });
}

function readOption(
  { name, start, value: { written, start: from } }: Option,
  isHeader: boolean,
  header: TokenHeader,
): Omit<Authorization, 'line'> | 'unsafe' | undefined {
  const quote = /^["']/.test(written) ? 1 : 0;
  const inner = unshielded(written.slice(quote, written.length - quote));
  const [head = '', named = ''] = isHeader ? (/^\s*([^\s:]+)\s*:\s*/.exec(inner) ?? []) : [];
  if (isHeader && named.toLowerCase() !== header.name.toLowerCase()) return undefined;
  const value = inner.slice(head.length).trimEnd();
  const kind = isHeader
    ? classify(value, header)
    : name === '--oauth2-bearer'
      ? ({ kind: 'bearer', content: inner } as const)
      : ({ kind: 'basic' } as const);
  const valueStart = from + quote + head.length;
  if (isHeader && quote > 0) return { ...kind, start: from, valueStart, valueEnd: valueStart + value.length };
  // Without quotes a value cannot hold a blank: the whole option is replaced, which must be alone in its word.
  if (/^-\w{2}/.test(name)) return 'unsafe';
  return { ...kind, option: true, start, valueStart: start, valueEnd: from + written.length };
}
