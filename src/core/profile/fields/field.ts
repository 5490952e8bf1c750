import type { FormSection } from '../../../shared/views/profileForm.ts';
import type { AuthenticationTraits, GrantTraits } from '../traits.ts';

/** The lists that make up profiles; a test passes longer ones. */
export interface ProfileLists {
  readonly grants: readonly GrantTraits[];
  readonly authentications: readonly AuthenticationTraits[];
  readonly fields: readonly Field[];
}

/** A field's place in the form, and its words there. */
export interface FieldForm {
  readonly section: FormSection;
  readonly label: string;
  readonly placeholder?: string;
  /** One sentence below the label. */
  readonly note?: string;
}

interface FieldBase<Name extends string = string> {
  readonly name: Name;
  /** Its name within a sentence; the name itself unless given. */
  readonly words?: string;
  /** Description for the settings editor, in Markdown. */
  readonly description: string;
  readonly examples?: readonly unknown[];
  /** The settings editor's message when the pattern does not match. */
  readonly patternText?: string;
  /** Every profile has a value: required, by default, or generated. */
  readonly always?: true;
  /** An entry without it is invalid. */
  readonly required?: true;
  /** Which grants have the field; absent: all; `named`: only those that list it in their `fields`. */
  readonly forGrant?: ((grant: GrantTraits) => boolean) | 'named';
  /** `named`: only client authentications that list it in their `fields` have it; absent: all. */
  readonly forAuthentication?: 'named';
  /** A token that was stored under another value is not used any more. */
  readonly shapesToken?: true;
  /** Names in other tools, in lower case without spaces and punctuation. */
  readonly otherNames?: readonly string[];
  /** It makes this computer read a file or run a command: only the user's own settings may set it, and no import does. */
  readonly ownHandsOnly?: true;
  /** Absent: the form does not offer it. */
  readonly form?: FieldForm;
}

interface Line {
  /** Longest value, in characters. */
  readonly longest: number;
  readonly pattern?: RegExp;
  readonly default?: string;
  /** Why a value is wrong, given the values of the other fields by name; undefined when it is not. */
  readonly check?: (value: string, others: ReadonlyMap<string, unknown>) => string | undefined;
  /** Brings a value into the form in which profiles keep it. */
  readonly normalise?: (value: string) => string;
}

/** One line of text. */
export interface TextFieldDeclaration<Name extends string = string> extends FieldBase<Name>, Line {
  readonly kind: 'text';
  /** What the pattern allows, to follow `must be`. */
  readonly shape?: string;
}

/** A URL. */
export interface UrlFieldDeclaration<Name extends string = string> extends FieldBase<Name>, Line {
  readonly kind: 'url';
  readonly pattern: RegExp;
  readonly problem: (value: string) => string | undefined;
  /** The metadata member that supplies it when the profile does not. */
  readonly metadata?: string;
  /** The client authenticates there, so it must be on the issuer's origin. */
  readonly getsSecret?: true;
}

/** One choice of a field. */
export interface FieldChoice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** One sentence, for the form. */
  readonly summary: string;
  /** One sentence in Markdown, for the settings editor. */
  readonly description: string;
}

/** One of a fixed set of values. */
export interface ChoiceFieldDeclaration<
  Name extends string = string,
  Value extends string = string,
> extends FieldBase<Name> {
  readonly kind: 'choice';
  readonly choices: (lists: ProfileLists) => readonly FieldChoice<Value>[];
  /** The value when the profile has none. */
  readonly default?: Value;
}

/** A list of texts, in order and without duplicates. */
export interface ListFieldDeclaration<Name extends string = string> extends FieldBase<Name> {
  readonly kind: 'list';
  readonly pattern: RegExp;
  readonly itemProblem: (item: string) => string | undefined;
  /** Splits what was typed or pasted. */
  readonly split: (text: string) => readonly string[];
  /** How to read a single text in place of a list: split at spaces, with a hint, or taken as the one item (and written that way). */
  readonly single: 'split' | 'item';
  /** The noun for one item. */
  readonly noun: string;
  /** What ends an item while typing: spaces, or commas as well. */
  readonly separators: 'blanks' | 'commas';
}

/** Pairs of name and text. */
export interface PairsFieldDeclaration<Name extends string = string> extends FieldBase<Name> {
  readonly kind: 'pairs';
}

/** Yes or no. */
export interface FlagFieldDeclaration<Name extends string = string> extends FieldBase<Name> {
  readonly kind: 'flag';
}

/** A whole number. */
export interface NumberFieldDeclaration<Name extends string = string> extends FieldBase<Name> {
  readonly kind: 'number';
  readonly least: number;
  readonly most: number;
}

/** A JSON object or array, as the server wants it. */
export interface JsonFieldDeclaration<Name extends string = string> extends FieldBase<Name> {
  readonly kind: 'json';
  /** Longest value in characters, written without white space. */
  readonly longest: number;
  readonly problem?: (value: unknown) => string | undefined;
  /** JSON schema for the settings editor. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** The declaration of one field of a profile: all other code about fields loops over these. */
export type Field<Name extends string = string> =
  | TextFieldDeclaration<Name>
  | UrlFieldDeclaration<Name>
  | ChoiceFieldDeclaration<Name>
  | ListFieldDeclaration<Name>
  | PairsFieldDeclaration<Name>
  | FlagFieldDeclaration<Name>
  | NumberFieldDeclaration<Name>
  | JsonFieldDeclaration<Name>;

/** Whether profiles with this grant have the field. */
export function takesField(grant: GrantTraits, { name, forGrant }: Field): boolean {
  return (
    forGrant === undefined ||
    (forGrant !== 'named' && forGrant(grant)) ||
    grant.fields?.includes(name) === true
  );
}

/** Whether the field applies to this client authentication. */
export function suitsAuthentication(authentication: AuthenticationTraits, field: Field): boolean {
  return field.forAuthentication === undefined || authentication.fields?.includes(field.name) === true;
}
