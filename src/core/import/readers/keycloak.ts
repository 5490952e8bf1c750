import { Gathered } from '../gathered.ts';
import { textOf, type Found, type Json } from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/** An adapter's `keycloak.json`. @see https://www.keycloak.org/securing-apps/javascript-adapter */
export const keycloak: Reader = {
  name: 'Keycloak adapter',
  recognises: (source) =>
    'realm' in rootOf(source) &&
    ('auth-server-url' in rootOf(source) || 'url' in rootOf(source)) &&
    clientOf(rootOf(source)) !== undefined,
  read: (source) => [fromAdapter(rootOf(source))],
};

function clientOf(root: Json): string | undefined {
  return textOf(root['resource'] ?? root['clientId']);
}

function fromAdapter(root: Json): Found {
  const gathered = new Gathered();
  const server = (textOf(root['auth-server-url'] ?? root['url']) ?? '').replace(/\/{1,9}$/, '');
  const realm = textOf(root['realm']) ?? '';
  gathered.put('issuer', `${server}/realms/${realm}`, 'auth-server-url');
  gathered.put('clientId', clientOf(root));
  const credentials = objectOf(root['credentials']);
  gathered.put('clientSecret', credentials['secret']);
  const isPublic = root['public-client'] === true || Object.keys(credentials).length === 0;
  const other = ['jwt', 'secret-jwt'].find((kind) => kind in credentials);
  // Only a service has credentials and no users that sign in.
  if (root['bearer-only'] === true)
    gathered.notes.push(
      'The client is bearer-only in this file: it checks tokens. Whether it may get any is set in Keycloak.',
    );
  gathered.put('grant', isPublic ? 'authorization_code' : 'client_credentials');
  gathered.put('clientAuthentication', other ?? (isPublic ? 'none' : 'basic'));
  if (root['ssl-required'] === 'none')
    gathered.notes.push('The adapter works without TLS; profiles need https but for this machine.');
  return gathered.finish(clientOf(root) ?? realm);
}
