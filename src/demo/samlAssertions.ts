import { randomBytes } from 'node:crypto';
import type { Middleware } from 'koa';
import { assertionPage } from './pages.ts';

/** Where one gets an assertion to paste. */
const assertionPath = '/assertion';

const lifetime = 300_000;
const mostAssertions = 100;

/** SAML assertions of this server's own: each is remembered, and good for one use. @see RFC 7522 section 3 */
export class SamlAssertions {
  readonly #ends = new Map<string, number>();
  readonly #issuer: string;

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  /** A new one for the user Ada. */
  make(): string {
    const id = `_${randomBytes(16).toString('hex')}`;
    const now = Date.now();
    const [begin, end] = [now, now + lifetime].map((time) => new Date(time).toISOString());
    this.#ends.set(id, now + lifetime);
    for (const oldest of [...this.#ends.keys()].slice(0, -mostAssertions)) this.#ends.delete(oldest);
    return [
      `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${begin ?? ''}">`,
      `<saml:Issuer>${this.#issuer}</saml:Issuer>`,
      `<saml:Subject><saml:NameID>Ada</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${end ?? ''}" Recipient="${this.#issuer}/token"/></saml:SubjectConfirmation></saml:Subject>`,
      `<saml:Conditions><saml:AudienceRestriction><saml:Audience>${this.#issuer}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
      '</saml:Assertion>',
    ].join('');
  }

  /** The user of an assertion, which is not good any more from here on. @throws Error when it is none of these, or has ended */
  use(xml: string): string {
    const id = /\bID="(_[0-9a-f]{32})"/.exec(xml)?.[1] ?? '';
    const end = this.#ends.get(id);
    this.#ends.delete(id);
    if (end === undefined) throw new Error('This assertion was not issued here, or was used before.');
    if (end < Date.now()) throw new Error('This assertion has ended.');
    return 'Ada';
  }

  /** Serves the page with a new one. */
  readonly page: Middleware = async (context, next) => {
    if (context.path !== assertionPath || context.method !== 'GET') await next();
    else {
      context.type = 'html';
      context.body = assertionPage(this.make());
    }
  };
}
