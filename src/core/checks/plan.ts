import { authenticationOf } from '../authentication/all.ts';
import { grantOf } from '../grants/all.ts';
import { plainText } from '../http/plainText.ts';
import { hasRedirect, type Profile } from '../profile/profile.ts';
import { redirectWay } from '../profile/urls.ts';
import { checks as allChecks } from './all.ts';
import { inGroup } from './fapi/list.ts';
import type { Area, Check, CheckWords } from './check.ts';

/** What a plan depends on. */
export interface PlanSubject {
  readonly profile: Profile;
  /** Whether there is another authorization code profile of the same server. */
  readonly hasOtherClient: boolean;
  /** Who gets the requests, when that is not the profile's server; the end of a sentence. */
  readonly target?: string;
}

/** One check of a plan. */
export interface PlanItem<C extends CheckWords = Check> {
  readonly check: C;
  /** Why it makes no sense for this client; absent when it applies. */
  readonly notApplicable?: string;
  /** Set when it would apply but something that it needs is missing: nothing was found out about the server. */
  readonly unmet?: true;
  /** Whether it is selected by default. */
  readonly chosen: boolean;
}

/** What the selected checks cost at most. */
export interface PlanCost {
  readonly checks: number;
  /** Most requests that are sent, the browser's included. */
  readonly requests: number;
  /** How often the browser passes through the server at most, the first time with a sign-in. */
  readonly signIns: number;
  /**
   * How often a browser tab opens if every response comes back: one tab goes through all sign-ins, except for pages that lead
   * nowhere.
   */
  readonly browserOpenings: number;
}

/** Plans the checks for a profile, and which of them apply. Nothing is sent. */
export function planChecks(subject: PlanSubject, checks: readonly Check[] = allChecks): readonly PlanItem[] {
  return checks.map((one) => {
    const check = subject.profile.fapi2 === true ? inGroup(one) : one;
    const why = whyNot(check, subject);
    return {
      check,
      ...(why === undefined ? {} : { notApplicable: why }),
      ...(why !== undefined && [noOther, comesElsewhere(subject.profile)].includes(why)
        ? { unmet: true as const }
        : {}),
      chosen: why === undefined && check.caution === undefined,
    };
  });
}

const noOther = 'There is no other authorization code profile of the same server to try it with.';

/** The first requirement of a check that is not met, as a sentence; undefined when all are. */
function whyNot({ needs }: Check, { profile, hasOtherClient }: PlanSubject): string | undefined {
  const { proves, usesSecret, asserts = false } = authenticationOf(profile);
  const redirects = hasRedirect(profile);
  const elsewhere = needs.authorization === true ? comesElsewhere(profile) : undefined;
  const isElsewhere = elsewhere !== undefined;
  const needsSecret = needs.secret !== undefined;
  const obstacles: readonly (readonly [isThere: boolean | undefined, said: string | undefined])[] = [
    [
      needs.authorization && !redirects,
      `This profile has no redirect URI: it uses ${grantOf(profile).short}.`,
    ],
    [needs.loopback && isElsewhere, 'The redirect URI of this profile is not a loopback address.'],
    [needs.signIn === 'always' && isElsewhere, elsewhere],
    [needs.fapi && profile.fapi2 !== true, 'This profile does not ask for FAPI 2.0.'],
    [needs.device && !typesCode(profile), 'This grant has no user code.'],
    [!proves && (needsSecret || needs.proof), 'This is a public client: it has no secret.'],
    [needsSecret && !usesSecret, 'This client has no secret: it proves itself with a key.'],
    [needs.secret === 'sent' && asserts, 'This client never sends its secret: it signs with it.'],
    [needs.assertion && !asserts, 'This client does not prove itself with a signed assertion.'],
    [needs.bound && profile.dpop !== true, 'The tokens of this profile are not bound to a key (DPoP).'],
    [needs.otherClient && !hasOtherClient, noOther],
  ];
  return obstacles.find(([isThere]) => isThere)?.[1];
}

/** Why the browser cannot come back by itself with this redirect URI; undefined when it can. */
export function comesElsewhere(profile: Profile): string | undefined {
  if (!hasRedirect(profile) || redirectWay(profile.redirectUri) === 'loopback') return undefined;
  return `The redirect goes to ${plainText(profile.redirectUri, 200)}, from where the browser does not come back by itself: try it with a profile that has a loopback redirect URI, such as http://127.0.0.1/callback.`;
}

/** Whether the user signs in elsewhere by typing a code. */
export function typesCode(profile: Profile): boolean {
  return grantOf(profile).waitsFor === 'user_code';
}

/** Whether checks of this profile can have a user sign in: the browser comes back, or a code is typed. */
export function signsIn(profile: Profile): boolean {
  return (hasRedirect(profile) && comesElsewhere(profile) === undefined) || typesCode(profile);
}

/** Additional requests, once a run: for metadata, the registered redirect URI, the right client, and after each sign-in. */
const shared = { discovery: 2, registered: 3, client: 1 };

/**
 * Sign-ins that the checks of these areas share: the reference; two that show that correct requests are still accepted; a
 * renewal; a token bound to a key; two that provoke errors.
 */
const sharedSignIns: readonly (readonly [times: number, areas: readonly Area[] | 'all'])[] = [
  [1, 'all'],
  [2, ['pkce', 'code', 'client', 'fapi']],
  [1, ['refresh', 'code', 'token']],
  [1, ['dpop']],
  [2, ['redirect', 'response']],
];

/** The most that the selected checks cost together. */
export function planCost(chosen: readonly CheckWords[], subject: PlanSubject, signIn: boolean): PlanCost {
  const passing = signIn && signsIn(subject.profile) ? chosen.filter(needsSignIn) : [];
  const running = chosen.filter((check) => signIn || check.needs.signIn !== 'always');
  const common = sharedSignIns
    .filter(([, areas]) => passing.some(({ area }) => areas === 'all' || areas.includes(area)))
    .map(([times]) => times);
  const signIns = sum([...passing.map((check) => check.signIns), ...common]);
  const once =
    shared.discovery +
    (running.some((check) => check.needs.authorization === true) ? shared.registered : 0) +
    (running.some((check) => check.area === 'client') ? shared.client : 0) +
    2 * sum(common);
  return {
    checks: chosen.length,
    requests: chosen.length === 0 ? 0 : once + signIns + sum(running.map((check) => check.requests)),
    signIns,
    browserOpenings: passing.length > 0 ? 1 : 0,
  };
}

/** Whether the browser may have to pass through the server for this check. */
export function needsSignIn(check: CheckWords): boolean {
  return check.needs.signIn !== undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
