/** Parameters whose value is secret wherever they stand, without case, `_`, `-` and `.`. */
const secretNames: ReadonlySet<string> = new Set([
  ...[
    'clientsecret',
    'secret',
    'appsecret',
    'consumersecret',
    'applicationsecret',
    'password',
    'passwd',
    'pwd',
  ],
  ...['code', 'authorizationcode', 'authcode', 'codeverifier', 'devicecode', 'usercode'],
  ...[
    'accesstoken',
    'refreshtoken',
    'idtoken',
    'idtokenhint',
    'logouttoken',
    'token',
    'bearertoken',
    'authtoken',
  ],
  ...['subjecttoken', 'actortoken', 'sessiontoken', 'securitytoken', 'registrationaccesstoken', 'logintoken'],
  ...[
    'assertion',
    'clientassertion',
    'samlresponse',
    'samlart',
    'wresult',
    'jwt',
    'authorization',
    'privatekey',
  ],
  ...['apikey', 'accesskey', 'sharedkey', 'authreqid', 'session', 'sessionid', 'ticket'],
]);

/** Whether a parameter or JSON member of this name holds a secret; camelCase, snake_case and kebab-case alike. */
export function isSecretName(name: string): boolean {
  return secretNames.has(plainName(name));
}

/** A name without what spellings differ in: `accessToken`, `access_token` and `Access-Token` are the same. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[_.-]/g, '');
}

/**
 * An error code that a JSON response keeps in `code`, such as `AADSTS50011` or `INVALID_LOGIN`: of one case, and too
 * plain for an authorization code.
 */
export function isErrorCode(value: string): boolean {
  return /^(?:[A-Z][A-Z0-9_.-]{0,31}|[a-z][a-z_.-]{0,31}|\d{1,6})$/.test(value);
}
