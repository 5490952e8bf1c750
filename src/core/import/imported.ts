/** A profile found in something that was pasted or opened; its secret is held apart and goes into the vault only. */
export interface ImportedProfile {
  /** As it would stand in the settings; may be incomplete or wrong. */
  readonly entry: Readonly<Record<string, unknown>>;
  readonly secret?: string;
  /** What was not taken over, or is only assumed, as sentences. */
  readonly notes: readonly string[];
}

/** What was understood of a text. */
export interface ImportResult {
  /** What the text is, such as `Postman collection`. */
  readonly format: string;
  readonly profiles: readonly ImportedProfile[];
  /** Why something in it is no profile, as sentences. */
  readonly problems: readonly string[];
}

/** Variables that `{{name}}` stands for. */
export type Variables = ReadonlyMap<string, string>;

/** Puts variables into a text, one inside another at most five deep; what is unknown stays as it is. */
export function resolve(text: string, variables: Variables): string {
  let result = text;
  for (let depth = 0; depth < 5 && result.includes('{{'); depth++)
    result = result.replace(
      /\{\{\s*([^{}\s]{1,200})\s*\}\}/g,
      (all, name: string) => variables.get(name) ?? all,
    );
  return result;
}

/** A JSON object, or an empty one for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** A JSON array, or an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
