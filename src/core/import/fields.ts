/** The parts of a profile that other tools name in many ways. */
export type PartName =
  | 'name'
  | 'grant'
  | 'issuer'
  | 'tokenEndpoint'
  | 'authorizationEndpoint'
  | 'deviceAuthorizationEndpoint'
  | 'clientId'
  | 'clientSecret'
  | 'clientAuthentication'
  | 'scope'
  | 'audience'
  | 'resource'
  | 'redirectUri'
  | 'tokenPrefix'
  | 'sentToken'
  | 'tokenPlace';

/** Each part with what it is called elsewhere, in lower case without anything but letters and digits. */
const names: readonly (readonly [PartName, readonly string[]])[] = [
  [
    'tokenEndpoint',
    [
      'accesstokenurl',
      'accesstokenuri',
      'accesstokenendpoint',
      'oauthtokenurl',
      'oauthtokenendpoint',
      'tokenendpoint',
      'tokenurl',
      'tokenuri',
    ],
  ],
  [
    'authorizationEndpoint',
    [
      'authorizationendpoint',
      'authorizationurl',
      'authorizationuri',
      'authorizeendpoint',
      'authorizeurl',
      'authendpoint',
      'authurl',
      'authuri',
    ],
  ],
  [
    'deviceAuthorizationEndpoint',
    [
      'deviceauthorizationendpoint',
      'deviceauthorizationurl',
      'deviceauthurl',
      'devicecodeendpoint',
      'devicecodeurl',
    ],
  ],
  [
    'issuer',
    [
      'discoveryurl',
      'oidcdiscoveryurl',
      'openidconnecturl',
      'issuerurl',
      'issueruri',
      'issuerbaseurl',
      'authorityurl',
      'authority',
      'issuer',
      'wellknownurl',
      'wellknown',
    ],
  ],
  [
    'clientAuthentication',
    [
      'tokenendpointauthmethod',
      'clientauthentication',
      'clientauthenticationmethod',
      'clientauth',
      'clientcredentials',
      'credentialsplacement',
    ],
  ],
  ['clientSecret', ['oauthclientsecret', 'clientsecret', 'appsecret', 'consumersecret']],
  ['clientId', ['oauthclientid', 'clientid', 'appid', 'consumerkey', 'applicationid']],
  ['redirectUri', ['redirecturi', 'redirecturl', 'redirecturis', 'callbackurl', 'callbackuri']],
  ['grant', ['granttype', 'authorizationgranttype', 'flow', 'grant']],
  ['scope', ['scopes', 'scope']],
  ['audience', ['audience', 'audiences']],
  ['resource', ['resource', 'resources']],
  ['tokenPrefix', ['tokenheaderprefix', 'tokenprefix', 'headerprefix']],
  ['sentToken', ['tokensource', 'useidtoken']],
  ['tokenPlace', ['addtokento', 'tokenplacement']],
];

const parts: ReadonlyMap<string, PartName> = new Map(
  names.flatMap(([part, spellings]) => spellings.map((spelling) => [spelling, part] as const)),
);

/** Which part a whole name means, however it is spelled: `Token URL`, `accessTokenUrl`, `token_endpoint`. */
export function partNamed(name: string): PartName | undefined {
  return parts.get(plainName(name));
}

/**
 * Which part a variable's name ends in, and what stands before it: `ORDERS_CLIENT_ID` is the `clientId` of `ORDERS`. The longest
 * end counts, so that `ACCESS_TOKEN_URL` is not the `TOKEN_URL` of `ACCESS`.
 */
export function partAtEnd(
  variable: string,
): { readonly part: PartName; readonly prefix: string } | undefined {
  if (variable.length > 200) return undefined;
  const words = variable.split(/[_.\-\s]+|(?<=[a-z0-9])(?=[A-Z])/).filter(Boolean);
  for (let start = Math.max(0, words.length - 4); start < words.length; start++) {
    const part = partNamed(words.slice(start).join(''));
    if (part === undefined) continue;
    const prefix = words.slice(0, start).join('_');
    // The address to refresh at is no token endpoint of its own.
    return /(^|_)refresh$/i.test(prefix) ? undefined : { part, prefix };
  }
  return undefined;
}

/** Letters and digits of a name, in lower case; nothing when it is too long to be one. */
function plainName(name: string): string {
  return name.length > 60 ? '' : name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
