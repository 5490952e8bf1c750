/**
 * A file as another tool writes it, with clients that are called by a word: the client `orders` has the id `id-orders`, the secret
 * `s3cr3t-orders` and a server on a host in which `orders` stands. So a mixture shows by itself.
 */
export interface ForeignFile {
  readonly name: string;
  readonly fileName?: string;
  /** Where it was met. */
  readonly origin?: string;
  readonly text: string;
  /** The `http-client.private.env.json` beside it. */
  readonly companion?: string;
  /** `ready` or `open`, client, grant, first host, `secret` when there is one; in order. */
  readonly gives: readonly string[];
  /** Fields that the profiles have to have, in order. */
  readonly fields?: readonly Readonly<Record<string, unknown>>[];
  /** The secrets, in order, where they are not those of the clients' words and nothing more. */
  readonly secrets?: readonly string[];
  /** What has to be said. */
  readonly says?: readonly RegExp[];
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A number for a name. */
function numberOf(name: string): number {
  let hash = 2_166_136_261;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
}

/** One pair of `every` so many, chosen by their names alone: a file that is added changes none of the others. */
export function* pairsOf(files: readonly ForeignFile[], every: number) {
  const numbered = files.map((file) => ({ file, own: numberOf(file.name) }));
  for (const { file: one, own } of numbered)
    for (const { file: other, own: behind } of numbered) {
      const number = (Math.imul(own, 31) ^ behind) >>> 0;
      if (number % every === 0) yield { one, other, number: Math.floor(number / every) };
    }
}
