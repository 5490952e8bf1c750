import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { commands } from '../../src/shared/commands.ts';

const { contributes, capabilities, activationEvents, extensionKind } = manifest;

describe('the manifest', () => {
  it('lets nothing but views, commands and request files activate the extension', () => {
    // Views and commands activate by being contributed.
    assert.deepEqual(activationEvents, ['onLanguage:http', 'onLanguage:rest']);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      Object.values(commands).sort(),
    );
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      ['oauthExplorer.profiles', 'oauthExplorer.flows'],
    );
    assert.equal('customEditors' in contributes || 'taskDefinitions' in contributes, false);
  });

  it('runs beside the user’s browser and keychain', () => {
    assert.deepEqual(extensionKind, ['ui', 'workspace']);
  });

  it('shows no menu item outside of what is ours', () => {
    const ours = {
      'view/title': /^view == oauthExplorer\.(profiles|flows)$/,
      'view/item/context': /^view == oauthExplorer\.(profiles|flows) && viewItem =~ /,
      'editor/context':
        /^[^|]*\b(editorLangId == http|resourceExtname == \.http)\b|editorHasSelection && \(editorLangId == http /,
      commandPalette: /^(false|!?oauthExplorer\.\w+)$/,
    };
    assert.deepEqual(Object.keys(contributes.menus).sort(), Object.keys(ours).sort());
    for (const [menu, items] of Object.entries(contributes.menus))
      for (const { command, when } of items)
        assert.match(when, ours[menu as keyof typeof ours], `${menu}: ${command}`);
  });

  it('lets an untrusted workspace set nothing but how the editor looks', () => {
    const looks = ['oauthExplorer.codeLens'];
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(
      [...capabilities.untrustedWorkspaces.restrictedConfigurations, ...looks].sort(),
      Object.keys(contributes.configuration.properties).sort(),
    );
  });
});
