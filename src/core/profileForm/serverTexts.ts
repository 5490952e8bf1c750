import type { DiscoveryModel } from '../../shared/views/profileForm.ts';
import type { ServerFacts } from './serverFacts.ts';
import type { ProfileFormState } from './state.ts';
import { shorten, shortList } from './texts.ts';

/** What is said below the issuer about its metadata. */
export function discoveryModel({ discovery }: ProfileFormState): DiscoveryModel {
  switch (discovery.kind) {
    case 'idle':
      return discovery;
    case 'running':
      return { kind: 'running', text: `Looking up the metadata of ${shorten(discovery.issuer, 200)}…` };
    case 'found':
      return { kind: 'found', ...foundTexts(discovery.facts) };
    case 'failed': {
      const { kind, text, advice, certificate, endpoints } = discovery;
      return { kind, text, advice, certificate, ...(endpoints !== undefined && { endpoints: true }) };
    }
  }
}

function foundTexts(facts: ServerFacts): { readonly text: string; readonly facts: readonly string[] } {
  const specification = facts.kind === 'openid' ? 'OpenID Connect' : 'OAuth 2.0';
  const pkce = facts.challengeMethods?.includes('S256')
    ? 'PKCE with S256 is announced.'
    : 'PKCE is not announced, which proves nothing: it is always used.';
  return {
    text: `Found ${specification} metadata and filled in what it says.`,
    facts: [
      `Read from ${shorten(facts.document, 300)}`,
      ...(facts.grants ? [`Grants: ${shortList(facts.grants, 8)}.`] : []),
      ...(facts.scopes ? [`Scopes: ${facts.scopes.length} are announced; they are suggested below.`] : []),
      pkce,
    ],
  };
}

/** The server's metadata, once it is known. */
export function factsOf({ discovery }: ProfileFormState): ServerFacts | undefined {
  return discovery.kind === 'found' ? discovery.facts : undefined;
}
