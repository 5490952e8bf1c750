/**
 * A sentence with words from outside as a notification may show it: VS Code makes links, to commands too, of
 * `[label](address)` in a notification, and a server must not put one there.
 */
export function noticeText(sentence: string): string {
  return sentence.replaceAll('](', '] (');
}
