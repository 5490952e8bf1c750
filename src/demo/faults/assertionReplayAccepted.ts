import { newId, resigned } from './resigned.ts';
import type { Fault } from './fault.ts';

export const assertionReplayAccepted: Fault = {
  id: 'assertion-replay-accepted',
  title: 'Accepts a client assertion again.',
  layer: resigned(() => {
    const used = new Set<string>();
    return ({ signed, claims }) => {
      const { jti = '' } = claims;
      if (!signed || !used.has(jti)) {
        used.add(jti);
        return undefined;
      }
      return { ...claims, jti: newId() };
    };
  }),
};
