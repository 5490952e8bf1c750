import type { Bench } from './bench.ts';
import { random } from './authorizationRequest.ts';
import { isOfItself } from './heard.ts';
import { asksForSignIn, describeProbe, readProbe, sameShape, type ProbeAnswer } from './probe.ts';
import { Undetermined } from './undetermined.ts';
import { membersIn } from '../http/jsonDepth.ts';
import type { Judgement } from './check.ts';
import { notDetermined, pass } from './judgement.ts';

/** A pushed authorization request that was not used yet. */
export interface Pushed {
  /** The URL for the browser. */
  readonly url: URL;
  /** The state in the pushed request, which is not in the URL. */
  readonly state: string;
  /** Lifetime in seconds, by the server. */
  readonly lifetime?: number;
}

/** Pushes the request of the profile. @throws Undetermined when the profile does not do that */
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

/** The same URL with other parameters. */
export function addressWith(url: URL, set: Readonly<Record<string, string>>): URL {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(set)) changed.searchParams.set(name, value);
  return changed;
}

/** The authorization endpoint's answer to a URL without cookies. */
export async function look(
  bench: Bench,
  { href: url }: URL,
  { redirectUri } = bench.client,
): Promise<ProbeAnswer> {
  const response = await bench.send('authorization', url);
  return readProbe(response, { url, redirectUri, serverOrigins: bench.origins });
}

/**
 * Whether the server goes on with a pushed request; undefined when it answers one that it never got in the same way.
 *
 * @param client to whom it may send an error
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

/**
 * Makes sure that a redirect tells something about the request. @throws Undetermined when it only means that the server is out
 * of order
 */
export function requireOwnAnswer(answer: Extract<ProbeAnswer, { readonly kind: 'redirect' }>): void {
  if (isOfItself(answer.parameters.get('error')))
    throw new Undetermined(`The server ${describeProbe(answer)}, which says nothing.`);
}

/** Makes sure that a refusal means something: a right pushed request is not refused. @throws Undetermined otherwise */
export async function requireTaken(bench: Bench): Promise<void> {
  const answer = await look(bench, (await push(bench, await bench.quiet())).url);
  if (answer.kind === 'refused') throw new Undetermined(refusesRight);
  if (answer.kind === 'redirect') requireOwnAnswer(answer);
}

const refusesRight = 'The server refuses a right pushed request, too.';

/** The verdict on a request with which a correct server does not go on. @param goes the result of `goesOn` */
export function refusedOr(taken: Judgement, goes: boolean | undefined, refused: string): Judgement {
  if (goes === true) return taken;
  if (goes === false) return pass(refused);
  return notDetermined('The server shows the same page for a request_uri that it never gave.');
}

/** A pushed request with which the server would go on. @throws Undetermined when nothing shows that */
export async function goodPush(bench: Bench): Promise<Pushed> {
  // Trying one may already use it up, so another is pushed.
  const { url } = await push(bench);
  const good = await goesOn(bench, url);
  if (good === true) return push(bench);
  throw new Undetermined(
    good === false
      ? refusesRight
      : 'The server shows the same page for a pushed request that it never got, so nothing is seen before a sign-in.',
  );
}
