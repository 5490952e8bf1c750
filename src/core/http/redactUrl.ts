import type { Seen } from './mask.ts';
import { redactBody } from './redactBody.ts';
import { redactForm, redactParameters } from './redactParameters.ts';
import { redactProse } from './redactProse.ts';

/** A URL whose secret parameters, in query and fragment, and user information are masked; the rest stays byte for byte. */
export function redactUrl(url: string, seen?: Seen): string {
  const mark = url.search(/[?#]/);
  if (mark < 0) return redactParameters(url, 0, seen);
  const parts = url.slice(mark).split(/(?=[?#])/);
  return (
    redactParameters(url.slice(0, mark), 0, seen) +
    parts.map((part) => `${part.charAt(0)}${redactForm(part.slice(1), 0, seen)}`).join('')
  );
}

/** The value of a header field of any name: JSON, a form, a URL, or words. */
export function redactHeaderText(value: string, seen?: Seen): string {
  if (/^\s{0,9}[{[]/.test(value) || /^[\w.%[\]-]{1,100}=\S*$/.test(value))
    return redactBody(value, true, seen);
  // In brackets, the address ends before the value does. @see RFC 8288 section 3
  return redactProse(value.startsWith('<') ? value : redactUrl(value, seen), seen);
}
