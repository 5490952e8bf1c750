import { unescaped, type Token } from './codeTokens.ts';
import { builtBy } from './codeBuilders.ts';
import { variablePart } from './fields.ts';
import {
  isFrame,
  lookedUp,
  memberIn,
  nameOf,
  spreadIn,
  valueOf,
  type Frame,
  type Part,
} from './codeValues.ts';

/** Most brackets within one another. */
const deepest = 100;

/** What stands between brackets, the innermost last, while a text is read. */
export class Frames {
  /** How often a name is given a value that is not handed over in a call. */
  readonly #given = new Map<string, number>();
  readonly #root: Frame = frameOf('');
  readonly #open = [this.#root];
  /** The token before. */
  #last = '';
  /** How many brackets are open that are left out. */
  #tooDeep = 0;
  /** How far the line is indented that is read. */
  #indent = 0;
  /** Whether a line has ended that may go on in the next. */
  #ended = false;

  take(one: Token): void {
    const { all, opening, closing } = one;
    // What is nested deeper than anybody writes it is left out.
    if (this.#tooDeep > 0 || (opening !== undefined && this.#isFull())) {
      this.#tooDeep += opening === undefined ? (closing === undefined ? 0 : -1) : 1;
      return;
    }
    // A comment or an empty line ends nothing.
    if (this.#ended && !/^[-+.?|&\])}\n]$/.test(all)) {
      finish(this.#top());
      this.#closeBare();
      finish(this.#top());
    }
    this.#ended = false;
    if (one.indent !== undefined) this.#beginLine(one.indent, closing !== undefined);
    this.#place(one);
    if (all !== '\n') this.#last = all;
  }

  /** Names that are given one value; a member, `"name": value`, is not given any. */
  get givenOnce(): ReadonlySet<string> {
    return new Set([...this.#given].flatMap(([name, times]) => (times === 1 ? [name] : [])));
  }

  /** Closes what is still open; gives all there is. What follows something that was cut off is not part of it. */
  end(): Frame {
    while (this.#open.length > 1) {
      const inner = this.#top();
      finish(inner);
      // One by one: as arguments of one call they may be too many.
      if (inner.own !== undefined)
        for (const one of inner.entries.splice(inner.own)) this.#root.entries.push(one);
      this.#close();
    }
    finish(this.#root);
    return this.#root;
  }

  #beginLine(indent: number, isEnd: boolean): void {
    const top = this.#top();
    this.#indent = indent;
    if (!isEnd && !top.bare && indent <= (top.indent ?? -1)) top.own ??= top.entries.length;
  }

  #place({ all, quoted, opening, closing, word, sign, end }: Token): void {
    const here = this.#top();
    if (quoted !== undefined) here.parts.push({ text: unescaped(quoted) });
    else if (opening !== undefined)
      this.#open.push({ ...frameOf(nameOf(here), this.#indent), isCall: opening === '(' });
    else if (closing !== undefined) {
      this.#closeBare();
      this.#close();
    } else if (end === '\n') this.#ended = !/^(?:[-+,=(?:&|[{]|=>|:=)$/.test(this.#last);
    else if (end !== undefined) this.#separate(here);
    else if (sign !== undefined && here.parts.length > 0) {
      const name = nameOf(here);
      if (sign.endsWith('=') && here.isCall !== true) this.#given.set(name, (this.#given.get(name) ?? 0) + 1);
      assign(here, sign);
    } else if (word !== undefined) here.parts.push({ word });
    else if (sign === undefined) here.parts.push({ sign: all });
  }

  /** A comma or a semicolon: the next value, or the first argument of a call without brackets. */
  #separate(here: Frame): void {
    const provider = here.key === undefined ? providerIn(here.parts) : undefined;
    if (provider === undefined || this.#isFull()) finish(here);
    else this.#open.push({ ...frameOf(provider), bare: true });
  }

  #close(): void {
    const inner = this.#top();
    // Ruby's `%i[a b]`.
    const words = inner.parts.flatMap((part) => ('word' in part ? [part.word] : []));
    const before = this.#open.at(-2)?.parts.at(-1);
    const isList = before !== undefined && 'word' in before && /^[iw]$/i.test(before.word);
    if (isList && words.length === inner.parts.length)
      for (const one of words) inner.entries.push([undefined, one]);
    else finish(inner);
    if (this.#open.length > 1) this.#open.pop();
    if (inner !== this.#root) this.#top().parts.push({ inside: inner });
  }

  #closeBare(): void {
    while (this.#top().bare) this.#close();
  }

  #top(): Frame {
    return this.#open.at(-1) ?? this.#root;
  }

  #isFull(): boolean {
    return this.#open.length >= deepest;
  }
}

function frameOf(name: string, indent = -1): Frame {
  return { bare: false, name, entries: [], indent, parts: [] };
}

/** What stood before a sign names what follows. */
function assign(here: Frame, sign: string): void {
  // `dev ? 'a' : 'b'` is not text.
  const isChoice = here.key !== undefined && here.parts.some((part) => 'sign' in part && part.sign === '?');
  if (isChoice) here.parts.push({ sign });
  else {
    if (here.key === undefined) {
      const owner = memberIn(here.parts)?.owner;
      if (owner !== undefined) here.owner = owner;
      here.key = nameOf(here);
    }
    here.parts = [];
  }
}

/** The strategy of `provider :name, …` or `config.omniauth :name, …`. @see https://github.com/omniauth/omniauth#getting-started */
function providerIn(parts: readonly Part[]): string | undefined {
  const [call, name] = parts;
  const isCall = call !== undefined && 'word' in call && /^(?:config\.omniauth|provider)$/.test(call.word);
  return isCall && name !== undefined && 'word' in name ? name.word.replace(/^:/, '') : undefined;
}

function finish(frame: Frame): void {
  const { key, parts } = frame;
  if (parts.length > 0) {
    const built = builtBy(parts) ?? (key === undefined ? spreadIn(parts) : undefined);
    const isOfClient =
      key !== undefined &&
      (variablePart(key) !== undefined || /^(?:url(?:AccessToken|Authorize)|Address)$/.test(key));
    const value = built ?? (isOfClient ? lookedUp(parts) : undefined) ?? valueOf(parts);
    if (built === undefined && isFrame(value))
      for (const one of blocksBefore(value, parts)) frame.entries.push([key, one]);
    membersOf(frame).push([key, value]);
    if (isFrame(value) && key !== undefined && frame.owner === undefined) nameObject(frame, key, value);
  }
  delete frame.key;
  delete frame.owner;
  frame.parts = [];
}

/** Where what is given belongs: members of two variables are those of two clients. */
function membersOf(frame: Frame): Frame['entries'] {
  const { owner, entries } = frame;
  if (owner === undefined) return entries;
  const known = frame.objects?.get(owner);
  if (known !== undefined) return known.entries;
  const members = frameOf(owner);
  entries.push([owner, members]);
  nameObject(frame, owner, members);
  return members.entries;
}

function nameObject(frame: Frame, name: string, object: Frame): void {
  frame.objects ??= new Map();
  frame.objects.set(name, object);
}

/** What is named in other brackets of one value: `if (a) { … } else { … }`, `a ? { … } : { … }`, `use({ … }).use({ … })`. */
function blocksBefore(last: Frame, parts: readonly Part[]): readonly Frame[] {
  return parts.flatMap((part) => {
    const block = 'inside' in part && part.inside !== last ? part.inside : undefined;
    return block?.entries.some(([key, value]) => key !== undefined || isFrame(value)) === true ? [block] : [];
  });
}
