import { variablePart } from './fields.ts';

/** The parts of a text, by number, in which each name stands. */
export type Places = ReadonlyMap<string, ReadonlySet<number>>;

/** A line that parts what stands above it from what stands below: an empty one, a comment, a rule, a heading. */
const boundary = /^[ \t]*(?:(?:#|\/\/|\/\*|;|--|::|<!--|rem\b).*|[=*_~`]{3}.*|\[.*\]|[^=:]{1,100}:)?$/i;

/** A comment that only says what kind of settings follow, of one text: `# OAuth`, `# Token endpoint`. */
const kindOfSettings =
  /^[ \t]*(?:#|\/\/|;|--)[ \t#/;=*(-]{0,99}(?:(?:oauth2?|oidc|openid|connect|auth(?:entication|orization)?|idp?|server|provider|issuer|client|app(?:lication)?|token|secrets?|credentials?|endpoints?|ur[il]s?|scopes?|grant|type|redirect|callback|settings?|config(?:uration)?|variables?|env(?:ironment)?|values?|keys?|required|optional|the|and|of|for|your)(?:[ \t:.,&/()0-9=*#-]{1,99}|$)){1,9}$/i;

/** Whether lines between two variables part them; beside a comment of that kind an empty line parts nothing either. */
function isParted(between: readonly string[]): boolean {
  const lines = between.map((line) => line.trimEnd());
  const others = lines.filter((line) => !kindOfSettings.test(line));
  const parting = others.length < lines.length ? others.filter((line) => line !== '') : others;
  return parting.some((line) => boundary.test(line));
}

function kindOf(between: readonly string[]): 'blank' | 'comment' | 'words' {
  const lines = between.filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'blank';
  return lines.every((line) => comment.test(line)) ? 'comment' : 'words';
}

const comment = /^[ \t]*(?:#|\/\/|\/?\*|;|--|::|<!--|rem\b)/i;

/**
 * Finds the parts of a text of variables. A text that is pasted may be several, one behind the other, and nothing else tells where one
 * ends: only what stands between two boundaries, and is written alike, is shown to be of one client.
 */
export class PlaceFinder {
  readonly #places = new Map<string, Set<number>>();
  #count = 0;
  #part = 0;
  #end = 0;
  #style: string | undefined;
  /** The client, or a secret above it: nobody names that first. */
  #first: 'clientId' | 'clientSecret' | undefined;
  /** Whether all are written alike. */
  #isAlike = true;
  /** What parts them: nothing but blanks, comments, or words. */
  readonly #gaps = new Set<string>();

  /** Takes the next name; `start` and `end` are those of its assignment, up to the sign. */
  take(
    name: string,
    prefix: string | undefined,
    { whole, start, end }: { readonly whole: string; readonly start: number; readonly end: number },
  ): void {
    const sign = /[=:]/.exec(whole.slice(end, end + 20))?.[0] ?? '';
    const style = `${prefix?.replace(/[a-z]{2}.*/is, 'word') ?? ''}${sign}`;
    const between = whole.slice(this.#end, start).split('\n').slice(1, -1);
    const isOther = this.#style !== undefined && style !== this.#style;
    if (isOther) this.#isAlike = false;
    if (isOther || (this.#count > 0 && isParted(between))) {
      this.#part++;
      this.#gaps.add(kindOf(between));
    }
    const part = variablePart(name)?.part;
    if (part === 'clientId' && this.#first === 'clientSecret') {
      this.#isAlike = false;
      this.#part++;
    }
    if (part === 'clientId' || part === 'clientSecret')
      this.#first = this.#first === 'clientId' ? this.#first : part;
    this.#style = style;
    this.#end = end;
    this.#count++;
    this.#places.set(name, (this.#places.get(name) ?? new Set()).add(this.#part));
  }

  /** Where each line stands alone, what is between them parts nothing, unless it is a heading here and none there, or what people say. */
  get places(): Places {
    const isOne = this.#isAlike && this.#gaps.size === 1 && !this.#gaps.has('words');
    return isOne && this.#count > 2 && this.#part === this.#count - 1 ? new Map() : this.#places;
  }
}
