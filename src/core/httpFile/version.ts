/**
 * The `HTTP/1.1` that a request line ends with, behind white space; undefined without one.
 *
 * @param anyCase `http/1.1`, too, as REST Client has it
 * @see RFC 9112 section 3
 */
export function versionOf(line: string, anyCase = false): string | undefined {
  const trimmed = line.trimEnd();
  const known = /(?<=\s)HTTP\/2 \(Prior Knowledge\)$/i.exec(trimmed.slice(-40))?.[0];
  if (known !== undefined) return known;
  const word = (anyCase ? /^HTTP\/\S+$/i : /^HTTP\/\S+$/).exec(trimmed.slice(lastBlank(trimmed) + 1))?.[0];
  return word === trimmed ? undefined : word;
}

/** A request line without its version. */
export function withoutVersion(line: string, anyCase = false): string {
  const version = versionOf(line, anyCase);
  return version === undefined ? line : line.trimEnd().slice(0, -version.length).trimEnd();
}

function lastBlank(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && !/\s/.test(text.charAt(at))) at--;
  return at;
}
