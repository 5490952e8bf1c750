import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** A node as Chromium hands it to a screen reader. */
interface Heard {
  readonly role: string;
  readonly name: string;
  readonly level: number;
  readonly children: readonly string[];
}

const named = new Set([
  ...['button', 'link', 'textbox', 'combobox', 'checkbox', 'radio', 'radiogroup', 'tab', 'option', 'listbox'],
  ...['progressbar', 'dialog', 'image', 'spinbutton', 'searchbox', 'switch'],
]);

/**
 * Reads the accessibility tree of a view: every control has a name, headings begin with one of the first level and leave
 * none out, tables have headers, and nothing that ticks stands in a live region, where it would be read every second.
 */
export async function assertHeard(page: Page, view: string): Promise<void> {
  const nodes = await accessibilityTree(page);
  const nameless = [...nodes.values()].filter(({ role, name }) => named.has(role) && name === '');
  assert.deepEqual(
    nameless.map(({ role }) => role),
    [],
    `${view}: controls without a name`,
  );
  const levels = [...nodes.values()].filter(({ role }) => role === 'heading').map(({ level }) => level);
  assert.equal(levels[0], 1, `${view} begins with a heading`);
  const jumps = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
  assert.deepEqual(jumps, [], `${view}: headings ${levels.join(' ')}`);
  for (const table of [...nodes.values()].filter(({ role }) => role === 'table'))
    assert.ok(
      within(table, nodes).some((role) => role === 'columnheader' || role === 'rowheader'),
      `${view}: table ${table.name} has headers`,
    );
  const ticking = page.locator(':is([aria-live], [role=status], [role=alert]) oe-time');
  assert.equal(await ticking.count(), 0, `${view}: a live region ticks`);
}

/** What is told of the page, in reading order; what is left out of it has no role, but may hold what is not. */
async function accessibilityTree(page: Page): Promise<ReadonlyMap<string, Heard>> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const heard = new Map<string, Heard>();
    const read = (id: string): void => {
      const node = byId.get(id);
      if (node === undefined) return;
      const { ignored, role, name, properties = [], childIds = [] } = node;
      heard.set(id, {
        role: ignored ? '' : String(role?.value),
        name: String(name?.value ?? '').trim(),
        level: Number(properties.find((one) => one.name === 'level')?.value.value ?? 0),
        children: childIds,
      });
      for (const child of childIds) read(child);
    };
    read(nodes[0]?.nodeId ?? '');
    return heard;
  } finally {
    await session.detach();
  }
}

/** The roles of everything inside. */
function within({ children }: Heard, nodes: ReadonlyMap<string, Heard>): readonly string[] {
  return children.flatMap((id) => {
    const child = nodes.get(id);
    return child === undefined ? [] : [child.role, ...within(child, nodes)];
  });
}
