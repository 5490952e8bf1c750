import type { Grant } from './profile.ts';

/** Every field of an entry of `oauthExplorer.profiles`, in the order they are written. */
export const profileFields = [
  'id',
  'name',
  'provider',
  'grant',
  'issuer',
  'authorizationEndpoint',
  'tokenEndpoint',
  'clientId',
  'clientAuthentication',
  'basicEncoding',
  'scopes',
  'redirectUri',
  'audience',
  'resource',
  'authorizationParameters',
  'tokenParameters',
  'tokenDialect',
  'trustedCertificate',
  'renew',
] as const;

export type ProfileField = (typeof profileFields)[number];

/** Fields only the authorization code grant uses. */
export const authorizationCodeFields: readonly ProfileField[] = [
  'authorizationEndpoint',
  'redirectUri',
  'authorizationParameters',
];

/** Whether a profile with `grant` uses `field`. */
export function usesField(grant: Grant, field: ProfileField): boolean {
  return grant === 'authorization_code' || !authorizationCodeFields.includes(field);
}

const secretNames = new Set([
  'secret',
  'clientsecret',
  'appsecret',
  'applicationsecret',
  'consumersecret',
  'password',
  'clientpassword',
  'apikey',
  'privatekey',
  'clientassertion',
  'assertion',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'code',
  'codeverifier',
]);

/** Whether a field or parameter of this name would hold a secret, however it is spelled. */
export function looksSecret(name: string): boolean {
  return name.length < 64 && secretNames.has(plain(name));
}

/** What other tools call our fields. */
const otherNames = new Map<string, ProfileField>([
  ['scope', 'scopes'],
  ['granttype', 'grant'],
  ['type', 'grant'],
  ['flow', 'grant'],
  ['issuerurl', 'issuer'],
  ['authority', 'issuer'],
  ['tokenurl', 'tokenEndpoint'],
  ['tokenuri', 'tokenEndpoint'],
  ['accesstokenurl', 'tokenEndpoint'],
  ['authurl', 'authorizationEndpoint'],
  ['authuri', 'authorizationEndpoint'],
  ['authorizationurl', 'authorizationEndpoint'],
  ['authorizeurl', 'authorizationEndpoint'],
  ['client', 'clientId'],
  ['tokenendpointauthmethod', 'clientAuthentication'],
  ['callbackurl', 'redirectUri'],
  ['redirecturl', 'redirectUri'],
  ['resources', 'resource'],
]);

/** The field that an unknown `name` most likely means; absent when none is near. */
export function nearestField(name: string): ProfileField | undefined {
  if (name.length > 40) return undefined;
  const wanted = plain(name);
  const other = otherNames.get(wanted);
  if (other) return other;
  let best: { field: ProfileField; distance: number } | undefined;
  for (const field of profileFields) {
    const distance = editDistance(wanted, plain(field));
    if (!best || distance < best.distance) best = { field, distance };
  }
  const allowed = wanted.length < 5 ? 1 : 2;
  return best && best.distance <= allowed ? best.field : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_\-\s]/g, '');
}

/** Levenshtein's: insertions, deletions and replacements between two short texts. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
