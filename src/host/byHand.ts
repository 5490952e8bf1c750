import { randomUUID } from 'node:crypto';
import { member } from '../shared/json.ts';

/**
 * A secret in the arguments of our own rows, lenses, links and views, since VS Code does not tell who runs a command. Tasks,
 * keybindings and agents, which pass JSON, cannot know it; another extension in this host could ask VS Code for our lenses.
 */
const hand = randomUUID();

/** The argument of a command that runs when the user clicks something of ours. */
export function byHand<Argument extends object>(argument: Argument): Argument & { readonly hand: string } {
  return { ...argument, hand };
}

/** Whether the user clicked something of ours. A command without arguments, as from the palette, may have been run by anybody. */
export function isPressed(argument: unknown): boolean {
  return member(argument, 'hand') === hand;
}

/** Whether only the user says which token is meant: by clicking something of ours, or by choosing after a command without arguments. */
export function isByHand(argument: unknown): boolean {
  return argument === undefined || argument === null || isPressed(argument);
}
