/** What is written otherwise in Markdown; each is read in linear time. */
const marks: readonly (readonly [RegExp, string])[] = [
  [/<(script|style)\b(?:(?!<\/?\1\b)[^])*<\/\1>/gi, ''],
  // What a page shows is a text of its own.
  [/<pre\b[^<>]{0,500}>((?:(?!<\/?pre\b)[^])*)<\/pre>/gi, '\n\n```\n$1\n```\n\n'],
  // A cell, and what it is called before it.
  [/<\/(?:t[dh]|dt)>\s{0,99}<(?:td|th|dd)\b[^<>]{0,500}>/gi, ': '],
  [/<h\d\b[^<>]{0,500}>/gi, '\n\n# '],
  [/<\/?(?:h\d|p|div|li|tr|dd|br)\b[^<>]{0,500}>/gi, '\n'],
  [/<[/!a-z][^<>]{0,500}>/gi, ''],
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/&(?:quot|#34);/g, '"'],
  [/&#(?:39|x27);/g, "'"],
  [/&nbsp;/g, ' '],
  [/&amp;/g, '&'],
  // Nothing of it is a page again.
  [/^[ \t<]*<(?=(?:!doctype html|html|body|div|h\d|p|pre|table|[ou]l|dl)\b)/gim, ''],
];

/** A page of HTML, or a part of one, as one of Markdown; absent for what is none. */
export function markdownOf(text: string): string | undefined {
  const isPage = /^[ \t\r\n]{0,99}<(?:!doctype html|html|body|div|h\d|p|pre|table|[ou]l|dl)\b/i.test(text);
  if (!isPage || text.length > 2_000_000) return undefined;
  return marks.reduce((page, [mark, plain]) => page.replace(mark, plain), text);
}
