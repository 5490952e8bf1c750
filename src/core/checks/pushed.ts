import type { Bench } from './bench.ts';
import { random } from './authorizationRequest.ts';
import { isOfItself } from './heard.ts';
import { asksForSignIn, describeProbe, readProbe, sameShape, type ProbeAnswer } from './probe.ts';
import { Undetermined } from './undetermined.ts';
import { membersIn } from '../http/jsonDepth.ts';
import type { Judgement } from './check.ts';
import { notDetermined, pass } from './judgement.ts';

/** An authorization request that was handed in, and not used yet. */
export interface Pushed {
  /** Where the browser would go. */
  readonly url: URL;
  /** What was handed in, not in the address. */
  readonly state: string;
  /** Seconds, as the server says. */
  readonly lifetime?: number;
}

/** Hands in the request of the profile. @throws Undetermined when the profile does not do that */
export async function push(bench: Bench, set: Readonly<Record<string, string>> = {}): Promise<Pushed> {
  const state = random();
  const url = new URL(await bench.authorizationUrl({ set }, { state, verifier: random() }));
  if (!url.searchParams.has('request_uri')) throw new Undetermined('The request was not pushed.');
  const answer = bench.evidence.findLast(({ purpose }) => purpose === 'par')?.response?.body ?? '';
  const lifetime = lifetimeIn(answer);
  return { url, state, ...(lifetime === undefined ? {} : { lifetime }) };
}

function lifetimeIn(answer: string): number | undefined {
  const seconds = Number(membersIn(answer)['expires_in'] ?? NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** The same address with other parameters. */
export function addressWith(url: URL, set: Readonly<Record<string, string>>): URL {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(set)) changed.searchParams.set(name, value);
  return changed;
}

/** How the authorization endpoint answers an address without cookies. */
export async function look(
  bench: Bench,
  { href: url }: URL,
  { redirectUri } = bench.client,
): Promise<ProbeAnswer> {
  const response = await bench.send('authorization', url);
  return readProbe(response, { url, redirectUri, serverOrigins: bench.origins });
}

/**
 * Whether the server goes on with a pushed request; absent when it answers one that it never got in the same way.
 *
 * @param client to whom it may tell an error
 * @throws Undetermined when it is out of order
 */
export async function goesOn(bench: Bench, url: URL, client = bench.client): Promise<boolean | undefined> {
  const answer = await look(bench, url, client);
  if (answer.kind === 'refused') return false;
  if (answer.kind === 'redirect') {
    requireOwnAnswer(answer);
    return asksForSignIn(answer);
  }
  const madeUp = `urn:ietf:params:oauth:request_uri:${random()}`;
  return sameShape(answer, await look(bench, addressWith(url, { request_uri: madeUp }), client))
    ? undefined
    : true;
}

/** Makes sure that a redirect says something of the request. @throws Undetermined when it only says that the server is out of order */
export function requireOwnAnswer(answer: Extract<ProbeAnswer, { readonly kind: 'redirect' }>): void {
  if (isOfItself(answer.parameters.get('error')))
    throw new Undetermined(`The server ${describeProbe(answer)}, which says nothing.`);
}

/** Makes sure that a refusal says something: a right pushed request is not refused. @throws Undetermined otherwise */
export async function requireTaken(bench: Bench): Promise<void> {
  const answer = await look(bench, (await push(bench, await bench.quiet())).url);
  if (answer.kind === 'refused') throw new Undetermined(refusesRight);
  if (answer.kind === 'redirect') requireOwnAnswer(answer);
}

const refusesRight = 'The server refuses a right pushed request, too.';

/** The verdict on a request with which a right server does not go on. @param goes as `goesOn` gives it */
export function refusedOr(taken: Judgement, goes: boolean | undefined, refused: string): Judgement {
  if (goes === true) return taken;
  if (goes === false) return pass(refused);
  return notDetermined('The server shows the same page for a request_uri that it never gave.');
}

/** A request that the server would go on with. @throws Undetermined when nothing shows that */
export async function goodPush(bench: Bench): Promise<Pushed> {
  // Looking at one may be its only use.
  const { url } = await push(bench);
  const good = await goesOn(bench, url);
  if (good === true) return push(bench);
  throw new Undetermined(
    good === false
      ? refusesRight
      : 'The server shows the same page for a pushed request that it never got, so nothing is seen before a sign-in.',
  );
}
