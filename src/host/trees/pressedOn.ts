import { member } from '../../shared/json.ts';

interface Selectable {
  readonly selection: readonly unknown[];
}

/**
 * What a command is run with: a key that is pressed in a tree comes as `{ "selectedIn": "profiles" }`, since VS Code gives a
 * keybinding no row, and means the row selected there.
 *
 * @returns nothing when no row of a profile or flow is selected: then the key does nothing
 */
export function pressedOn(
  args: readonly unknown[],
  views: { readonly profiles: Selectable; readonly flows: Selectable },
): readonly unknown[] | undefined {
  const view = member(args[0], 'selectedIn');
  if (view !== 'profiles' && view !== 'flows') return args;
  const [row] = views[view].selection;
  // Another extension may say so, too: it is a row, and not what the user pressed.
  const line = member(row, 'line');
  return typeof member(line, 'context') === 'string' ? [{ line }] : undefined;
}
