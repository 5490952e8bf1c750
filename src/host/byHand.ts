import { randomUUID } from 'node:crypto';
import { member } from '../shared/json.ts';

/** In the arguments that only our own rows, lenses, links and views have: VS Code does not say who runs a command. */
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
