import { TextDecoder } from 'node:util';

/** A body as far as it came. */
export interface ReadBody {
  readonly text: string;
  readonly bytes: number;
  /** The limit, when there was more. */
  readonly tooLarge?: number;
  /** What broke off the body. */
  readonly broken?: { readonly thrown: unknown };
}

/** Reads a response's body up to `limit` bytes, and keeps what came even when the connection breaks. Never rejects. */
export async function readBody(response: Response, limit: number): Promise<ReadBody> {
  if (response.body === null) return { text: '', bytes: 0 };
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  const text = () => decode(chunks, response.headers.get('content-type'));
  let bytes = 0;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const room = limit - bytes;
      bytes += chunk.value.byteLength;
      chunks.push(room < chunk.value.byteLength ? chunk.value.subarray(0, room) : chunk.value);
      if (bytes > limit) {
        await reader.cancel().catch(() => undefined);
        return { text: text(), bytes, tooLarge: limit };
      }
    }
    return { text: text(), bytes };
  } catch (thrown) {
    return { text: text(), bytes, broken: { thrown } };
  }
}

function decode(chunks: readonly Uint8Array[], contentType: string | null): string {
  const [first] = chunks;
  const bytes = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
  const charset = contentType === null ? undefined : /;\s*charset="?([\w-]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      // A charset that does not exist: the bytes are shown as UTF-8.
    }
  return new TextDecoder().decode(bytes);
}
