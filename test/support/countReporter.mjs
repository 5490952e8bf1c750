// A node:test reporter that writes how many tests passed and failed as JSON, in all and by file; a skipped or todo test counts
// as failed.

/** Counts tests, not the suites around them. */
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0, files: {} };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' && type === 'test:pass') continue;
    // A suite that fails because of a test in it is that test's failure, not one more.
    if (data.details?.error?.failureType === 'subtestsFailed') continue;
    const ran = data.skip === undefined && data.todo === undefined;
    const outcome = type === 'test:pass' && ran ? 'passed' : 'failed';
    counts[outcome] += 1;
    const ofFile = (counts.files[data.file] ??= { passed: 0, failed: 0 });
    ofFile[outcome] += 1;
  }
  yield JSON.stringify(counts);
}
