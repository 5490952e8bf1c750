import { pinnedFetch } from '../core/http/pinnedFetch.ts';
import { discoverFacts } from '../core/profileForm/discoverFacts.ts';
import type { DiscoverRequest } from '../core/profileForm/formPorts.ts';
import type { ServerFacts } from '../core/profileForm/serverFacts.ts';
import { networkFetch } from '../adapters/network.ts';
import type { Services } from './services.ts';
import { requestTimeout } from './settings.ts';

/**
 * Reads a server's metadata without the cache: whoever edits a profile may just have changed the server.
 *
 * @throws FailureError
 */
export async function readServer(
  { clock, runner }: Pick<Services, 'clock' | 'runner'>,
  request: DiscoverRequest,
): Promise<ServerFacts> {
  const { issuer, signal, trustedCertificate } = request;
  const fetch =
    trustedCertificate === undefined ? networkFetch : pinnedFetch(trustedCertificate, networkFetch);
  runner.metadata.clear(issuer);
  return discoverFacts(issuer, { fetch, clock, timeout: requestTimeout() }, signal);
}
