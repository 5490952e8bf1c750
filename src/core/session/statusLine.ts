import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import { waitingWords } from '../flow/liveFlow.ts';
import type { FlowEntry } from './flowLog.ts';
import { describeTokenState, shortTokenState, tokenState } from './tokenState.ts';

/** What the status bar says: of a flow that waits for the user, else of the active profile. */
export interface StatusLine {
  readonly text: string;
  readonly tooltip: string;
  /** The token needs attention: none of its life is left. */
  readonly warning: boolean;
  /** The id of the flow that waits for the user, which is what a click shows. */
  readonly flow?: string;
}

/** Changes a text so that VS Code draws no icon for `$(name)` in it. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
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

/** What the status bar says while a flow waits for the user: the newest such one. @param entries newest first */
export function waitingLine(entries: readonly FlowEntry[]): StatusLine | undefined {
  for (const { state, flow } of entries)
    if (state === 'running' && flow.waiting) {
      const { short, sentence } = waitingWords(flow.waiting);
      const { name } = flow.profile;
      const text = `$(sync~spin) ${withoutIcons(name)} · ${short}`;
      return { text, tooltip: `${name}: ${sentence}`, warning: false, flow: flow.id };
    }
  return undefined;
}
