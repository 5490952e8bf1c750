// What Stryker does in `npm run mutants`; see test/mutants.md.
export default {
  testRunner: 'ours',
  plugins: ['./test/mutants/runner.mjs'],
  mutate: [process.env.MUTANTS_FILES],
  coverageAnalysis: 'perTest',
  // What runs once, while a file is read, would need a new process for each mutant: tables, above all.
  ignoreStatic: true,
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['dist', '/out', '*.vsix'],
  disableTypeChecks: false,
  checkers: [],
  concurrency: Number(process.env.MUTANTS_AT_ONCE ?? 1),
  timeoutMS: 3_000,
  timeoutFactor: 2,
  dryRunTimeoutMinutes: 20,
  incremental: false,
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
    reportMutants: false,
    reportScoreTable: true,
  },
  jsonReporter: { fileName: process.env.MUTANTS_REPORT },
  tempDirName: 'out/stryker',
  allowConsoleColors: false,
};
