import {
  openWindow,
  startHost,
  startSession,
  type HostOptions,
  type Session,
  type SessionHost,
  type SessionOptions,
} from '../support/session.ts';

/** One for all suites of a process that ask for nothing special: to start another takes longer than most tests. */
let shared: Promise<SessionHost> | undefined;

/** Opens a window on a workspace of its own, in the VS Code that is there, or in one of its own where `options` want that. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const special: readonly (keyof HostOptions)[] = ['lasting', 'env'];
  if (special.some((name) => options[name] !== undefined)) return startSession(options);
  shared ??= startHost();
  return openWindow(await shared, options);
}

/** Ends it. Called when all suites are through, by what brings them together (test/support/e2e.mjs). */
export async function closeShared(): Promise<void> {
  await (await shared)?.close();
}
