import { checksView, type ChecksState } from '../../src/core/checks/checksView.ts';
import { planChecks } from '../../src/core/checks/plan.ts';
import type { ChecksViewModel } from '../../src/shared/views/checksView.ts';
import { startOwnDemoServers } from '../demo/demoServers.ts';
import { profileOf, trial } from '../core/checks/support.ts';

export interface ChecksModels {
  readonly plan: ChecksViewModel;
  readonly machinePlan: ChecksViewModel;
  readonly running: ChecksViewModel;
  readonly strict: ChecksViewModel;
  /** Against a server with several faults, after a run against the strict one. */
  readonly faulty: ChecksViewModel;
  /** Against a server that refuses the profile's secret. */
  readonly refused: ChecksViewModel;
}

/** The models of the checks view as real runs against the demo server make them. */
export async function checksModels(): Promise<ChecksModels> {
  const demo = await startOwnDemoServers();
  try {
    const { issuer, clients } = demo;
    const state = (client: 'native' | 'machine' | 'web'): ChecksState => {
      const subject = { profile: profileOf(issuer, clients[client]), hasOtherClient: client === 'native' };
      return { subject, items: planChecks(subject), signIn: true };
    };
    const options = { issuer, client: clients.native, other: clients.web };
    const strict = await trial(options);
    demo.setFaults([
      'port-required',
      'path-prefix',
      'wrong-verifier-accepted',
      'framing-allowed',
      'refresh-family-kept',
    ]);
    const faulty = await trial({ ...options, previous: strict });
    const web = { ...clients.web, clientSecret: 'another' };
    const refused = await trial({ issuer, client: web });
    const results = faulty.results.slice(0, 20);
    const progress = {
      done: 20,
      total: 44,
      current: 'A wrong verifier',
      inBrowser: true,
      away: true,
    } as const;
    return {
      plan: checksView(state('native')),
      machinePlan: checksView(state('machine')),
      running: checksView({ ...state('native'), progress, results }),
      strict: checksView({ ...state('native'), report: strict }),
      faulty: checksView({ ...state('native'), report: faulty }),
      refused: checksView({ ...state('web'), report: refused }),
    };
  } finally {
    await demo.close();
  }
}
