import {
  listOf,
  type Found,
  type ImportedEnvironment,
  type Json,
  type Lent,
  type Scope,
  type Tool,
  type VariableList,
} from './imported.ts';
import { objectOf } from '../../shared/json.ts';

/** A text that is imported, read as far as all readers need it. */
export interface Source {
  /** Without byte order mark and outer blanks. */
  readonly text: string;
  /** The file's name without folders, in lower case; empty when there is none. */
  readonly fileName: string;
  /** The JSON value or the YAML documents; empty when it is neither. */
  readonly documents: readonly unknown[];
  /** Lines such as `NAME=value` of what is neither. */
  readonly variables: VariableList;
  /** The file that belongs to it, such as `http-client.private.env.json`. */
  readonly companion: Json;
  /** What stands around its own variables. */
  readonly scope: Scope;
  /** Of the environments that it holds itself, the one whose values are taken. */
  readonly chosen?: string;
  /** What a file that is a value of it holds, where that is surely one tool's; absent otherwise. */
  readonly within?: (text: string, fileName: string) => readonly Found[] | undefined;
}

/** Reads one kind of file. */
export interface Reader {
  /** What the file is called to the user, such as `Postman collection`. */
  readonly name: string;
  /** Whether the text is of this kind; asked in the order of `all.ts`. */
  recognises: (source: Source) => boolean;
  /** Its profiles, and why something in it is none; a step at a time, so that a long file can be left. */
  read: (source: Source) => Iterable<Found | undefined>;
  /** The environments it holds, of which its tool applies one, by name; `base` is what it applies without any. */
  choices?: (source: Source) => { readonly base?: string; readonly names: readonly string[] };
  /** The environments it holds. */
  environments?: (source: Source) => readonly ImportedEnvironment[];
  /** The tool whose other files may belong to it. */
  readonly tool?: Tool;
  /** What other files of that tool may take from it. */
  lends?: (source: Source) => readonly Lent[];
}

/** The first document as an object. */
export function rootOf({ documents }: Source): Json {
  return objectOf(documents[0]);
}

/** The first document, or each member where it is a list, as objects. */
export function nodesIn({ documents: [json] }: Source): readonly Json[] {
  return (Array.isArray(json) ? listOf(json) : [json]).map(objectOf);
}
