import { isLoopbackHost } from './loopbackHost.ts';
import { quoted } from './problem.ts';

/** Longest URL a profile may hold, in characters. */
export const longestUrl = 2048;

/** The pattern of a server's endpoint; the schema in package.json has the same patterns. */
export const endpointPattern =
  /^(https:\/\/[^/?#\s\\@{}<>]+|http:\/\/(127(\.[0-9]{1,3}){3}|\[::1\]|localhost)(:[0-9]{1,5})?)([/?][^#\s\\{}<>]*)?$/u;

/** The pattern of an issuer: an endpoint without query. @see RFC 8414 section 2 */
export const issuerPattern =
  /^(https:\/\/[^/?#\s\\@{}<>]+|http:\/\/(127(\.[0-9]{1,3}){3}|\[::1\]|localhost)(:[0-9]{1,5})?)(\/[^?#\s\\{}<>]*)?$/u;

/**
 * Why a server's URL cannot be used in a profile, as sentences; undefined when it can.
 *
 * @see RFC 8414 section 2 (issuer), RFC 6749 sections 3.1 and 3.2 (no fragment), RFC 9700 section 2.6 (https)
 */
export function urlProblem(field: string, value: string): string | undefined {
  if (/[{}<>]/.test(value))
    return `${field} still holds a placeholder. Replace it by your server's own value.`;
  const example = `https://login.example.com${field === 'issuer' ? '' : '/oauth2/token'}`;
  if (!/^https?:\/\/[^/?#\s\\][^\s\\]*$/i.test(value) || !URL.canParse(value))
    return `${field} must be a complete URL such as ${example}.`;
  const url = new URL(value);
  // The value is not quoted here: what comes before the @ may be a password.
  if (/^[^/]*\/\/[^/?#]*@/.test(value))
    return `${field} must not hold a user name or password. Use “Set Client Secret” for the secret.`;
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname))
    return `${field} must begin with https: plain http is only for this machine (127.0.0.1, [::1], localhost).`;
  if (value.includes('#')) return `${field} must not hold a fragment (#).`;
  if (field === 'issuer' && value.includes('?')) return 'issuer must not hold a query (?).';
  return (field === 'issuer' ? issuerPattern : endpointPattern).test(value)
    ? undefined
    : `${field} must be written in the usual way, such as ${example} or http://127.0.0.1:3000.`;
}

/** The pattern of a redirect URI that a listener on this machine receives. @see RFC 8252 section 7.3 */
export const loopbackRedirectPattern =
  /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}))?([/?][^#\s\\{}<>]*)?$/u;

/**
 * The pattern of one that it receives over TLS. The port is required: only for http do servers accept any other, and without
 * one it is 443, which needs administrator rights.
 *
 * @see RFC 8252 section 7.3
 */
const secureLoopbackPattern =
  /^https:\/\/(127\.0\.0\.1|\[::1\]|localhost):(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})([/?][^#\s\\{}<>]*)?$/u;

/** Whether a redirect URI leads to this machine over TLS, so that the browser gets a certificate. */
export function isSecureLoopback(redirectUri: string): boolean {
  return secureLoopbackPattern.test(redirectUri);
}

/** The pattern of any supported redirect URI; the schema in package.json has the same one. */
export const redirectUriPattern = new RegExp(
  `${loopbackRedirectPattern.source}|^https:\\/\\/[^/?#\\s\\\\@{}<>]+([/?][^#\\s\\\\{}<>]*)?$|^(?!(https?|urn|javascript|vbscript|data|file|blob|about|ftp|wss?):)[a-z][a-z0-9+.-]*:[^#\\s\\\\{}<>]+$`,
  'u',
);

/** The id of this extension, which is the host of the URLs that editors pass to it. */
export const extensionId = 'oauth-explorer.oauth-explorer';

/** Who receives the redirect: a listener on loopback, the editor, which owns the scheme, or the user, who pastes the address. */
export type RedirectWay = 'loopback' | 'editor' | 'pasted';

/** How the redirect to this redirect URI is received. @see RFC 8252 section 7 */
export function redirectWay(redirectUri: string): RedirectWay {
  if (loopbackRedirectPattern.test(redirectUri) || isSecureLoopback(redirectUri)) return 'loopback';
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(redirectUri) ?? [];
  const isWeb = scheme === undefined || /^https?$/i.test(scheme);
  return !isWeb && host?.toLowerCase() === extensionId ? 'editor' : 'pasted';
}

/**
 * Why no sign-in can end at a redirect URI, as sentences; undefined when one can.
 *
 * @see RFC 6749 section 3.1.2, RFC 8252 section 7
 */
export function redirectUriProblem(value: string): string | undefined {
  if (redirectUriPattern.test(value)) return undefined;
  const example = 'Register a loopback URI such as http://127.0.0.1/callback at your server and use that.';
  if (value !== value.trim()) return 'redirectUri begins or ends with a space.';
  if (value.includes('#')) return 'redirectUri must not hold a fragment (#).';
  if (!URL.canParse(value))
    return value.startsWith('https:')
      ? 'redirectUri must be a complete URL, such as https://app.example.com/callback.'
      : `redirectUri must be a complete URL. ${example}`;
  const { protocol, hostname } = new URL(value);
  if (protocol === 'https:')
    return 'redirectUri must be written in the usual way, such as https://app.example.com/callback.';
  if (protocol === 'urn:')
    return `redirectUri ${quoted(value)} is not an address that a browser can be sent to. ${example}`;
  if (protocol !== 'http:')
    return `redirectUri ${quoted(value)} has the scheme “${protocol.slice(0, 40)}”, to which no server may send a browser. ${example}`;
  if (!isLoopbackHost(hostname))
    return `redirectUri ${quoted(value)} leads to another machine, and over plain http. ${example}`;
  return `redirectUri must be written as http://127.0.0.1, http://[::1] or http://localhost, then an optional port (1 to 65535) and a path.`;
}
