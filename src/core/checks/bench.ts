import { grantOf } from '../grants/all.ts';
import { decoratorsOf } from '../oauth/decorators.ts';
import { codeParameters } from '../oauth/tokenParameters.ts';
import type { Parameter } from '../oauth/tokenRequest.ts';
import { acceptance, type Acceptance, type Yardstick } from './acceptance.ts';
import { random, type Change } from './authorizationRequest.ts';
import type { Authorization, BenchOptions } from './benchOptions.ts';
import { insteadOfCode } from './insteadOfCode.ts';
import type { ProbeAnswer } from './probe.ts';
import {
  foreignHost,
  isForeign,
  ofItsOwn,
  refusedForElse,
  withSamplePort,
  type Registered,
} from './registered.ts';
import { issued, refusedCorrect, refusesCredentials, type TokenAnswer } from './tokenAnswer.ts';
import type { Memo } from './checkRecord.ts';
import { Crashed, Undetermined, WithoutCode } from './undetermined.ts';
import { CheckClient, nounOf } from './checkClient.ts';

/** What an authorization request reuses, and which responses to it count. */
export interface Reuse {
  readonly verifier?: string;
  readonly state?: string;
  /** The URL to open instead of that of a new request. */
  readonly url?: string;
  /** Whether a response with another state than the one sent counts. */
  readonly anyState?: true;
  /** Whether a response at another address of ours than the redirect URI counts. */
  readonly anywhere?: true;
  /** As `Pass.otherScheme`. */
  readonly otherScheme?: string;
  /** As `Pass.proof`. */
  readonly proof?: string;
  /**
   * Whether a response in the fragment counts: `has` then names its parameters, and only `state`, `error` and `iss` have
   * values.
   */
  readonly fragment?: true;
}

/** The parameter that keeps the server from asking for a sign-in, and its answers to redirect URIs with that. */
interface Quieted {
  readonly set: { readonly prompt?: 'none' };
  readonly answers: ReadonlyMap<string, ProbeAnswer>;
}

/** The workbench of one check: its client, the browser, and what all checks of a run share. */
export class Bench extends CheckClient {
  readonly #memo: Memo;
  readonly #title: string;

  /** @param title what the browser shows while it passes through the server for this check */
  constructor(options: BenchOptions, memo: Memo, title: string) {
    super(options, memo);
    this.#memo = memo;
    this.#title = title;
  }

  get canSignIn(): boolean {
    return this.options.pilot !== undefined;
  }

  /** The redirect URI at which the browser comes back, with the port in use. @throws Undetermined without a browser */
  get listening(): string {
    const { pilot, pilotMissing } = this.options;
    if (pilot !== undefined) return pilot.redirectUri;
    throw new Undetermined(pilotMissing ?? noBrowser);
  }

  /** As `BenchOptions.showCode`. @throws Undetermined when no sign-in is wanted */
  get showCode(): NonNullable<BenchOptions['showCode']> {
    const { showCode } = this.options;
    if (showCode !== undefined) return showCode;
    throw new Undetermined(noBrowser);
  }

  /** Sends the changed authorization request without cookies, and so that nobody has to sign in. */
  async probe(change: Change): Promise<ProbeAnswer> {
    const { set, answers } = await this.#quieted();
    const correct = async () => {
      const uri = [...answers.keys()].at(-1) ?? this.client.redirectUri;
      return (await this.ask({ set: { ...set, redirect_uri: uri } })).kind !== 'refused';
    };
    return refusedOrNot(() => this.ask({ ...change, set: { ...set, ...change.set } }), correct);
  }

  /**
   * Sends to the token endpoint what the server should refuse. A server that fails over it (status 500) each time, but not over
   * a correct request in between, has refused it.
   *
   * @param prepare what must be right beforehand, such as a sign-in
   * @throws Undetermined when the answer tells nothing, or a correct request is refused as well
   */
  async wrongly<T>(
    prepare: () => Promise<T>,
    send: (prepared: T) => Promise<TokenAnswer>,
  ): Promise<TokenAnswer> {
    let prepared = await prepare();
    const answer = await refusedOrNot(
      () => send(prepared),
      async () => {
        const works = issued(await this.redeem(await this.code()));
        prepared = await prepare();
        return works;
      },
    );
    if (!issued(answer)) await this.stillRight(answer);
    return answer;
  }

  /**
   * Makes sure that a correct code is still accepted right after a refusal: once a run for a refusal in the standard's words,
   * and once for one in other words.
   *
   * @throws Undetermined when it is not
   */
  async stillRight({ error = '' }: TokenAnswer): Promise<void> {
    const words = /^invalid_(?:grant|request)$/.test(error) ? 'its' : 'other';
    await this.onceInRun(`right, beside ${words} words`, async (bench) => {
      const right = await bench.redeem(await bench.code());
      if (!issued(right)) throw refusedCorrect(right, 'A correct token request was refused as well');
      return right;
    });
  }

  /**
   * The parameter that keeps the server from asking anybody to sign in: `prompt=none`, or nothing where the server refuses that
   * parameter alone; found out once a run.
   *
   * @see OpenID Connect Core 1.0 section 3.1.2.1
   */
  async quiet(): Promise<{ readonly prompt?: 'none' }> {
    return (await this.#quieted()).set;
  }

  #quieted(): Promise<Quieted> {
    return this.onceInRun('quiet', async (bench) => {
      const { redirectUri } = bench.client;
      const none = { prompt: 'none' } as const;
      const answers = new Map<string, ProbeAnswer>();
      for (const uri of new Set([redirectUri, withSamplePort(redirectUri)])) {
        const quiet = await bench.#said({ redirect_uri: uri, ...none });
        if (quiet !== undefined) answers.set(uri, quiet);
        if (quiet !== undefined && quiet.kind !== 'refused') break;
        const plain = await bench.#said({ redirect_uri: uri });
        if (plain !== undefined && (quiet === undefined || plain.kind !== 'refused'))
          return { set: {}, answers: new Map([[uri, plain]]) };
      }
      return { set: none, answers };
    });
  }

  /** The server's answer to an authorization request; undefined when it tells nothing. */
  async #said(set: Readonly<Record<string, string>>): Promise<ProbeAnswer | undefined> {
    try {
      return await this.ask({ set });
    } catch (thrown) {
      if (thrown instanceof Undetermined) return undefined;
      throw thrown;
    }
  }

  /** Whether the server accepts `uri` as a redirect URI. */
  async redirect(uri: string): Promise<{ readonly answer: ProbeAnswer; readonly acceptance: Acceptance }> {
    const { yardstick } = await this.registered();
    const answer = await this.probe({ set: { redirect_uri: uri } });
    return { answer, acceptance: acceptance(answer, uri, yardstick, isForeign(uri)) };
  }

  /**
   * The profile's redirect URI, which the server does not refuse, and whether its answer shows that it accepts it: a server
   * that signs everybody in first shows that only in the browser.
   *
   * @throws Undetermined when the server refuses it
   */
  async notRefused(): Promise<{
    readonly uri: string;
    readonly yardstick: Yardstick;
    readonly tells: boolean;
  }> {
    const { uri, yardstick, how } = await this.registered();
    if (how !== 'refused') return { uri, yardstick, tells: how === 'accepted' };
    throw new Undetermined(
      'The server refuses the redirect URI of the profile, so nothing can be compared with it.',
    );
  }

  /**
   * A redirect URI that the server is known to accept: the profile's as written, else with a port.
   *
   * @throws Undetermined when the server accepts neither
   */
  async accepted(): Promise<{ readonly uri: string; readonly yardstick: Yardstick }> {
    const { uri, yardstick, tells } = await this.notRefused();
    if (tells) return { uri, yardstick };
    throw new Undetermined(
      'The server answers every redirect URI with the same page, so a sign-in would be needed for each.',
    );
  }

  /** The answers for the profile's own redirect URI and for an unregistered host; found out once a run. */
  registered(): Promise<Registered> {
    return this.onceInRun('registered', (bench) => bench.#askRegistered());
  }

  async #askRegistered(): Promise<Registered> {
    const { redirectUri } = this.client;
    const { answers } = await this.#quieted();
    const asked = async (uri: string) => answers.get(uri) ?? this.probe({ set: { redirect_uri: uri } });
    const unregistered = await asked(`https://${foreignHost}/callback`);
    const written = await asked(redirectUri);
    const first = { registered: written, unregistered };
    const how = ofItsOwn(first, redirectUri);
    const error = refusedForElse(first);
    if (error !== undefined) throw new WithoutCode({ error });
    const uri = withSamplePort(redirectUri);
    if (how !== 'refused' || uri === redirectUri)
      return { uri: redirectUri, yardstick: first, how, literal: how };
    const second = { registered: await asked(uri), unregistered };
    return { uri, yardstick: second, how: ofItsOwn(second, uri), literal: how };
  }

  /**
   * Sends the browser through the server; the response may be an error.
   *
   * @throws Undetermined when no sign-in is wanted or the browser does not come back; ErrorShown when the user reports an error
   * page
   */
  async authorize(change: Change = {}, reuse: Reuse = {}): Promise<Authorization> {
    const { pilot } = this.options;
    const redirectUri = this.listening;
    if (pilot === undefined) throw new TypeError('Nothing listens.');
    const state = reuse.state ?? random();
    const verifier = reuse.verifier ?? random();
    const set = { redirect_uri: redirectUri, ...change.set };
    const url = reuse.url ?? (await this.authorizationUrl({ ...change, set }, { state, verifier }));
    const how = {
      anyState: reuse.anyState === true,
      anywhere: reuse.anywhere === true,
      ...(reuse.otherScheme !== undefined && { otherScheme: reuse.otherScheme }),
      ...(reuse.proof !== undefined && { proof: reuse.proof }),
      fragment: reuse.fragment === true,
    };
    const location = await pilot.pass({ url, state, ...how, title: this.#title, trace: this.record.trace });
    const parameters = new URLSearchParams(location.search);
    // A response with an error and a code is an error: the code is not used.
    const code = parameters.has('error') ? null : parameters.get('code');
    return {
      parameters,
      state,
      verifier,
      redirectUri,
      location,
      ...(code === null || code === '' ? {} : { code }),
    };
  }

  /** Like `authorize`, but requires a code. @throws WithoutCode when none came */
  async code(
    change: Change = {},
    reuse: { readonly verifier?: string } = {},
  ): Promise<Authorization & { readonly code: string }> {
    const answer = await this.authorize(change, reuse);
    if (answer.code !== undefined) return { ...answer, code: answer.code };
    throw new WithoutCode(insteadOfCode(answer.parameters));
  }

  /**
   * Makes sure that the server accepts the profile's own credentials; checked once a run.
   *
   * @throws Undetermined when it does not
   */
  rightClient(): Promise<TokenAnswer> {
    return this.onceInRun('client', async (bench) => {
      const isMachine = !grantOf(bench.profile).actsForUser;
      const answer = await (isMachine ? bench.clientCredentials() : bench.token(madeUpCode(bench)));
      if (isMachine ? issued(answer) : !refusesCredentials(answer)) return answer;
      throw refusedCorrect(answer, `The ${nounOf(bench.profile)} of the profile is refused, too`);
    });
  }

  /**
   * A correct sign-in and token request, made once a run, so that later requests are refused for their fault only.
   *
   * @throws Undetermined when even that is refused
   */
  reference(): Promise<{ readonly answer: Authorization; readonly token: TokenAnswer }> {
    return this.onceInRun('reference', async (bench) => {
      const answer = await bench.code();
      const token = await bench.redeem(answer);
      if (!issued(token)) throw refusedCorrect(token);
      return { answer, token };
    });
  }

  /** The result of `work`, which is done once a run, for the check that needs it first. */
  onceInRun<T>(key: string, work: (bench: Bench) => Promise<T>): Promise<T> {
    return this.record.once(key, async () => {
      const bench = new Bench(this.options, this.#memo, this.#title);
      const value = await work(bench);
      return { value, exchanges: bench.evidence };
    });
  }

  /** The result of `work`, done once a run without proofs of a key (DPoP). */
  unbound<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
    return this.record.once('unbound', async () => {
      const profile = { ...this.profile, dpop: false };
      const options = { ...this.options, profile, decorators: await decoratorsOf(profile) };
      const bench = new Bench(options, this.#memo, this.#title);
      return { value: await work(bench), exchanges: bench.evidence };
    });
  }
}

/**
 * The answer to a request that should be refused; a server error counts as the answer when a correct request in between
 * succeeds.
 */
async function refusedOrNot<T>(send: () => Promise<T>, correct: () => Promise<boolean>): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    if (!(thrown instanceof Crashed) || !(await correct().catch(falseIfUndetermined))) throw thrown;
  }
  try {
    return await send();
  } catch (thrown) {
    if (thrown instanceof Crashed) return thrown.answer as T;
    throw thrown;
  }
}

function falseIfUndetermined(thrown: unknown): false {
  if (thrown instanceof Undetermined) return false;
  throw thrown;
}

const noBrowser = 'This needs a sign-in in the browser, which was left out.';

/** A well-formed request with a code that was never issued. */
export function madeUpCode(bench: Bench): Parameter[] {
  return codeParameters(
    'a-code-that-was-never-issued',
    bench.client.redirectUri,
    'a-code-verifier-of-a-code-that-was-never-issued',
  );
}
