import type { Services } from './services.ts';

/** Writes something in the background; a failure is logged, and the user is not told. */
export function lostQuietly(output: Pick<Services['output'], 'warn'>, written: PromiseLike<unknown>): void {
  void Promise.resolve(written).catch((thrown: unknown) =>
    output.warn(thrown instanceof Error ? thrown.message : 'Something could not be kept.'),
  );
}
