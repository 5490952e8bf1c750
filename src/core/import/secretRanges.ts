/** A stretch of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a text holds secrets, in the ways files write them: as they are, in JSON, in a URL's form, in a form's, in base64, and with
 * their client id in HTTP Basic. In order, none within another.
 *
 * @param secrets each with the client it belongs to.
 */
export function secretRanges(
  text: string,
  secrets: readonly { readonly secret: string; readonly clientId?: string }[],
): readonly TextRange[] {
  const spellings = new Set(secrets.flatMap(({ secret, clientId }) => spellingsOf(secret, clientId)));
  const ranges = [...spellings].filter(Boolean).flatMap((spelling) => rangesOf(text, spelling));
  const sorted = ranges.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: TextRange[] = [];
  for (const range of sorted) if (range.start >= (kept.at(-1)?.end ?? 0)) kept.push(range);
  return kept;
}

function spellingsOf(secret: string, clientId: string | undefined): readonly string[] {
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const basic = clientId === undefined ? [] : [base64(`${clientId}:${secret}`)];
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    form.replaceAll('+', '%20'),
    form,
    secret.replaceAll("'", "\\'"),
    secret.replaceAll("'", "''"),
    // As in a Kubernetes Secret.
    base64(secret),
    base64(`${secret}\n`),
    ...basic,
  ];
}

/** Only whole words: a short secret is also a piece of other words. */
function rangesOf(text: string, spelling: string): readonly TextRange[] {
  const ranges: TextRange[] = [];
  for (let start = text.indexOf(spelling); start >= 0;) {
    const end = start + spelling.length;
    // `${X:-secret}`: what stands before it is a sign, no piece of a word.
    const cut = isWord(text, start - 1) && isWord(spelling, 0) && !text.startsWith(':-', start - 2);
    const goesOn = isWord(text, end) && isWord(spelling, spelling.length - 1);
    if (!cut && !goesOn) ranges.push({ start, end });
    start = text.indexOf(spelling, cut || goesOn ? start + 1 : end);
  }
  return ranges;
}

function isWord(text: string, at: number): boolean {
  return /[\w-]/.test(text.charAt(at));
}
