import { authenticationOf } from '../authentication/all.ts';
import { grantOf } from '../grants/all.ts';
import type { GrantDescriptor } from '../grants/grant.ts';
import type { TokenSet } from '../flow/report.ts';
import type { Profile } from '../profile/profile.ts';
import { keptOf } from '../profile/kept.ts';
import { describeTokenState, tokenState, type TokenState } from './tokenState.ts';

/** One line of the Profiles tree, without any VS Code type. */
export interface ProfileLine {
  readonly id: string;
  readonly label: string;
  /** Token state and issuer host; the state first, since narrow side bars cut the end off. */
  readonly description: string;
  /** Lines of the tooltip, as plain text. */
  readonly tooltip: readonly string[];
  readonly icon: ProfileIcon;
  /** Words the menus' `when` clauses look for. */
  readonly context: string;
  readonly state: TokenState['kind'];
}

/** A codicon and what it says, as a theme colour. */
interface ProfileIcon {
  readonly name: GrantDescriptor['icon'];
  readonly colour?: 'testing.iconPassed' | 'testing.iconFailed' | 'testing.iconQueued';
}

const colours: Partial<Record<TokenState['kind'], NonNullable<ProfileIcon['colour']>>> = {
  valid: 'testing.iconPassed',
  unknown_end: 'testing.iconQueued',
  expired: 'testing.iconFailed',
};

/** The host a profile's tokens come from. */
export function serverHost(profile: Profile): string {
  const url = profile.issuer ?? profile.tokenEndpoint ?? '';
  return URL.canParse(url) ? new URL(url).host : 'no server';
}

/**
 * @param tokens the profile's current token; `undefined` when there is none.
 * @param now milliseconds since the epoch.
 */
export function profileLine(
  profile: Profile,
  tokens: TokenSet | undefined,
  now: number,
  active: boolean,
): ProfileLine {
  const state = tokenState(tokens, now);
  const host = serverHost(profile);
  const grant = grantOf(profile);
  const colour = colours[state.kind];
  const words = ['profile', profile.grant];
  if (keptOf(profile).length > 0) words.push('confidential');
  if (authenticationOf(profile).needs === 'key') words.push('signs');
  if (state.kind !== 'none') words.push('token');
  if (tokens?.refresh_token !== undefined) words.push('refreshable');
  return {
    id: profile.id,
    label: profile.name,
    description: `${describeTokenState(state, now)} · ${host}${active ? ' · active' : ''}`,
    tooltip: [
      profile.name,
      `${grant.label} (for ${grant.actsForUser ? 'a user' : 'itself'})`,
      `Server: ${profile.issuer ?? profile.tokenEndpoint ?? ''}`,
      `Client: ${profile.clientId}`,
      `Scopes: ${profile.scopes.join(' ') || 'none asked for'}`,
      `Token: ${describeTokenState(state, now)}`,
    ],
    icon: { name: grant.icon, ...(colour && { colour }) },
    context: words.join(' '),
    state: state.kind,
  };
}
