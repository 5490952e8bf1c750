import { clientAuthentications, grants } from '../profile/profile.ts';
import { pairsOf, type ProfileDraft } from './draft.ts';

/** As much of a settings entry as can be shown in the form, however incomplete or wrong it is. */
export function entryDraft(entry: Readonly<Record<string, unknown>>): Partial<ProfileDraft> {
  const authorizationEndpoint = text(entry['authorizationEndpoint']);
  const tokenEndpoint = text(entry['tokenEndpoint']);
  return {
    ...texts(entry, [
      'id',
      'name',
      'provider',
      'issuer',
      'clientId',
      'redirectUri',
      'audience',
      'tokenDialect',
      'trustedCertificate',
    ]),
    ...choice('grant', entry['grant'], grants),
    ...choice('clientAuthentication', entry['clientAuthentication'], clientAuthentications),
    ...(authorizationEndpoint !== undefined && { authorizationEndpoint }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    scopes: list(entry['scopes']),
    resource: list(entry['resource']),
    authorizationParameters: pairsOf(parameters(entry['authorizationParameters'])),
    tokenParameters: pairsOf(parameters(entry['tokenParameters'])),
    renew: entry['renew'] === true,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts<Name extends string>(
  entry: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found = names.flatMap((name) => (typeof entry[name] === 'string' ? [[name, entry[name]]] : []));
  return Object.fromEntries(found) as Partial<Record<Name, string>>;
}

function choice<Name extends string, Value extends string>(
  name: Name,
  value: unknown,
  values: readonly Value[],
): Partial<Record<Name, Value>> {
  const chosen = values.find((one) => one === value);
  return chosen === undefined ? {} : ({ [name]: chosen } as Record<Name, Value>);
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter((item) => typeof item === 'string');
}

function parameters(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, item]) => typeof item === 'string'));
}
