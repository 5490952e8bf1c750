// How long the failure engine takes for hostile answers of a megabyte: `explain_ms`, the slowest of many; at most 50.
import { loadCatalogue } from '../../src/core/diagnose/catalogue.ts';
import { explainFailure } from '../../src/core/diagnose/explainFailure.ts';
import type { Failure } from '../../src/core/record/failure.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { Exchange } from '../../src/core/record/exchange.ts';
import { authorizationCode, clientCredentials, providersDirectory } from '../core/diagnose/support.ts';

const catalogue = await loadCatalogue(providersDirectory);
const size = 1024 * 1024;
const fillings = [
  'a',
  ' ',
  '<b>',
  '"',
  '\\',
  'AADSTS1 ',
  'scope ',
  '{"error":',
  '(a+)+$',
  '\u202E',
  'Bearer error="',
  '=,',
];
const answers = fillings.map((filling) => filling.repeat(Math.ceil(size / filling.length)).slice(0, size));
const profiles = catalogue.flatMap(({ id }) => [
  clientCredentials({ provider: id, scopes: ['a', 'offline_access'] }),
  authorizationCode({ provider: id }),
]);
// The best of three, because other programs' turns on the processor are not the engine's.
const best = (profile: Profile, answer: ReturnType<typeof played>) =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const started = performance.now();
      explainFailure({ profile, ...answer }, catalogue);
      return performance.now() - started;
    }),
  );
let slowest = 0;
for (let round = 0; round < 2; round++) {
  // The first round warms up: what is measured is the engine, not its compilation.
  slowest = 0;
  for (const answer of answers)
    for (const profile of profiles)
      for (const step of ['token', 'api'] as const) {
        slowest = Math.max(slowest, best(profile, played(answer, step)));
      }
}
console.log(`explain_ms ${slowest.toFixed(1)} ms`);

function played(answer: string, step: 'token' | 'api') {
  const exchange: Exchange = {
    ...{ id: 1, purpose: step, leg: 'extension', startedAt: 0, endedAt: 1, deviations: [] },
    request: {
      method: 'POST',
      url: 'https://login.example.com/token',
      headers: [],
      body: 'client_secret=abcdefgh',
    },
    response: { status: 401, statusText: '', headers: [['www-authenticate', answer]], body: answer },
  };
  const failure: Failure = {
    ...{ kind: 'oauth_error', step, status: 401, exchange: 1, message: '', advice: '' },
    body: { error: 'invalid_client', error_description: answer },
  };
  return { failure, exchanges: [exchange] };
}
