import type { SourceView } from '../../shared/views/finding.ts';

/** The meaning of a claim or header parameter in one line, and its source. */
interface Meaning {
  readonly text: string;
  readonly source: SourceView;
  /** Its value is a NumericDate: seconds since the epoch. @see RFC 7519 section 2 */
  readonly time?: true;
}

export type Catalogue = Readonly<Record<string, Meaning>>;
export type Lines = Readonly<Record<string, string>>;

/** Meanings with the same source; `times` names those whose values are times. */
export function group(
  source: SourceView | ((name: string) => SourceView),
  lines: Lines,
  times: readonly string[] = [],
): Catalogue {
  const entries = Object.entries(lines).map(([name, text]): [string, Meaning] => [
    name,
    {
      text,
      source: typeof source === 'function' ? source(name) : source,
      ...(times.includes(name) && { time: true }),
    },
  ]);
  return Object.fromEntries(entries);
}

/** A source in a vendor's documentation. */
export function page(text: string, url: string): SourceView {
  return { text, url };
}
