/** `text` up to its first query or fragment. */
export function withoutQuery(text: string): string {
  const mark = text.search(/[?#]/);
  return mark < 0 ? text : text.slice(0, mark);
}

/** `text` without the characters at its end that are one of `characters`. */
export function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** `url` without one slash at its end: issuers and resources are often written with and without. */
export function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
