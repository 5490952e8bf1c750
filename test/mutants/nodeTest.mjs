// What `node:test` is for the tests while Stryker runs them: it collects them, so that those a mutant can reach run again and
// again in one process. `node:test` itself runs each once. Only what our tests use is here.

/** @typedef {{ name: string, parent?: Suite, before: Function[], after: Function[], beforeEach: Function[], afterEach: Function[] }} Suite */

const newSuite = (name, parent) => ({ name, parent, before: [], after: [], beforeEach: [], afterEach: [] });

let current = newSuite('');

/** Every test that was collected, with its suite. */
export const tests = [];

/** @param file what the suites and hooks of a file are kept together under, as `node:test` keeps those of a process */
export function startFile(file) {
  current = newSuite(file);
}

const partsOf = (rest) => ({ body: rest.at(-1), options: typeof rest[0] === 'object' ? rest[0] : {} });

export function describe(name, ...rest) {
  const outer = current;
  current = newSuite(name, outer);
  try {
    const result = partsOf(rest).body(current);
    if (result instanceof Promise) throw new Error(`The suite “${name}” is asynchronous.`);
  } finally {
    current = outer;
  }
}

export function it(name, ...rest) {
  const { body, options } = partsOf(rest);
  if (options.skip || options.todo || typeof body !== 'function') return;
  tests.push({ name, suite: current, body });
}

export const before = (hook) => current.before.push(hook);
export const after = (hook) => current.after.push(hook);
export const beforeEach = (hook) => current.beforeEach.push(hook);
export const afterEach = (hook) => current.afterEach.push(hook);
export const test = it;
export default it;

/** The suites around a test, the outermost first. */
export function suitesOf({ suite }) {
  const suites = [];
  for (let one = suite; one; one = one.parent) suites.unshift(one);
  return suites;
}

/** Runs one test with what its suites have around each; throws what it throws. */
export async function runTest(one) {
  const suites = suitesOf(one);
  const ends = [];
  const abort = new AbortController();
  const context = {
    name: one.name,
    signal: abort.signal,
    diagnostic: () => undefined,
    after: (end) => ends.push(end),
  };
  try {
    for (const { beforeEach: hooks } of suites) for (const hook of hooks) await hook(context);
    if (one.body.length > 1)
      await new Promise((resolve, reject) =>
        one.body(context, (error) => (error ? reject(error) : resolve(undefined))),
      );
    else await one.body(context);
  } finally {
    abort.abort();
    for (const { afterEach: hooks } of suites.toReversed()) for (const hook of hooks) await hook(context);
    for (const end of ends) await end(context);
  }
}
