import { TextDecoder } from 'node:util';

/**
 * The text that bytes are in the encoding of this name.
 *
 * @param label absent: UTF-8
 * @throws RangeError when nobody knows an encoding of this name
 * @see WHATWG Encoding, names and labels
 */
export function decodeAs(label: string | undefined, bytes: Uint8Array): string {
  const decoder = new TextDecoder(label);
  // All at once, Node reads it as ISO 8859-1. @see https://github.com/nodejs/node/issues/56542
  const isWindows = decoder.encoding === 'windows-1252';
  return decoder.decode(bytes, { stream: isWindows });
}
