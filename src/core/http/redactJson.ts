import { stringEnd } from './jsonDepth.ts';
import { privateMembers } from '../privateMembers.ts';
import { maskSeen, type Seen } from './mask.ts';
import { nextOf } from './redactOptions.ts';
import { isErrorCode, isSecretName, plainName } from '../secretNames.ts';

/** What is done to texts that stand in no secret place; `literal` is what they are written as, quotes included. */
export type RedactText = (text: string, literal?: string) => string;

/** Masks secret members in what looks like JSON, complete or not, and leaves the rest as it is; linear in its length. */
export function redactJson(text: string, isResponse: boolean, redactText: RedactText, seen?: Seen): string {
  return new JsonRedaction(text, isResponse, redactText, seen).read();
}

class JsonRedaction {
  readonly #text: string;
  readonly #isResponse: boolean;
  readonly #redactText: RedactText;
  /** Keys are in it (JWK), whose private members have names of one letter. */
  readonly #hasKeys: boolean;
  readonly #seen: Seen | undefined;
  readonly #pieces: string[] = [];
  #at = 0;
  #depth = 0;
  /** The value that comes next belongs to a secret name. */
  #secretNext = false;
  #codeNext = false;
  /** The depth outside of which nothing is secret again. */
  #secretFrom: number | undefined;
  /** Where `{ "name": "password", ...` makes the member `value` secret. */
  #namedAt: number | undefined;
  #nameNext = false;
  /** What the word before in a list, an option of a command, says about the next. */
  #option: ReturnType<typeof nextOf>;

  constructor(text: string, isResponse: boolean, redactText: RedactText, seen: Seen | undefined) {
    this.#text = text;
    this.#isResponse = isResponse;
    this.#redactText = redactText;
    this.#hasKeys = text.includes('"kty"');
    this.#seen = seen;
  }

  read(): string {
    while (this.#at < this.#text.length) this.#next();
    return this.#pieces.join('');
  }

  #next(): void {
    const character = this.#text.charAt(this.#at);
    switch (character) {
      case '"':
        this.#string();
        return;
      case '{':
      case '[':
        if (this.#secretNext) this.#secretFrom ??= this.#depth;
        this.#secretNext = this.#codeNext = this.#nameNext = false;
        this.#depth++;
        break;
      case '}':
      case ']':
        this.#depth--;
        if (this.#secretFrom !== undefined && this.#depth <= this.#secretFrom) this.#secretFrom = undefined;
        if (this.#namedAt !== undefined && this.#depth < this.#namedAt) this.#namedAt = undefined;
        this.#secretNext = this.#codeNext = this.#nameNext = false;
        break;
      case ',':
        this.#secretNext = this.#codeNext = this.#nameNext = false;
        break;
      case ':':
      case ' ':
      case '\n':
      case '\r':
      case '\t':
        break;
      default:
        this.#bare();
        return;
    }
    this.#pieces.push(character);
    this.#at++;
  }

  #string(): void {
    const end = stringEnd(this.#text, this.#at);
    const literal = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    if (this.#isName()) {
      this.#name(unquote(literal));
      this.#option = undefined;
      this.#pieces.push(literal);
      return;
    }
    const value = unquote(literal);
    const option = this.#option;
    this.#option = nextOf(value);
    const from = option === 'account' ? value.indexOf(':') + 1 : 0;
    if (option === 'secret' || (from > 0 && !value.startsWith('//', from))) {
      this.#pieces.push(JSON.stringify(value.slice(0, from) + maskSeen(value.slice(from), this.#seen)));
      return;
    }
    if (this.#nameNext && isSecretName(value)) this.#namedAt = this.#depth;
    this.#pieces.push(
      this.#isSecret(value) ? JSON.stringify(maskSeen(value, this.#seen)) : this.#harmless(literal, value),
    );
    this.#secretNext = this.#codeNext = this.#nameNext = false;
  }

  #harmless(literal: string, value: string): string {
    const redacted = this.#redactText(value, literal);
    return redacted === value ? literal : JSON.stringify(redacted);
  }

  #isName(): boolean {
    let at = this.#at;
    while (at < this.#text.length && this.#text.charCodeAt(at) <= 32) at++;
    return this.#text.charAt(at) === ':';
  }

  #name(name: string): void {
    const plain = plainName(name);
    const isValue =
      this.#namedAt === this.#depth && /^(?:value|val|content|text|data|currentvalue)$/.test(plain);
    this.#secretNext = isSecretName(name) || isValue || (this.#hasKeys && privateMembers.includes(name));
    this.#codeNext = this.#isResponse && plain === 'code';
    this.#nameNext = /^(?:name|key|id|field|parameter)$/.test(plain);
  }

  #isSecret(value: string): boolean {
    if (value === '' || value.startsWith('…')) return false;
    if (this.#secretFrom !== undefined) return true;
    return (
      this.#secretNext && !(this.#codeNext && isErrorCode(value)) && !(this.#nameNext && isSecretName(value))
    );
  }

  /** A number or word; also a name without quotes, as people write it. */
  #bare(): void {
    const from = this.#at;
    while (this.#at < this.#text.length && !endsBare(this.#text.charCodeAt(this.#at))) this.#at++;
    // A character that neither begins nor ends anything.
    if (this.#at === from) this.#at++;
    const word = this.#text.slice(from, this.#at);
    if (this.#isName()) this.#name(word.replace(/^['`]|['`]$/g, ''));
    else if (this.#isSecret(word) && !/^(?:true|false|null)$/.test(word)) {
      this.#pieces.push('"…"');
      this.#seen?.(word.replace(/^['`]|['`]$/g, ''));
      // More words of the same value stay secret until a comma ends it.
      return;
    }
    this.#pieces.push(word);
  }
}

/** White space and `, : { } [ ] "`. */
function endsBare(code: number): boolean {
  if (code <= 32) return true;
  return (
    code === 44 || code === 58 || code === 123 || code === 125 || code === 91 || code === 93 || code === 34
  );
}

function unquote(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.replaceAll('"', '');
  }
}
