// Imported before tests: one that takes longer than `TEST_MINUTES` ends its process with a failure that names it. On Node 20
// `--test-timeout` ends whole files and does not say what hung; what never gives up the thread is still for that to end.
import { afterEach, beforeEach } from 'node:test';

const minutes = Number(process.env.TEST_MINUTES);

if (process.env.NODE_TEST_CONTEXT && minutes > 0) {
  const timers = new Map();
  beforeEach((test) => {
    const end = () => {
      console.error(`“${test.name}” took longer than ${minutes} minutes: it hangs.`);
      process.exit(1);
    };
    timers.set(test, setTimeout(end, minutes * 60_000));
  });
  // By the test, not by its name: several may have one.
  afterEach((test) => clearTimeout(timers.get(test)));
}
