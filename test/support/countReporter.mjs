// A node:test reporter that writes how many tests passed and failed as JSON; a skipped or todo test counts as failed.

/** Counts tests, not the suites around them. */
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' && type === 'test:pass') continue;
    // A suite that fails because of a test in it is that test's failure, not one more.
    if (data.details?.error?.failureType === 'subtestsFailed') continue;
    const ran = data.skip === undefined && data.todo === undefined;
    if (type === 'test:pass' && ran) counts.passed += 1;
    else counts.failed += 1;
  }
  yield JSON.stringify(counts);
}
