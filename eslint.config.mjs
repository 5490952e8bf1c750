// The rules stand in .oxlintrc.json, for `npm run lint`; this hands the same ones to editors and hooks that know only ESLint.
import { readFileSync } from 'node:fs';
import tseslint from 'typescript-eslint';
import linear from './test/support/regexp.eslint.mjs';

const { rules, overrides, ignorePatterns } = JSON.parse(
  readFileSync(new URL('.oxlintrc.json', import.meta.url), 'utf8'),
);

/** oxlint's names of rules in ESLint's spelling. */
const spelt = (own) =>
  Object.fromEntries(
    Object.entries(own).map(([name, value]) => [name.replace(/^typescript\//, '@typescript-eslint/'), value]),
  );
const globals = ['process', 'console', 'URL', 'setTimeout', 'Buffer'];

export default tseslint.config(
  { ignores: ignorePatterns },
  { rules: spelt(rules) },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: { 'no-unused-vars': 'off', '@typescript-eslint/no-unused-vars': 'error' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(globals.map((name) => [name, 'readonly'])) },
  },
  ...linear,
  ...overrides.map(({ files, excludeFiles = [], rules: own }) => ({
    files,
    ignores: excludeFiles,
    rules: spelt(own),
  })),
);
