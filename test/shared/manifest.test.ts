import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };
import { allGrants } from '../../src/core/grants/all.ts';
import { demoClients, type DemoClient } from '../../src/demo/clients.ts';
import { contextKeys, milestones } from '../../src/shared/contextKeys.ts';
import { commands } from '../../src/shared/commands.ts';
import { flowWords, profileWords, views } from '../../src/shared/trees.ts';

const root = new URL('../../', import.meta.url);
const { contributes, capabilities, activationEvents, extensionKind } = manifest;

describe('the manifest', () => {
  it('lets nothing but views, commands, request files, its own addresses and lists of MCP servers activate the extension', () => {
    // Views and commands activate by being contributed.
    assert.deepEqual(activationEvents, [
      ...['onLanguage:http', 'onLanguage:rest', 'onUri'],
      ...['.vscode/mcp.json', '.mcp.json', '.cursor/mcp.json', 'oauth.checks.json'].map(
        (file) => `workspaceContains:${file}`,
      ),
    ]);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      Object.values(commands).sort(),
    );
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      Object.values(views),
    );
    assert.equal('customEditors' in contributes || 'taskDefinitions' in contributes, false);
  });

  it('runs beside the user’s browser and keychain', () => {
    assert.deepEqual(extensionKind, ['ui', 'workspace']);
  });

  it('shows no menu item outside of what is ours', () => {
    const ours = {
      'view/title': /^view == oauthExplorer\.(profiles|flows)( && !?oauthExplorer\.\w+)?$/,
      'view/item/context': /^view == oauthExplorer\.(profiles|flows) && viewItem =~ /,
      'editor/context':
        /^[^|]*\b(editorLangId == http|resourceExtname == \.http)\b|editorHasSelection && \(editorLangId == http /,
      'testing/message/content': /^testMessage == oauthExplorer\.evidence$/,
      'testing/item/context': /^controllerId == oauthExplorer\.checks /,
      commandPalette:
        /^(false|!\(oauthExplorer\.noneIs =~ \/\w+\/\)|!?oauthExplorer\.\w+( \|\| oauthExplorer\.\w+)*|editorLangId == http .*)$/,
    };
    assert.deepEqual(Object.keys(contributes.menus).sort(), Object.keys(ours).sort());
    for (const [menu, items] of Object.entries(contributes.menus))
      for (const { command, when } of items)
        assert.match(when, ours[menu as keyof typeof ours], `${menu}: ${command}`);
  });

  it('gives each command of a row a place of its own', () => {
    const profile = profileWords.filter((word) => word !== 'invalid');
    const rows = [
      { view: views.profiles, context: `${profile.join(' ')} authorization_code client_credentials` },
      ...['redirect url', 'user_code', 'decision'].map((waits) => `flow running ${waits}`),
      ...['token', 'answer', 'checked', 'cancelled', 'failed'].map((end) => `flow ended again ${end}`),
    ].map((row) => (typeof row === 'string' ? { view: views.flows, context: row } : row));
    for (const { view, context } of rows) {
      const places = contributes.menus['view/item/context']
        .filter(({ when }) => holds(when.replace(/ && !\(viewItem[^)]*\)/g, ''), view, context))
        .map(({ group }) => group);
      assert.ok(places.length > 1);
      assert.deepEqual([...new Set(places)], places, context);
    }
  });

  it('asks for no word that a row is never called', () => {
    const wordsOf = new Map<string, readonly string[]>([
      [views.profiles, [...profileWords, ...allGrants.map(({ id }) => id)]],
      [views.flows, flowWords],
    ]);
    const asked = contributes.menus['view/item/context'].flatMap(({ when }) => {
      const [, view = ''] = /^view == (\S+)/.exec(when) ?? [];
      return [...when.matchAll(/\\b(\w+)\\b/g)].map(([, word = '']) => ({ view, word }));
    });
    assert.ok(asked.length > 20);
    assert.deepEqual(
      asked.filter(({ view, word }) => !wordsOf.get(view)?.includes(word)),
      [],
    );
  });

  it('offers in the palette nothing that has nothing to work on', () => {
    const conditions = new Map(contributes.menus.commandPalette.map(({ command, when }) => [command, when]));
    for (const id of [
      'editProfile',
      'getToken',
      'showToken',
      'copyToken',
      'refreshToken',
      'runChecks',
      'callApi',
    ])
      assert.equal(conditions.get(`oauthExplorer.${id}`), '!oauthExplorer.noProfile', id);
    assert.equal(conditions.get('oauthExplorer.showFlow'), '!oauthExplorer.noFlow');
    for (const id of ['exportFlow', 'deleteFlow', 'runFlowAgain', 'clearFlows'])
      assert.equal(conditions.get(`oauthExplorer.${id}`), '!oauthExplorer.noEndedFlow', id);
    assert.equal(conditions.get('oauthExplorer.copySecretHash'), 'oauthExplorer.erpNet');
  });

  it('offers in the palette what needs a secret, a key or a registration only where a profile’s row does', () => {
    for (const { command, when } of contributes.menus.commandPalette) {
      const [, word] = /^!\(oauthExplorer\.noneIs =~ \/(\w+)\/\)$/.exec(when) ?? [];
      const rows = contributes.menus['view/item/context'].filter((item) => item.command === command);
      const asked = rows.map(
        (row) => /viewItem =~ \/\\b(confidential|signs|publishes|registrable)\\b\//.exec(row.when)?.[1],
      );
      if (word === undefined) assert.deepEqual(asked.filter(Boolean), [], command);
      else assert.ok(asked.includes(word), command);
    }
  });

  it('asks for exactly the context keys that the extension sets', () => {
    const text = JSON.stringify(manifest);
    const conditions = [...text.matchAll(/"(?:when|enablement)":"([^"]*)"|"onContext:([^"]*)"/g)];
    const asked = conditions.flatMap(([, when = '', event = '']) =>
      [...`${when} ${event}`.matchAll(/(?<![\w.]|== )oauthExplorer\.(\w+)/g)].map(([, key]) => key),
    );
    assert.deepEqual([...new Set(asked)].toSorted(), contextKeys.toSorted());
  });

  it('offers in the palette at any time only what makes something new or asks for all that it needs', () => {
    const conditions = new Map(contributes.menus.commandPalette.map(({ command, when }) => [command, when]));
    assert.equal(conditions.size, contributes.menus.commandPalette.length, 'No command has two conditions.');
    const always = Object.entries(commands).flatMap(([name, id]) => (conditions.has(id) ? [] : [name]));
    assert.deepEqual(
      always.sort(),
      [
        // Says which file to open where there is none.
        'insertBearer',
        ...[
          'addProfile',
          'importProfiles',
          'registerClient',
          'clientDocument',
          'tryDemo',
          'exploreMcpServer',
          'checkMcpServer',
        ],
        ...[
          'compareTokens',
          'decodeToken',
          'manageAccess',
          'removeLeftovers',
          'openProfileSettings',
          'showOutput',
        ],
      ].sort(),
    );
    const needs: Readonly<Record<string, readonly string[]>> = {
      '!oauthExplorer.noProfile': ['findInProfiles', 'openTerminal', 'writeContract'],
      '!oauthExplorer.noFailedFlow': ['showFailure'],
      '!oauthExplorer.noTwoFlows': ['compareFlows'],
      'oauthExplorer.flowRunning': ['cancelFlow'],
      'oauthExplorer.awaitsRedirect': ['pasteRedirect'],
      'oauthExplorer.awaitsCode': ['copyUserCode'],
      'oauthExplorer.awaitsRedirect || oauthExplorer.awaitsCode': ['copySignInUrl'],
      '!oauthExplorer.noEnvironment': ['switchEnvironment'],
      'oauthExplorer.demoServerRunning': ['stopDemoServer'],
      '!oauthExplorer.demoServerRunning': ['startDemoServer'],
    };
    for (const [when, names] of Object.entries(needs))
      for (const name of names) assert.equal(conditions.get(`oauthExplorer.${name}`), when, name);
    // It works on the request under the cursor, as the editor's menu does.
    const inEditor = contributes.menus['editor/context'].find(
      ({ command }) => command === commands.insertBearer,
    );
    assert.equal(conditions.get(commands.checkApi), inEditor?.when);
  });

  it('ends with … the name of each command that always asks for more, and of no other', () => {
    // A form to fill in counts; which profile or flow is meant does not, nor does a question before something is deleted.
    const asking = [
      ...['addProfile', 'editProfile', 'renameProfile', 'importProfiles', 'exportProfiles'],
      ...['setActiveProfile', 'arrangeProfiles', 'switchEnvironment', 'profileMenu', 'setSecret'],
      ...['registerClient', 'manageRegistration', 'clientDocument', 'savePublicKey', 'copySecretHash'],
      ...['manageAccess', 'removeLeftovers', 'compareFlows', 'exportFlow', 'compareTokens', 'decodeToken'],
      ...[
        'pasteRedirect',
        'callApi',
        'runChecks',
        'checkApi',
        'exploreMcpServer',
        'checkMcpServer',
        'tryDemo',
      ],
    ];
    const named: Readonly<Record<string, string>> = texts;
    assert.deepEqual(
      Object.keys(commands).filter((name) => named[`command.${name}`]?.endsWith('…')),
      Object.keys(commands).filter((name) => asking.includes(name)),
    );
  });

  it('offers in the title of a view nothing that has nothing to work on', () => {
    const needs = contributes.menus['view/title'].flatMap(({ command, when }) => {
      const inPalette = contributes.menus.commandPalette.find((one) => one.command === command)?.when;
      return inPalette === undefined || when.endsWith(` && ${inPalette}`) ? [] : [`${command}: ${inPalette}`];
    });
    assert.deepEqual(needs, []);
  });

  it('has for each row the buttons of what is done next', () => {
    const inline = (view: string, context: string) =>
      contributes.menus['view/item/context']
        .filter(({ group, when }) => group.startsWith('inline') && holds(when, view, context))
        .sort((one, other) => one.group.localeCompare(other.group))
        .map(({ command }) => command.replace('oauthExplorer.', ''));
    const rows: readonly (readonly [string, string, string])[] = [
      [views.profiles, 'profile client_credentials', 'getToken insertBearer'],
      [
        views.profiles,
        'profile device_code confidential token refreshable active',
        'getToken showToken insertBearer',
      ],
      [views.profiles, 'invalid', 'openProfileSettings'],
      [views.flows, 'flow running', 'cancelFlow'],
      [views.flows, 'flow running redirect url', 'pasteRedirect copySignInUrl cancelFlow'],
      [views.flows, 'flow running user_code url', 'copyUserCode copySignInUrl cancelFlow'],
      [views.flows, 'flow running decision', 'cancelFlow'],
      [views.flows, 'flow ended failed again', 'showFailure runFlowAgain'],
      [views.flows, 'flow ended failed', 'showFailure'],
      ...['token', 'answer', 'checked', 'cancelled'].map(
        (state) => [views.flows, `flow ended ${state} again`, 'runFlowAgain'] as const,
      ),
    ];
    for (const [view, context, expected] of rows)
      assert.deepEqual(inline(view, context), expected.split(' '), `${view}: ${context}`);
    // A button without an icon is a word that has no room there.
    const icons = new Map(contributes.commands.map((one) => [one.command, 'icon' in one && one.icon]));
    for (const { command, group } of contributes.menus['view/item/context'])
      if (group.startsWith('inline')) assert.ok(icons.get(command), command);
  });

  it('hands out no token of a row that is of no use alone', () => {
    const offered = (context: string) =>
      contributes.menus['view/item/context']
        .filter(({ when }) => holds(when, views.profiles, context))
        .map(({ command }) => command);
    for (const command of [commands.copyToken, commands.openTerminal, commands.insertBearer]) {
      assert.ok(offered('profile client_credentials token').includes(command), command);
      assert.ok(!offered('profile client_credentials token bound').includes(command), command);
    }
  });

  it('draws “Run again” as the views do: one act has one icon', async () => {
    const drawn = new Set<string>();
    for (const file of ['flow.entry.ts', 'failure/page.ts', 'checks/page.ts'])
      for (const [, icon] of (await readFile(new URL(`webview/${file}`, root), 'utf8')).matchAll(
        /button\('Run again',[^;]*?icon: '([\w-]+)'/g,
      ))
        drawn.add(`$(${icon ?? ''})`);
    for (const one of contributes.commands)
      if ('icon' in one && one.command.endsWith('runFlowAgain')) drawn.add(one.icon);
    assert.deepEqual([...drawn], ['$(debug-rerun)']);
  });

  it('gives each key of a tree the row that is selected there, and a key of the editor the active profile', () => {
    for (const { command, args, when } of contributes.keybindings) {
      const view = 'selectedIn' in args ? args.selectedIn : undefined;
      if (view === undefined) assert.deepEqual(args, { active: true }, command);
      else
        assert.match(
          when,
          new RegExp(`^focusedView == oauthExplorer\\.${view} && listFocus && !inputFocus$`),
        );
    }
    assert.deepEqual(
      contributes.keybindings.map(({ key }) => key),
      ['ctrl+k t', 'f2', 'delete', 'delete'],
    );
  });

  it('has two buttons in the first view, and no way to a token without a profile', () => {
    const buttons = (text: string) => text.split('\n').filter((line) => /^\[[^\]]+\]\([^)]+\)$/.test(line));
    assert.equal(buttons(texts['welcome.profiles']).length, 2);
    assert.equal(buttons(texts['welcome.flowsLater']).length, 0);
    assert.deepEqual(
      contributes.viewsWelcome.map(({ view, when }) => [view, when]),
      // Until the services have loaded the key is not set, and none is shown; `== false` would be `!`, which is true then.
      [
        ['oauthExplorer.profiles', 'oauthExplorer.noProfile'],
        ['oauthExplorer.flows', 'oauthExplorer.noProfile =~ /false/'],
        ['oauthExplorer.flows', 'oauthExplorer.noProfile'],
      ],
    );
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

/** Whether a condition of ours is met for a row: parts joined by `&&`, as all of them are. */
function holds(when: string, view: string, context: string): boolean {
  return when.split(' && ').every((part) => {
    const [, negated, pattern] = /^(!?)\(?viewItem =~ \/(.+)\/\)?$/.exec(part) ?? [];
    if (pattern !== undefined) return new RegExp(pattern).test(context) === (negated === '');
    if (part.startsWith('view == ')) return part === `view == ${view}`;
    // What there is nothing of is not so.
    return part.startsWith('!oauthExplorer.no');
  });
}

describe('the walkthrough', () => {
  const [walkthrough] = contributes.walkthroughs;
  assert.ok(walkthrough);
  const { steps } = walkthrough;

  it('ticks each step by its own success, never because something was tried', () => {
    assert.deepEqual(
      steps.map(({ completionEvents }) => completionEvents),
      milestones.map((key) => [`onContext:oauthExplorer.${key}`]),
    );
  });

  it('is written in what VS Code draws there: bold and links, no code', () => {
    const said = Object.entries(texts).filter(([key]) => key.startsWith('walkthrough.'));
    assert.ok(said.length >= 2 + 3 * steps.length);
    for (const [key, text] of said) assert.doesNotMatch(text, /[`*_<]/, key);
  });

  it('links only to commands that there are, with arguments that are read', () => {
    const said = Object.entries(texts).filter(([key]) => key.startsWith('walkthrough.'));
    const links = said.flatMap(([, text]) => [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, to = '']) => to));
    assert.ok(links.length >= 14);
    const known: readonly string[] = Object.values(commands);
    for (const link of links) {
      const [, command = '', argument] = /^command:([\w.]+)(?:\?(.+))?$/.exec(link) ?? [];
      assert.ok(known.includes(command), link);
      if (argument !== undefined) assert.ok(JSON.parse(decodeURIComponent(argument)) instanceof Object, link);
    }
  });

  it('is named in full where the demo leads back to it', async () => {
    const source = await readFile(new URL('src/host/commands/demoCommands.ts', root), 'utf8');
    assert.ok(source.includes(`'${manifest.publisher}.${manifest.name}#${walkthrough.id}'`));
  });

  it('shows only lenses and profiles that there are', async () => {
    const clients: readonly DemoClient[] = Object.values(demoClients('seed'));
    const names = clients.map(({ name }) => name);
    const code = await readFile(new URL('src/host/editor/bearerLenses.ts', root), 'utf8');
    const titles = [...code.matchAll(/l10n\.t\('([^']+)'\)/g)].map(([, title = '']) => title);
    let lenses = 0;
    for (const { media } of steps) {
      const picture = await readFile(new URL(media.svg, root), 'utf8');
      // VS Code shows these pictures under a policy that refuses style elements: colours are attributes.
      assert.doesNotMatch(picture, /<style/);
      const drawn = [...picture.matchAll(/>([^<>]+)<\/t(?:ext|span)>/g)].map(([, text = '']) => text);
      for (const line of drawn.filter((text) => text.startsWith('Demo: ') || text.includes(' | '))) {
        const [first = '', ...others] = line.split(' | ');
        assert.ok(names.includes(first.split(' · ')[0] ?? '') || titles.includes(first), first);
        for (const other of others) assert.ok(titles.includes(other), other);
        lenses += others.length;
      }
    }
    assert.ok(lenses > 0, 'No lens was found in the pictures.');
  });
});

describe('the workflow that publishes', () => {
  it('packages what is for the pre-release channel as that, or vsce refuses it, and gives the tests what they need', async () => {
    const workflow = await readFile(new URL('.github/workflows/publish.yml', root), 'utf8');
    const steps = [
      'id: channel',
      'npm run package -- ${{ steps.channel.outputs.flag }}',
      'vsce publish ${{ steps.channel.outputs.flag }}',
      'publish ${{ steps.channel.outputs.flag }} --packagePath',
    ].map((step) => workflow.indexOf(step));
    assert.ok(steps.every((place) => place > 0));
    assert.deepEqual(
      steps,
      steps.toSorted((a, b) => a - b),
    );
    const needs = await readFile(new URL('test/support/systemPackages.mjs', root), 'utf8');
    const names = [...needs.matchAll(/\{ name: '([^']+)'/g)].map(([, name = '']) => name);
    assert.ok(names.length > 3);
    // A Chrome is on GitHub's machines.
    for (const name of names.filter((one) => one !== 'chromium'))
      assert.ok(workflow.includes(` ${name}`), name);
  });
});
