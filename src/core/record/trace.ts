import type { Deviation, Exchange } from './exchange.ts';
import type { FlowStep } from './failure.ts';
import type { Waiting } from './waiting.ts';
import type { Profile } from '../profile/profile.ts';
import type { PkceRecord } from './report.ts';

/** What is known of an exchange when it starts. */
export type ExchangeStart = Omit<Exchange, 'id' | 'deviations' | 'party'>;

/** Records what a flow has done so far; the only mutable part of a flow. */
export class Trace {
  readonly #changed: () => void;
  readonly #ids = new WeakMap<Response, number>();
  readonly #secrets = new Set<string>();
  #exchanges: readonly Exchange[] = [];
  #step: FlowStep = 'profile';
  #pkce: PkceRecord | undefined;
  #waiting: Waiting | undefined;
  #partner: Profile | undefined;

  /** @param changed called after every change; must not throw */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  /** All exchanges in the order in which they started; a new array after every change. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** The present step, in which a failure happened unless what was thrown tells another. */
  get step(): FlowStep {
    return this.#step;
  }

  get pkce(): PkceRecord | undefined {
    return this.#pkce;
  }

  get waiting(): Waiting | undefined {
    return this.#waiting;
  }

  /** In a flow over two servers: the identity provider's profile, while the flow deals with that. */
  get partner(): Profile | undefined {
    return this.#partner;
  }

  /** Tells whose server comes next: that of the identity provider’s profile, or (without an argument) the flow’s own. */
  turnTo(partner?: Profile): void {
    this.#partner = partner;
  }

  enter(step: FlowStep): void {
    this.#step = step;
  }

  usePkce(pkce: PkceRecord): void {
    this.#pkce = pkce;
    this.useSecret(pkce.code_verifier);
  }

  /** Registers a secret that the flow uses, so that nothing shown contains it, under whatever name it is sent. */
  useSecret(secret: string): void {
    this.#secrets.add(secret);
  }

  /** The secrets registered by `useSecret`. @see core/http/secretsOf for all that passed through the flow */
  get usedSecrets(): readonly string[] {
    return [...this.#secrets];
  }

  /** Tells what the flow waits for, or (without an argument) that it no longer waits. */
  wait(waiting?: Waiting): void {
    this.#waiting = waiting;
    this.#changed();
  }

  /** Adds an exchange; returns its id. */
  begin(start: ExchangeStart): number {
    const id = this.#exchanges.length + 1;
    const party = this.#partner && ({ party: 'identity_provider' } as const);
    this.#exchanges = [...this.#exchanges, { ...start, id, deviations: [], ...party }];
    this.#changed();
    return id;
  }

  /** Adds what is now known about the exchange `id`. */
  update(id: number, news: Partial<Omit<Exchange, 'id'>>): void {
    this.#exchanges = this.#exchanges.map((exchange) =>
      exchange.id === id ? { ...exchange, ...news } : exchange,
    );
    this.#changed();
  }

  /** Adds deviations of the server to the exchange `id`. */
  deviate(id: number, deviations: readonly Deviation[]): void {
    const exchange = this.exchange(id);
    if (exchange !== undefined && deviations.length > 0)
      this.update(id, { deviations: [...exchange.deviations, ...deviations] });
  }

  exchange(id: number): Exchange | undefined {
    return this.#exchanges[id - 1];
  }

  /** Remembers the exchange in which `response` came. */
  tag(response: Response, id: number): void {
    this.#ids.set(response, id);
  }

  /** The exchange in which `response` came; undefined when it was not recorded here. */
  idOf(response: Response): number | undefined {
    return this.#ids.get(response);
  }
}
