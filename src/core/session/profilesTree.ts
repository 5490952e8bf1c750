import type { ProfileWord } from '../../shared/trees.ts';
import { possibleOperations, type OperationName } from '../grants/possibleOperations.ts';
import { authenticationOf } from '../authentication/all.ts';
import { grantOf } from '../grants/all.ts';
import type { GrantDescriptor } from '../grants/grant.ts';
import type { TokenSet } from '../record/report.ts';
import { type Profile } from '../profile/profile.ts';
import { getsBound } from '../token/isBound.ts';
import { settableOf, showsBrowsers } from './settable.ts';
import { describeTokenState, shortTokenState, tokenState, type TokenState } from './tokenState.ts';

/** One line of the Profiles tree, without any VS Code type. */
export interface ProfileLine {
  readonly id: string;
  readonly label: string;
  /** Token state, and where the profile is written if that is not where most are; narrow side bars cut the end off. */
  readonly description: string;
  /** What a screen reader says after the label. */
  readonly said: string;
  /** Lines of the tooltip, as plain text. */
  readonly tooltip: readonly string[];
  readonly icon: ProfileIcon;
  /** Words the menus' `when` clauses look for. */
  readonly context: string;
  readonly state: TokenState['kind'];
}

/** A codicon and what it says, as a theme colour. */
interface ProfileIcon {
  /** The star is that of the active profile. */
  readonly name: GrantDescriptor['icon'] | 'star-full';
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

/** What is known of a profile besides what it says itself. */
interface Standing {
  readonly active: boolean;
  /** What its server published last, where that is known. */
  readonly server?: Readonly<Record<string, unknown>>;
  /** Which settings it is written in, such as `workspace`; said in the line where not all are in the same. */
  readonly place?: { readonly name: string; readonly differs: boolean };
}

/**
 * @param tokens the profile's current token; `undefined` when there is none.
 * @param now milliseconds since the epoch.
 */
export function profileLine(
  profile: Profile,
  tokens: TokenSet | undefined,
  now: number,
  standing: Standing,
): ProfileLine {
  const { active, place } = standing;
  const state = tokenState(tokens, now);
  const grant = grantOf(profile);
  const colour = colours[state.kind];
  return {
    id: profile.id,
    label: profile.name,
    description: `${shortTokenState(state, now)}${place?.differs ? ` · ${place.name}` : ''}`,
    said: [
      ...(active ? ['active'] : []),
      ...[describeTokenState(state, now), serverHost(profile)],
      ...(place?.differs ? [place.name] : []),
    ].join(', '),
    tooltip: [
      `${profile.name}${active ? ' (active)' : ''}`,
      `${grant.label} (for ${grant.actsForUser ? 'a user' : 'itself'})`,
      `Server: ${profile.issuer ?? profile.tokenEndpoint ?? ''}`,
      `Client: ${profile.clientId}`,
      ...(profile.environment === undefined ? [] : [`Environment: ${profile.environment}`]),
      `Scopes: ${profile.scopes.join(' ') || 'none asked for'}`,
      `Token: ${describeTokenState(state, now)}`,
      ...(place ? [`Written in the ${place.name} settings`] : []),
    ],
    icon: { name: active ? 'star-full' : grant.icon, ...(colour && { colour }) },
    context: contextOf(profile, tokens, standing),
    state: state.kind,
  };
}

/** The context words of a profile's row that do not depend on its token. */
export function lastingWords(
  profile: Profile,
): Readonly<Record<'confidential' | 'signs' | 'publishes' | 'registrable', boolean>> {
  const { needs } = authenticationOf(profile);
  const signs = needs === 'key' || profile.signAuthorizationRequest === true;
  return {
    confidential: settableOf(profile).length > 0,
    signs,
    publishes: signs || needs === 'certificate' || showsBrowsers(profile),
    // Clients without a redirect are registered, too.
    registrable: profile.issuer !== undefined,
  };
}

function contextOf(profile: Profile, tokens: TokenSet | undefined, { active, server }: Standing): string {
  const words: Readonly<Record<Exclude<ProfileWord, OperationName | 'profile' | 'invalid'>, boolean>> = {
    ...lastingWords(profile),
    token: tokens !== undefined,
    bound: getsBound(profile, tokens),
    refreshable: tokens?.refresh_token !== undefined,
    active,
  };
  const held = Object.entries(words).flatMap(([word, holds]) => (holds ? [word] : []));
  const possible = possibleOperations(profile, tokens, server);
  return ['profile' satisfies ProfileWord, profile.grant, ...held, ...possible].join(' ');
}
