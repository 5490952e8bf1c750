import { headerValue, type RecordedResponse } from '../record/exchange.ts';
import { isBinary } from './bodyView.ts';
import { layOutJson } from './layOutJson.ts';

/** File extensions by a part of the media type, the more special first. */
const ends: readonly (readonly [word: string, end: string])[] = [
  ['json', 'json'],
  ['svg', 'svg'],
  ['spreadsheetml', 'xlsx'],
  ['wordprocessingml', 'docx'],
  ['html', 'html'],
  ['xml', 'xml'],
  ['yaml', 'yaml'],
  ['csv', 'csv'],
  ['javascript', 'js'],
  ['css', 'css'],
  ['markdown', 'md'],
  ['pdf', 'pdf'],
  ['gzip', 'gz'],
  ['zip', 'zip'],
  ['png', 'png'],
  ['jpeg', 'jpg'],
  ['gif', 'gif'],
  ['webp', 'webp'],
];

/** Longer JSON is opened as it came: formatting it would cost more than it helps. */
const prettyLimit = 2_000_000;

/** A response's body as a file to read: formatted if it is JSON, and named with a fitting extension. */
export function bodyFile(response: RecordedResponse | undefined): {
  readonly name: string;
  readonly text: string;
} {
  const body = response?.body ?? '';
  const type = headerValue(response?.headers ?? [], 'content-type') ?? '';
  const pretty = body.length <= prettyLimit ? layOutJson(body, Infinity) : undefined;
  const said =
    ends.find(([word]) => type.toLowerCase().includes(word))?.[1] ?? (isBinary(body, type) ? 'bin' : 'txt');
  return { name: `body.${pretty === undefined ? said : 'json'}`, text: pretty ?? body };
}
