import { sentTokenOf, tokenHeaderOf } from '../profile/tokenHeader.ts';
import { isBound } from './isBound.ts';
import type { TokenReading } from './reading.ts';
import { audiencesIn } from '../audiences.ts';

/** The token as the header that APIs expect; undefined for a bound token, and for a text without an access token. */
export function asHeader({ source, tokens }: TokenReading): string | undefined {
  if (source.kind === 'profile') {
    const token = sentTokenOf(source.profile, source.tokens);
    const { name, prefix } = tokenHeaderOf(source.profile);
    return token === undefined || isBound(source.tokens) ? undefined : `${name}: ${prefix}${token}`;
  }
  const { access } = tokens;
  // A malformed token may contain anything, line ends included.
  return access && access.kind !== 'malformed' ? `Authorization: Bearer ${access.token}` : undefined;
}

/** A curl command (for a POSIX shell) that sends the token to the API that it is for, if that is known. */
export function asCurl(reading: TokenReading): string | undefined {
  const header = asHeader(reading);
  return header && `curl -H ${quoted(header)} ${quoted(apiOf(reading))}`;
}

/** The API's address: the one for which the profile asked for a token, else the token's audience. */
function apiOf({ source, tokens }: TokenReading): string {
  const profile = source.kind === 'profile' ? source.profile : undefined;
  const candidates: readonly (string | undefined)[] = [
    ...(profile?.resource ?? []),
    profile?.audience,
    ...audiencesIn(tokens.access?.payload?.json).slice(0, 20),
  ];
  const found = candidates.find(
    (one): one is string =>
      one !== undefined && one.length < 2000 && /^https?:\/\//i.test(one) && URL.canParse(one),
  );
  return found === undefined ? 'https://api.example.com/' : new URL(found).href;
}

/** Where a claim is in the payload, as a JSONPath. @see RFC 9535 section 2.3.1 */
export function claimPath(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `$.${name}` : `$[${JSON.stringify(name)}]`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
