/** One test's outcome, as it is written to the results file. */
export interface Outcome {
  readonly name: string;
  readonly milliseconds: number;
  /** The error with its stack; absent when the test passed. */
  readonly error?: string;
  /** Why it could not be run on this machine; absent when it was. */
  readonly notRun?: string;
}

interface Test {
  readonly name: string;
  readonly body: () => void | Promise<void>;
  readonly missing: string | undefined;
}

const tests: Test[] = [];

/**
 * Declares a test that runs inside the extension host (node:test's runner needs a process of its own). `missing` says what it
 * needs and this machine has not: then it is not run, and that is reported.
 */
export function test(name: string, body: () => void | Promise<void>, missing?: string): void {
  tests.push({ name, body, missing });
}

/** What the running test is at; a test that takes too long says it. */
let step = '';

/** Tells what the test does next, for the report should it never end. */
export function now(doing: string): void {
  step = doing;
}

let running = 0;

/** Tells later whether the test that runs now is over, as when it took too long: what it still waits for must not go on. */
export function whetherOver(): () => boolean {
  const mine = running;
  return () => running !== mine;
}

/** Waits until `holds`; a test that waits for ever says for what. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  const isOver = whetherOver();
  while (!(await holds())) {
    if (Date.now() > end || isOver()) throw new Error(`Waited 60 s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs the declared tests one after the other; each may take `limit` milliseconds. */
export async function runTests(limit = 120_000): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, body, missing } of tests) {
    if (missing !== undefined) {
      outcomes.push({ name, milliseconds: 0, notRun: missing });
      continue;
    }
    running++;
    const started = Date.now();
    const error = await failure(body, limit);
    outcomes.push({ name, milliseconds: Date.now() - started, ...(error === undefined ? {} : { error }) });
  }
  return outcomes;
}

async function failure(body: Test['body'], limit: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  step = '';
  const late = new Promise<never>((_, reject) => {
    const late = () => new Error(`The test took longer than ${limit / 1000} s. ${step}`.trim());
    timer = setTimeout(() => reject(late()), limit);
  });
  try {
    await Promise.race([Promise.resolve().then(body), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}
