import { member } from '../../shared/json.ts';

interface Selectable {
  readonly selection: readonly unknown[];
}

/**
 * The arguments for a command. A key pressed in a tree comes as `{ "selectedIn": "profiles" }`, as VS Code passes no row to a
 * keybinding; it stands for the row that is selected there.
 *
 * @returns undefined when no row of a profile or flow is selected: the key then does nothing
 */
export function pressedOn(
  args: readonly unknown[],
  views: { readonly profiles: Selectable; readonly flows: Selectable },
): readonly unknown[] | undefined {
  const view = member(args[0], 'selectedIn');
  if (view !== 'profiles' && view !== 'flows') return args;
  const [row] = views[view].selection;
  // Another extension can pass this, too: it gets a row without the mark of a user's click.
  const line = member(row, 'line');
  return typeof member(line, 'context') === 'string' ? [{ line }] : undefined;
}
