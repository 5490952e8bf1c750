import type { ClaimView, TokenPartView } from '../../shared/views/tokenView.ts';
import type { TokenPart } from './decode.ts';
import { textOf, type JsonObject } from './json.ts';
import type { Catalogue } from './meaning.ts';
import { momentOf } from './times.ts';

const mostRows = 1000;
const longestValue = 16 * 1024;
const longestText = 64 * 1024;

/** A header or payload as rows with meanings, and as text. */
export function partView(part: TokenPart, catalogue: Catalogue): TokenPartView {
  const { json } = part;
  const names = json === undefined ? [] : Object.keys(json);
  return {
    rows: json === undefined ? [] : claimViews(json, catalogue, part.exact),
    more: Math.max(names.length - mostRows, 0),
    ...cutOff(partText(part), longestText, 'text'),
  };
}

/** A part as indented JSON, or as plain text when it is not JSON. */
export function partText(part: TokenPart): string {
  if (part.json === undefined) return part.text;
  // Indenting would round a number that JavaScript cannot represent.
  return part.exact !== undefined && part.exact.size > 0 ? part.text : textOf(part.json);
}

/** The first 1,000 members as rows, with the meanings that the catalogue knows. */
export function claimViews(
  json: JsonObject,
  catalogue: Catalogue,
  exact?: ReadonlyMap<string, string>,
): readonly ClaimView[] {
  return Object.entries(json)
    .slice(0, mostRows)
    .map(([name, value]) => claimView(name, value, catalogue, exact?.get(name)));
}

function claimView(name: string, value: unknown, catalogue: Catalogue, exact: string | undefined): ClaimView {
  const meaning = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  const at = meaning?.time ? momentOf(value) : undefined;
  const text = claimText(value, exact);
  const kind = at !== undefined ? 'time' : typeof value === 'object' && value !== null ? 'json' : 'text';
  return {
    name: name.slice(0, 1000),
    ...cutOff(text, longestValue, 'value'),
    kind,
    ...(at !== undefined && { at }),
    ...(meaning && { meaning: meaning.text, source: meaning.source }),
  };
}

/** A claim's whole value as text: a number as the token has it, a list of words on one line, else indented JSON. */
export function claimText(value: unknown, exact?: string): string {
  if (exact !== undefined) return exact;
  if (Array.isArray(value) && value.length <= 20 && value.every((one) => typeof one !== 'object'))
    return `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
  return textOf(value);
}

function cutOff<Name extends string>(text: string, limit: number, name: Name) {
  const kept = text.length > limit ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, '') : text;
  const cut = text.length - kept.length;
  return { [name]: kept, ...(cut > 0 && { cut }) } as Record<Name, string> & { cut?: number };
}
