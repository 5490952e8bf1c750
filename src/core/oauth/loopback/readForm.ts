import type { IncomingMessage } from 'node:http';

const limit = 64 * 1024;

/** The body of a request as text; undefined when it is larger than 64 KiB or breaks off. Never rejects. */
export async function readForm(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      // The rest is read, so that the answer arrives, but not kept; the server limits the time.
      if (bytes <= limit) chunks.push(chunk);
      if (bytes > limit * 16) return undefined;
    }
  } catch {
    return undefined;
  }
  return bytes > limit ? undefined : Buffer.concat(chunks).toString('utf8');
}
