import type { ContextKey } from '../shared/contextKeys.ts';
import { lastingWords, serverHost } from '../core/session/profilesTree.ts';
import { setContext } from './contextKeys.ts';
import type { Services } from './services.ts';

type Told = Extract<ContextKey, `no${string}` | `awaits${string}` | 'erpNet' | 'flowRunning'>;

/**
 * Sets the context keys for what there is to work on, so that menus and the palette offer nothing that would have to be
 * refused.
 */
export class WhatThereIs {
  #told: Partial<Record<Told, boolean | string>> = {};

  /** Sets the keys that have changed since the last call. */
  tell({ profiles, flows }: Pick<Services, 'profiles' | 'flows'>): void {
    const usable = profiles.list().profiles;
    const ended = flows.ended();
    const running = flows.entries.flatMap((entry) =>
      entry.state === 'running' ? [entry.flow.waiting?.kind] : [],
    );
    const now: Record<Told, boolean | string> = {
      noProfile: usable.length === 0,
      noFlow: flows.entries.length === 0,
      noEndedFlow: ended.length === 0,
      noFailedFlow: !ended.some(({ outcome }) => outcome.kind === 'failure'),
      noTwoFlows: ended.length < 2,
      noneIs: (['confidential', 'signs', 'publishes', 'registrable'] as const)
        .filter((word) => !usable.some(({ profile }) => lastingWords(profile)[word]))
        .join(' '),
      noEnvironment: profiles.environments.list().environments.length === 0,
      flowRunning: running.length > 0,
      awaitsRedirect: running.includes('redirect'),
      awaitsCode: running.includes('user_code'),
      erpNet: usable.some(
        ({ profile }) => profile.provider === 'erp-net' || serverHost(profile).endsWith('.erp.net'),
      ),
    };
    for (const [key, value] of Object.entries(now) as [Told, boolean | string][])
      if (this.#told[key] !== value) void setContext(key, value);
    this.#told = now;
  }
}
