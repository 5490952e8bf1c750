import { Gathered } from '../gathered.ts';
import { listOf, textOf, type Found, type Json } from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';

/** The metadata of a protected resource: where to get tokens for an API. @see RFC 9728 section 2 */
export const protectedResource: Reader = {
  name: 'protected resource metadata',
  recognises: (source) =>
    typeof rootOf(source)['resource'] === 'string' &&
    ('authorization_servers' in rootOf(source) || 'bearer_methods_supported' in rootOf(source)),
  read: (source) => fromMetadata(rootOf(source)),
};

function fromMetadata(root: Json): Found[] {
  const servers = listOf(root['authorization_servers']).flatMap((server) => textOf(server) ?? []);
  const name = textOf(root['resource_name']) ?? hostOf(textOf(root['resource']) ?? '');
  if (servers.length === 0)
    return [`“${name.slice(0, 100)}” names no authorization server (authorization_servers is missing).`];
  return servers.map((issuer) => {
    const gathered = new Gathered();
    gathered.put('issuer', issuer);
    gathered.put('grant', 'authorization_code');
    gathered.put('resource', root['resource']);
    gathered.put('scope', root['scopes_supported'], 'scopes_supported');
    if (listOf(root['scopes_supported']).length > 1)
      gathered.notes.push('All scopes of the resource are asked for; remove those you do not need.');
    return gathered.finish(servers.length > 1 ? `${name} (${hostOf(issuer)})` : name);
  });
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address.slice(0, 100);
}
