/** Where a long value's parts are; each window writes to two of its own, in turn. 0.1.0 knew the first two. */
export const slots = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
export type Slot = (typeof slots)[number];

/** The entry under a long value's own key. */
export interface Head {
  readonly slot: Slot;
  readonly count: number;
  /** SHA-256 of all parts together, base64url: parts of two writes never pass for one value. */
  readonly hash: string;
}

const pattern = /^oauth-explorer-parts:1:([a-h]):(\d{1,4}):([\w-]{43})$/;

export function formatHead({ slot, count, hash }: Head): string {
  return `oauth-explorer-parts:1:${slot}:${count}:${hash}`;
}

/** Absent when `entry` is a value of its own. */
export function parseHead(entry: string | undefined): Head | undefined {
  const [, slot, count, hash] = pattern.exec(entry ?? '') ?? [];
  const known = slots.find((one) => one === slot);
  return known === undefined || hash === undefined ? undefined : { slot: known, count: Number(count), hash };
}

/** The account of one part of a long value. */
export function partKey(key: string, slot: Slot, index: number): string {
  return `${key}/part/${slot}/${index}`;
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
