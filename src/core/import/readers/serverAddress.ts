import { partNamed } from '../fields.ts';
import type { ImportedProfile } from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';
import { issuerOf } from '../toImported.ts';

/** The address of a server or of its discovery document. */
export const serverAddress: Reader = {
  name: 'address of a server',
  recognises: ({ text }) => /^https?:\/\/\S+$/i.test(text.slice(0, 4096)) && text.length <= 4096,
  read: ({ text }) => [fromAddress(text)],
};

/** A pasted discovery document. @see RFC 8414 section 2 */
export const serverMetadata: Reader = {
  name: 'metadata of an authorization server',
  recognises: (source) =>
    typeof rootOf(source)['issuer'] === 'string' &&
    ['token_endpoint', 'authorization_endpoint', 'jwks_uri'].some((name) => name in rootOf(source)) &&
    // With a client, it is somebody's configuration.
    !Object.keys(rootOf(source)).some((name) => partNamed(name) === 'clientId'),
  read: (source) => [fromAddress(String(rootOf(source)['issuer']))],
};

function fromAddress(address: string): ImportedProfile {
  const issuer = issuerOf(address) ?? address;
  const name = URL.canParse(issuer) ? new URL(issuer).host : 'Imported';
  return { entry: { name, grant: 'client_credentials', issuer }, notes: [] };
}
