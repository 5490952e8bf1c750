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
      chunks.push(chunk.value.subarray(0, limit - bytes));
      bytes += chunk.value.byteLength;
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
  const bytes = Buffer.concat(chunks);
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType ?? '')?.[1];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that does not exist: the bytes are shown as UTF-8.
    return new TextDecoder().decode(bytes);
  }
}
