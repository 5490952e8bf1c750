// `npm run fuzz [-- SEED]`: a million generated texts for every reader of foreign text, the property tests with another seed than
// `npm test` has, then the pump test up to 1 MiB. By hand: it
// takes minutes. `npm test` has a short form of both.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { runNodeTests, runOnThisNode, testFiles, together } from './nodeTests.mjs';

const million = 1_000_000;
const seed = Number(process.argv[2] ?? 1);
const pump = join(import.meta.dirname, '..', 'core', 'pump');
const { fuzz } = await tsImport(join(pump, 'fuzz.ts'), import.meta.url);
const step = 50_000;
for (let done = 0; done < million; done += step) {
  fuzz(step, seed + done);
  console.log(`${done + step} texts, no reader threw`);
}
const seedOfProperties = String(process.argv[2] ?? Math.trunc(Math.random() * 2 ** 31));
console.log(`The property tests with PROPERTY_SEED=${seedOfProperties} …`);
process.env.PROPERTY_SEED = seedOfProperties;
const withProperties = testFiles(['test/core', 'test/shared', 'test/demo']).filter((file) =>
  readFileSync(file, 'utf8').includes('fast-check'),
);
const status = await runNodeTests([together('properties', withProperties)], { runOn: runOnThisNode });
if (status !== 0) process.exit(status);
process.env.PUMP_LONGEST = String(1 << 20);
process.exit(
  await runNodeTests(
    ['readers', 'regexes', 'requests', 'imports', 'secrets'].map((name) => join(pump, `${name}.test.ts`)),
    { runOn: runOnThisNode, options: [], minutes: 60 },
  ),
);
