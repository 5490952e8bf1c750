import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import { describeTokenState, shortTokenState, tokenState } from './tokenState.ts';

/** What the status bar says of the active profile. */
export interface StatusLine {
  readonly text: string;
  readonly tooltip: string;
  /** The token needs attention: none of its life is left. */
  readonly warning: boolean;
}

/** VS Code makes icons of `$(name)` in a status bar item or a lens, unless it is escaped. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** @param now milliseconds since the epoch. */
export function statusLine(profile: Profile, tokens: TokenSet | undefined, now: number): StatusLine {
  const state = tokenState(tokens, now);
  const left = 'expiresAt' in state ? shortTokenState(state, now) : '';
  return {
    text: `$(key) ${withoutIcons(profile.name)}${left && ` · ${left}`}`,
    tooltip: `${profile.name}: ${describeTokenState(state, now)}`,
    warning: state.kind === 'expired',
  };
}
