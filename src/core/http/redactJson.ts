import { deepestJson, stringEnd } from './jsonDepth.ts';
import { isGenerated } from './redactBehind.ts';
import { isLabel, isPublicCode, isRemark } from './knownWords.ts';
import { privateMembers } from '../privateMembers.ts';
import { isMasked, maskSeen, type Seen } from './mask.ts';
import { nextOf } from './redactOptions.ts';
import { hasCodes, isErrorCode, isSecretName, isSentCode, isWayOfCodes, plainName } from '../secretNames.ts';

/** What is done to texts that stand in no secret place; `literal` is what they are written as, quotes included. */
export type RedactText = (text: string, literal?: string) => string;

/** Masks secret members in what looks like JSON, complete or not, and leaves the rest as it is; linear in its length. */
export function redactJson(text: string, isResponse: boolean, redactText: RedactText, seen?: Seen): string {
  const first = new JsonRedaction(text, isResponse, redactText, seen);
  const shown = first.read();
  const late = first.lateColumns;
  return late === undefined ? shown : new JsonRedaction(text, isResponse, redactText, seen, late).read();
}

/** What the columns of a table are called, whose rows are lists. */
const columnLists = /^(?:columns?|columnnames|fields|fieldnames|headers?|head)$/;
const nameMembers =
  /^(?:name|key|id|field|attribute|property|variable|header|k|param(?:eter)?(?:key|name)?)$/;
const valueMembers =
  /^(?:value|val|content|text|data|currentvalue|stringvalue|attributevalue|parametervalue|v)$/;

/** A list or an object that is open. */
interface Open {
  readonly isList: boolean;
  /** How many commas there were. */
  at: number;
  /** Its texts are the names of columns, or may be as it is the first row. */
  names: 'sure' | 'perhaps' | undefined;
  /** What stands before it, its name where it has one. */
  readonly name: string;
  /** Those of the names that are secret. */
  columns?: number[];
  /** The value of `{ "value": …, "name": "password" }`. */
  value: { readonly piece: number; readonly text: string } | undefined;
}

class JsonRedaction {
  readonly #text: string;
  readonly #isResponse: boolean;
  readonly #redactText: RedactText;
  /** Keys are in it (JWK), whose private members have names of one letter. */
  readonly #hasKeys: boolean;
  /** Its lines are those of events, which say so before each. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
  readonly #isOfEvents: boolean;
  /** What Kubernetes keeps secrets in is in it. */
  readonly #isKube: boolean;
  readonly #seen: Seen | undefined;
  readonly #pieces: string[] = [];
  #at = 0;
  /** The text or word before, which may be the name of what comes: `['password' => '…']`, `["password", "…"]`. */
  #before = '';
  /** Up to where the text is among the pieces: what stays as it is goes there in one. */
  #done = 0;
  #depth = 0;
  /** The value that comes next belongs to a secret name. */
  #secretNext = false;
  /** The name of the member, in a response, whose value may be the code of an error. */
  #codeNext = '';
  /** The depth outside of which nothing is secret again. */
  #secretFrom: number | undefined;
  /** The depth outside of which what was generated is not a token of a list of `tokens` again. */
  #tokensFrom: number | undefined;
  #tokensNext = false;
  /** Where `{ "name": "password", ...` makes the member `value` secret. */
  #namedAt: number | undefined;
  #nameNext = false;
  /** What the word before in a list, an option of a command, says about the next. */
  #option: ReturnType<typeof nextOf>;
  readonly #open: Open[] = [];
  /** How many more are open, of which nothing is kept. */
  #unseen = 0;
  /** The columns of rows that are secret. */
  #columns: ReadonlySet<number>;
  #hasRows = false;
  #areLate = false;
  #namesNext = false;
  #valueNext = false;

  constructor(
    text: string,
    isResponse: boolean,
    redactText: RedactText,
    seen: Seen | undefined,
    columns: ReadonlySet<number> = new Set(),
  ) {
    this.#columns = columns;
    this.#text = text;
    this.#isResponse = isResponse;
    this.#redactText = redactText;
    this.#hasKeys = text.includes('"kty"');
    this.#isKube = /"kind"\s{0,9}:\s{0,9}"Secret(?:List)?"/.test(text);
    this.#isOfEvents = /^data: ?/m.test(text);
    this.#seen = seen;
  }

  read(): string {
    while (this.#at < this.#text.length) this.#next();
    return this.#pieces.join('') + this.#text.slice(this.#done);
  }

  /** Puts `shown` in the place of what was read from `from` on. */
  #put(from: number, shown: string): void {
    this.#pieces.push(this.#text.slice(this.#done, from), shown);
    this.#done = this.#at;
  }

  /** The columns that were named behind their rows. */
  get lateColumns(): ReadonlySet<number> | undefined {
    return this.#areLate ? this.#columns : undefined;
  }

  #next(): void {
    switch (this.#text.charAt(this.#at)) {
      case '"':
        this.#string();
        return;
      case '{':
        template.lastIndex = this.#at;
        if (template.test(this.#text)) this.#at = template.lastIndex - 1;
        else this.#enter(false);
        break;
      case '[':
        this.#enter(true);
        break;
      case '}':
      case ']':
        this.#leave();
        break;
      case ',':
        this.#part();
        break;
      case '\n':
        dataLine.lastIndex = this.#at + 1;
        if (this.#isOfEvents && dataLine.test(this.#text)) this.#at = dataLine.lastIndex - 1;
        break;
      case ':':
      case ' ':
      case '\r':
      case '\t':
        break;
      default:
        this.#bare();
        return;
    }
    this.#at++;
  }

  #forget(): void {
    this.#codeNext = '';
    this.#secretNext = this.#nameNext = this.#namesNext = this.#valueNext = false;
    this.#tokensNext = false;
  }

  /** What is open, from the innermost on. */
  #opened(place: number): Open | undefined {
    return this.#unseen > 0 ? undefined : this.#open.at(-place);
  }

  #enter(isList: boolean): void {
    if (this.#secretNext || this.#isInColumn()) this.#secretFrom ??= this.#depth;
    if (this.#tokensNext) this.#tokensFrom ??= this.#depth;
    this.#depth++;
    const outer = this.#opened(1);
    const isRow = isList && outer?.isList === true;
    const names = isList && this.#namesNext ? 'sure' : isRow && outer.at === 0 ? 'perhaps' : undefined;
    this.#hasRows ||= isRow;
    if (this.#open.length === deepestJson) this.#unseen++;
    else this.#open.push({ isList, at: 0, names, value: undefined, name: this.#before });
    this.#forget();
  }

  #leave(): void {
    this.#depth--;
    if (this.#secretFrom !== undefined && this.#depth <= this.#secretFrom) this.#secretFrom = undefined;
    if (this.#tokensFrom !== undefined && this.#depth <= this.#tokensFrom) this.#tokensFrom = undefined;
    if (this.#namedAt !== undefined && this.#depth < this.#namedAt) this.#namedAt = undefined;
    this.#forget();
    const closed = this.#unseen > 0 ? undefined : this.#open.pop();
    if (this.#unseen > 0) this.#unseen--;
    if (closed?.names === undefined || closed.columns === undefined) return;
    this.#areLate ||= closed.names === 'sure' && this.#hasRows;
    this.#columns = new Set(closed.columns);
  }

  #part(): void {
    const open = this.#opened(1);
    if (open) open.at++;
    this.#forget();
  }

  /** Whether what comes is a cell, of a row in a list of rows, below the name of a secret. */
  #isInColumn(): boolean {
    const row = this.#opened(1);
    return row?.isList === true && this.#opened(2)?.isList === true && this.#columns.has(row.at);
  }

  /** Takes what a text in a list says about columns. */
  #listed(value: string): void {
    const [outer, open] = [this.#opened(2), this.#opened(1)];
    const names = open?.isList === false && this.#nameNext ? outer : open;
    if (names?.isList !== true || names.names === undefined) return;
    if (names.names === 'perhaps' && isGenerated(value)) names.names = undefined;
    else if (value.length < 60 && isSecretName(value)) (names.columns ??= []).push(names.at);
  }

  #string(): void {
    const from = this.#at;
    const end = stringEnd(this.#text, from);
    const literal = this.#text.slice(from, end + 1);
    this.#at = end + 1;
    const before = this.#before;
    this.#before = unquote(literal);
    if (this.#isName()) {
      this.#name(this.#before);
      this.#option = undefined;
      return;
    }
    const value = this.#before;
    const option = this.#option;
    this.#option = nextOf(value);
    const name = option === 'account' ? value.indexOf(':') + 1 : 0;
    if (option === 'secret' || (name > 0 && !value.startsWith('//', name))) {
      this.#put(from, JSON.stringify(value.slice(0, name) + maskSeen(value.slice(name), this.#seen)));
      return;
    }
    const open = this.#opened(1);
    const isSecret =
      this.#isSecret(value) ||
      (isSecretName(before) && (isGenerated(value) || (this.#endsPair() && !isErrorCode(value))));
    if (this.#nameNext && isSecretName(value)) {
      this.#namedAt = this.#depth;
      if (open?.value) this.#pieces[open.value.piece] = JSON.stringify(maskSeen(open.value.text, this.#seen));
    }
    this.#listed(value);
    const isNamedLater = this.#valueNext && open !== undefined && !isSecret;
    if (isNamedLater) open.value = { piece: this.#pieces.length + 1, text: value };
    const shown = isSecret ? JSON.stringify(maskSeen(value, this.#seen)) : this.#harmless(literal, value);
    if (isNamedLater || shown !== literal) this.#put(from, shown);
    this.#forget();
  }

  #harmless(literal: string, value: string): string {
    const redacted = this.#redactText(value, literal);
    return redacted === value ? literal : JSON.stringify(redacted);
  }

  #isName(): boolean {
    let at = this.#afterBlanks(this.#at);
    for (let comments = 0; comments < mostComments && this.#text.charAt(at) === '/'; comments++) {
      comment.lastIndex = at;
      if (!comment.test(this.#text)) return false;
      at = this.#afterBlanks(comment.lastIndex);
    }
    return this.#text.charAt(at) === ':';
  }

  #afterBlanks(from: number): number {
    let at = from;
    while (at < this.#text.length && this.#text.charCodeAt(at) <= 32) at++;
    return at;
  }

  /** Whether what was read is the second of two, in a list of lists: a name and its value. */
  #endsPair(): boolean {
    const pair = this.#opened(1);
    const isSecond = pair?.isList === true && pair.at === 1 && this.#opened(2)?.isList === true;
    return isSecond && this.#text.charAt(this.#afterBlanks(this.#at)) === ']';
  }

  #name(name: string): void {
    const plain = plainName(name);
    this.#valueNext = valueMembers.test(plain);
    const isValue = this.#namedAt === this.#depth && this.#valueNext;
    const isOfKind =
      (this.#hasKeys && privateMembers.includes(name)) || (this.#isKube && /^(?:string)?data$/.test(plain));
    const areCodes = plain === 'codes' && isSecretName(`${this.#opened(1)?.name ?? ''}codes`);
    this.#secretNext = isSecretName(name) || isValue || isOfKind || areCodes;
    this.#tokensNext = plain.endsWith('tokens');
    this.#codeNext = this.#isResponse ? plain : '';
    this.#nameNext = nameMembers.test(plain);
    this.#namesNext = columnLists.test(plain);
  }

  #isSecret(value: string): boolean {
    if (value === '' || isMasked(value) || (this.#isResponse && isRemark(value))) return false;
    // What is wrong with a secret has a code, too.
    if (this.#codeNext === 'code' && /^[a-z]+(?:_[a-z]+)+$/.test(value)) return false;
    if (this.#secretFrom !== undefined || (this.#tokensFrom !== undefined && isGenerated(value))) return true;
    if (this.#isInColumn() && !isSecretName(value)) return true;
    if (!this.#secretNext) return false;
    const isSent = isSentCode(value) && this.#isWithinCodes();
    const isPublic = !isSent && isPublicCode(this.#codeNext, value);
    return !isPublic && !(this.#nameNext && this.#isNaming(value));
  }

  /** Whether what is open, or that around its ways and data, has codes that prove who somebody is. */
  #isWithinCodes(): boolean {
    for (let place = 1; place <= mostWays; place++) {
      const name = this.#opened(place)?.name ?? '';
      if (hasCodes(name)) return true;
      if (!isWayOfCodes(name) && this.#opened(place + 1)?.isList !== true) return false;
    }
    return false;
  }

  /** Whether a `key` is the name of what stands beside it: `{"key": "city", "value": "Bern"}`. */
  #isNaming(value: string): boolean {
    besideValue.lastIndex = this.#at;
    const isBeside = this.#opened(1)?.value !== undefined || besideValue.test(this.#text);
    return isSecretName(value) || (isBeside && isLabel(value));
  }

  /** A number or word; also a name without quotes, as people write it. */
  #bare(): void {
    const from = this.#at;
    comment.lastIndex = from;
    if (this.#text.charAt(from) === '/' && comment.test(this.#text)) {
      this.#at = comment.lastIndex;
      const said = this.#text.slice(from, this.#at);
      const shown = this.#redactText(said);
      if (shown !== said) this.#put(from, shown);
      return;
    }
    bareWord.lastIndex = from;
    bareWord.test(this.#text);
    // A character that neither begins nor ends anything.
    this.#at = Math.max(from + 1, bareWord.lastIndex);
    const word = this.#text.slice(from, this.#at);
    const bare = word.replace(/^['`]|['`]$/g, '');
    if (/^=>?$/.test(word) && isSecretName(this.#before)) {
      this.#secretNext = /^\s{0,20}["'`[{]/.test(this.#text.slice(this.#at, this.#at + 21));
      return;
    }
    this.#before = bare;
    if (this.#isName()) this.#name(bare);
    else if (this.#isSecret(word) && !/^(?:true|false|null)$/.test(word)) {
      this.#put(from, '"…"');
      this.#seen?.(bare);
      // More words of the same value stay secret until a comma ends it.
      return;
    }
    const equals = word.indexOf('=') + 1;
    const name = equals > 0 ? word.slice(0, equals - 1).replace(/["'`]/g, '') : '';
    const value = word.slice(equals).replace(/^>/, '');
    // As maps are written in logs: `{token=…, a=1}`, `{:token=>"…"}`.
    if (!isSecretName(name)) return;
    if (value === '') this.#secretNext = true;
    else this.#put(this.#at - value.length, maskSeen(value, this.#seen));
  }
}

const besideValue = /\s{0,99},\s{0,99}"val(?:ue)?"\s{0,9}:/iy;

/** What stands for a value that is put in its place. */
const template = /\{\{\s{0,3}[A-Za-z_.]{1,60}(?:_\d)?\s{0,3}\}\}/y;

/** What a line of an event begins with that goes on with its data. */
const dataLine = /data: ?/y;

/** What settings written as JSON have between a name and its colon. */
const comment = /\/(?:\*(?:[^*]|\*(?!\/)){0,200}\*\/|\/[^\n]{0,200}\n)/y;
const mostComments = 3;

/** How deep a code is looked for within what is called a verification. */
const mostWays = 4;

/** Up to white space and `, : { } [ ] "`. */
const bareWord = /[^\0- ",:[\]{}]*/y;

function unquote(literal: string): string {
  // The same, and a good deal faster.
  if (!literal.includes('\\'))
    return literal.slice(1, literal.length > 1 && literal.endsWith('"') ? -1 : undefined);
  try {
    return String(JSON.parse(literal));
  } catch {
    // As it would be with its line breaks escaped.
    return literal.replace(/^"|"$/g, '').replace(/\\(["\\/])/g, '$1');
  }
}
