import { sharesWhileUnderWay } from './sharesWhileUnderWay.ts';
import type { Fault } from './fault.ts';

export const refreshRace: Fault = {
  id: 'refresh-race',
  title: 'Renews for every request with a refresh token that comes while the first is under way.',
  layer: sharesWhileUnderWay('refresh_token', 'refresh_token'),
};
