import { Gathered } from '../gathered.ts';
import { listOf, textOf, type Found, type Json } from '../imported.ts';
import { nodesIn, type Reader } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/** A service key or binding of SAP's XSUAA or Identity Authentication, alone, within another service's key, or in `VCAP_SERVICES`. */
export const sapServiceKey: Reader = {
  name: 'SAP service key',
  recognises: (source) => nodesIn(source).some((node) => keysIn(node).length > 0),
  read: (source) => nodesIn(source).flatMap((node) => keysIn(node).map(([name, key]) => fromKey(name, key))),
};

function keysIn(root: Json): readonly (readonly [string, Json])[] {
  const services = Object.values(objectOf(root['VCAP_SERVICES'] ?? root))
    .flatMap((list) => listOf(list))
    .map(objectOf)
    .map((binding) => [textOf(binding['name']), objectOf(binding['credentials'])] as const);
  // Several keys are an object or a list of them, each by its name.
  const named = Object.entries(root)
    .filter(([name, value]) => !/^(?:uaa|credentials)$/.test(name) && !('tokenurl' in objectOf(value)))
    .flatMap(([name, value]) => {
      const key = objectOf(value);
      return [[name, key] as const, [name, objectOf(key['credentials'])] as const];
    });
  const alone = [root, objectOf(root['credentials'])].map((place) => [undefined, place] as const);
  return [...alone, ...named, ...services].flatMap(([name, place]) =>
    [place, objectOf(place['uaa'])].flatMap((key) => {
      const called = name ?? textOf(key['xsappname']) ?? textOf(key['identityzone']) ?? 'SAP';
      return typeof key['clientid'] === 'string' && typeof key['url'] === 'string'
        ? [[called, key] as const]
        : [];
    }),
  );
}

/** @see https://help.sap.com/docs/btp/sap-business-technology-platform/retrieve-credentials-for-remote-applications */
function fromKey(name: string, key: Json): Found {
  const gathered = new Gathered();
  const url = (textOf(key['url']) ?? '').replace(/\/{1,9}$/, '');
  const path = /\.accounts(?:400)?\.ondemand\.com$|\.accounts\.cloud\.sap$/.test(url)
    ? '/oauth2/token'
    : '/oauth/token';
  const type = textOf(key['credential-type']) ?? '';
  const isCertificate = /^x509/i.test(type) || (key['clientsecret'] === undefined && 'certificate' in key);
  // Where certificates are looked at, which is another host than that of secrets.
  const host = (isCertificate ? textOf(key['certurl']) : undefined)?.replace(/\/{1,9}$/, '') ?? url;
  gathered.put('tokenEndpoint', textOf(key['token_endpoint']) ?? host + path, 'url');
  gathered.put('clientId', key['clientid']);
  gathered.put('clientSecret', key['clientsecret']);
  gathered.put('grant', 'client_credentials');
  if (isCertificate) {
    gathered.put('clientAuthentication', 'tls_client_auth', 'credential-type');
    gathered.notes.push(
      'The certificate and its key were left out: keys are not imported. Give this file when they are asked for.',
    );
  } else {
    // XSUAA takes a Basic pair as it is, and its ids and secrets hold characters that the standard has encoded.
    const inBody = path === '/oauth/token';
    gathered.put('clientAuthentication', inBody ? 'client_secret_post' : 'client_secret_basic');
  }
  return gathered.finish(name);
}
