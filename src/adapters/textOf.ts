/** UTF-16 by its mark; without one, where every other byte of the beginning is zero, as in ASCII. */
export function utf16In(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [first = 1, second = 1, third = 1, fourth = 1] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [first, second, third, fourth].map((byte) => byte === 0).join();
  if (zeros === 'false,true,false,true') return 'utf-16le';
  return zeros === 'true,false,true,false' ? 'utf-16be' : undefined;
}

/** What bytes say, without a byte order mark: UTF-8, or UTF-16 as PowerShell and Notepad write it. */
export function textOf(bytes: Buffer): string {
  const utf16 = utf16In(bytes);
  if (utf16 === undefined) return bytes.toString('utf8').replace(/^\ufeff/, '');
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const little = utf16 === 'utf-16le' ? even : Buffer.from(even).swap16();
  return little.toString('utf16le').replace(/^\ufeff/, '');
}
