import { sentTokenOf, tokenHeaderOf } from '../profile/tokenHeader.ts';
import { isBound } from './isBound.ts';
import type { TokenReading } from './reading.ts';
import { audiencesIn } from '../audiences.ts';

/** The token as the header that APIs want it in; nothing of a bound token, and of a text that holds no access token. */
export function asHeader({ source, tokens }: TokenReading): string | undefined {
  if (source.kind === 'profile') {
    const token = sentTokenOf(source.profile, source.tokens);
    const { name, prefix } = tokenHeaderOf(source.profile);
    return token === undefined || isBound(source.tokens) ? undefined : `${name}: ${prefix}${token}`;
  }
  const { access } = tokens;
  // What is malformed may hold anything, line ends included.
  return access && access.kind !== 'malformed' ? `Authorization: Bearer ${access.token}` : undefined;
}

/** A request with the token as a curl command for a POSIX shell, to the API the token is for where that is known. */
export function asCurl(reading: TokenReading): string | undefined {
  const header = asHeader(reading);
  return header && `curl -H ${quoted(header)} ${quoted(apiOf(reading))}`;
}

/** The address of the API: what the profile asked a token for, else whom the token says it is for. */
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
