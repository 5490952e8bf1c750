import { getDocument } from '../../mcp/document.ts';
import { resourceMetadataPlaces } from '../../mcp/serverUrl.ts';
import { texts } from '../../mcp/resourceMetadata.ts';
import { rfc } from '../../source.ts';
import type { ApiBench } from '../apiBench.ts';
import type { Check } from '../check.ts';
import { notApplicable, pass, weakness } from '../judgement.ts';
import { findingCheck, notReached } from './findingCheck.ts';
import { mcp } from './sources.ts';

/** The document comes from where the server says it is. */
export const document = findingCheck({
  name: 'document',
  title: 'The protected-resource document can be read',
  tries: 'Gets the document from where the challenge says, else from its well-known places.',
  expects: 'Status 200, application/json, a JSON object.',
  judged: 'No document, or none where the challenge says, fails; another media type is a weakness.',
  sources: [rfc(9728, '3.2'), rfc(9728, '3.1')],
  needs: 'document',
  verdicts: {
    challenge_metadata_unusable: 'fail',
    resource_metadata_missing: 'fail',
    resource_metadata_unusable: 'weakness',
    resource_metadata_media_type: 'weakness',
  },
  good: 'The document comes with 200 as application/json.',
});

/** The document is about this server. */
export const resource = findingCheck({
  name: 'resource',
  title: 'The document’s resource is the URL of the server',
  tries: 'Compares resource with the URL, exactly and as known clients do.',
  expects: 'The same text.',
  judged:
    'Another resource fails. One that stands above the URL, or differs by a slash, keeps some clients out: a weakness.',
  sources: [rfc(9728, '3.3'), mcp('canonical server URI', 'canonical-server-uri')],
  needs: 'document',
  verdicts: { resource_absent: 'fail', resource_differs: 'fail', resource_slash: 'weakness' },
  good: 'The document’s resource is the URL of the server.',
});

/** The document names an authorization server that may be asked. */
export const authorizationServers = findingCheck({
  name: 'authorization-servers',
  title: 'The document names an authorization server',
  tries: 'Reads authorization_servers.',
  expects: 'At least one issuer: an https URL, or http on this computer from a server on it.',
  judged: 'None, or one that no client may ask, fails.',
  sources: [rfc(9728, '2'), rfc(9728, '7.6')],
  needs: 'document',
  verdicts: { authorization_servers_absent: 'fail', authorization_server_refused: 'fail' },
  good: 'The document names an authorization server.',
});

/** Scopes that are the authorization server's are not the resource's. */
export const offlineAccess = findingCheck({
  name: 'offline-access',
  title: 'The document does not list offline_access',
  tries: 'Reads scopes_supported of the document.',
  expects: 'Scopes of the server only.',
  judged: 'offline_access is a weakness: clients that ask for all scopes are refused.',
  sources: [mcp('scope selection', 'scope-selection-strategy'), rfc(9728, '2')],
  needs: 'document',
  verdicts: { offline_access_listed: 'weakness' },
  good: 'offline_access is not among the document’s scopes.',
});

/** Clients look at different places first. */
export const copies: Check<ApiBench> = {
  id: 'mcp.copies',
  area: 'mcp',
  title: 'All copies of the document say the same',
  tries:
    'Gets the document from the challenge’s address, the well-known one with the path, and that of the host.',
  expects: 'Where there is more than one, resource and authorization_servers are the same.',
  judged: 'Copies that differ are a weakness: clients that look elsewhere first go another way.',
  sources: [
    rfc(9728, '3.1'),
    mcp('protected resource metadata discovery', 'protected-resource-metadata-discovery-requirements'),
  ],
  needs: {},
  requests: 3,
  signIns: 0,
  async run(bench) {
    const exploration = await bench.explored();
    const missing = notReached(exploration, 'document');
    if (missing !== undefined) return missing;
    const { answer } = exploration;
    const named =
      answer.kind === 'challenge' || answer.kind === 'refused'
        ? answer.challenged.bearer?.resourceMetadata
        : undefined;
    const url = new URL(exploration.url);
    const copies: { readonly url: string; readonly says: string }[] = [];
    for (const place of resourceMetadataPlaces(url, named)) {
      const found = await getDocument(place.url, url, bench.context);
      if (found.outcome !== 'found') continue;
      const { resource: about, authorization_servers: servers } = found.members;
      const says = JSON.stringify([typeof about === 'string' ? about : null, texts(servers) ?? []]);
      // The document of the host may be that of another server there.
      if (
        place.kind === 'root' &&
        about !== exploration.resource?.resource?.documented &&
        about === url.origin
      )
        continue;
      copies.push({ url: place.url, says });
    }
    const [first, ...others] = copies;
    if (first === undefined || others.length === 0)
      return notApplicable('The document is at one place only.');
    const other = others.find(({ says }) => says !== first.says);
    if (other === undefined) return pass('All copies of the document say the same.');
    return weakness(
      `The documents at ${first.url.slice(0, 300)} and ${other.url.slice(0, 300)} differ in resource or authorization_servers.`,
      'Serve the same document at each address, or only one of them.',
    );
  },
};
