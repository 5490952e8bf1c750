import type { Services } from './services.ts';

/** Lets something be written of which the user needs to know nothing; that it was lost is logged. */
export function lostQuietly(output: Pick<Services['output'], 'warn'>, written: PromiseLike<unknown>): void {
  void Promise.resolve(written).catch((thrown: unknown) =>
    output.warn(thrown instanceof Error ? thrown.message : 'Something could not be kept.'),
  );
}
