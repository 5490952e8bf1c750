import { callerOf, type Caller } from './caller.ts';
import { objectOf } from '../../shared/json.ts';

/** What a user decided about one kind of caller and one profile. */
export type AccessAnswer = 'session' | 'always' | 'never';

/** One decision, as it is listed. */
export interface AccessDecision {
  readonly caller: Caller;
  /** The profile's id, and the environment it is in effect for: `<id>` or `<id> in <environment>`. */
  readonly profile: string;
  readonly answer: AccessAnswer;
}

/** Where decisions outlive the window; what it returns is not trusted. */
export interface AccessStore {
  read(): unknown;
  write(decisions: readonly AccessDecision[]): Promise<void>;
}

/** Asks the user; `undefined` when the question was closed: no, and asked again the next time. */
export type AskAccess = (caller: Caller, profile: string) => Promise<AccessAnswer | undefined>;

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
  async allows(caller: Caller, profile: string, ask: AskAccess): Promise<boolean> {
    const known = this.list().find((one) => isOf(one, caller, profile));
    if (known) return known.answer !== 'never';
    const key = JSON.stringify([caller, profile]);
    const open = this.#asked.get(key) ?? this.#ask(key, caller, profile, ask);
    return open;
  }

  /** Every decision that holds now; what was decided for good first. */
  list(): readonly AccessDecision[] {
    return [...this.#kept(), ...this.#session.values()];
  }

  /** Takes a decision back: the next time is asked again. */
  async revoke({ caller, profile }: Pick<AccessDecision, 'caller' | 'profile'>): Promise<void> {
    for (const [key, one] of this.#session) if (isOf(one, caller, profile)) this.#session.delete(key);
    const kept = this.#kept();
    const rest = kept.filter((one) => !isOf(one, caller, profile));
    if (rest.length < kept.length) await this.#store.write(rest);
  }

  /** Takes back whatever was decided about a profile: one that is added later under its id is another. */
  async forget(profile: string): Promise<void> {
    for (const one of this.list())
      if (one.profile === profile || one.profile.startsWith(`${profile} in `)) await this.revoke(one);
  }

  #ask(key: string, caller: Caller, profile: string, ask: AskAccess): Promise<boolean> {
    const answer = this.#decide(key, caller, profile, ask).finally(() => this.#asked.delete(key));
    this.#asked.set(key, answer);
    return answer;
  }

  async #decide(key: string, caller: Caller, profile: string, ask: AskAccess): Promise<boolean> {
    const answer = await ask(caller, profile);
    if (answer === undefined) return false;
    const decision = { caller, profile, answer };
    if (answer === 'session') this.#session.set(key, decision);
    else await this.#store.write([...this.#kept().filter((one) => !isOf(one, caller, profile)), decision]);
    return answer !== 'never';
  }

  /** Only what reads as a decision for good; anything else has decided nothing. */
  #kept(): readonly AccessDecision[] {
    const stored = this.#store.read();
    return Array.isArray(stored) ? stored.flatMap(readDecision) : [];
  }
}

function isOf(one: AccessDecision, caller: Caller, profile: string): boolean {
  return one.caller === caller && one.profile === profile;
}

function readDecision(value: unknown): readonly AccessDecision[] {
  const { profile, answer, caller: called } = objectOf(value);
  const caller = callerOf(called);
  if (caller === undefined || typeof profile !== 'string') return [];
  return answer === 'always' || answer === 'never' ? [{ caller, profile, answer }] : [];
}
