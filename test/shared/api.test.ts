import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import ts from 'typescript';
import manifest from '../../package.json' with { type: 'json' };

const source = await readFile(new URL('../../src/shared/api.ts', import.meta.url), 'utf8');

/** What the compiler says of the program of another extension that imports the types. */
function compile(program: string): readonly string[] {
  const files = new Map([
    ['/api.d.ts', source],
    ['/other.ts', program],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipDefaultLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  const read = host.readFile.bind(host);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? read(name);
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the types of the public API', () => {
  it('are a declaration file by themselves, which the manifest names', () => {
    assert.equal(manifest.types, './dist/api.d.ts');
    const made = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.ESNext, removeComments: true },
    });
    assert.equal(made.outputText.trim(), 'export {};');
  });

  it('let another extension get a token, explain a failure and run checks', () => {
    const program = `import type { OAuthExplorerApi } from './api';
      export async function use(api: OAuthExplorerApi): Promise<string> {
        const { accessToken, expiresAt } = await api.getToken('orders');
        const why = await api.explainFailure('{"error":"invalid_grant"}', { status: 400 });
        const [first] = await api.runChecks('orders', { only: ['pkce'] });
        return [accessToken, String(expiresAt), why?.causes[0]?.title, first?.verdict].join();
      }`;
    assert.deepEqual(compile(program), []);
    assert.equal(compile(program.replace("'orders', {", '7, {')).length, 1, 'The compiler looks at it.');
  });
});
