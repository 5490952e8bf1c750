/** The parts of a profile that other tools name in many ways. */
export type PartName =
  | 'name'
  | 'grant'
  | 'issuer'
  | 'tokenEndpoint'
  | 'authorizationEndpoint'
  | 'clientId'
  | 'clientSecret'
  | 'clientAuthentication'
  | 'scope'
  | 'audience'
  | 'resource'
  | 'redirectUri';

/** The longest names first, so that `ACCESS_TOKEN_URL` is not the `TOKEN_URL` of `ACCESS`. */
const names: readonly (readonly [PartName, readonly string[]])[] = [
  [
    'tokenEndpoint',
    ['accesstokenurl', 'accesstokenuri', 'oauthtokenurl', 'tokenendpoint', 'tokenurl', 'tokenuri'],
  ],
  [
    'authorizationEndpoint',
    [
      'authorizationendpoint',
      'authorizationurl',
      'authorizationuri',
      'authorizeendpoint',
      'authorizeurl',
      'authurl',
      'authuri',
    ],
  ],
  [
    'issuer',
    ['discoveryurl', 'issuerurl', 'issueruri', 'authorityurl', 'authority', 'issuer', 'wellknownurl'],
  ],
  ['clientAuthentication', ['tokenendpointauthmethod', 'clientauthentication', 'clientcredentials']],
  ['clientSecret', ['oauthclientsecret', 'clientsecret', 'appsecret', 'consumersecret']],
  ['clientId', ['oauthclientid', 'clientid', 'appid', 'consumerkey', 'applicationid']],
  ['redirectUri', ['redirecturi', 'redirecturl', 'callbackurl', 'callbackuri']],
  ['grant', ['granttype', 'flow', 'grant']],
  ['scope', ['scopes', 'scope']],
  ['audience', ['audience']],
  ['resource', ['resource']],
];

/** Which part a whole name means, however it is spelled: `Token URL`, `accessTokenUrl`, `token_endpoint`. */
export function partNamed(name: string): PartName | undefined {
  const plain = plainName(name);
  return names.find(([, known]) => known.includes(plain))?.[0];
}

/**
 * Which part a variable's name ends in, and what stands before it: `ORDERS_CLIENT_ID` is the `clientId` of `ORDERS`.
 */
export function partAtEnd(
  variable: string,
): { readonly part: PartName; readonly prefix: string } | undefined {
  const words = variable.split(/[_.\-\s]+|(?<=[a-z0-9])(?=[A-Z])/).filter(Boolean);
  for (let start = Math.max(0, words.length - 4); start < words.length; start++) {
    const part = partNamed(words.slice(start).join(''));
    if (part !== undefined) return { part, prefix: words.slice(0, start).join('_') };
  }
  return undefined;
}

function plainName(name: string): string {
  return name.length > 60 ? '' : name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
