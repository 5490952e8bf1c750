/** A stretch of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a text holds secrets, in the ways files write them: as they are, in JSON, in a URL's form, in a form's, in base64, and with
 * their client ID in HTTP Basic. In order, none within another.
 *
 * @param secrets each with the client it belongs to.
 */
export function secretRanges(
  text: string,
  secrets: readonly { readonly secret: string; readonly clientId?: string }[],
): readonly TextRange[] {
  const spellings = new Set(secrets.flatMap(({ secret, clientId }) => spellingsOf(secret, clientId)));
  const lengths = lengthsOf([...spellings].filter(Boolean));
  const ranges: TextRange[] = [];
  for (let start = 0; start < text.length; start++) {
    const end = endAt(text, start, { spellings, lengths });
    if (end === undefined) continue;
    ranges.push({ start, end });
    start = end - 1;
  }
  return ranges;
}

/** How long what begins with a character is, the longest first: so a text is gone through once, however many secrets there are. */
function lengthsOf(spellings: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const all = new Map<string, Set<number>>();
  for (const one of spellings) {
    const first = one.charAt(0);
    all.set(first, (all.get(first) ?? new Set()).add(one.length));
  }
  return new Map([...all].map(([first, some]) => [first, [...some].toSorted((a, b) => b - a)]));
}

interface Spellings {
  readonly spellings: ReadonlySet<string>;
  readonly lengths: ReadonlyMap<string, readonly number[]>;
}

/** Where the spelling ends that begins at a place. Only whole words count: a short secret is also a piece of other words. */
function endAt(text: string, start: number, { spellings, lengths }: Spellings): number | undefined {
  const some = lengths.get(text.charAt(start));
  // `${X:-secret}`: what stands before it is a sign, no piece of a word.
  const isCut = isWord(text, start - 1) && isWord(text, start) && !text.startsWith(':-', start - 2);
  if (some === undefined || isCut) return undefined;
  const length = some.find(
    (one) =>
      !(isWord(text, start + one) && isWord(text, start + one - 1)) &&
      spellings.has(text.slice(start, start + one)),
  );
  return length === undefined ? undefined : start + length;
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

function isWord(text: string, at: number): boolean {
  return /[\w-]/.test(text.charAt(at));
}
