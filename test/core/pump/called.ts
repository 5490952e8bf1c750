// The short form of `npm run fuzz`, which tries a million texts: prints the functions of core that it calls, as
// `<file in src/core> <function>`, and fails where a reader throws.
import { Session, type Profiler } from 'node:inspector';
import { fuzz } from './fuzz.ts';

const session = new Session();
session.connect();
let counted: Profiler.TakePreciseCoverageReturnType | undefined;
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: false });
fuzz(20_000, 2026);
session.post('Profiler.takePreciseCoverage', (_, taken) => (counted = taken));
session.disconnect();
for (const { url, functions } of counted?.result ?? []) {
  const file = /\/src\/core\/([\w/-]+\.ts)/.exec(url)?.[1];
  if (file === undefined) continue;
  for (const { functionName, ranges } of functions)
    if ((ranges[0]?.count ?? 0) > 0) console.log(`${file} ${functionName}`);
}
