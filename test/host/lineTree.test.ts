import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { profileLine } from '../../src/core/session/profilesTree.ts';
import { LineTree } from '../../src/host/trees/lineTree.ts';
import { pressedOn } from '../../src/host/trees/pressedOn.ts';
import type { Row } from '../../src/host/trees/lineTree.ts';
import { ProfilesTree } from '../../src/host/trees/profilesTree.ts';
import { commands } from '../../src/shared/commands.ts';
import { machineProfile } from '../support/profiles.ts';
import { test, until } from './suite.ts';

interface Line {
  readonly id: string;
  readonly label: string;
  readonly children?: readonly Line[];
}

class Lines extends LineTree<Line> {
  protected draw({ label }: Line): vscode.TreeItem {
    return new vscode.TreeItem(label);
  }
}

/** A tree of `lines` that was shown, and what it had drawn anew since: rows by their ids, or all. */
async function shown(lines: () => readonly Line[]) {
  let reads = 0;
  const drawn: (readonly string[] | 'all')[] = [];
  const tree = new Lines(() => {
    reads++;
    return Promise.resolve(lines());
  });
  tree.onDidChangeTreeData((rows) => drawn.push(rows?.map(({ line }) => line.id) ?? 'all'));
  const rows: readonly Row<Line>[] = await tree.getChildren();
  return { tree, rows, drawn, reads: () => reads };
}

test('a tree has only the row drawn anew that changed, and VS Code goes on knowing it', async () => {
  let lines: Line[] = [
    { id: 'a', label: 'A' },
    { id: 'b', label: 'B' },
  ];
  const { tree, rows, drawn, reads } = await shown(() => lines);
  lines = [
    { id: 'a', label: 'A' },
    { id: 'b', label: 'B, 5 min left' },
  ];
  tree.refresh();
  await until('the row', () => drawn.length > 0);
  assert.deepEqual(drawn, [['b']]);
  assert.deepEqual(await tree.getChildren(), rows);
  assert.equal(rows[1] && tree.getTreeItem(rows[1]).label, 'B, 5 min left');
  tree.refresh();
  await until('a reading', () => reads() === 3);
  assert.deepEqual(drawn, [['b']]);
});

test('a tree with another row is drawn whole, without reading it twice, and the rows that stay are the same', async () => {
  let lines: Line[] = [{ id: 'a', label: 'A' }];
  const { tree, rows, drawn, reads } = await shown(() => lines);
  lines = [
    { id: 'new', label: 'New' },
    { id: 'a', label: 'A' },
  ];
  tree.refresh();
  await until('all', () => drawn.length > 0);
  assert.deepEqual(drawn, ['all']);
  const now = await tree.getChildren();
  assert.deepEqual(
    now.map(({ line }) => line.id),
    ['new', 'a'],
  );
  assert.equal(now[1], rows[0]);
  assert.equal(reads(), 2);
});

test('a tree that cannot be read is left to VS Code, and comes back', async () => {
  let broken = false;
  const { tree, drawn } = await shown(() => {
    if (broken) throw new Error('no settings');
    return [{ id: 'a', label: 'A' }];
  });
  broken = true;
  tree.refresh();
  await until('all', () => drawn.length > 0);
  assert.deepEqual(drawn, ['all']);
  await assert.rejects(tree.getChildren(), /no settings/);
  broken = false;
  assert.equal((await tree.getChildren()).length, 1);
});

test('a line below another is drawn anew alone, and a key means the row that is selected', async () => {
  let lines: Line[] = [{ id: 'g', label: 'Group', children: [{ id: 'a', label: 'A' }] }];
  const { tree, rows, drawn } = await shown(() => lines);
  const [group] = rows;
  assert.ok(group);
  const [row] = await tree.getChildren(group);
  assert.ok(row);
  assert.equal(tree.getTreeItem(group).collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
  lines = [{ id: 'g', label: 'Group', children: [{ id: 'a', label: 'A, 5 min left' }] }];
  tree.refresh();
  await until('the row', () => drawn.length > 0);
  assert.deepEqual(drawn, [['a']]);
  assert.equal(tree.getTreeItem(row).label, 'A, 5 min left');

  const profile = { line: { id: 'a', context: 'profile' } };
  const views = (selected: unknown) => ({ profiles: { selection: [selected] }, flows: { selection: [] } });
  assert.deepEqual(pressedOn([{ selectedIn: 'profiles' }], views(profile)), [{ line: profile.line }]);
  assert.equal(pressedOn([{ selectedIn: 'profiles' }], views(group)), undefined);
  assert.equal(pressedOn([{ selectedIn: 'flows' }], views(profile)), undefined);
  assert.deepEqual(pressedOn([{ profile: 'a' }], views(profile)), [{ profile: 'a' }]);
});

test('a screen reader hears of each row whose it is, also of an entry that is no profile', async () => {
  const line = profileLine(machineProfile(), undefined, 0, { active: true });
  const invalid = { id: 'invalid 0', label: 'Orders', problems: ['The issuer is missing.'], entry: {} };
  const profiles = new ProfilesTree(() => Promise.resolve([line, invalid]));
  const said = (await profiles.getChildren()).map(
    (row) => profiles.getTreeItem(row).accessibilityInformation?.label,
  );
  assert.deepEqual(said, ['Machine, active, no token, as.example.com', 'Orders: The issuer is missing.']);
});

test('a click on a profile opens its token when there is one, else its form', async () => {
  const { profile, now } = { profile: machineProfile(), now: Date.now() };
  const received = { received_at: now, requested_scopes: [], extra: {} };
  const tokens = { access_token: 'abc', token_type: 'Bearer', ...received };
  const without = profileLine(profile, undefined, now, { active: false });
  const having = { ...profileLine(profile, tokens, now, { active: false }), id: 'with' };
  const tree = new ProfilesTree(() => Promise.resolve([without, having]));
  const clicks = (await tree.getChildren()).map((row) => tree.getTreeItem(row).command);
  assert.deepEqual(
    clicks.map((click) => [click?.command, click?.arguments]),
    [
      [commands.editProfile, [{ profile: 'machine' }]],
      [commands.showToken, [{ profile: 'with' }]],
    ],
  );
});
