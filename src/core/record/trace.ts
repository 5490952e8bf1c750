import type { Deviation, Exchange } from './exchange.ts';
import type { FlowStep } from './failure.ts';
import type { Waiting } from './waiting.ts';
import type { Profile } from '../profile/profile.ts';
import type { PkceRecord } from './report.ts';

/** What is known of an exchange when it starts. */
export type ExchangeStart = Omit<Exchange, 'id' | 'deviations' | 'party'>;

/** Everything a flow has done so far; the one thing in a flow that changes. */
export class Trace {
  readonly #changed: () => void;
  readonly #ids = new WeakMap<Response, number>();
  readonly #secrets = new Set<string>();
  #exchanges: readonly Exchange[] = [];
  #step: FlowStep = 'profile';
  #pkce: PkceRecord | undefined;
  #waiting: Waiting | undefined;
  #partner: Profile | undefined;

  /** @param changed is told after every change; it must not throw. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  /** All exchanges in the order in which they started; a new array after every change. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** The step under way: where it failed, if what was thrown does not say so itself. */
  get step(): FlowStep {
    return this.#step;
  }

  get pkce(): PkceRecord | undefined {
    return this.#pkce;
  }

  get waiting(): Waiting | undefined {
    return this.#waiting;
  }

  /** The profile of the identity provider while the flow is there, in a flow over two servers. */
  get partner(): Profile | undefined {
    return this.#partner;
  }

  /** Says whose server what follows is about: that of the identity provider’s profile, or (with nothing) the flow’s own. */
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

  /** Says that the flow uses a secret, which must then be in nothing it says, whatever name it is sent by. */
  useSecret(secret: string): void {
    this.#secrets.add(secret);
  }

  /** The secrets that the flow said it uses. @see core/http/secretsOf for all that passed through it */
  get usedSecrets(): readonly string[] {
    return [...this.#secrets];
  }

  /** Says what the flow waits for, or (with nothing) that it waits no longer. */
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

  /** Adds what has become known of the exchange `id`. */
  update(id: number, news: Partial<Omit<Exchange, 'id'>>): void {
    this.#exchanges = this.#exchanges.map((exchange) =>
      exchange.id === id ? { ...exchange, ...news } : exchange,
    );
    this.#changed();
  }

  /** Adds to the exchange `id` what its server did against its specification. */
  deviate(id: number, deviations: readonly Deviation[]): void {
    const exchange = this.exchange(id);
    if (exchange !== undefined && deviations.length > 0)
      this.update(id, { deviations: [...exchange.deviations, ...deviations] });
  }

  exchange(id: number): Exchange | undefined {
    return this.#exchanges[id - 1];
  }

  /** Remembers which exchange `response` came in. */
  tag(response: Response, id: number): void {
    this.#ids.set(response, id);
  }

  /** The exchange `response` came in; absent for a response that was not recorded here. */
  idOf(response: Response): number | undefined {
    return this.#ids.get(response);
  }
}
