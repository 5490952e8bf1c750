/**
 * A response whose body has already been read: hands it out as often as it is asked for, and spares the streams that
 * a `Response` makes of a text. Its `body` is null.
 */
export class TextResponse extends Response {
  readonly #text: string;
  /** The body as it came; absent where that is `text` in UTF-8. */
  readonly raw: Uint8Array | undefined;

  constructor(text: string, init: ResponseInit, raw?: Uint8Array) {
    super(null, init);
    this.#text = text;
    this.raw = raw;
  }

  override readonly text = (): Promise<string> => Promise.resolve(this.#text);

  override readonly json = async (): Promise<unknown> => JSON.parse(await this.text()) as unknown;

  override readonly arrayBuffer = async (): Promise<ArrayBuffer> =>
    Uint8Array.from(this.raw ?? Buffer.from(await this.text(), 'utf8')).buffer;

  override readonly clone = (): TextResponse => new TextResponse(this.#text, this, this.raw);
}
