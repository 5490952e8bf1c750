import { decodeAs } from './decodeAs.ts';

/** A body as far as it came. */
export interface ReadBody {
  readonly text: string;
  /** As it came, at most the limit; absent where that is `text` in UTF-8. */
  readonly raw?: Buffer;
  /** How many came, what is over the limit included. */
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
  const came = () => {
    const raw = Buffer.concat(chunks);
    const text = decode(raw, response.headers.get('content-type'));
    return { text, ...(!raw.equals(Buffer.from(text)) && { raw }) };
  };
  let bytes = 0;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      chunks.push(chunk.value.subarray(0, limit - bytes));
      bytes += chunk.value.byteLength;
      if (bytes > limit) {
        await reader.cancel().catch(() => undefined);
        return { ...came(), bytes, tooLarge: limit };
      }
    }
    return { ...came(), bytes };
  } catch (thrown) {
    return { ...came(), bytes, broken: { thrown } };
  }
}

function decode(bytes: Uint8Array, contentType: string | null): string {
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType ?? '')?.[1];
  try {
    return decodeAs(charset, bytes);
  } catch {
    // A charset that does not exist: the bytes are shown as UTF-8.
    return decodeAs(undefined, bytes);
  }
}
