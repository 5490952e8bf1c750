import { initializeRequest } from '../../core/checks/apiBench.ts';
import { profileForMcp, standInForMcp } from '../../core/checks/apiTarget.ts';
import type { CheckWords } from '../../core/checks/check.ts';
import { otherClients } from '../../core/checks/otherClients.ts';
import { planChecks, signsIn, type PlanItem } from '../../core/checks/plan.ts';
import type { ChecksReport } from '../../core/checks/report.ts';
import { planApiChecks } from '../../core/checks/runApiChecks.ts';
import type { ChecksProgress } from '../../core/checks/runChecks.ts';
import { serverKey } from '../../core/contract/contract.ts';
import { addressOf } from '../../core/contract/serverAddresses.ts';
import { isSilent } from '../../core/grants/all.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { runApiTarget } from '../runApiTarget.ts';
import { runProfileChecks } from '../runProfileChecks.ts';
import type { Services } from '../services.ts';
import { knownServers } from '../knownServers.ts';

export type TestServices = Pick<
  Services,
  'checks' | 'clock' | 'flows' | 'profiles' | 'runner' | 'secrets' | 'session' | 'tokens' | 'version'
>;

/** A profile or an MCP server, which has its own tests in the Test Explorer. */
export interface TestSubject {
  /** The id of its test item. */
  readonly id: string;
  readonly name: string;
  /** The profile under whose id its report is kept and its promises are found. */
  readonly profile: Profile;
  plan: () => readonly PlanItem<CheckWords>[];
  /** Runs some of its checks, by id. @throws FailureError when nothing can be sent */
  run: (
    ids: ReadonlySet<string>,
    signIn: boolean,
    signal: AbortSignal,
    progress: (event: ChecksProgress) => void,
  ) => Promise<ChecksReport>;
}

/** What can be tested: the ids of the items, and the addresses of the servers among them. */
export interface TestSubjects {
  readonly ids: readonly string[];
  /** Addresses by id, with the secrets in their query: never shown. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** The subject of a test item; undefined when its profile no longer exists. */
export function testSubject(
  services: TestServices,
  id: string,
  { addresses }: Pick<TestSubjects, 'addresses'>,
): TestSubject | undefined {
  const mcp = addressOf(id, addresses);
  if (mcp !== undefined) return mcpSubject(services, mcp);
  const profile = services.profiles.get(id)?.profile;
  return profile && profileSubject(services, profile);
}

/**
 * Everything that can be tested: profiles, then the MCP servers that get tokens from profiles, that `.vscode/mcp.json` and the
 * contract name, and that were checked since the window was opened.
 */
export async function testSubjects(services: TestServices): Promise<TestSubjects> {
  const addresses = await knownServers(services);
  return { ids: [...allProfiles(services).map(({ id }) => id), ...addresses.keys()], addresses };
}

function allProfiles({ profiles }: TestServices): readonly Profile[] {
  return profiles.usable();
}

function profileSubject(services: TestServices, profile: Profile): TestSubject {
  const others = otherClients(profile, allProfiles(services));
  const plan = () =>
    planChecks({ profile, hasOtherClient: others.length > 0 }).filter(
      ({ notApplicable }) => notApplicable === undefined,
    );
  return {
    ...{ id: profile.id, name: profile.name, profile, plan },
    run: (ids, signIn, signal, progress) => {
      const items = plan().filter(({ check }) => ids.has(check.id));
      const choice = { items, signIn: signIn && signsIn(profile), ...before(services, profile) };
      return runProfileChecks(services, profile, others, choice, signal, progress);
    },
  };
}

function mcpSubject(services: TestServices, mcp: URL): TestSubject {
  const own = profileForMcp(allProfiles(services), mcp);
  const profile = standInForMcp(allProfiles(services), mcp);
  const plan = () =>
    planApiChecks(true, own !== undefined).filter(({ notApplicable }) => notApplicable === undefined);
  return {
    ...{ id: serverKey(mcp.href), name: `MCP: ${mcp.host}${mcp.pathname}`, profile, plan },
    run: (ids, signIn, signal, progress) => {
      // Where a token needs a sign-in, only the run with sign-in asks for one.
      const withTokens = own !== undefined && (signIn || isSilent(own));
      const items = planApiChecks(true, withTokens)
        .filter(({ check }) => ids.has(check.id))
        .map((item) => ({ ...item, chosen: item.notApplicable === undefined }));
      const target = { request: initializeRequest(mcp, services.version), mcp, ...(own && { profile: own }) };
      const choice = { items, signIn, ...before(services, profile) };
      return runApiTarget(services, target, choice, signal, progress);
    },
  };
}

function before({ checks }: TestServices, { id }: Profile): { readonly previous?: ChecksReport } {
  const previous = checks.get(id);
  return previous === undefined ? {} : { previous };
}
