import type { TextFix } from '../../shared/views/profileForm.ts';
import { issuerOfDocument } from '../profile/issuerOfDocument.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { longestUrl, urlProblem } from '../profile/urls.ts';
import { shorten } from './texts.ts';

/**
 * What the address in a field was most likely meant to be: with `https://` where that is missing or plain, or the issuer of a
 * discovery document. Undefined when it is good as it is, or when nothing can be made of it.
 *
 * @param field name of a field with a URL
 */
export function addressFix(field: string, typed: string): TextFix | undefined {
  const value = typed.trim();
  if (value === '' || value.length > longestUrl) return undefined;
  const issuer = field === 'issuer' ? issuerOfDocument(value) : undefined;
  const meant = issuer ?? value;
  const good = urlProblem(field, meant) === undefined ? meant : withScheme(field, meant);
  return good === undefined || good === value ? undefined : useInstead(good);
}

/** Takes `value` in the place of what is typed. */
export function useInstead(value: string): TextFix {
  return { label: `Use ${shorten(value, 100)}`, value };
}

function withScheme(field: string, value: string): string | undefined {
  const rest = value.replace(/^(?:https?:\/{0,2}|https?\/\/|\/\/)/i, '');
  const authority = rest.split(/[/?]/, 1)[0] ?? '';
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:@\\\s[\]]+)(:\d{1,5})?$/.exec(authority) ?? [];
  const local = isLoopbackHost(host.toLowerCase());
  if (!local && !isWholeName(host)) return undefined;
  // The port of plain http is none of https.
  const kept = !local && port === ':80' ? '' : port;
  const good = `${local ? 'http' : 'https'}://${host}${kept}${rest.slice(authority.length)}`;
  return urlProblem(field, good) === undefined ? good : undefined;
}

/** A name of several labels, the last one typed to its end as far as can be told, or an IPv4 address. */
function isWholeName(host: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return true;
  const labels = host.split('.');
  return (
    labels.length > 1 && !labels.includes('') && /^(?:\p{L}{2,}|xn--[a-z0-9-]+)$/iu.test(labels.at(-1) ?? '')
  );
}
