import type {
  TokenAction,
  TokenSlot,
  TokenViewIntent,
  TokenViewModel,
} from '../../shared/views/tokenView.ts';
import type { Clock } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import { asCurl, asHeader, claimPath } from './copyAs.ts';
import { fetchKeys, fetchKeysAt, type KeyPorts } from './fetchKeys.ts';
import { keyPlan } from './keyIssuer.ts';
import { claimText, partText } from './partView.ts';
import { readTokens, type TokenInput, type TokenReading } from './reading.ts';
import { responseMember, responseText } from './responseView.ts';
import type { SignatureProgress } from './signatureView.ts';
import { nextChange, tokenView, type TokenViewState } from './tokenView.ts';
import { verifySignature } from './verify.ts';

export interface TokenControllerPorts {
  readonly clock: Clock;
  /** What fetching keys takes; for a profile, with its own network. */
  keys: (profile?: Profile) => KeyPorts;
  draw: (model: TokenViewModel) => void;
  /** Opens a text in a read-only editor; the extension of its name tells its kind. */
  open: (name: string, text: string) => PromiseLike<void>;
  /** Puts `text` on the clipboard. */
  copy: (text: string) => PromiseLike<void>;
  run: (action: TokenAction) => Promise<void>;
}

/** The longest delay of a timer (31 bits of milliseconds); a later change is waited for in steps. */
const longestWait = 2 ** 31 - 1;

/**
 * The controller of one token view: decodes, checks signatures, redraws when time changes the findings, and does what the user
 * asks for.
 */
export class TokenController {
  readonly #ports: TokenControllerPorts;
  #reading: TokenReading | undefined;
  #signatures: TokenViewState['signatures'] = {};
  #tab: TokenViewState['tab'];
  #stop = new AbortController();

  constructor(ports: TokenControllerPorts) {
    this.#ports = ports;
  }

  /** Reads the first input one turn of the event loop later, so that VS Code loads the page meanwhile. */
  async begin(input: TokenInput): Promise<void> {
    const { signal } = this.#stop;
    await this.#ports.clock.sleep(0);
    if (!signal.aborted) this.read(input);
  }

  /** Reads another input and draws it at once, and again when its signatures have been checked. */
  read(input: TokenInput): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    const reading = readTokens(input);
    this.#reading = reading;
    this.#signatures = {};
    for (const slot of slotsOf(reading)) void this.#check(reading, slot, false, this.#stop.signal);
    this.#draw();
    void this.#redrawInTime(reading, this.#stop.signal);
  }

  /** Does what the user asks for; an intent that does not fit what is shown is ignored. */
  async handle(intent: TokenViewIntent): Promise<void> {
    const reading = this.#reading;
    if (reading === undefined) return;
    switch (intent.type) {
      case 'tab':
        this.#tab = intent.tab;
        this.#draw();
        return;
      case 'checkSignature':
        await this.#check(reading, intent.slot, true, this.#stop.signal);
        return;
      case 'openPart': {
        const part = reading.tokens[intent.slot]?.[intent.part];
        const end = part?.json === undefined ? 'txt' : 'json';
        if (part) await this.#ports.open(`${intent.part}.${end}`, partText(part));
        return;
      }
      case 'run':
        await this.#ports.run(intent.action);
        return;
      default: {
        const text = textToCopy(reading, intent);
        if (text !== undefined) await this.#ports.copy(text);
      }
    }
  }

  /** Cancels everything it waits for. */
  dispose(): void {
    this.#stop.abort();
    this.#reading = undefined;
  }

  #draw(): void {
    if (this.#reading === undefined) return;
    const now = this.#ports.clock.now();
    const signatures = this.#signatures;
    this.#ports.draw(tokenView(this.#reading, { now, signatures, ...(this.#tab && { tab: this.#tab }) }));
  }

  #progress(slot: TokenSlot, progress: SignatureProgress): void {
    this.#signatures = { ...this.#signatures, [slot]: progress };
  }

  async #check(reading: TokenReading, slot: TokenSlot, allowed: boolean, signal: AbortSignal): Promise<void> {
    const token = reading.tokens[slot];
    const plan = keyPlan(reading, slot, allowed);
    if (token === undefined || plan.kind === 'show') {
      if (plan.kind === 'show') this.#progress(slot, plan.progress);
      return;
    }
    this.#progress(slot, { kind: 'checking' });
    if (allowed) this.#draw();
    const profile = reading.source.kind === 'profile' ? reading.source.profile : undefined;
    const ports = this.#ports.keys(profile);
    const keys =
      plan.kind === 'fetch_at'
        ? await fetchKeysAt(plan.jwksUri, ports, signal)
        : await fetchKeys(plan.issuer, ports, signal);
    const result = verifySignature(token, keys);
    if (signal.aborted) return;
    this.#progress(slot, result);
    this.#draw();
  }

  /** Redraws at each time that changes a finding: when the token becomes valid, and when it expires. */
  async #redrawInTime(reading: TokenReading, signal: AbortSignal): Promise<void> {
    const { clock } = this.#ports;
    try {
      for (;;) {
        const at = nextChange(reading, clock.now());
        if (at === undefined) return;
        await clock.sleep(Math.min(at - clock.now() + 50, longestWait), signal);
        this.#draw();
      }
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }
}

function slotsOf({ tokens }: TokenReading): readonly TokenSlot[] {
  return (['access', 'id'] as const).filter((slot) => tokens[slot] !== undefined);
}

type CopyIntent = Extract<TokenViewIntent, { readonly type: `copy${string}` }>;

function textToCopy(reading: TokenReading, intent: CopyIntent): string | undefined {
  if (intent.type === 'copyHeader') return asHeader(reading);
  if (intent.type === 'copyCurl') return asCurl(reading);
  if (intent.type === 'copyPath') return claimPath(intent.name);
  if (intent.type === 'copyResponse') return responseText(reading);
  if (intent.type === 'copyMember') {
    const member = responseMember(reading, intent.name);
    return member === undefined ? undefined : claimText(member);
  }
  const token = reading.tokens[intent.slot];
  if (intent.type === 'copyToken') return token?.token;
  const part = token?.[intent.part];
  if (part === undefined) return undefined;
  if (intent.type === 'copyPart') return partText(part);
  return part.json !== undefined && Object.hasOwn(part.json, intent.name)
    ? claimText(part.json[intent.name], part.exact?.get(intent.name))
    : undefined;
}
