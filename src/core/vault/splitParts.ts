/** Where windows announce what they call the parts of a long value, so that what an interrupted write left is found. */
export const places = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
export type Place = (typeof places)[number];

/** The entry under a long value's own key. */
export interface Head {
  /** What its parts are called: the place, and what no other value is called. In 0.1.0 the place alone. */
  readonly name: string;
  readonly count: number;
  /** SHA-256 of all parts together, base64url: parts of two writes never pass for one value. */
  readonly hash: string;
}

const pattern = /^oauth-explorer-parts:1:([a-h][\w-]{0,16}):(\d{1,4}):([\w-]{43})$/;

export function formatHead({ name, count, hash }: Head): string {
  return `oauth-explorer-parts:1:${name}:${count}:${hash}`;
}

/** Absent when `entry` is a value of its own. */
export function parseHead(entry: string | undefined): Head | undefined {
  const [, name = '', count, hash = ''] = pattern.exec(entry ?? '') ?? [];
  return name === '' ? undefined : { name, count: Number(count), hash };
}

/** The account in which the parts of that name are announced. */
export function placeKey(key: string, name: string): string {
  return `${key}/part/${name.charAt(0)}`;
}

/** The account of one part of a long value. */
export function partKey(key: string, name: string, index: number): string {
  return `${key}/part/${name}/${index}`;
}

/** What an account holds of a long value: a part of it, or, without `name`, an announcement; absent for any other. */
export function partOf(account: string): { readonly key: string; readonly name?: string } | undefined {
  const [, key, name] = /^(.+)\/part\/(?:[a-h]|([a-h][\w-]{0,16})\/\d{1,4})$/.exec(account) ?? [];
  return key === undefined ? undefined : { key, ...(name !== undefined && { name }) };
}

/** Pieces of at most `limit` UTF-8 bytes, never cutting a character. */
export function cut(text: string, limit: number): string[] {
  const bytes = Buffer.from(text);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length;) {
    let end = Math.min(start + limit, bytes.length);
    while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
    parts.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return parts;
}
