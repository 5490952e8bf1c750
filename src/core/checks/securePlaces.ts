import type { BenchServer } from './benchOptions.ts';

/** Why a check of TLS means nothing. */
export const noTls = 'The server is reached by plain http on this computer, where there is no TLS.';

/** The origins at which the user and the client meet the server by https. */
export function securePlaces({ authorizationEndpoint, tokenEndpoint }: BenchServer): readonly string[] {
  const urls = [authorizationEndpoint, tokenEndpoint].flatMap((url) =>
    url === undefined ? [] : [new URL(url)],
  );
  return [...new Set(urls.filter(({ protocol }) => protocol === 'https:').map(({ origin }) => origin))];
}
