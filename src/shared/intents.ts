import { member } from './json.ts';

/** What a member of an intent is: a text, yes or no, a number from 0 on, a number from 1 on, or one of these words. */
type Kind = 'text' | 'flag' | 'count' | 'number' | readonly string[];

/** What the page of a view may ask for: each type with its members. Data alone, so that no page carries it along. */
export type Intents = Readonly<Record<string, Readonly<Record<string, Kind>>>>;

type ValueOf<K extends Kind> = K extends readonly (infer Word)[]
  ? Word
  : K extends 'flag'
    ? boolean
    : K extends 'text'
      ? string
      : number;

/** The intents that are declared, told apart by their `type`. */
export type IntentOf<Declared extends Intents> = {
  readonly [Type in keyof Declared & string]: { readonly type: Type } & {
    readonly [Name in keyof Declared[Type]]: ValueOf<Declared[Type][Name]>;
  };
}[keyof Declared & string];

/** Longest text of a member, in characters; a paste of a scope list is well below. */
const longest = 16_384;

/** What came from a page as one of the declared intents; nothing for anything else, since a page is not trusted. */
export function readIntent<Declared extends Intents>(
  declared: Declared,
  message: unknown,
): IntentOf<Declared> | undefined {
  const type = member(message, 'type');
  if (typeof type !== 'string' || !Object.hasOwn(declared, type)) return undefined;
  const members = Object.entries(declared[type] ?? {});
  const read = members.map(([name, kind]) => [name, valueOf(kind, member(message, name))] as const);
  return read.some(([, value]) => value === undefined)
    ? undefined
    : ({ type, ...Object.fromEntries(read) } as IntentOf<Declared>);
}

function valueOf(kind: Kind, value: unknown): unknown {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value.slice(0, longest) : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'count':
    case 'number':
      return Number.isSafeInteger(value) && Number(value) >= (kind === 'number' ? 1 : 0) ? value : undefined;
    default:
      return kind.find((word) => word === value);
  }
}
