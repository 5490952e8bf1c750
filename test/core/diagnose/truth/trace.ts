import type { Explanation } from '../../../../src/core/diagnose/explanation.ts';
import type { FlowReport } from '../../../../src/core/record/report.ts';
import type { Exchange } from '../../../../src/core/record/exchange.ts';

const documents: ReadonlySet<string> = new Set(['discovery', 'jwks']);

/** What the trace holds, read anew. */
export class Trace {
  readonly report: FlowReport;
  readonly explanation: Explanation;
  /** What runs of this session did before. */
  readonly before: readonly Exchange[];
  readonly #known: Readonly<Record<string, unknown>> | undefined;
  /** @param known what the server published, where that is known from before */
  constructor(
    report: FlowReport,
    explanation: Explanation,
    known?: Readonly<Record<string, unknown>>,
    earlier: readonly FlowReport[] = [],
  ) {
    this.report = report;
    this.explanation = explanation;
    this.before = earlier.flatMap(({ exchanges }) => exchanges);
    this.#known = known;
  }

  /** The token requests before, of this session and this run, that this very address answered with a token. */
  get gave(): readonly Exchange[] {
    const { last } = this;
    const at = last?.request.url;
    return [...this.before, ...this.all.filter((one) => one !== last)].filter(
      ({ request, response, purpose }) =>
        (purpose === 'token' || purpose === 'refresh') &&
        request.url === at &&
        response?.status === 200 &&
        response.body.includes('"access_token"'),
    );
  }

  get all(): readonly Exchange[] {
    return this.report.exchanges;
  }
  /** The last request to the token endpoint. */
  get token(): Exchange | undefined {
    return this.all.findLast(({ purpose }) => purpose === 'token' || purpose === 'refresh');
  }
  /** The last request to an endpoint that is asked for more than documents. */
  get last(): Exchange | undefined {
    return this.all.findLast(({ leg, purpose }) => leg === 'extension' && !documents.has(purpose));
  }
  /** The member of its JSON body that the last request was sent with. */
  sent(member: string): unknown {
    return parsed(this.last?.request.body ?? '')[member];
  }
  /** Whether the last request was for one of these. */
  at(...purposes: readonly string[]): boolean {
    return purposes.includes(this.last?.purpose ?? '');
  }
  /** What was sent with the last request. */
  get form(): URLSearchParams {
    return new URLSearchParams(this.last?.request.body ?? '');
  }
  /** The redirect that was taken. */
  get redirect(): URLSearchParams | undefined {
    const hit = this.all.find(
      ({ purpose, leg, ignored }) => purpose === 'redirect' && leg === 'loopback' && !ignored,
    );
    if (hit === undefined) return undefined;
    const { searchParams } = new URL(hit.request.url);
    const [, payload] = searchParams.get('response')?.split('.') ?? [];
    if (payload === undefined) return searchParams;
    const claims = parsed(Buffer.from(payload, 'base64url').toString());
    return new URLSearchParams(Object.entries(claims).map(([name, value]) => [name, String(value)]));
  }
  /** What came with the redirect as it stands in its address. */
  get signed(): boolean {
    return this.all.some(
      ({ purpose, request }) => purpose === 'redirect' && new URL(request.url).searchParams.has('response'),
    );
  }
  get asked(): URLSearchParams {
    const leg = this.all.find(({ leg: one }) => one === 'browser');
    const pushed = this.all.find(({ purpose }) => purpose === 'par');
    return new URLSearchParams([
      ...(leg === undefined ? [] : new URL(leg.request.url).searchParams),
      ...new URLSearchParams(pushed?.request.body ?? ''),
    ]);
  }
  get documents(): readonly Readonly<Record<string, unknown>>[] {
    const read = this.all
      .filter(({ purpose, response }) => purpose === 'discovery' && response?.status === 200)
      .map(({ response }) => parsed(response?.body ?? ''));
    return this.#known === undefined ? read : [...read, this.#known];
  }
  get answer(): Readonly<Record<string, unknown>> {
    return parsed(this.last?.response?.body ?? '');
  }
  /** The error code wherever the server put one. */
  get error(): unknown {
    const error = this.redirect?.get('error') ?? this.answer['error'] ?? this.challenged;
    // Some write the codes of the standard with hyphens.
    return typeof error === 'string' ? error.replaceAll('-', '_') : error;
  }
  /** The error of a challenge. */
  get challenged(): string | undefined {
    const field = this.last?.response?.headers.find(
      ([name]) => name.toLowerCase() === 'www-authenticate',
    )?.[1];
    return /\berror="?([a-z_]+)/.exec(field ?? '')?.[1];
  }
  /** Whether the client proved itself with its secret, in whatever form. */
  get proved(): boolean {
    return this.sentSecret || this.form.has('client_assertion');
  }
  get sentSecret(): boolean {
    return this.form.has('client_secret') || this.basic !== undefined;
  }
  /** The secret as the server got it. */
  get secret(): string | undefined {
    const [, password = ''] = Buffer.from(this.basic?.slice(6) ?? '', 'base64')
      .toString()
      .split(':');
    return (
      this.form.get('client_secret') ??
      (this.basic === undefined ? undefined : (new URLSearchParams(`s=${password}`).get('s') ?? undefined))
    );
  }
  get basic(): string | undefined {
    const value = this.last?.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    return value?.startsWith('Basic ') === true ? value : undefined;
  }
  get words(): string {
    return [
      ...this.all.map(({ leg, response }) =>
        leg === 'extension' ? `${response?.body ?? ''} ${said(response?.headers ?? [])}` : '',
      ),
      ...(this.redirect === undefined ? [] : [this.redirect.toString().replaceAll('+', ' ')]),
    ].join(' ');
  }
  listed(member: string): readonly unknown[] | undefined {
    const value: unknown = this.documents.at(-1)?.[member];
    return Array.isArray(value) ? value : undefined;
  }
  /** The token that the last request was authorized with. */
  get bearer(): boolean {
    const { headers = [] } = this.last?.request ?? {};
    return headers.some(
      ([name, value]) => name.toLowerCase() === 'authorization' && /^(?:Bearer|DPoP) /.test(value),
    );
  }
  /** Whether the last request asked for these scopes, or the browser did. */
  askedFor(scope: string): boolean {
    const sent = [this.form.get('scope'), this.sent('scope'), this.asked.get('scope')];
    const own = sent.find((value) => typeof value === 'string');
    return typeof own === 'string' && own.split(' ').includes(scope);
  }
  status(...wanted: readonly number[]): boolean {
    return this.all.some(
      ({ leg, response }) => leg === 'extension' && wanted.includes(response?.status ?? 0),
    );
  }
  /** An exchange without any answer, by its code. */
  lost(code: RegExp): boolean {
    return this.all.some(({ response, error }) => response === undefined && code.test(error?.code ?? ''));
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** What a challenge says. */
function said(headers: readonly (readonly [string, string])[]): string {
  return headers
    .flatMap(([name, value]) => (name.toLowerCase() === 'www-authenticate' ? [value] : []))
    .join(' ');
}
