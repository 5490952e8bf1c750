import { FailureError } from '../record/failure.ts';
import type { ReadSecret } from '../profile/traits.ts';

/** Reads a SAML assertion: XML, or the same in base64 or base64url. It is kept as XML. @see RFC 7522 section 2.1 */
export function readSaml(text: string): ReadSecret {
  const xml = xmlOf(text);
  if (xml === undefined)
    return { kind: 'problem', problem: 'That is no SAML assertion: neither XML nor XML in base64.' };
  if (/<(?:[\w-]{1,40}:)?EncryptedAssertion[\s>]/.test(xml) && !isAssertion(xml))
    return {
      kind: 'problem',
      problem: 'The assertion is encrypted for another service. Get one that is not.',
    };
  if (!isAssertion(xml))
    return { kind: 'problem', problem: 'The XML holds no SAML 2.0 Assertion. Copy the <Assertion> element.' };
  return { kind: 'read', text: onlyAssertion(xml) };
}

/**
 * The form parameter of an assertion.
 *
 * @throws FailureError when the assertion has ended, before anything is sent
 * @see RFC 7522 section 2.1 (base64url without padding), section 3 (NotOnOrAfter)
 */
export function samlParameter(xml: string, now: number): string {
  const ends = endOf(xml);
  if (ends !== undefined && ends <= now)
    throw new FailureError({
      kind: 'secret_missing',
      step: 'secret',
      message: `The SAML assertion ended at ${new Date(ends).toISOString()}, so it was not sent.`,
      advice: 'Sign in at the identity provider again, and give the new assertion.',
    });
  return Buffer.from(xml, 'utf8').toString('base64url');
}

function xmlOf(text: string): string | undefined {
  const trimmed = text.replaceAll('\uFEFF', '').trim();
  if (trimmed.startsWith('<')) return trimmed;
  if (!/^[\w+/=\s-]+$/.test(trimmed)) return undefined;
  const decoded = Buffer.from(trimmed, 'base64').toString('utf8').trim();
  return decoded.startsWith('<') ? decoded : undefined;
}

const opening = /<((?:[\w-]{1,40}:)?Assertion)[\s>]/;

function isAssertion(xml: string): boolean {
  return opening.test(xml) && xml.includes('urn:oasis:names:tc:SAML:2.0:assertion');
}

/** Out of a whole SAML response, the assertion with its declared names where it has them itself; else all of it. */
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

/** The earliest `NotOnOrAfter`, in milliseconds since the epoch. */
function endOf(xml: string): number | undefined {
  const times = [...xml.matchAll(/\bNotOnOrAfter\s{0,8}=\s{0,8}["']([^"']{1,40})["']/g)].map(([, time]) =>
    Date.parse(time ?? ''),
  );
  const known = times.filter((time) => !Number.isNaN(time)).slice(0, 100);
  return known.length === 0 ? undefined : Math.min(...known);
}
