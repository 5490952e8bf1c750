/**
 * A response whose body has already been read: hands it out as often as it is asked for, and spares the streams that
 * a `Response` makes of a text. Its `body` is null.
 */
export class TextResponse extends Response {
  readonly #text: string;

  constructor(text: string, init: ResponseInit) {
    super(null, init);
    this.#text = text;
  }

  override readonly text = (): Promise<string> => Promise.resolve(this.#text);

  override readonly json = async (): Promise<unknown> => JSON.parse(await this.text()) as unknown;

  override readonly arrayBuffer = async (): Promise<ArrayBuffer> =>
    Uint8Array.from(Buffer.from(await this.text(), 'utf8')).buffer;

  override readonly clone = (): TextResponse => new TextResponse(this.#text, this);
}
