/**
 * The `HTTP/1.1` that a request line ends with, behind white space; undefined without one.
 *
 * @see RFC 9112 section 3
 */
export function versionOf(line: string): string | undefined {
  const trimmed = line.trimEnd();
  const known = /(?<=\s)HTTP\/2 \(Prior Knowledge\)$/i.exec(trimmed.slice(-40))?.[0];
  if (known !== undefined) return known;
  const word = /^HTTP\/\S+$/.exec(trimmed.slice(lastBlank(trimmed) + 1))?.[0];
  return word === trimmed ? undefined : word;
}

/** A request line without its version. */
export function withoutVersion(line: string): string {
  const version = versionOf(line);
  return version === undefined ? line : line.trimEnd().slice(0, -version.length).trimEnd();
}

function lastBlank(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && !/\s/.test(text.charAt(at))) at--;
  return at;
}
