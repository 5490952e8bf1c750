import { variablePart, type VariablePart } from './fields.ts';
import { serverNamed } from './knownServers.ts';

/** Names under which one provider's libraries keep its address. */
const addresses =
  /^((?:\w{1,40}_)?(?:AUTH0|OKTA|ORY|CLERK|KEYCLOAK))_(?:DOMAIN|SDK_URL|PROJECT_URL|FRONTEND_API(?:_URL)?|(?<=KEYCLOAK_)(?:(?:BASE_|SERVER_)?URL))$/i;

/** Which part of which client a variable means, as products call it or as anybody does. */
export function partOf(name: string): VariablePart | undefined {
  const group = addresses.exec(name)?.[1];
  if (group !== undefined) return { part: 'issuer', group };
  // @see https://python-social-auth.readthedocs.io/en/latest/configuration/settings.html
  const [, social, kind] = /^(SOCIAL_AUTH_\w{1,60})_(KEY|SECRET|OIDC_ENDPOINT|DOMAIN)$/.exec(name) ?? [];
  if (social !== undefined)
    return {
      part: kind === 'KEY' ? 'clientId' : kind === 'SECRET' ? 'clientSecret' : 'issuer',
      group: social,
    };
  // As Keycloak's adapters call it. @see https://www.keycloak.org/securing-apps/javascript-adapter
  const [, adapter, end] = /^(keycloak)[._](resource|credentials[._]secret)$/i.exec(name) ?? [];
  if (adapter === undefined) return variablePart(name);
  return { part: end?.toLowerCase() === 'resource' ? 'clientId' : 'clientSecret', group: adapter };
}

/** `GITHUB_ID` and `GITHUB_SECRET`, where there are both, of a server that is known by name. @see https://next-auth.js.org/configuration/providers/oauth */
export function partOfPair(name: string, isThere: ReadonlySet<string>): VariablePart | undefined {
  const [, group, end] = /^(\w{1,60})_(ID|SECRET)$/.exec(name) ?? [];
  if (group === undefined || serverNamed(group) === undefined) return undefined;
  const isPair = isThere.has(`${group}_ID`) && isThere.has(`${group}_SECRET`);
  if (!isPair || isThere.has(`${group}_CLIENT_ID`)) return undefined;
  return { part: end === 'ID' ? 'clientId' : 'clientSecret', group };
}

/** What only its section says the meaning of: `domain` of `auth0`, `tenant_id` of `azuread`. */
export function partInside(section: string, name: string, value: string): VariablePart | undefined {
  // Of n8n: where the client's secret is sent. @see https://docs.n8n.io/integrations/builtin/credentials/httprequest/
  if (/^authentication$/i.test(name) && /^(?:body|header)$/i.test(value))
    return { part: 'clientAuthentication', group: '' };
  // Of lua-resty-openidc, where others say only whether there is such a document.
  if (/^discovery$/i.test(name) && /^https?:/i.test(value)) return { part: 'issuer', group: '' };
  if (/keycloak/i.test(section)) {
    if (/^realm(?:[_-]?name)?$/i.test(name)) return { part: 'realm', group: '' };
    if (/^(?:auth[_-]?)?(?:server|base)[_-]?url$/i.test(name)) return { part: 'issuer', group: '' };
  }
  const found = /^(?:domain|tenant_?id|url)$/i.test(name)
    ? partOf(`${section.replace(/\W/g, '_')}_${name}`.toUpperCase())
    : undefined;
  return found && { ...found, group: '' };
}

/** The value as the part is written: a server's bare name as its address. */
export function valueOf({ part, inFile }: VariablePart, name: string, value: string): string {
  // A placeholder opens the form.
  if (inFile) return `\${file ${name.slice(0, 60)}}`;
  const isBare = addresses.test(name) || /^domain$/i.test(name);
  if (part !== 'issuer' || !isBare || /[:{$<]/.test(value)) return value;
  // Auth0's issuer ends in a slash.
  return `https://${value}${/auth0/i.test(name + value) ? '/' : ''}`;
}
