import { Gathered } from '../gathered.ts';
import { listOf, textOf, type Found, type Json } from '../imported.ts';
import { goesThroughBrowser } from '../../productLists.ts';
import { rootOf, type Reader } from '../reader.ts';

/** The answer of a dynamic client registration. @see RFC 7591 section 3.2.1 */
export const registration: Reader = {
  name: 'client registration answer',
  recognises: (source) => {
    const root = rootOf(source);
    const signs = [
      'redirect_uris',
      'grant_types',
      'token_endpoint_auth_method',
      'client_id_issued_at',
      'registration_client_uri',
    ];
    return typeof root['client_id'] === 'string' && signs.some((name) => name in root);
  },
  read: (source) => fromAnswer(rootOf(source)),
};

/** @see RFC 7591 section 2: `authorization_code` and `client_secret_basic` unless the answer says otherwise, or gives no secret */
function fromAnswer(root: Json): Found[] {
  const grants = listOf(root['grant_types']).flatMap((grant) => textOf(grant) ?? []);
  const used = (grants.length === 0 ? ['authorization_code'] : grants).filter(
    (grant) => grant !== 'refresh_token',
  );
  return used.map((grant) => fromGrant(root, grant, used.length > 1));
}

function fromGrant(root: Json, grant: string, several: boolean): Found {
  const gathered = new Gathered();
  gathered.put('grant', grant);
  gathered.put('clientId', root['client_id']);
  gathered.put('clientSecret', root['client_secret']);
  gathered.put(
    'clientAuthentication',
    root['token_endpoint_auth_method'] ?? ('client_secret' in root ? 'client_secret_basic' : 'none'),
  );
  gathered.put('scope', root['scope']);
  if (goesThroughBrowser(grant)) gathered.put('redirectUri', root['redirect_uris']);
  // Some servers add what the answer itself has no member for.
  gathered.put('issuer', root['issuer']);
  gathered.put('tokenEndpoint', root['token_endpoint']);
  gathered.put('authorizationEndpoint', root['authorization_endpoint']);
  const place = textOf(root['registration_client_uri']) ?? '';
  if (
    gathered.get('issuer') === undefined &&
    gathered.get('tokenEndpoint') === undefined &&
    URL.canParse(place)
  )
    gathered.notes.push(
      `It was registered at ${new URL(place).host}, whose issuer the answer does not name.`,
    );
  if ('registration_access_token' in root)
    gathered.notes.push(
      'The registration access token was left out: it manages the client, and no profile uses it.',
    );
  const ends = root['client_secret_expires_at'];
  if (typeof ends === 'number' && ends > 0 && ends < 8.64e12)
    gathered.notes.push(`The client secret ends at ${new Date(ends * 1000).toISOString()}.`);
  const name = textOf(root['client_name']) ?? 'Registered client';
  return gathered.finish(several ? `${name} (${grant.replace(/^.*:/, '')})` : name, { registered: true });
}
