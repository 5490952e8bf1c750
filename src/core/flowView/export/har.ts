import { headerValue, type Exchange, type HeaderList } from '../../record/exchange.ts';

/** The exchanges as an HTTP Archive. @see HAR 1.2 */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

type HarEntry = ReturnType<typeof harEntry>;

/** @param version the extension's own. */
export function har(exchanges: readonly Exchange[], version: string): Har {
  return {
    log: { version: '1.2', creator: { name: 'OAuth Explorer', version }, entries: exchanges.map(harEntry) },
  };
}

function harEntry({ request, response, startedAt, endedAt, purpose, leg, ignored, error }: Exchange) {
  const time = (endedAt ?? startedAt) - startedAt;
  const remarks = [`${leg}, ${purpose}`, ...(ignored ? ['ignored'] : []), ...(error ? [error.message] : [])];
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: URL.canParse(request.url) ? pairs([...new URL(request.url).searchParams]) : [],
      ...(request.body !== undefined && {
        postData: {
          ...{ mimeType: headerValue(request.headers, 'content-type') ?? '', text: request.body },
          ...remark(request.omitted),
        },
      }),
      headersSize: -1,
      bodySize: size(request.body),
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.statusText ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(response?.headers ?? []),
      content: {
        size: size(response?.body),
        mimeType: (response && headerValue(response.headers, 'content-type')) ?? '',
        text: response?.body ?? '',
        ...remark(response?.omitted),
      },
      redirectURL: (response && headerValue(response.headers, 'location')) ?? '',
      headersSize: -1,
      bodySize: size(response?.body),
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    comment: remarks.join('; '),
  };
}

function remark(omitted: number | undefined): { readonly comment?: string } {
  return omitted === undefined ? {} : { comment: `${omitted} characters more were not kept` };
}

function pairs(list: HeaderList) {
  return list.map(([name, value]) => ({ name, value }));
}

function size(body: string | undefined): number {
  return Buffer.byteLength(body ?? '');
}
