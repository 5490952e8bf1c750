import { io, store } from 'httpyac';
import type * as httpyac from 'httpyac';
import { posix } from 'node:path';

/** What httpYac, which shares no code with us, reads of one request. */
export interface JudgedRequest {
  /** Zero-based line of the request line. */
  readonly line: number;
  readonly protocol: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly authorization: readonly string[];
  readonly body: string;
  /** Comments, scripts, assertions, saved responses, meta data: kind and text of everything else. */
  readonly rest: readonly string[];
}

const { fileProvider } = io;
fileProvider.EOL = '\n';
fileProvider.exists = () => Promise.resolve(false);
fileProvider.dirname = (path) => posix.dirname(String(path));
fileProvider.hasExtension = (path, ...extensions) =>
  extensions.some((extension) => String(path).endsWith(`.${extension}`));
fileProvider.isAbsolute = (path) => Promise.resolve(posix.isAbsolute(String(path)));
fileProvider.joinPath = (path, ...parts) => posix.join(String(path), ...parts);
fileProvider.readFile = () => Promise.reject(new Error('The judge reads no files.'));
fileProvider.readBuffer = () => Promise.reject(new Error('The judge reads no files.'));
fileProvider.readdir = () => Promise.resolve([]);

/** Parses `text` as httpYac does in its editor extension. */
export async function httpyacParse(text: string, name: string): Promise<httpyac.HttpFile> {
  const path = posix.join('/judged', name);
  return new store.HttpFileStore().parse(path, text, { config: {}, workingDir: '/judged' });
}

/** The requests of `text` as httpYac sees them. */
export async function judge(text: string, name: string): Promise<JudgedRequest[]> {
  const file = await httpyacParse(text, name);
  return file.httpRegions.flatMap((region) => (region.request ? [judged(region, region.request)] : []));
}

function judged(region: httpyac.HttpRegion, request: httpyac.Request): JudgedRequest {
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)] as const),
  );
  const symbols = region.symbol.children ?? [];
  const isAuthorization = (name: string) => name.toLowerCase() === 'authorization';
  return {
    line: symbols.find((symbol) => symbol.kind.valueOf() === 'requestLine')?.startLine ?? -1,
    protocol: request.protocol ?? '',
    method: request.method ?? '',
    url: request.url,
    headers: headers.filter(([name]) => !isAuthorization(name)),
    authorization: headers.filter(([name]) => isAuthorization(name)).map(([, value]) => value),
    body: bodyText(request.body),
    rest: [
      JSON.stringify(region.metaData),
      ...symbols
        .filter((symbol) => symbol.kind.valueOf() !== 'requestHeader')
        .map((symbol) => `${symbol.kind}: ${symbol.source?.replace('\uFEFF', '') ?? ''}`),
    ],
  };
}

function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (Array.isArray(body)) return body.map(bodyText).join('');
  return typeof body === 'function' ? '<file>' : '';
}
