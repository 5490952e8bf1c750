import type { BodyView } from '../../shared/views/apiView.ts';
import { layOutJson } from './layOutJson.ts';

/** Characters of a body that are shown. */
export const shownLimit = 200_000;
/** Longer JSON is shown as it came: laying it out would cost more than it helps. */
const prettyLimit = 2_000_000;

/** Makes a response's body readable: JSON laid out, text as it is, anything else only named. */
export function bodyView(body: string, contentType: string): BodyView {
  const size = sizeOf(body);
  if (body === '') return { kind: 'empty', text: '', size, cut: false };
  if (isBinary(body, contentType)) return { kind: 'binary', text: '', size, cut: false };
  const pretty = body.length <= prettyLimit ? layOutJson(body, shownLimit) : undefined;
  const text = pretty ?? body;
  return {
    kind: pretty === undefined ? 'text' : 'json',
    text: text.slice(0, shownLimit),
    size,
    cut: text.length > shownLimit,
  };
}

/** Whether a body is no text, by its type or by what it begins with. */
export function isBinary(body: string, contentType: string): boolean {
  if (/^(image|audio|video|font)\/|octet-stream|zip|pdf/i.test(contentType)) return true;
  // What is no text at all decodes to many replacement characters and nulls.
  const start = body.slice(0, 2000);
  return start.replaceAll('\0', '').replaceAll('\uFFFD', '').length < start.length * 0.9;
}

function sizeOf(body: string): string {
  const bytes = Buffer.byteLength(body);
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
