import { randomUUID } from 'node:crypto';
import { member } from '../shared/json.ts';

/**
 * In the arguments of our own rows, lenses, links and views: VS Code does not say who runs a command. It keeps out whoever hands over
 * JSON, as tasks, keybindings and agents do; another extension of this host could ask VS Code for our lenses.
 */
const hand = randomUUID();

/** The argument of a command that runs when the user presses something of ours. */
export function byHand<Argument extends object>(argument: Argument): Argument & { readonly hand: string } {
  return { ...argument, hand };
}

/** Whether the user pressed something of ours; whoever runs a command with nothing, as from the palette, might be anybody. */
export function isPressed(argument: unknown): boolean {
  return member(argument, 'hand') === hand;
}

/** Whether nobody but the user says which token is meant: by pressing something of ours, or by choosing after it was run with nothing. */
export function isByHand(argument: unknown): boolean {
  return argument === undefined || argument === null || isPressed(argument);
}
