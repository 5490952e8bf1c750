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
  /** What has to be said. */
  readonly says?: readonly RegExp[];
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');
