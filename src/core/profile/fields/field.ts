import type { FormSection } from '../../../shared/views/profileForm.ts';
import type { AuthenticationTraits, GrantTraits } from '../traits.ts';

/** The lists that profiles are made of; a test hands in longer ones. */
export interface ProfileLists {
  readonly grants: readonly GrantTraits[];
  readonly authentications: readonly AuthenticationTraits[];
  readonly fields: readonly Field[];
}

/** Where a field stands in the form, and its words there. */
export interface FieldForm {
  readonly section: FormSection;
  readonly label: string;
  readonly placeholder?: string;
  /** What it is for, one sentence below the label. */
  readonly note?: string;
}

interface FieldBase<Name extends string = string> {
  readonly name: Name;
  /** What it is called within a sentence of the form; the name itself unless given. */
  readonly words?: string;
  /** For the settings editor, in Markdown. */
  readonly description: string;
  readonly examples?: readonly unknown[];
  /** What the settings editor says when the pattern does not fit. */
  readonly patternText?: string;
  /** Every profile has it: it is required, has a default or is made. */
  readonly always?: true;
  /** An entry without it has a problem. */
  readonly required?: true;
  /** Which grants take it; absent: all, `none`: only those that name it among their `fields`. */
  readonly forGrant?: ((grant: GrantTraits) => boolean) | 'named';
  /** `named`: only client authentications that name it among their `fields` take it; absent: all. */
  readonly forAuthentication?: 'named';
  /** Another value is another set-up: a token that was stored before is not used for it. */
  readonly shapesToken?: true;
  /** What other tools call it, in small letters without blanks and signs. */
  readonly otherNames?: readonly string[];
  /** It says what is read or run on this computer: only its user writes it, and no import takes it over. */
  readonly ownHandsOnly?: true;
  /** Absent: not to be edited in the form. */
  readonly form?: FieldForm;
}

interface Line {
  /** Characters. */
  readonly longest: number;
  readonly pattern?: RegExp;
  readonly default?: string;
  /** What is wrong with the value, seen with the others (by field name). */
  readonly check?: (value: string, others: ReadonlyMap<string, unknown>) => string | undefined;
  /** The one way in which the profile holds it. */
  readonly normalise?: (value: string) => string;
}

/** One line of text. */
export interface TextFieldDeclaration<Name extends string = string> extends FieldBase<Name>, Line {
  readonly kind: 'text';
  /** What the pattern wants, to follow `must be`. */
  readonly shape?: string;
}

/** A URL. */
export interface UrlFieldDeclaration<Name extends string = string> extends FieldBase<Name>, Line {
  readonly kind: 'url';
  readonly pattern: RegExp;
  readonly problem: (value: string) => string | undefined;
  /** The member of the server's metadata that says it when the profile does not. */
  readonly metadata?: string;
  /** The client proves itself there, so it must be on the issuer's origin. */
  readonly getsSecret?: true;
}

/** One of the choices of a field. */
export interface FieldChoice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** One sentence for the form. */
  readonly summary: string;
  /** One sentence for the settings editor, in Markdown. */
  readonly description: string;
}

/** One of a few values. */
export interface ChoiceFieldDeclaration<
  Name extends string = string,
  Value extends string = string,
> extends FieldBase<Name> {
  readonly kind: 'choice';
  readonly choices: (lists: ProfileLists) => readonly FieldChoice<Value>[];
  /** What holds when the profile does not say it. */
  readonly default?: Value;
}

/** Texts in order, each once. */
export interface ListFieldDeclaration<Name extends string = string> extends FieldBase<Name> {
  readonly kind: 'list';
  readonly pattern: RegExp;
  readonly itemProblem: (item: string) => string | undefined;
  /** Values out of what was typed or pasted. */
  readonly split: (text: string) => readonly string[];
  /** A text in the place of the list: split at its blanks with a hint, or the one item (and written so). */
  readonly single: 'split' | 'item';
  /** What one item is called. */
  readonly noun: string;
  /** What ends an item while it is typed: blanks, or also commas. */
  readonly separators: 'blanks' | 'commas';
}

/** Names and texts. */
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

/** A JSON object or list, as the server wants it. */
export interface JsonFieldDeclaration<Name extends string = string> extends FieldBase<Name> {
  readonly kind: 'json';
  /** Longest, written without blanks, in characters. */
  readonly longest: number;
  readonly problem?: (value: unknown) => string | undefined;
  /** For the settings editor. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** The declaration of one field of a profile: everything else that knows fields is a loop over these. */
export type Field<Name extends string = string> =
  | TextFieldDeclaration<Name>
  | UrlFieldDeclaration<Name>
  | ChoiceFieldDeclaration<Name>
  | ListFieldDeclaration<Name>
  | PairsFieldDeclaration<Name>
  | FlagFieldDeclaration<Name>
  | NumberFieldDeclaration<Name>
  | JsonFieldDeclaration<Name>;

/** Whether a profile with this grant has the field. */
export function takesField(grant: GrantTraits, { name, forGrant }: Field): boolean {
  return (
    forGrant === undefined ||
    (forGrant !== 'named' && forGrant(grant)) ||
    grant.fields?.includes(name) === true
  );
}

/** Whether the field says something with this client authentication. */
export function suitsAuthentication(authentication: AuthenticationTraits, field: Field): boolean {
  return field.forAuthentication === undefined || authentication.fields?.includes(field.name) === true;
}
