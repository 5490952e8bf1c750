import * as vscode from 'vscode';
import type { Profile } from '../core/profile/profile.ts';
import { FailureError } from '../core/record/failure.ts';
import { dialogs } from './dialogs.ts';
import { settled } from './leftovers.ts';
import type { Services } from './services.ts';

type ToWatch = Pick<Services, 'clock' | 'profiles' | 'tokens'>;

/** Watches the settings for a renamed environment, and offers to carry over the secrets and tokens under its old name. */
export function watchRenamed(services: ToWatch): vscode.Disposable {
  const { clock, profiles } = services;
  const { environments } = profiles;
  const closing = new AbortController();
  const names = () => environments.list().environments.map(({ name }) => name);
  let [known, active] = [names(), environments.active];
  let turn = 0;
  const changed = async () => {
    const mine = ++turn;
    // Another environment may have been chosen just before the rename.
    if (known.includes(environments.active ?? '')) active = environments.active;
    try {
      // Leaves time to finish typing a name.
      await clock.sleep(settled, closing.signal);
    } catch {
      return;
    }
    if (mine !== turn) return;
    const [before, was] = [known, active];
    [known, active] = [names(), environments.active];
    const [from, ...gone] = missing(before, known);
    const [to, ...come] = missing(known, before);
    if (from === undefined || to === undefined || gone.length + come.length > 0) return;
    await offer(services, { from, to, wasActive: was === from });
  };
  const stop = environments.changes.on(() => void changed());
  return {
    dispose: () => {
      stop();
      closing.abort();
    },
  };
}

/** The `names` that are not among `others`, ignoring case. */
function missing(names: readonly string[], others: readonly string[]): readonly string[] {
  const there = new Set(others.map((name) => name.toLowerCase()));
  return names.filter((name) => !there.has(name.toLowerCase()));
}

interface Renamed {
  readonly from: string;
  readonly to: string;
  /** Whether it was the environment in force. */
  readonly wasActive: boolean;
}

async function offer({ profiles, tokens }: ToWatch, { from, to, wasActive }: Renamed): Promise<void> {
  try {
    const concerned: Profile[] = [];
    for (const { profile } of profiles.list(to).profiles)
      if (profile.environment === to && (await tokens.keepsIn(profile.id, from))) concerned.push(profile);
    if (concerned.length === 0) return;
    const carry = vscode.l10n.t('Carry Over');
    const answer = await dialogs.showInformationMessage(
      vscode.l10n.t(
        'The environment “{0}” is gone from the settings, and “{1}” is new. If you renamed it, carry its secrets and tokens over to the new name.',
        from,
        to,
      ),
      carry,
    );
    if (answer !== carry) return;
    for (const profile of concerned) await tokens.moveEnvironment(profile, from);
    if (wasActive) await profiles.environments.choose(to);
    dialogs.done(vscode.l10n.t('Carried over'));
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    void dialogs.showErrorMessage(`${thrown.failure.message} ${thrown.failure.advice}`);
  }
}
