import type { BodyView } from '../../shared/views/apiView.ts';
import { layOutJson } from './layOutJson.ts';

/** How many characters of a body are shown. */
export const shownLimit = 200_000;
/** Longer JSON is shown as it came: formatting it would cost more than it helps. */
const prettyLimit = 2_000_000;

/** Makes a response's body readable: JSON is formatted, other text stays as it is, anything else is only named. */
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

/** Whether a body is binary, by its type or its beginning. */
export function isBinary(body: string, contentType: string): boolean {
  if (/^(image|audio|video|font)\/|octet-stream|zip|pdf/i.test(contentType)) return true;
  // Binary data decodes to many replacement characters and nulls.
  const start = body.slice(0, 2000);
  return start.replaceAll('\0', '').replaceAll('\uFFFD', '').length < start.length * 0.9;
}

function sizeOf(body: string): string {
  const bytes = Buffer.byteLength(body);
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
