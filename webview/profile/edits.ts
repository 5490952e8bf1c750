import type { ProfileFormAction, ProfileFormEdit } from '../../src/shared/views/profileForm.ts';
import type { Send } from '../view.ts';

type WithoutNumber<T> = T extends unknown ? Omit<T, 'edit'> : never;

/** A change of a field, before it is numbered. */
export type Change = WithoutNumber<ProfileFormEdit>;

/** Sends intents and counts the edits among them, so that an older model never overwrites newer typing. */
export class Edits {
  #sent = 0;
  #seen = 0;
  #saving = false;
  #send: Send<ProfileFormEdit | ProfileFormAction> = () => undefined;

  /** A model came; `send` is how to answer. */
  begin(seen: number, send: Send<ProfileFormEdit | ProfileFormAction>): void {
    this.#seen = seen;
    // A form that was hidden and comes back starts a new page, and must go on counting where the last one was.
    this.#sent = Math.max(this.#sent, seen);
    this.#send = send;
  }

  /** Whether the model does not know yet what was typed last. */
  get behind(): boolean {
    return this.#seen < this.#sent;
  }

  change(change: Change): void {
    this.#sent += 1;
    this.#saving = false;
    this.#send({ ...change, edit: this.#sent });
  }

  act(action: ProfileFormAction): void {
    this.#saving ||= action.type === 'save' || action.type === 'saveAndGetToken';
    this.#send(action);
  }

  /** Whether saving was just tried in vain: true once for each try. */
  savedWithProblems(problem: boolean): boolean {
    if (!this.#saving || !problem) return false;
    this.#saving = false;
    return true;
  }
}
