/** Runs what nothing of another window may come between, one after the other; without that where it cannot be had. */
export type Alone = <T>(act: () => Promise<T>) => Promise<T>;
