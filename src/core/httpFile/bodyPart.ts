/** A piece of a body: text, or a file to read in its place (relative to the `.http` file). */
export type BodyPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly resolveVariables: boolean;
      /** It stands within a text of JSON, and is escaped as such. */
      readonly quoted?: boolean;
      /** The label of the encoding it is read in; absent: UTF-8, or as it is where no variables are filled in. */
      readonly encoding?: string;
    };
