import { sharesWhileUnderWay } from './sharesWhileUnderWay.ts';
import type { Fault } from './fault.ts';

export const codeRace: Fault = {
  id: 'code-race',
  title: 'Gives tokens to every request with a code that comes while the first is under way.',
  layer: sharesWhileUnderWay('authorization_code', 'code'),
};
