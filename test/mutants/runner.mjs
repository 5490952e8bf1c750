// Runs our tests for Stryker, in one process that lives on: thousands of mutants would each wait for a process that reads
// all sources anew. What a mutant leaves behind in the process is noticed, see `mutantRun`.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';

const nodeTest = new URL('./nodeTest.mjs', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'node:test' ? { url: nodeTest, shortCircuit: true } : next(specifier, context),
});
const { default: fc } = await import('fast-check');
const { tests, startFile, suitesOf, runTest } = await import(nodeTest);

/** Milliseconds a test may take: one that takes longer would be waited for by each of a thousand mutants. */
const longest = Number(process.env.MUTANTS_LONGEST ?? 200);
/** Tests that measure speed: counting what a mutant could change makes them slow, and no mutant is known by its speed. */
const measuring = /linear|of 1 MiB/;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
/** What makes the replacers of known secrets, which are kept until memory is tidied: the next mutant's would be those of the last. */
const replacing = /core\/http\/(?:replaceSecrets|word\w*|writtenForms|\w+View|hashes|mask)\.ts$/;

const instrumented = (globalThis.__stryker__ ??= {});

/** What fails outside of any promise the test waits for is that test's failure. */
let strayFailure;
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error) => (strayFailure ??= error ?? new Error(event)));

class OurTests {
  #ids = new Map();
  #times = new Map();
  #leftOut = new Set();
  #replaces = false;

  /** As if it read all anew for what runs while a file is read, too: that is left out, and the rest of it runs in tests. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    await import(pathToFileURL(join(process.cwd(), 'test/support/seed.mjs')).href);
    // Each mutant that survives waits for all of them, also for those that say how often.
    fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 30, interruptAfterTimeLimit: 100 });
  }

  /** Reads all test files once. */
  async #load() {
    if (this.#ids.size > 0) return;
    for (const file of JSON.parse(process.env.MUTANTS_TESTS)) {
      startFile(file);
      await import(pathToFileURL(join(process.cwd(), file)).href);
    }
    for (const test of tests.filter(({ name }) => !measuring.test(name))) {
      const name = suitesOf(test)
        .map((suite) => suite.name)
        .concat(test.name)
        .join(' > ');
      let id = name;
      for (let more = 2; this.#ids.has(id); more++) id = `${name} (${more})`;
      this.#ids.set(id, test);
    }
  }

  async dryRun() {
    await this.#load();
    const results = [];
    await this.#withSuites([...this.#ids], async (id, test) => {
      instrumented.currentTestId = id;
      const started = performance.now();
      const failure = await failureOf(test);
      instrumented.currentTestId = undefined;
      const timeSpentMs = performance.now() - started;
      this.#times.set(id, timeSpentMs);
      const known = { id, name: id, timeSpentMs };
      // One that fails without a mutant measures the load of the machine, and says nothing of mutants.
      const why = failure === undefined ? timeSpentMs > longest && 'takes' : 'fails after';
      if (why) {
        console.error(`Left out, since it ${why} ${Math.round(timeSpentMs)} ms: ${id}`, failure ?? '');
        this.#leftOut.add(id);
      }
      results.push({ ...known, status: why ? TestStatus.Skipped : TestStatus.Success });
      return true;
    });
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.#coverage() };
  }

  /** What a suite's hooks ran is covered by each of its tests. */
  #coverage() {
    const coverage = instrumented.mutantCoverage ?? { static: {}, perTest: {} };
    for (const [id, test] of this.#ids)
      for (const suite of suitesOf(test))
        for (const [mutant, hits] of Object.entries(coverage.perTest[hooksOf(suite)] ?? {})) {
          const own = (coverage.perTest[id] ??= {});
          own[mutant] = (own[mutant] ?? 0) + hits;
        }
    for (const id of Object.keys(coverage.perTest))
      if (!this.#ids.has(id) || this.#leftOut.has(id)) delete coverage.perTest[id];
    return coverage;
  }

  async #tidy(replaces) {
    if (this.#replaces || replaces) {
      // In the turn in which it was looked at, it stays.
      await new Promise((resolve) => setImmediate(resolve));
      collect();
    }
    this.#replaces = replaces;
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    // Read as it is: a mutant that breaks the reading of a test would be judged by no test at all.
    await this.#load();
    await this.#tidy(replacing.test(activeMutant.fileName));
    instrumented.activeMutant = activeMutant.id;
    instrumented.hitCount = hitLimit === undefined ? undefined : 0;
    instrumented.hitLimit = hitLimit;
    // A name that was another one in the process of the dry run says nothing of which test it was: then all run.
    const isKnown = testFilter?.every((id) => this.#ids.has(id));
    const wanted = (isKnown ? testFilter : [...this.#ids.keys()])
      .map((id) => [id, this.#ids.get(id)])
      .sort(([left], [right]) => (this.#times.get(left) ?? 0) - (this.#times.get(right) ?? 0));
    let killed;
    let run = 0;
    await this.#withSuites(
      wanted,
      async (id, test) => {
        run++;
        const started = performance.now();
        const failure = await failureOf(test);
        if (failure === undefined) this.#times.set(id, performance.now() - started);
        else killed = { id, failure, test };
        return failure === undefined;
      },
      (failure, [id, test]) => (killed ??= { id, failure, test }),
    );
    const { hitCount } = instrumented;
    instrumented.activeMutant = undefined;
    instrumented.hitLimit = undefined;
    if (killed === undefined) return { status: MutantRunStatus.Survived, nrOfTests: run };
    if (hitLimit !== undefined && hitCount > hitLimit)
      return { status: MutantRunStatus.Timeout, reason: `Hit ${hitCount} times` };
    if (testFilter !== undefined) await this.#mustPass(killed);
    return {
      status: MutantRunStatus.Killed,
      killedBy: [killed.id],
      failureMessage: killed.failure,
      nrOfTests: run,
    };
  }

  /**
   * The test that killed a mutant passes without it: else an earlier mutant has left something behind.
   *
   * @throws Error whereupon Stryker starts a new process and asks once more
   */
  async #mustPass({ id, test, failure }) {
    let again;
    await this.#tidy(this.#replaces);
    await this.#withSuites(
      [[id, test]],
      async () => {
        again = await failureOf(test);
        return true;
      },
      (thrown) => (again ??= thrown),
    );
    if (again !== undefined)
      throw new Error(`Fails without a mutant, too: ${id}: ${again} (first: ${failure})`);
  }

  /** Runs tests with their suites' hooks around them until `run` gives false. */
  async #withSuites(wanted, run, hookFailed = () => undefined) {
    const open = [];
    const failed = (error, entry) => hookFailed(String(error?.stack ?? error), entry);
    for (const entry of wanted) {
      const [id, test] = entry;
      const suites = suitesOf(test);
      try {
        for (const suite of suites)
          if (!open.includes(suite)) {
            open.push(suite);
            instrumented.currentTestId = hooksOf(suite);
            for (const hook of suite.before) await hook({});
            instrumented.currentTestId = undefined;
          }
      } catch (error) {
        failed(error, entry);
        break;
      }
      if (!(await run(id, test))) break;
    }
    for (const suite of open.toReversed())
      for (const hook of suite.after)
        try {
          instrumented.currentTestId = hooksOf(suite);
          await hook({});
        } catch (error) {
          failed(error, wanted[0]);
        }
    instrumented.currentTestId = undefined;
  }
}

const numbers = new Map();
function hooksOf(suite) {
  if (!numbers.has(suite)) numbers.set(suite, `hooks ${numbers.size}`);
  return numbers.get(suite);
}

async function failureOf(test) {
  strayFailure = undefined;
  try {
    await runTest(test);
  } catch (error) {
    return String(error?.stack ?? error ?? 'thrown').slice(0, 2000);
  }
  // What was rejected is reported in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  return strayFailure === undefined ? undefined : String(strayFailure?.stack ?? strayFailure).slice(0, 2000);
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'ours', OurTests)];
