import { isList, objectOf } from '../../shared/json.ts';

/** What a profile with variables is in one environment. */
export interface InEnvironment {
  readonly name: string;
  /** Values of the variables in its fields. */
  readonly values: Readonly<Record<string, string>>;
  readonly secret?: string;
}

/** A profile found in something that was pasted or opened; its secret is held apart and goes into the vault only. */
export interface ImportedProfile {
  /** As it would stand in the settings; may be incomplete or wrong. */
  readonly entry: Readonly<Record<string, unknown>>;
  readonly secret?: string;
  /** There is a secret, and nothing says how the client proves itself with it. */
  readonly assumesAuthentication?: true;
  /** What was not taken over, or is only assumed, as sentences. */
  readonly notes: readonly string[];
  /** Why it cannot be saved as it is, as sentences; with any of them it opens in the form. */
  readonly problems?: readonly string[];
  /** The file it is from, when there are several. */
  readonly file?: string;
  /** Which of several environments gave it its values: `of` is the same for what is the same place in the collection. */
  readonly origin?: {
    readonly environment: string;
    readonly of: string;
    readonly name: unknown;
    /** What the place is written with, where that is not a variable of the file's; named as variables are. */
    readonly written?: Readonly<Record<string, string>>;
  };
  /** What it is in each of its environments, when there are variables in its fields. */
  readonly environments?: readonly InEnvironment[];
}

/** Named variables of another tool, without those it marks as secret. */
export interface ImportedEnvironment {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** One of those that its tool switches between. */
  readonly switched?: true;
}

/** Variables of other files, among which a file's own stand. */
export interface Scope {
  /** A file's own take their place, and so does each of these that of those before it. */
  readonly under: readonly VariableList[];
  /** They take the place of a collection's own. */
  readonly over: VariableList;
}

/** Variables of a file that other files of its tool name; secrets among them are for resolving only. */
export interface Lent {
  readonly name: string;
  /** An environment is chosen among several; what is shared is always there. */
  readonly kind: 'environment' | 'shared';
  readonly variables: VariableList;
}

/** A tool whose collections and environments are files of their own. */
export type Tool = 'Postman' | 'Bruno' | 'Hoppscotch' | 'Thunder Client' | '.env';

/** What a reader finds: a profile, or a sentence that says why something is none. */
export type Found = ImportedProfile | string;

/** What was understood of a text. */
export interface ImportResult {
  /** What the text is, such as `Postman collection`. */
  readonly format: string;
  readonly profiles: readonly ImportedProfile[];
  /** Why something in it is not a profile, as sentences. */
  readonly problems: readonly string[];
  /** Environments that the file holds, in their order; absent when its tool has none. */
  readonly environments?: readonly ImportedEnvironment[];
  /** The tool whose other files may belong to it. */
  readonly tool?: Tool;
  /** What other files of that tool may take from it; called for, since secrets may be in it that no profile has. */
  readonly lends?: () => readonly Lent[];
}

/** Variables that `{{name}}` stands for. */
export interface Variables extends Pick<ReadonlyMap<string, string>, 'get'> {
  /** What they lie over: those of the folder or environment around. */
  readonly under?: Variables;
}

/** Variables in the order of the file, in which a name may stand twice. */
export type VariableList = readonly (readonly [name: string, value: string])[];

/** An object of JSON from outside: nothing is known of its members. */
export type Json = Readonly<Record<string, unknown>>;

/** A JSON array, or an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

/** A text that is not blank. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** What is text in a value: a text, a number, a list of them, or an object with a `value` that is not switched off. */
export function textsOf(value: unknown, depth = 0): readonly string[] | undefined {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (value === null || value === undefined) return [];
  if (depth > 3) return undefined;
  if (Array.isArray(value)) {
    const texts = value.map((item) => textsOf(item, depth + 1));
    return texts.includes(undefined) ? undefined : texts.flatMap((text) => text ?? []);
  }
  const object = objectOf(value);
  if (isOff(object)) return [];
  // Visual Studio takes it from a store of secrets, or keeps it encrypted: a placeholder, which opens the form.
  const { provider } = object;
  if (typeof provider === 'string' && ('secretName' in object || 'value' in object))
    return [`\${secret in ${provider.replace(/[{}]/g, ' ').slice(0, 60)}}`];
  const inner = ['value', 'Value', 'uri', 'url', 'identifier'].find((name) => name in object);
  return inner === undefined ? undefined : textsOf(object[inner], depth + 1);
}

/** What a tool lists as `[{ key or name, value }]`, without what is switched off; `valueOf` says the value where it stands elsewhere. */
export function pairsOf(
  list: unknown,
  valueOf: (one: Json) => string | undefined = ({ value }) => textsOf(value)?.join(' ') ?? '',
): VariableList {
  return listOf(list)
    .map(objectOf)
    .flatMap((one) => {
      const name = one['key'] ?? one['name'];
      const value = isOff(one) ? undefined : valueOf(one);
      return typeof name === 'string' && value !== undefined ? [[name, value] as const] : [];
    });
}

/** Names and values as an object; of a name with two values none is guessed: a placeholder opens the form. */
export function objectOfPairs(pairs: readonly (readonly [name: string, value: unknown])[]): Json {
  const object: Record<string, unknown> = {};
  for (const [name, value] of pairs) {
    const isTwice = Object.hasOwn(object, name) && JSON.stringify(object[name]) !== JSON.stringify(value);
    object[name] = isTwice ? '${one of 2 values}' : value;
  }
  return object;
}

/** Whether a parameter, a variable or an authentication is switched off, as the tools write it. */
export function isOff(object: Json): boolean {
  const { enabled, disabled, active } = object;
  return enabled === false || active === false || disabled === true;
}
