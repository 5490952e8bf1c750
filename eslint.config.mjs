import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** `shared <- core <- host <- extension.ts`; `webview` imports only `shared`. */
const boundary = (files, ...forbidden) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: forbidden }] },
});
const layer = (name) => ({
  regex: `(^|/)${name}/`,
  message: `This layer must not import ${name}: dependencies run shared <- core <- host <- extension.ts.`,
});
const vscode = { regex: '^vscode$', message: 'Only src/host and extension.ts import vscode.' };
const barrel = {
  regex: '(^|/)(utils|index)(\\.ts)?$',
  message: 'No utils, no barrels: import the file itself.',
};
const anyPackage = { regex: '^[^.]', message: 'src/shared imports nothing from outside.' };

const ambient = [
  ...['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({
    name,
    message: 'Core takes network, timers and clock through its ports (src/core/ports.ts).',
  })),
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  boundary(['src/shared/**/*.ts'], anyPackage, layer('core'), layer('host'), layer('demo'), barrel),
  boundary(['src/core/**/*.ts'], vscode, layer('host'), layer('demo'), barrel),
  boundary(['src/host/**/*.ts'], { regex: '/extension(\\.ts)?$' }, barrel),
  // The demo servers: their own small program, started by tests and, when the user asks, by the host (`await import`).
  boundary(['src/demo/**/*.ts'], vscode, layer('shared'), layer('core'), layer('host'), barrel),
  boundary(
    ['webview/**/*.ts'],
    vscode,
    layer('core'),
    layer('host'),
    layer('demo'),
    { regex: '^node:' },
    barrel,
  ),
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...ambient],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Core takes the clock through its ports.' },
        { object: 'Math', property: 'random', message: 'Use crypto.getRandomValues / randomUUID.' },
        { object: 'AbortSignal', property: 'timeout', message: 'Core takes timers through its ports.' },
      ],
    },
  },
  {
    // Command-line programs: printing is their output.
    files: ['test/**/*.ts', 'test/**/*.mjs', 'esbuild.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    // describe and it return promises that node:test itself awaits.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
    },
  },
);
