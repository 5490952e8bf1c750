import { randomUUID } from 'node:crypto';
import { callerOf, includesCaller, type Caller } from './caller.ts';
import { objectOf } from '../../shared/json.ts';
import type { Vault } from '../vault/vault.ts';

/** What a user decided about one kind of caller and one profile. */
export type AccessAnswer = 'session' | 'always' | 'never';

/** Whose tokens are asked for; the same profile at another server is another owner. */
export interface TokenOwner {
  /** The profile's id and environment: `<id>` or `<id> in <environment>`. */
  readonly profile: string;
  /** The origin of the profile's server; for an MCP server, its address as well. */
  readonly server: string;
}

/** One decision, for lists. */
export interface AccessDecision extends TokenOwner {
  readonly caller: Caller;
  readonly answer: AccessAnswer;
}

/** A decision as it is stored, or held for this session. */
interface KeptDecision extends AccessDecision {
  /** For one that allows: the value of `roundKey` at that time; absent when the vault did not answer. */
  readonly since?: string;
}

/** Stores decisions beyond the window; what it returns is not trusted. */
export interface AccessStore {
  read: () => unknown;
  write: (decisions: readonly AccessDecision[]) => Promise<void>;
  readonly vault: Pick<Vault, 'get' | 'set'>;
}

/**
 * The vault account whose value changes whenever something is revoked. Windows may overwrite each other's stored decisions with
 * what they had read before, but not this entry. So a permission from before the last change that was not confirmed by it is
 * asked for again; of those for a session, a window confirms only its own.
 */
const roundKey = '@access/round';

/** Asks the user; `undefined` when the question was closed, which means no for now. */
export type AskAccess = () => Promise<AccessAnswer | undefined>;

/**
 * Decides who may have the tokens of which profile; the user is asked once for each kind of caller and profile. Everything that
 * hands a token to anybody but the user must ask here first.
 */
export class Access {
  readonly #store: AccessStore;
  readonly #session = new Map<string, KeptDecision>();
  /**
   * What was allowed for this session while the vault did not answer. It holds until the vault answers, and from then on like
   * the others.
   */
  readonly #blind = new Set<string>();
  /** The value of `roundKey` when the vault answered last. */
  #seen: string | undefined;
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(store: AccessStore) {
    this.#store = store;
  }

  /** Whether `caller` may have the profile's token; a caller that asks while the same question is open waits for its answer. */
  async allows(caller: Caller, { profile, server }: TokenOwner, ask: AskAccess): Promise<boolean> {
    const asked = { caller, profile, server };
    const list = await this.list();
    const includes = (one: AccessDecision) =>
      one.answer !== 'never' && includesCaller(one.caller, caller) && isOf({ ...one, caller }, asked);
    const known = list.find((one) => isOf(one, asked)) ?? list.find(includes);
    if (known) return known.answer !== 'never';
    const key = JSON.stringify(asked);
    return this.#asked.get(key) ?? this.#ask(key, asked, ask);
  }

  /** All decisions in force, the permanent ones first. */
  async list(): Promise<readonly AccessDecision[]> {
    const kept = this.#kept();
    const asks = this.#session.size > 0 || kept.some(isGrant);
    const answers =
      asks &&
      (await this.#round().then(
        () => true,
        () => false,
      ));
    const round = answers ? this.#seen : undefined;
    const session = [...this.#session].filter(([key, one]) => this.#blind.has(key) || isSince(one, round));
    return [...kept.filter((one) => holds(one, round)), ...session.map(([, one]) => one)];
  }

  /**
   * Revokes a decision, so that the user is asked again next time. @throws FailureError of kind `vault` when it is not certain
   * to stay revoked
   */
  async revoke(decision: Omit<AccessDecision, 'answer'>): Promise<void> {
    const isIt = (one: AccessDecision) => isOf(one, decision);
    const gone = [...this.#kept(), ...this.#session.values()].filter(isIt);
    if (gone.length > 0)
      await this.#takeBack(
        isIt,
        gone.some(({ answer }) => answer !== 'never'),
      );
  }

  /** Revokes all decisions about a profile, since a later one with its id is another. */
  async forget(profile: string): Promise<void> {
    const isIts = (one: TokenOwner) => one.profile === profile || one.profile.startsWith(`${profile} in `);
    await this.#takeBack(isIts, true);
  }

  /** @param isGranted whether a permission goes, which another window may know or may have been given itself */
  async #takeBack(goes: (one: AccessDecision) => boolean, isGranted: boolean): Promise<void> {
    for (const [key, one] of this.#session) if (goes(one)) this.#session.delete(key);
    const before = isGranted ? await this.#round() : undefined;
    const since = before === undefined ? undefined : await this.#nextRound();
    for (const [key, one] of this.#session)
      if (since !== undefined && one.since === before) this.#session.set(key, { ...one, since });
    const kept = this.#kept();
    const rest = kept.filter((one) => !goes(one));
    const confirmed = rest.map((one) =>
      since !== undefined && holds(one, before) ? { ...one, since } : one,
    );
    if (rest.length < kept.length || (since !== undefined && kept.length > 0))
      await this.#store.write(confirmed);
  }

  async #round(): Promise<string | undefined> {
    this.#seen = await this.#store.vault.get(roundKey);
    this.#blind.clear();
    return this.#seen;
  }

  async #firstRound(): Promise<string> {
    return (await this.#round()) ?? this.#nextRound();
  }

  async #nextRound(): Promise<string> {
    const round = randomUUID();
    await this.#store.vault.set(roundKey, round);
    this.#seen = round;
    return round;
  }

  #ask(key: string, asked: Asked, ask: AskAccess): Promise<boolean> {
    const answer = this.#decide(key, asked, ask).finally(() => this.#asked.delete(key));
    this.#asked.set(key, answer);
    return answer;
  }

  async #decide(key: string, asked: Asked, ask: AskAccess): Promise<boolean> {
    const answer = await ask();
    if (answer === undefined) return false;
    await this.#keep(key, { ...asked, answer });
    return answer !== 'never';
  }

  async #keep(key: string, decision: AccessDecision): Promise<void> {
    const isNo = decision.answer === 'never';
    const made = isNo ? undefined : await this.#firstRound().catch(() => undefined);
    const since = isNo ? undefined : (made ?? this.#seen);
    this.#session.delete(key);
    // A permission that could not be revoked reliably ends with the session.
    if (decision.answer === 'session' || (isGrant(decision) && made === undefined)) {
      if (made === undefined) this.#blind.add(key);
      this.#session.set(key, { ...decision, answer: 'session', ...(since !== undefined && { since }) });
      return;
    }
    const others = this.#kept().filter((one) => !isOf(one, decision));
    await this.#store.write([...others, { ...decision, ...(since !== undefined && { since }) }]);
  }

  /** The stored permanent decisions; anything else that is stored is ignored. */
  #kept(): readonly KeptDecision[] {
    const stored = this.#store.read();
    return Array.isArray(stored) ? stored.flatMap(readDecision) : [];
  }
}

type Asked = Omit<AccessDecision, 'answer'>;

function isOf(one: Asked, { caller, profile, server }: Asked): boolean {
  return one.caller === caller && one.profile === profile && one.server === server;
}

function isGrant({ answer }: AccessDecision): boolean {
  return answer === 'always';
}

function holds(one: KeptDecision, round: string | undefined): boolean {
  return !isGrant(one) || isSince(one, round);
}

function isSince({ since }: KeptDecision, round: string | undefined): boolean {
  return round !== undefined && since === round;
}

function readDecision(value: unknown): readonly KeptDecision[] {
  const { profile, server, answer, since, caller: called } = objectOf(value);
  const caller = callerOf(called);
  if (caller === undefined || typeof profile !== 'string' || typeof server !== 'string') return [];
  const decision = { caller, profile, server };
  if (answer === 'never') return [{ ...decision, answer }];
  return answer === 'always' && typeof since === 'string' ? [{ ...decision, answer, since }] : [];
}
