/** Runs tasks with the same key one after the other, in the order they came; tasks with other keys go their own way. */
export class TaskQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Whether a task with this key is under way or waits. */
  isBusy(key: string): boolean {
    return this.#last.has(key);
  }

  /** Settles as `task` does. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const result = before.then(task);
    const settled = result.catch(() => undefined);
    this.#last.set(key, settled);
    void settled.then(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    });
    return result;
  }
}
