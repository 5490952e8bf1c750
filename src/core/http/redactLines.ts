import { isGenerated } from './redactBehind.ts';
import { isMasked, maskSeen, type Seen } from './mask.ts';
import { isLabel, isManner, isPublicCode, isRemark } from './knownWords.ts';
import { isLeftOut } from './leftOut.ts';
import type { RedactText } from './redactJson.ts';
import { redactForm } from './redactParameters.ts';
import { isColumnName } from './redactTables.ts';
import { isSecretWord } from './secretWord.ts';
import { hasCodes, isPasswordName, isSecretName, isSentCode, plainName } from '../secretNames.ts';

/** The longest name of a setting. */
const longestName = 100;

/** Text of lines such as YAML, properties and header fields: the values of secret names are masked; linear. */
export function redactLines(text: string, isResponse: boolean, redactText: RedactText, seen?: Seen): string {
  const redaction = new LineRedaction(text, isResponse, redactText, seen);
  return text
    .split('\n')
    .map((line, index, all) => redaction.shown(line, all[index + 1]))
    .join('\n');
}

class LineRedaction {
  readonly #isResponse: boolean;
  readonly #redactText: RedactText;
  readonly #seen: Seen | undefined;
  readonly #told: ToldElsewhere;
  /** Lines indented by more than this belong to a secret above. */
  #below: number | undefined;
  /** What ends a text of several lines that is secret. */
  #quotes: string | undefined;

  constructor(text: string, isResponse: boolean, redactText: RedactText, seen: Seen | undefined) {
    this.#isResponse = isResponse;
    this.#redactText = redactText;
    this.#seen = seen;
    this.#told = new ToldElsewhere(text);
  }

  shown(line: string, next = ''): string {
    const shown = this.#quotes === undefined ? this.#byItself(line, next) : this.#quoted(line, this.#quotes);
    return this.#told.areTokens
      ? shown.replace(words, (word) => (isGenerated(word) ? maskSeen(word, this.#seen) : word))
      : shown;
  }

  #quoted(line: string, quotes: string): string {
    // A word ends it only where it is all of the line.
    const isOver = !/\w/.test(quotes) || line.trim() === quotes;
    const text = isOver ? (line.split(quotes, 1)[0] ?? '') : line;
    if (text.length < line.length) this.#quotes = undefined;
    if (text.trim() === '') return line;
    this.#seen?.(text.trim());
    return `…${line.slice(text.length)}`;
  }

  #byItself(line: string, next: string): string {
    const told = this.#told;
    const indent = line.length - line.trimStart().length;
    if (this.#isBelow(line, indent)) return maskedBelow(line, this.#seen);
    this.#below = undefined;
    told.enter(line, indent);
    const sign = signOf(line);
    if (sign < 0) return this.#redactText(line);
    const name = nameOf(line.slice(0, sign)) || told.key;
    const rest = line.slice(sign + 1).trim();
    if (/^(?:name|key)$/i.test(name) && (isSecretName(nameOf(rest)) || isBesideValue(rest, next))) {
      if (isSecretName(nameOf(rest))) told.named = indent;
      return line;
    }
    if (!told.isSecret(name) && !isSecretName(name)) return this.#redactText(line);
    if (/^(?:[|>][-+\d]{0,3}|[[{(\\]|basic|bearer|dpop)?$/i.test(rest)) {
      this.#below = isItem.test(line) ? indent + 1 : indent;
      return line;
    }
    this.#quotes = textStart.exec(rest)?.slice(1).find(Boolean);
    return this.#quotes === undefined ? this.#secretLine(line, sign, { name, rest }) : line;
  }

  /** Whether a line goes on with the secret above it. */
  #isBelow(line: string, indent: number): boolean {
    if (this.#below === undefined) return false;
    return line.trim() === '' || indent > this.#below || (indent === this.#below && isItem.test(line));
  }

  /** A line that gives a secret name its value. */
  #secretLine(line: string, sign: number, { name, rest }: Record<'name' | 'rest', string>): string {
    // In a sentence or a command, what is said there may end before the line does.
    const shown = /\s/.test(name) ? this.#redactText(line) : line;
    if (shown !== line && !isAllOfIt(line, sign, rest)) return shown;
    // What may be a form is told field by field, too, and masked whole: it may be one password.
    if (line.includes('&')) redactForm(line.trim(), 0, this.#seen);
    return isHarmless(name, rest, this.#isResponse && !this.#told.isSentCode(rest))
      ? this.#redactText(line)
      : `${line.slice(0, sign + 1)} ${masked(rest, this.#seen)}`;
  }
}

function maskedBelow(line: string, seen: Seen | undefined): string {
  if (line.trim() === '') return line;
  seen?.(line.trim());
  const sign = signOf(line);
  if (sign >= 0) masked(line.slice(sign + 1).trim(), seen);
  return `${line.slice(0, line.length - line.trimStart().length)}…`;
}

/** An item of a list, which YAML need not indent by more than the name of the list. */
const isItem = /^\s*-\s/;
/** What may have been generated. */
const words = /[\w+/=~.-]{16,2000}/g;

/** Of lines, whether what they set is a secret by what stands above, whatever it is called. */
class ToldElsewhere {
  /** How far what was called a secret, `name: password` or `variable "password" {`, is indented. */
  named: number | undefined;
  /** The key of YAML that stands on a line of its own, for the value behind the colon that begins a later one. */
  key = '';
  /** How far `verification:` is indented, whose codes are of no error. */
  #coded: number | undefined;
  #codedName = '';
  /** How far `tokens:` is indented, below which what was generated is one. */
  #tokens: number | undefined;
  #isSection = false;
  readonly #isKube: boolean;

  constructor(text: string) {
    this.#isKube = /^kind:[ \t]{0,9}["']?Secret(?:List)?["']?[ \t]{0,9}\r?$/m.test(text);
  }

  enter(line: string, indent: number): void {
    if (this.named !== undefined && (indent < this.named || /^\s*- /.test(line))) this.named = undefined;
    const ends = line.trim() !== '' && indent <= (this.#tokens ?? -1) && !/^\s*[-\]]/.test(line);
    if (ends) this.#tokens = undefined;
    if (/^[\s-]*["']?[\w.-]{0,60}tokens["']?[ \t]{0,9}[:=]/i.test(line)) this.#tokens ??= indent;
    if (line.length > 2 * longestName) return;
    if (line.trim() !== '' && indent <= (this.#coded ?? -1)) this.#coded = undefined;
    if (this.#coded === undefined && /:\s*$/.test(line)) {
      this.#codedName = nameOf(line.slice(0, line.lastIndexOf(':')));
      if (hasCodes(this.#codedName)) this.#coded = indent;
    }
    if (!/^\s*(?:[:#]|$)/.test(line)) [, this.key = ''] = /^[\s-]*\?\s([^:]*)$/.exec(line) ?? [];
    const [, section] = /^\s*\[{1,2}([^\][{}]+)\]{1,2}\s*$/.exec(line) ?? [];
    if (section !== undefined) this.#isSection = secretSections.test(plainName(section));
    const [, block] = /^\s*variable\s+"([^"]+)"\s*\{\s*$/.exec(line) ?? [];
    if (block !== undefined) this.named = isSecretName(block) ? indent : undefined;
  }

  get areTokens(): boolean {
    return this.#tokens !== undefined;
  }

  isSentCode(value: string): boolean {
    return this.#coded !== undefined && isSentCode(quotedParts(value)[1]);
  }

  isSecret(name: string): boolean {
    return (
      this.#isSection ||
      (this.#isKube && /^(?:string)?data$/i.test(name)) ||
      (this.#coded !== undefined && name === 'codes' && isSecretName(`${this.#codedName}codes`)) ||
      (this.named !== undefined && /^(?:value|val|data|content|default)$/i.test(name))
    );
  }
}

/** Whether a `key` is the name of the value in the next line. */
function isBesideValue(key: string, next: string): boolean {
  return /^\s*["']?val(?:ue)?["']?\s*[:=]/i.test(next.slice(0, longestName)) && isLabel(nameOf(key));
}

/** What begins a text of several lines, of TOML, Python and shells, and ends it again. */
const textStart = /^(?:("""|''')|<<[-~]?["']?(\w{1,40})["']?)$/;

/** Sections in which whatever is set is one. */
const secretSections = /(?:secret|password|passphrase|credential|apikey)s$/;

/** The position of the first `:` or `=`; -1 where there is none in a name's reach. */
function signOf(line: string): number {
  return line.slice(0, line.length - line.trimStart().length + longestName).search(/(?<!\$env)[:=]/i);
}

/** Whether what stands behind `Client secret:` is one word, which may hold signs that end words elsewhere. */
function isAllOfIt(line: string, sign: number, rest: string): boolean {
  return /^(?:: ?|[^:] )$/.test(line.slice(sign, sign + 2)) && !/[\s"'`…]|:\/\//.test(rest);
}

function nameOf(text: string): string {
  return text
    .trim()
    .replace(/^[-*] ?/, '')
    .replace(/^(?:export|set|\$env:) ?/i, '')
    .replace(/["'`]/g, '')
    .trim();
}

/** Sentences have colons, too: `Invalid token: it has expired`. */
function isHarmless(name: string, value: string, isResponse: boolean): boolean {
  const [, inside] = quotedParts(value);
  if (isMasked(inside) || inside === '' || isLeftOut(inside) || isManner(name, inside)) return true;
  if (isResponse && (isRemark(inside) || isPublicCode(name, value))) return true;
  if (!isResponse || !name.includes(' ')) return false;
  if (/\s/.test(value)) return true;
  const isGiven = isColumnName(name) || isPasswordName(name) || /\b(?:your|new|following)\b/i.test(name);
  return !(isGiven || /^["'`]/.test(value) || isSecretWord(value, name, 'sign'));
}

function masked(value: string, seen: Seen | undefined): string {
  const [before, inside, quote] = quotedParts(value);
  return `${before}${maskSeen(inside, seen)}${quote}`;
}

/** What begins a value in quotes, what is in them, and the one that ends it. */
function quotedParts(value: string): readonly [before: string, inside: string, quote: string] {
  const [before = '', quote = ''] = /^[bfru]?(["'`])/i.exec(value) ?? [];
  const inside = quote === '' ? value : value.slice(before.length).replace(/["'`][,;]?$/, '');
  return [before, inside, quote];
}
