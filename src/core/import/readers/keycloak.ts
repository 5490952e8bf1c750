import { Gathered } from '../gathered.ts';
import { listOf, textOf, textsOf, type Found, type Json } from '../imported.ts';
import { goesThroughBrowser } from '../../productLists.ts';
import { rootOf, type Reader, type Source } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/** An adapter's `keycloak.json`. @see https://www.keycloak.org/securing-apps/javascript-adapter */
export const keycloak: Reader = {
  name: 'Keycloak adapter',
  recognises: (source) => adapterIn(source) !== undefined,
  read: (source) => [adapterIn(source)].flatMap((adapter) => (adapter ? [fromAdapter(adapter)] : [])),
};

/** The file itself, or what stands under `keycloak` in the settings of an application. */
function adapterIn(source: Source): Json | undefined {
  return [rootOf(source), objectOf(rootOf(source)['keycloak'])].find(
    (json) => 'realm' in json && ('auth-server-url' in json || 'url' in json) && clientOf(json) !== undefined,
  );
}

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
  const isPublic = root['public-client'] === true || Object.keys(credentials).length === 0;
  const { secret, 'secret-jwt': signed, ...otherCredentials } = isPublic ? {} : credentials;
  gathered.put('clientSecret', secret ?? objectOf(signed)['secret']);
  const other = ['jwt', 'secret-jwt'].find((kind) => kind in credentials);
  // Only a service has credentials and no users that sign in.
  if (root['bearer-only'] === true)
    gathered.notes.push(
      'The client is bearer-only in this file: it checks tokens. Whether it may get any is set in Keycloak.',
    );
  gathered.put('grant', isPublic ? 'authorization_code' : 'client_credentials');
  gathered.put('clientAuthentication', other ?? (isPublic ? 'none' : 'basic'));
  const { algorithm = 'HS256' } = objectOf(signed);
  sayLeft(gathered, root, {
    ...(isPublic ? credentials : otherCredentials),
    ...(algorithm !== 'HS256' && { 'secret-jwt.algorithm': algorithm }),
  });
  if (root['ssl-required'] === 'none')
    gathered.notes.push('The adapter works without TLS; profiles need https but for this machine.');
  return gathered.finish(gathered.get('clientId') ?? realm);
}

/** What an adapter's file says beside what was read, by name: keys above all. */
function sayLeft(gathered: Gathered, root: Json, credentials: Json): void {
  const read =
    /^(?:realm|auth-server-url|url|resource|clientId|credentials|public-client|bearer-only|ssl-required)$/;
  const names = [
    ...Object.keys(credentials).map((name) => `credentials.${name}`),
    ...Object.keys(root).filter((name) => !read.test(name)),
  ].map((name) => `“${name.slice(0, 60)}”`);
  if (names.length > 0) gathered.notes.push(`Not taken over: ${names.slice(0, 20).join(', ')}.`);
}

/** A realm as Keycloak exports it, with its clients, or one client alone. @see https://www.keycloak.org/server/importExport */
export const keycloakRealm: Reader = {
  name: 'Keycloak export',
  recognises: (source) =>
    clientsIn(rootOf(source)).some((client) => 'clientId' in client && signs.some((sign) => sign in client)),
  read: (source) => clientsIn(rootOf(source)).flatMap((client) => fromClient(client, rootOf(source))),
};

/** Flows that an attribute switches on. @see https://www.keycloak.org/docs/latest/server_admin/#capability-config */
const byAttribute = [
  ['oauth2.device.authorization.grant.enabled', 'urn:ietf:params:oauth:grant-type:device_code'],
  ['oidc.ciba.grant.enabled', 'urn:openid:params:grant-type:ciba'],
] as const;

const signs = [
  'publicClient',
  'standardFlowEnabled',
  'serviceAccountsEnabled',
  'clientAuthenticatorType',
  'bearerOnly',
];

/** Every realm has them, and no application is one. */
const ownClients =
  /^(?:account|account-console|admin-cli|broker|realm-management|security-admin-console|[\w-]{1,100}-realm)$/;

function clientsIn(root: Json): readonly Json[] {
  return 'clientId' in root ? [root] : listOf(root['clients']).map(objectOf);
}

/** One profile for each of its flows. */
function fromClient(client: Json, root: Json): Found[] {
  const id = textOf(client['clientId']) ?? '';
  const called = `“${id.slice(0, 100)}”`;
  if (ownClients.test(id)) return [];
  if (client['enabled'] === false) return [`${called} is switched off; it was left out.`];
  if ((client['protocol'] ?? 'openid-connect') !== 'openid-connect')
    return [`${called} is a SAML client; it was left out.`];
  const grants = [
    // Of what is written by hand, it is on unless it says otherwise.
    ...((client['standardFlowEnabled'] ?? true) === true ? ['authorization_code'] : []),
    ...(client['serviceAccountsEnabled'] === true ? ['client_credentials'] : []),
    ...byAttribute.flatMap(([name, grant]) =>
      String(objectOf(client['attributes'])[name]) === 'true' ? [grant] : [],
    ),
  ];
  if (grants.length === 0 || client['bearerOnly'] === true)
    return [`${called} has none of the flows that are known here; it was left out.`];
  return grants.map((grant) => fromFlow(client, root, { id, grant, several: grants.length > 1 }));
}

function fromFlow(
  client: Json,
  root: Json,
  { id, grant, several }: { readonly id: string; readonly grant: string; readonly several: boolean },
): Found {
  const gathered = new Gathered();
  const realm = textOf(root['realm']);
  const server = textOf(objectOf(root['attributes'])['frontendUrl'])?.replace(/\/{1,9}$/, '');
  if (server === undefined || realm === undefined)
    gathered.problems.push(
      `The export does not say where the server is: the issuer is its address with /realms/${realm ?? '…'} behind it.`,
    );
  else gathered.put('issuer', `${server}/realms/${realm}`);
  gathered.put('clientId', id);
  gathered.put('grant', grant);
  const kind = textOf(client['clientAuthenticatorType'])?.replace(/^client-secret$/, 'basic') ?? 'basic';
  gathered.put(
    'clientAuthentication',
    client['publicClient'] === true ? 'none' : kind.replace('client-jwt', 'private_key_jwt'),
  );
  if (client['publicClient'] !== true) gathered.put('clientSecret', client['secret']);
  if (goesThroughBrowser(grant)) {
    const isWhole = (uri: string) => !uri.includes('*');
    gathered.put('redirectUri', (textsOf(client['redirectUris']) ?? []).filter(isWhole));
  }
  return gathered.finish(several ? `${id} (${grant})` : id);
}
