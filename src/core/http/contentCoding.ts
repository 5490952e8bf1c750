import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createUnzip } from 'node:zlib';

/** As browsers do, what was cut off is given as far as it came. */
const unzip = () => createUnzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH });
const decoders: Readonly<Record<string, () => Transform>> = {
  ...{ gzip: unzip, 'x-gzip': unzip, deflate: unzip },
  br: () =>
    createBrotliDecompress({
      flush: constants.BROTLI_OPERATION_FLUSH,
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    }),
};
/** Nobody uses more than one; each costs time. */
const most = 5;

/** The body of an answer without its content codings, as `fetch` gives it; with one that is not known as it came. @see RFC 9110 section 8.4.1 */
export function withoutCoding(message: IncomingMessage): Readable {
  const codings = (message.headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity');
  const known = codings.flatMap((one) => (Object.hasOwn(decoders, one) ? [decoders[one]] : []));
  if (known.length < codings.length || codings.length > most) return message;
  return known.reduceRight<Readable>(
    // What fails is heard of by whoever reads the last of them.
    (stream, decoder) => (decoder === undefined ? stream : pipeline(stream, decoder(), () => undefined)),
    message,
  );
}
