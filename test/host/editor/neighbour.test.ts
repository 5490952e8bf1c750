import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../suite.ts';
import { open } from './fixture.ts';

const text = 'GET http://a/\n\n###\nPOST http://b/\n';

for (const name of ['neighbour.http', 'neighbour.rest'])
  test(`beside an extension with the same language, ${name} has that language and each one’s lenses once`, async () => {
    const neighbour = vscode.extensions.getExtension('oauth-explorer-tests.neighbour');
    assert.ok(neighbour, 'The other extension is not installed.');
    const { document, uri } = await open(text, name);
    await neighbour.activate();
    await vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.activate();
    assert.equal(document.languageId, 'http');
    const languages = await vscode.languages.getLanguages();
    assert.deepEqual(
      languages.filter((id) => /^(http|rest)$/i.test(id)),
      ['http'],
    );
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      100,
    );
    assert.deepEqual(
      lenses.map(({ range, command }) => `${range.start.line}: ${command?.title}`).sort(),
      [0, 3].flatMap((line) => [
        `${line}: Insert bearer token`,
        `${line}: Send Request`,
        `${line}: Send with token`,
      ]),
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
