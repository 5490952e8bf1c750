import type { AuthorizationServer } from 'oauth4webapi';
import { plainText } from '../http/plainText.ts';
import { FailureError } from '../record/failure.ts';
import type { ReadSecret } from '../profile/traits.ts';

/**
 * Reads a SAML assertion, as XML or that in base64 or base64url, and keeps it as XML.
 *
 * @param now milliseconds since the epoch: one that is not valid yet is reported with its beginning
 * @see RFC 7522 section 2.1
 */
export function readSaml(text: string, now = 0): ReadSecret {
  const xml = xmlOf(text);
  if (xml === undefined)
    return { kind: 'problem', problem: 'That is not a SAML assertion: neither XML nor XML in base64.' };
  if (/<(?:[\w-]{1,40}:)?EncryptedAssertion[\s>]/.test(xml) && !isAssertion(xml))
    return {
      kind: 'problem',
      problem: 'The assertion is encrypted for another service. Get one that is not.',
    };
  if (!isAssertion(xml))
    return { kind: 'problem', problem: 'The XML holds no SAML 2.0 Assertion. Copy the <Assertion> element.' };
  if (assertionsIn(xml) > 1)
    return {
      kind: 'problem',
      problem:
        'The XML holds several assertions, and a request takes one. Copy a single <Assertion> element.',
    };
  const only = onlyAssertion(xml);
  const told = inWords(samlFacts(only), now);
  return { kind: 'read', text: only, ...(told !== undefined && { told }) };
}

/** What an assertion says of itself; what it does not say is absent. @see RFC 7522 section 3 */
export interface SamlFacts {
  readonly issuer?: string;
  readonly subject?: string;
  readonly audiences: readonly string[];
  /** The token endpoint it is meant for. */
  readonly recipient?: string;
  /** The latest `NotBefore`, in milliseconds since the epoch. */
  readonly begins?: number;
  /** The earliest `NotOnOrAfter`, in milliseconds since the epoch. */
  readonly ends?: number;
}

/** Reads what an assertion says of itself; its signature is not checked. */
export function samlFacts(xml: string): SamlFacts {
  const [issuer] = textsIn(xml, 'Issuer');
  const [subject] = textsIn(xml, 'NameID');
  const recipient = /\bRecipient\s{0,8}=\s{0,8}["']([^"']{1,2000})["']/.exec(xml)?.[1];
  const [begins, ends] = [Math.max(...timesIn(xml, 'NotBefore')), Math.min(...timesIn(xml, 'NotOnOrAfter'))];
  return {
    audiences: textsIn(xml, 'Audience'),
    ...(issuer !== undefined && { issuer }),
    ...(subject !== undefined && { subject }),
    ...(recipient !== undefined && { recipient: unescaped(recipient) }),
    ...(Number.isFinite(begins) && { begins }),
    ...(Number.isFinite(ends) && { ends }),
  };
}

/** The texts of the elements with this name, at most ten. */
function textsIn(xml: string, name: string): readonly string[] {
  const elements = xml.matchAll(
    new RegExp(`<(?:[\\w-]{1,40}:)?${name}(?:\\s[^<>]{0,400})?>([^<]{1,2000})<`, 'g'),
  );
  return [...elements].slice(0, 10).map(([, text = '']) => unescaped(text.trim()));
}

function unescaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (all, sign: string) => signs[sign] ?? all);
}

/** Says until when and for whom it is valid, before it is sent. */
function inWords({ audiences, recipient, begins = 0, ends }: SamlFacts, now: number): string | undefined {
  if (ends === undefined && audiences.length === 0 && recipient === undefined) return undefined;
  const from = now > 0 && begins > now ? `is not good before ${new Date(begins).toISOString()}, and ` : '';
  const until = ends === undefined ? 'says no end' : `is good until ${new Date(ends).toISOString()}`;
  const audience = audiences.length === 0 ? 'no audience' : `the audience ${audiences.join(', ')}`;
  const at = recipient === undefined ? '' : ` and the recipient ${recipient}`;
  return plainText(`The SAML assertion ${from}${until}, for ${audience}${at}.`, 1000);
}

/**
 * The `assertion` form parameter.
 *
 * @throws FailureError when the assertion has expired, before anything is sent
 * @see RFC 7522 section 2.1 (base64url without padding), section 3 (NotOnOrAfter)
 */
export function samlParameter(xml: string, now: number): string {
  const { ends } = samlFacts(xml);
  if (ends !== undefined && ends <= now)
    throw new FailureError({
      kind: 'secret_missing',
      what: 'input',
      step: 'secret',
      message: `The SAML assertion ended at ${new Date(ends).toISOString()}, so it was not sent.`,
      advice: 'Sign in at the identity provider again, and give the new assertion.',
    });
  return Buffer.from(xml, 'utf8').toString('base64url');
}

/** Explains a refusal by the assertion being for another server, where it is; undefined otherwise. */
export function otherAddressee(
  thrown: unknown,
  xml: string,
  { issuer, token_endpoint: endpoint = issuer }: Pick<AuthorizationServer, 'issuer' | 'token_endpoint'>,
): FailureError | undefined {
  const { recipient, audiences } = samlFacts(xml);
  if (!(thrown instanceof FailureError) || thrown.failure.kind !== 'oauth_error') return undefined;
  const names =
    recipient !== undefined && recipient !== endpoint
      ? `the recipient ${plainText(recipient, 200)}, not this token endpoint`
      : audiences.length > 0 && !audiences.some((one) => one === issuer || one === endpoint)
        ? `the audience ${plainText(audiences.join(', '), 200)}, and not ${issuer}: see that the server calls itself so`
        : undefined;
  if (names === undefined) return undefined;
  const message = `${thrown.failure.message} The assertion names ${names}.`;
  return new FailureError({ ...thrown.failure, message });
}

/** The XML of an assertion in any of these forms; undefined for anything else. */
export function xmlOf(text: string): string | undefined {
  const trimmed = text.replaceAll('\uFEFF', '').trim();
  if (trimmed.startsWith('<')) return trimmed;
  const plain = ofForm(trimmed);
  if (!/^[\w+/=\s-]+$/.test(plain)) return undefined;
  const decoded = Buffer.from(plain, 'base64').toString('utf8').trim();
  return decoded.startsWith('<') ? decoded : undefined;
}

/**
 * Takes the assertion out of the `SAMLResponse` form parameter, as a browser's developer tools show it. @see SAML 2.0 Bindings
 * section 3.5.4
 */
function ofForm(text: string): string {
  const { 1: value = text } = /(?:^|&)SAMLResponse=([^&]*)/.exec(text) ?? [];
  return value.replace(/%(2B|2F|3D|0A|0D)/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

const opening = /<((?:[\w-]{1,40}:)?Assertion)[\s>]/;

function isAssertion(xml: string): boolean {
  return opening.test(xml) && xml.includes('urn:oasis:names:tc:SAML:2.0:assertion');
}

const anyTag = /<(\/?)(?:[\w-]{1,40}:)?Assertion(?=[\s/>])[^<>]*>/g;

/**
 * How many assertions stand side by side: one may contain others as advice. @see SAML 2.0 Core section 2.6.1, RFC 7522 section
 * 2.1
 */
function assertionsIn(xml: string): number {
  let [count, depth] = [0, 0];
  for (const [tag, end] of xml.matchAll(anyTag))
    if (end !== '') depth = Math.max(0, depth - 1);
    else {
      if (depth === 0) count++;
      if (!tag.endsWith('/>')) depth++;
    }
  return count;
}

/** The assertion alone out of a SAML response, where it declares its own namespaces; else all of it. */
function onlyAssertion(xml: string): string {
  const found = opening.exec(xml);
  const name = found?.[1] ?? '';
  const end = xml.lastIndexOf(`</${name}>`);
  if (found === null || end < 0) return xml;
  const assertion = xml.slice(found.index, end + name.length + 3);
  const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : undefined;
  const declared = prefix === undefined ? 'xmlns=' : `xmlns:${prefix}=`;
  return assertion.slice(0, assertion.indexOf('>')).includes(declared) ? assertion : xml;
}

/** The values of the attributes with this name, at most a hundred, in milliseconds since the epoch. */
function timesIn(xml: string, name: 'NotBefore' | 'NotOnOrAfter'): readonly number[] {
  const attributes = xml.matchAll(new RegExp(`\\b${name}\\s{0,8}=\\s{0,8}["']([^"']{1,40})["']`, 'g'));
  const times = [...attributes].map(([, time]) => Date.parse(time ?? ''));
  return times.filter((time) => !Number.isNaN(time)).slice(0, 100);
}
