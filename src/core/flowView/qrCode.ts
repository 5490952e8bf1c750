import { generate } from 'lean-qr/nano';
import type { QrView } from '../../shared/views/flowView.ts';
import { shorten } from '../http/plainText.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import type { Profile } from '../profile/profile.ts';

/** Longest address that is drawn, in characters: the modules of a longer one are too small for a phone's camera. */
const longest = 300;

/** Modules of the quiet zone, by which a camera finds the code. @see ISO/IEC 18004 section 9.1 */
const quietZone = 4;

/**
 * The QR code, for a phone, of the page where a user types a code; or why there is none. As the page's address comes from the
 * server and nobody reads a QR code before opening it, only web pages on the site of the profile's server are drawn.
 *
 * @param uri `verification_uri_complete`, else `verification_uri`
 * @see RFC 8628 section 3.3.1
 */
export function qrCode(uri: string, profile: Profile): QrView {
  const url = uri.length <= longest && URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || url.href.length > longest)
    return { note: 'No QR code is drawn: the address is too long for one, or is none.' };
  const { protocol, hostname, username, password, href } = url;
  const isWeb = protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
  if (!isWeb || username !== '' || password !== '')
    return { note: 'No QR code is drawn: the address is not that of a web page over https.' };
  const own = hostsOf(profile);
  if (!own.some((host) => isSameSite(host, hostname)))
    return {
      note: `No QR code is drawn: the page is at ${shorten(hostname, 100)}, the server of this profile at ${shorten(own[0] ?? 'no address', 100)}. Read the address before you open it.`,
    };
  return {
    ...drawn(href),
    address: href,
    note: isLoopbackHost(hostname)
      ? 'The QR code opens the page, but on this computer only: a phone cannot reach it.'
      : 'Scan it with a phone to open the page there:',
  };
}

function hostsOf(profile: Profile): readonly string[] {
  const { issuer, tokenEndpoint, deviceAuthorizationEndpoint } = profile;
  return [issuer, tokenEndpoint, deviceAuthorizationEndpoint]
    .filter((url) => url !== undefined && URL.canParse(url))
    .map((url) => new URL(url ?? '').hostname);
}

/** Whether the hosts are equal, or one is a subdomain of the other, as `login.example.com` is of `example.com`. */
function isSameSite(one: string, other: string): boolean {
  if (one === other) return true;
  const [long, short] = one.length > other.length ? [one, other] : [other, one];
  return short.includes('.') && long.endsWith(`.${short}`);
}

/** The dark modules as one SVG path, with a rectangle for each run of them in a row. */
function drawn(text: string): { readonly path: string; readonly size: number } {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) {
      const from = x;
      while (code.get(x, y)) x++;
      if (x > from) path += `M${from + quietZone} ${y + quietZone}h${x - from}v1H${from + quietZone}z`;
    }
  return { path, size: code.size + 2 * quietZone };
}
