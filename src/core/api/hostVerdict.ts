import type { TokenSet } from '../record/report.ts';
import { tokenFacts } from '../diagnose/tokenFacts.ts';
import { plainText } from '../http/plainText.ts';
import type { Profile } from '../profile/profile.ts';

/** Whether a token may be sent to a host without asking. */
export type HostVerdict =
  | { readonly kind: 'known'; readonly why: string }
  /** The host may be right, but nothing says so: ask first. */
  | { readonly kind: 'ask'; readonly origin: string; readonly why: string };

/**
 * Judges whether a token was issued for the host of `url`: by its audience, the profile's resources, the server's
 * `instance_url`, the authorization server itself, or because the user agreed to it before.
 *
 * @param tokens absent: there is none yet, and the profile alone tells for which hosts one would be
 * @param used origins that the user agreed to for this profile
 * @see RFC 6750 section 5.2 (token redirect), RFC 9700 section 4.10
 */
export function hostVerdict(
  url: string,
  profile: Profile,
  tokens: TokenSet | undefined,
  used: readonly string[] = [],
): HostVerdict {
  const target = new URL(url);
  const audience = tokens === undefined ? [] : tokenFacts(tokens).audience;
  const instance = tokens?.extra['instance_url'];
  const knownBy: readonly (readonly [readonly unknown[], string])[] = [
    [[instance], 'It is the instance_url of the token response.'],
    [audience, 'It is in the audience of the token.'],
    [[...profile.resource, profile.audience], 'The profile asks for a token for it.'],
    [[profile.issuer, profile.tokenEndpoint], 'It is the server that issued the token.'],
    [used, 'The token was sent there before.'],
  ];
  const found = knownBy.find(([places]) => places.some((place) => isPlaceOf(place, target)));
  if (found) return { kind: 'known', why: found[1] };
  const named = audience.slice(0, 3).map((one) => plainText(one, 100));
  const why =
    named.length > 0
      ? `The token’s audience is ${named.join(', ')}.`
      : typeof instance === 'string'
        ? `The token is for ${plainText(instance, 100)}.`
        : 'Nothing in the token or the profile names this host.';
  return { kind: 'ask', origin: target.origin, why };
}

/** Whether `place` (a URL, or a host name alone) is where `target` points. */
function isPlaceOf(place: unknown, target: URL): boolean {
  if (typeof place !== 'string' || place === '') return false;
  if (/^https?:\/\//i.test(place)) return URL.canParse(place) && new URL(place).origin === target.origin;
  return place === target.host || place === target.hostname;
}
