import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hasGrammar } from '../../../src/host/editor/requestHighlight.ts';
import { test, until } from '../suite.ts';
import { open } from './fixture.ts';

test('a request file has colours where no extension brings a grammar', async () => {
  const { document } = await open('### Orders\nGET http://a/\nAccept: */*\n');
  const range = new vscode.Range(0, 0, 3, 0);
  const asked = <T>(command: string) =>
    vscode.commands.executeCommand<T | undefined>(command, document.uri, range);
  const ask = () =>
    Promise.all([
      asked<vscode.SemanticTokensLegend>('vscode.provideDocumentRangeSemanticTokensLegend'),
      asked<vscode.SemanticTokens>('vscode.provideDocumentRangeSemanticTokens'),
    ]);
  // The first request file that is opened starts the extension.
  await until('the colours', async () => (await ask()).every((one) => one !== undefined));
  const [legend, tokens] = await ask();
  assert.ok(legend && tokens);
  const kinds = [...tokens.data].filter((_, at) => at % 5 === 3).map((kind) => legend.tokenTypes[kind]);
  assert.deepEqual(kinds, ['comment', 'keyword', 'string', 'property', 'string']);
});

test('another extension’s grammar for request files is left alone', () => {
  const bringing = (contributes: unknown) => [{ packageJSON: { contributes } }];
  assert.equal(
    hasGrammar('http', bringing({ grammars: [{ language: 'http', scopeName: 'source.http' }] })),
    true,
  );
  assert.equal(hasGrammar('http', bringing({ grammars: [{ language: 'rest' }, null, 'http'] })), false);
  assert.equal(hasGrammar('http', bringing({ grammars: 'http' })), false);
  assert.equal(hasGrammar('http', bringing(undefined)), false);
});
