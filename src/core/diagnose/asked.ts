import type { FlowStep } from '../record/failure.ts';
import type { Facts } from './facts.ts';

type Asked = Pick<Facts, 'failure' | 'exchange' | 'exchanges'>;

/** The steps in which the client proves itself, wherever they go. */
export const provesClient: readonly FlowStep[] = ['token', 'refresh', 'introspection', 'revocation'];

/** Whether a flow that asks again and again was ended here, since its time was over, and not by the server. */
export function endedHere({ failure, exchange, exchanges }: Asked): boolean {
  return failure.step === 'token' && exchange === undefined && exchanges.length > 0;
}

/** Whether the client proved itself in what failed: not in a browser, but where it asks for a code or pushes its request. */
export function provedItself(asked: Asked): boolean {
  return provesClient.includes(asked.failure.step) || asksElsewhere(asked);
}

/** Whether it is the browser that was sent to the server and came back, for a sign-in. */
export function inBrowser({ failure, exchange, exchanges }: Asked): boolean {
  return (
    ['authorization', 'redirect', 'browser'].includes(failure.step) &&
    exchange?.leg !== 'extension' &&
    !exchanges.some(({ purpose }) => purpose === 'sign_out')
  );
}

/** Whether what failed asks for tokens, or for what leads to them: nothing else names scopes, a grant or a redirect URI. */
export function asksForAccess(asked: Asked): boolean {
  return inBrowser(asked) || ['token', 'refresh'].includes(asked.failure.step) || asksElsewhere(asked);
}

/** Whether it failed at an endpoint that prepares a sign-in: that of devices, backchannel requests or pushed ones. */
function asksElsewhere({ failure, exchange }: Asked): boolean {
  return failure.step === 'authorization' && exchange?.leg === 'extension';
}
