import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { runInNewContext } from 'node:vm';

/** A page a browser ended at. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const mostSteps = 2000;
const agent = new Agent({ keepAlive: true });
const secureAgent = new SecureAgent({ keepAlive: true });

/**
 * A browser without a screen: keeps cookies, follows redirects and page refreshes, and fills in and submits the sign-in
 * and consent forms of the demo server and of oidc-provider's development pages. Real HTTP against real servers.
 */
export class JarBrowser {
  /** Cookies by origin (port included, so that servers of one test do not mix), then by name. */
  readonly #cookies = new Map<string, Map<string, { value: string; path: string }>>();
  readonly #typed: Readonly<Record<string, string>>;
  /** Every URL visited, in order. */
  readonly visited: string[] = [];

  /** Certificates (PEM) that it trusts besides those that everybody does. */
  trusted?: string;

  /** @param typed further texts to type, by the name of their field */
  constructor(login = 'Ada', typed: Readonly<Record<string, string>> = {}) {
    this.#typed = { login, ...typed };
  }

  /** Goes to `url` and on from there until a page has nothing more to press. */
  async visit(url: string, signal?: AbortSignal): Promise<Page> {
    let page = await this.#request(url, undefined, signal);
    for (let step = 0; step < mostSteps; step++) {
      const next = this.#next(page);
      if (next === undefined) return page;
      page = await this.#request(next.url, next.form, signal);
    }
    throw new Error(`The browser went round in circles at ${page.url}.`);
  }

  #next(page: Page): { url: string; form?: URLSearchParams } | undefined {
    const location = page.headers.get('location');
    if (page.status >= 300 && page.status < 400 && location !== null)
      return { url: new URL(location, page.url).href };
    const script = /<script nonce="[^"]*">([^]*?)<\/script>/.exec(page.body)?.[1];
    if (script !== undefined) return { url: new URL(goesOn(script, page.url), page.url).href };
    const refresh = /http-equiv="refresh" content="\d+;\s*url=([^"]+)"/i.exec(page.body)?.[1];
    if (refresh !== undefined) return { url: new URL(unescape(refresh), page.url).href };
    const action = /<form[^>]*\baction="([^"]+)"/i.exec(page.body)?.[1];
    if (action === undefined) return undefined;
    return { url: new URL(unescape(action), page.url).href, form: this.#fill(page.body) };
  }

  #fill(html: string): URLSearchParams {
    const form = new URLSearchParams();
    for (const [input] of html.matchAll(/<input[^>]*>/gi)) {
      const name = /\bname="([^"]*)"/i.exec(input)?.[1];
      if (name === undefined) continue;
      form.set(name, this.#typed[name] ?? unescape(/\bvalue="([^"]*)"/i.exec(input)?.[1] ?? 'x'));
    }
    const button = /<button[^>]*\bname="([^"]*)" value="([^"]*)"/i.exec(html);
    if (button !== null) form.set(button[1] ?? '', button[2] ?? '');
    return form;
  }

  async #request(url: string, form?: URLSearchParams, signal?: AbortSignal): Promise<Page> {
    this.visited.push(url);
    const { origin, pathname } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, { value: string; path: string }>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) };
    const page = await send(url, headers, form, { signal, ca: this.trusted });
    for (const line of page.headers.getSetCookie()) keep(jar, line);
    return page;
  }
}

/** Where a page's script leads, with nothing of this process within its reach. */
function goesOn(script: string, url: string): string {
  let next = url;
  const location = { hash: new URL(url).hash, replace: (to: string) => (next = to) };
  runInNewContext(script, { location, URLSearchParams }, { timeout: 60_000 });
  return next;
}

/** One request by plain node:http, which is several times cheaper than `fetch`. */
function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  form: URLSearchParams | undefined,
  by: { readonly signal: AbortSignal | undefined; readonly ca: string | undefined },
): Promise<Page> {
  const { signal, ca } = by;
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const options = form === undefined ? { headers } : { method: 'POST', headers: { ...headers, ...type } };
  return new Promise((resolve, reject) => {
    const { protocol, hostname } = new URL(url);
    // It goes nowhere else, whatever a server of a test says.
    if (protocol === 'https:' && !/^(127\.|\[::1\]$|(.*\.)?localhost$)/.test(hostname)) {
      reject(new Error(`Not on this machine: ${url}`));
      return;
    }
    const secure = protocol === 'https:';
    const how = { ...options, agent: secure ? secureAgent : agent, lookup: asBrowsers, ...(ca && { ca }) };
    const sent = (secure ? secureRequest : request)(url, how, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('error', reject);
      response.on('end', () => {
        signal?.removeEventListener('abort', abort);
        const pairs = response.rawHeaders.flatMap((name, index, all): [string, string][] =>
          index % 2 === 0 ? [[name, all[index + 1] ?? '']] : [],
        );
        resolve({ url, status: response.statusCode ?? 0, headers: new Headers(pairs), body });
      });
    });
    const abort = () => sent.destroy(new Error('The browser was closed.'));
    signal?.addEventListener('abort', abort, { once: true });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      signal?.removeEventListener('abort', abort);
      // The server closed a connection that waited, as it may at any time: browsers ask again on a new one.
      const isStale = sent.reusedSocket && error.code === 'ECONNRESET' && signal?.aborted !== true;
      if (isStale) send(url, headers, form, by).then(resolve, reject);
      else reject(error);
    });
    sent.end(form?.toString());
  });
}

/** Browsers take every name below `localhost` for this computer. @see RFC 6761 section 6.3 */
const asBrowsers: LookupFunction = (host, options, callback) => {
  if (host.endsWith('.localhost')) {
    if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  } else lookup(host, options, callback);
};

function keep(jar: Map<string, { value: string; path: string }>, line: string): void {
  const [pair = '', ...attributes] = line.split(/;\s*/);
  const name = pair.slice(0, pair.indexOf('='));
  const value = pair.slice(pair.indexOf('=') + 1);
  const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
  if (value === '') jar.delete(name);
  else jar.set(name, { value, path });
}

function unescape(html: string): string {
  return html
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
