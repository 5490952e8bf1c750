import { isPublicCode, isRemark } from './knownWords.ts';
import { isMasked, mask, type Seen } from './mask.ts';
import { MarkupCells } from './markupCells.ts';
import { isLeftOut } from './leftOut.ts';
import type { RedactText } from './redactJson.ts';
import { hasCodes, isSecretName, isSentCode, plainName } from '../secretNames.ts';

/**
 * XML or HTML in which the content of secret elements, secret attributes and hidden form fields is masked, and in tables and lists what
 * stands beside or below the name of a secret; linear.
 */
export function redactMarkup(text: string, isResponse: boolean, redactText: RedactText, seen?: Seen): string {
  const pieces: string[] = [];
  const cells = new MarkupCells();
  /** How many tags may still come before the value of what was named a secret. */
  let named = 0;
  /** The words before, in which a sentence may have begun: “The password is <b>…”. */
  let said = '';
  /** The element that is open whose codes are of no error. */
  let coded = '';
  /** How many of them are open, one in another. */
  let codedDepth = 0;
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const close = open < 0 ? -1 : text.indexOf('>', open);
    if (close < 0) break;
    const words = text.slice(at, open);
    const shown = afterTie(said, words, redactText) ?? redactText(words);
    if (words.trim() !== '') said = words;
    const isCell = cells.isSecret(words, () => text.slice(open, open + 400));
    pieces.push(isCell && shown === words ? maskContent(words, seen) : shown);
    const tag = text.slice(open, close + 1);
    pieces.push(redactTag(tag, isResponse, redactText, seen));
    at = close + 1;
    // Also behind the sign that begins a comment.
    const name = /<(\/?[^\s/>!?]+)/.exec(tag)?.[1];
    if (name === undefined) continue;
    cells.enter(name);
    named--;
    if (name === `/${coded}` && --codedDepth === 0) coded = '';
    if (name.startsWith('/') || tag.endsWith('/>')) continue;
    if (name === coded) codedDepth++;
    const local = name.slice(name.lastIndexOf(':') + 1);
    if (isNaming(local)) {
      named = namesSecret(text.slice(at, at + longestName)) ? 8 : 0;
      // A `<key>` that is the name of a secret is none itself.
      if (named > 0) continue;
    }
    const isValue = named > 0 && valueElement.test(local);
    if (isValue) named = 0;
    const end = isValue ? endOf(text, at, name) : endOfSecret(text, at, name, { tag, isResponse, coded });
    if (coded === '' && hasCodes(local)) [coded, codedDepth] = [name, 1];
    if (end > at) {
      pieces.push(maskContent(text.slice(at, end), seen));
      at = end;
    }
  }
  return pieces.join('') + redactText(text.slice(at));
}

const longestName = 200;

/** What ends in a name and what ties a secret to it. */
const tied = /[\p{L}\d](?:\s?[:=：]|\s(?:is|ist|lautet|est|es|é|è))\s*$/u;

/** One word in tags of its own as it is shown behind the words before it; absent where those do not lead to it. */
function afterTie(said: string, words: string, redactText: RedactText): string | undefined {
  if (words.length > longestName || !/^\s*[^\s<]{3,}\s*$/.test(words)) return undefined;
  const before = said.slice(-longestName);
  if (!tied.test(before)) return undefined;
  const lead = `. ${before.trim()} `;
  const shown = redactText(lead + words.trim());
  return shown.startsWith(lead) ? words.replace(/\S+/, () => shown.slice(lead.length)) : undefined;
}

/** What may stand beside `<name>password</name>` or, in a property list, `<key>password</key>`. */
const valueElement = /^(?:(?:attribute)?value|val|string|data|content|text|integer)$/i;
/** One that begins within the element that the name of a secret is an attribute of. */
const valueWithin = /^\s{0,200}<(?:[\w-]{1,60}:)?(?:attributevalue|values?|val|list)[\s/>]/i;

function namesSecret(content: string): boolean {
  const end = content.indexOf('<');
  return end > 0 && isSecretName(content.slice(0, end).trim());
}

function endOf(text: string, at: number, name: string): number {
  const tag = `</${name}`;
  for (let end = text.indexOf(tag, at); end >= 0; end = text.indexOf(tag, end + 1))
    // `</passwordHint>` ends no `<password>`.
    if (/[\s>]/.test(text.charAt(end + tag.length))) return end;
  return text.length;
}

/** Where the content that begins at `at` ends when it is secret; `at` when it is not. */
function endOfSecret(
  text: string,
  at: number,
  name: string,
  { tag, isResponse, coded }: { tag: string; isResponse: boolean; coded: string },
): number {
  const local = name.slice(name.lastIndexOf(':') + 1);
  if (isSecretName(local)) {
    // Pages have thousands of `<code>`, whose ends are looked for only nearby.
    const near = text.slice(at, at + 2 * longestName);
    const content = near.slice(0, endOf(near, 0, name));
    return isRemark(content) ||
      isPlainCode(local, content, isResponse && !(coded !== '' && isSentCode(content.trim())))
      ? at
      : endOf(text, at, name);
  }
  if (!attributesOf(tag).some((each) => isNaming(each.name) && isSecretName(each.value))) return at;
  if (valueWithin.test(text.slice(at, at + 2 * longestName))) return endOf(text, at, name);
  const end = text.indexOf('<', at);
  return end < 0 ? text.length : end;
}

/** `<code>` is also what pages show program text in, and what errors are numbered by. */
function isPlainCode(name: string, content: string, isResponse: boolean): boolean {
  if (plainName(name) !== 'code') return false;
  return /[\s<(]/.test(content) || (isResponse && isPublicCode(name, content));
}

function maskContent(content: string, seen?: Seen): string {
  const value = content.trim();
  const words = value.startsWith('<![CDATA[') ? [value.slice(9, value.indexOf(']]>'))] : wordsOf(value);
  if (isLeftOut(value)) return content;
  for (const word of words) seen?.(word);
  return value === '' || isMasked(value) ? content : /[<>&]/.test(value) ? '…' : mask(value);
}

/** What is in the elements of a content that begins with one; else all of it. */
function wordsOf(content: string): readonly string[] {
  if (!content.startsWith('<')) return [unescaped(content)];
  const words = content.split(/<\/?[a-z][^<>]*>/i).map((word) => unescaped(word.trim()));
  return words.filter((word) => word !== '');
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const isNaming = (name: string) => /^(?:name|id|key|property)$/i.test(name);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What the references of a text stand for; of those with a name the five of XML. */
function unescaped(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (all: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? all;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** A text in markup that is JSON or markup of its own, whose signs are references there. */
export function redactReferences(text: string, redactText: RedactText): string {
  if (!/&(?:quot|lt|#34|#60|#x22|#x3c);/i.test(text)) return text;
  const plain = unescaped(text);
  const shown = redactText(plain);
  return shown === plain ? text : shown.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function redactTag(tag: string, isResponse: boolean, redactText: RedactText, seen: Seen | undefined): string {
  const attributes = attributesOf(tag);
  if (attributes.length === 0) return redactText(tag);
  const hidden =
    /^<(?:[\w-]+:)?input\b/i.test(tag) &&
    attributes.some(({ name, value }) => /^type$/i.test(name) && /^(?:hidden|password)$/i.test(value));
  const named = attributes.some(({ name, value }) => isNaming(name) && isSecretName(value));
  // Of an error everybody may know the code, and of `<otp code="8910"/>` nobody.
  const [, element = ''] = /<(?:[\w-]+:)?([\w.-]+)/.exec(tag) ?? [];
  const mayBePublic = isResponse && !isSecretName(element) && !isSecretName(`${element}code`);
  let result = '';
  let end = 0;
  for (const attribute of attributes) {
    const { name, value, start } = attribute;
    const isValue = (hidden || named) && /^(?:value|content|data)$/i.test(name);
    const local = name.slice(name.lastIndexOf(':') + 1);
    const secret =
      isValue || (isSecretName(local) && !isNaming(name) && !(mayBePublic && isPublicCode(local, value)));
    // What is only hidden in a form may be an address or a word: it is known nowhere else.
    const told = named || !isValue ? seen : undefined;
    result += tag.slice(end, start) + (secret ? maskContent(value, told) : redactText(value));
    ({ end } = attribute);
  }
  return result + tag.slice(end);
}

/** The attributes of a tag in one pass: what stands around each `=`. */
function attributesOf(tag: string): Attribute[] {
  const attributes: Attribute[] = [];
  let end = 0;
  for (let at = tag.indexOf('='); at >= 0; at = tag.indexOf('=', end)) {
    const before = tag.slice(end, at).trimEnd();
    const name = before.split(/[\s"'<]/).at(-1) ?? '';
    let start = at + 1;
    while (tag.charCodeAt(start) <= 32) start++;
    const quote = tag.charAt(start);
    if (quote === '"' || quote === "'") {
      const close = tag.indexOf(quote, ++start);
      end = close < 0 ? tag.length : close;
    } else {
      end = start;
      while (tag.charCodeAt(end) > 32 && tag.charCodeAt(end) !== 62) end++;
    }
    if (name !== '') attributes.push({ name, value: tag.slice(start, end), start, end });
  }
  return attributes;
}
