// The rules of .oxlintrc.json about what a regular expression of the product may take: not more than linear time, whatever it is
// given. For ESLint, which needs no types for them; `test/core/pump` tries the expressions out.
import { readFileSync } from 'node:fs';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const { overrides } = JSON.parse(readFileSync(new URL('../../.oxlintrc.json', import.meta.url), 'utf8'));
const isLinear = ({ rules }) => Object.keys(rules).every((name) => name.startsWith('regexp/'));

export default overrides.filter(isLinear).map(({ files, rules }) => ({
  ...{ files, rules, plugins: { regexp } },
  languageOptions: { parser: tseslint.parser },
  linterOptions: { reportUnusedDisableDirectives: 'off' },
}));
