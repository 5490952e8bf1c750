import { chooseChecks } from '../checks/chooseChecks.ts';
import { otherClients } from '../checks/otherClients.ts';
import { planCost, signsIn, type PlanItem } from '../checks/plan.ts';
import { tally, type ChecksReport } from '../checks/report.ts';
import { secretsIn } from '../http/secrets.ts';
import { replacersOf } from '../http/replaceSecrets.ts';
import type { Profile } from '../profile/profile.ts';
import { bounded, jsonLines } from './jsonLines.ts';
import type { Tool, ToolPorts } from './tool.ts';
import { ToolError } from './toolError.ts';
import type { ToolInput } from './toolInput.ts';

/** `oauth_run_checks`: redirect, PKCE and other checks against a profile's server. */
export const runChecksTool: Tool = {
  inputs: ['profile', 'only', 'signIn'],
  plan: (input, ports) => {
    const profile = input.profile(ports);
    const { items, subject, signIn } = choose(profile, input, ports);
    const running = items
      .filter(({ notApplicable }) => notApplicable === undefined)
      .map(({ check }) => check);
    const { checks, requests } = planCost(running, subject, signIn);
    const server = profile.issuer ?? profile.tokenEndpoint ?? '';
    return {
      doing: `Running ${checks} checks against ${server}`,
      question: {
        title: `Run ${checks} checks of “${profile.name}”?`,
        text: `Up to ${requests} requests go to ${server}, some of them wrong on purpose. ${
          signIn
            ? 'Your browser opens, and you sign in there.'
            : 'Nobody has to sign in; what needs a sign-in is not determined.'
        } The chat gets the verdicts.`,
      },
    };
  },
  run: async (input, ports, signal) => {
    const profile = input.profile(ports);
    const { items, signIn } = choose(profile, input, ports);
    const report = await ports.check(profile, items, signIn, signal);
    const { ours } = replacersOf(secretsIn(report.results.flatMap(({ evidence }) => evidence)));
    return ours(jsonLines(summary(report, signIn)));
  },
};

interface Chosen {
  readonly items: readonly PlanItem[];
  readonly subject: Parameters<typeof planCost>[1];
  readonly signIn: boolean;
}

function choose(profile: Profile, input: ToolInput, ports: ToolPorts): Chosen {
  const subject = { profile, hasOtherClient: otherClients(profile, ports.profiles()).length > 0 };
  const chosen = chooseChecks(input.texts('only'), subject);
  if (chosen.kind === 'unknown')
    throw new ToolError(`only names a check that does not exist. ${chosen.known}`);
  return { items: chosen.items, subject, signIn: input.flag('signIn') && signsIn(profile) };
}

function summary(report: ChecksReport, signIn: boolean) {
  const { results, refusal, matching, differences, server, cancelled } = report;
  const skipped = !signIn && results.some(({ verdict }) => verdict === 'not_determined');
  return {
    ...{ server, cancelled, counts: tally(results) },
    ...(skipped && { next: 'With signIn: true the user signs in, and more can be determined.' }),
    refusal,
    redirect: matching,
    since_last_run: differences?.map(({ id, before = 'not run', now }) => `${id}: ${before}, now ${now}`),
    results: bounded(
      results.map(({ id, title, verdict, meaning, advice }) => ({ id, title, verdict, meaning, advice })),
    ),
  };
}
