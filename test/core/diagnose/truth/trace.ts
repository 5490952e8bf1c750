import type { Explanation } from '../../../../src/core/diagnose/explanation.ts';
import type { FlowReport } from '../../../../src/core/record/report.ts';
import type { Exchange } from '../../../../src/core/record/exchange.ts';

/** What the trace holds, read anew. */
export class Trace {
  readonly report: FlowReport;
  readonly explanation: Explanation;
  constructor(report: FlowReport, explanation: Explanation) {
    this.report = report;
    this.explanation = explanation;
  }

  get all(): readonly Exchange[] {
    return this.report.exchanges;
  }
  /** The last request to the token endpoint. */
  get token(): Exchange | undefined {
    return this.all.findLast(({ purpose }) => purpose === 'token' || purpose === 'refresh');
  }
  get form(): URLSearchParams {
    return new URLSearchParams(this.token?.request.body ?? '');
  }
  /** The redirect that was taken. */
  get redirect(): URLSearchParams | undefined {
    const hit = this.all.find(
      ({ purpose, leg, ignored }) => purpose === 'redirect' && leg === 'loopback' && !ignored,
    );
    return hit && new URL(hit.request.url).searchParams;
  }
  get asked(): URLSearchParams {
    const leg = this.all.find(({ purpose, leg: one }) => purpose === 'authorization' && one === 'browser');
    return new URLSearchParams(leg === undefined ? '' : new URL(leg.request.url).search);
  }
  get documents(): readonly Readonly<Record<string, unknown>>[] {
    return this.all
      .filter(({ purpose, response }) => purpose === 'discovery' && response?.status === 200)
      .map(({ response }) => parsed(response?.body ?? ''));
  }
  get answer(): Readonly<Record<string, unknown>> {
    return parsed(this.token?.response?.body ?? '');
  }
  /** The error code wherever the server put one. */
  get error(): unknown {
    return this.redirect?.get('error') ?? this.answer['error'];
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
    return this.token?.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
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
