import { callerOf, type Caller } from './caller.ts';
import { objectOf } from '../../shared/json.ts';

/** What a user decided about one kind of caller and one profile. */
export type AccessAnswer = 'session' | 'always' | 'never';

/** Whose tokens are asked for: a profile of the same name at another server is another. */
export interface TokenOwner {
  /** The profile's id, and the environment it is in effect for: `<id>` or `<id> in <environment>`. */
  readonly profile: string;
  /** The origin of the profile's server. */
  readonly server: string;
}

/** One decision, as it is listed. */
export interface AccessDecision extends TokenOwner {
  readonly caller: Caller;
  readonly answer: AccessAnswer;
}

/** Where decisions outlive the window; what it returns is not trusted. */
export interface AccessStore {
  read(): unknown;
  write(decisions: readonly AccessDecision[]): Promise<void>;
}

/** Asks the user; `undefined` when the question was closed: no, and asked again the next time. */
export type AskAccess = () => Promise<AccessAnswer | undefined>;

/**
 * Who may have the tokens of which profile: asked once for each kind of caller and profile. Whatever hands a token to
 * somebody but the user asks here first.
 */
export class Access {
  readonly #store: AccessStore;
  readonly #session = new Map<string, AccessDecision>();
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(store: AccessStore) {
    this.#store = store;
  }

  /** Whether `caller` may have the profile's token; who asks while the same question is open waits for its answer. */
  async allows(caller: Caller, { profile, server }: TokenOwner, ask: AskAccess): Promise<boolean> {
    const asked = { caller, profile, server };
    const known = this.list().find((one) => isOf(one, asked));
    if (known) return known.answer !== 'never';
    const key = JSON.stringify(asked);
    return this.#asked.get(key) ?? this.#ask(key, asked, ask);
  }

  /** Every decision that holds now; what was decided for good first. */
  list(): readonly AccessDecision[] {
    return [...this.#kept(), ...this.#session.values()];
  }

  /** Takes a decision back: the next time is asked again. */
  async revoke(decision: Omit<AccessDecision, 'answer'>): Promise<void> {
    for (const [key, one] of this.#session) if (isOf(one, decision)) this.#session.delete(key);
    const kept = this.#kept();
    const rest = kept.filter((one) => !isOf(one, decision));
    if (rest.length < kept.length) await this.#store.write(rest);
  }

  /** Takes back whatever was decided about a profile: one that is added later under its id is another. */
  async forget(profile: string): Promise<void> {
    for (const one of this.list())
      if (one.profile === profile || one.profile.startsWith(`${profile} in `)) await this.revoke(one);
  }

  #ask(key: string, asked: Asked, ask: AskAccess): Promise<boolean> {
    const answer = this.#decide(key, asked, ask).finally(() => this.#asked.delete(key));
    this.#asked.set(key, answer);
    return answer;
  }

  async #decide(key: string, asked: Asked, ask: AskAccess): Promise<boolean> {
    const answer = await ask();
    if (answer === undefined) return false;
    const decision = { ...asked, answer };
    if (answer === 'session') this.#session.set(key, decision);
    else await this.#store.write([...this.#kept().filter((one) => !isOf(one, asked)), decision]);
    return answer !== 'never';
  }

  /** Only what reads as a decision for good; anything else has decided nothing. */
  #kept(): readonly AccessDecision[] {
    const stored = this.#store.read();
    return Array.isArray(stored) ? stored.flatMap(readDecision) : [];
  }
}

type Asked = Omit<AccessDecision, 'answer'>;

function isOf(one: Asked, { caller, profile, server }: Asked): boolean {
  return one.caller === caller && one.profile === profile && one.server === server;
}

function readDecision(value: unknown): readonly AccessDecision[] {
  const { profile, server, answer, caller: called } = objectOf(value);
  const caller = callerOf(called);
  if (caller === undefined || typeof profile !== 'string' || typeof server !== 'string') return [];
  return answer === 'always' || answer === 'never' ? [{ caller, profile, server, answer }] : [];
}
