// `npm run mutants [-- AREA|FILE …]`: breaks the sources of an area in every way Stryker knows, one at a time, and tells which
// of them no test notices; of a FILE of `src/core/<area>` (also `FILE:10-20`) only that, and with `--with TEST` (any number) by
// these tests alone, which is a matter of seconds. By hand: it takes long. See test/mutants.md.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runOnVscodeNode, testFiles } from '../support/nodeTests.mjs';

/** The tests of each area: its own, and those of its neighbours that use it most. */
const testsOf = {
  api: ['test/core/api'],
  vault: ['test/core/vault'],
  http: [
    ...['test/core/http', 'test/core/record', 'test/core/flowView/curl.test.ts'],
    ...['test/core/oauth/transport.test.ts', 'test/core/oauth/certificate.test.ts'],
    ...['test/core/authentication/clientCertificate.test.ts', 'test/core/checks/apiHeaderMasked.test.ts'],
  ],
  profile: [
    ...[
      'test/core/profile',
      'test/core/profileForm',
      'test/core/vault/setupHash.test.ts',
      'test/core/api',
      'test/core/vault/secretBinding.test.ts',
      'test/core/vault/toldDestinations.test.ts',
    ],
    ...['test/core/import/exportEveryField.test.ts', 'test/core/import/exportText.test.ts'],
    ...['test/core/oauth/anyRedirect.test.ts', 'test/core/access', 'test/core/diagnose/quickFix.test.ts'],
  ],
  oauth: ['test/core/oauth', 'test/core/authentication', 'test/core/grants'],
};

const { positionals, values } = parseArgs({
  options: { with: { type: 'string', multiple: true } },
  allowPositionals: true,
});
let failed = false;
for (const wanted of positionals.length > 0 ? positionals : Object.keys(testsOf)) {
  const [, area = wanted, file] = /^src\/core\/(\w+)\/(.+)$/.exec(wanted) ?? [];
  const name = file === undefined ? area : `${area}-${file.replaceAll(/[/:{},]+/g, '-')}`.slice(0, 100);
  process.env.MUTANTS_FILES = file === undefined ? `src/core/${area}/**/*.ts` : wanted;
  process.env.MUTANTS_REPORT = `out/mutants/${name}.json`;
  process.env.MUTANTS_TESTS = JSON.stringify(testFiles(values.with ?? testsOf[area] ?? []));
  const stryker = 'node_modules/@stryker-mutator/core/bin/stryker.js';
  const code = await runOnVscodeNode([stryker, 'run', 'test/mutants/stryker.config.mjs']);
  if (code === 0) printSurvivors(process.env.MUTANTS_REPORT);
  failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);

/** One line for each mutant that no test notices: where, what it was, what it became. */
function printSurvivors(report) {
  const { files } = JSON.parse(readFileSync(report, 'utf8'));
  for (const [path, { source, mutants }] of Object.entries(files)) {
    const lines = source.split('\n');
    for (const { status, location, replacement } of mutants) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const { start, end } = location;
      const rest = start.line === end.line ? end.column - 1 : undefined;
      const was = (lines[start.line - 1] ?? '').slice(start.column - 1, rest);
      const [one, other] = [was, replacement].map((text) => text.replaceAll(/\s+/g, ' ').slice(0, 100));
      console.log(
        `${path}:${start.line}:${start.column} ${status === 'Survived' ? '' : 'unreached '}${one} → ${other}`,
      );
    }
  }
}
