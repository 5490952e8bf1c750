import type { PartName } from './fields.ts';
import { Gathered } from './gathered.ts';
import type { Found } from './imported.ts';

/** What the parts of a client are called, in lower case without blanks. */
const parts: Readonly<Record<string, PartName>> = {
  clientid: 'clientId',
  appid: 'clientId',
  applicationid: 'clientId',
  applicationclientid: 'clientId',
  clientsecret: 'clientSecret',
  secret: 'clientSecret',
  appkey: 'clientSecret',
  applicationkey: 'clientSecret',
  tenantid: 'tenant',
  authorityid: 'tenant',
  authority: 'issuer',
  redirecturi: 'redirectUri',
  replyurl: 'redirectUri',
};

/** Where the API is that a token is for. */
const addresses = ['url', 'serviceuri', 'server', 'datasource'];

/** What only connection strings of Microsoft's that hold an application have: Dataverse, Azure's libraries, Kusto. */
const signs = ['authtype', 'runas', 'fed'];

/**
 * The application in a connection string of Dataverse, of Azure’s libraries or of Kusto; absent where it is none.
 *
 * @param tenant what is named beside it, where it names none itself.
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/xrm-tooling/use-connection-strings-xrm-tooling-connect
 * @see https://learn.microsoft.com/kusto/api/connection-strings/kusto
 */
export function fromConnectionString(text: string, name: string, tenant?: string): Found | undefined {
  if (text.length > 4000 || !/^[\w ]{2,40}=[^;\n]*;/.test(text.trim())) return undefined;
  const values = new Map(
    text.split(';').flatMap((pair) => {
      const [, key, value] = /^([^=]{1,40})=(.*)$/s.exec(pair) ?? [];
      const plain = key?.toLowerCase().replace(/\s/g, '') ?? '';
      return value === undefined ? [] : [[plain, value.trim().replace(/^(["'])(.*)\1$/, '$2')] as const];
    }),
  );
  const isApplication = [...values.keys()].some((key) => parts[key] === 'clientId');
  if (!isApplication || !signs.some((sign) => values.has(sign))) return undefined;
  const gathered = new Gathered();
  for (const [key, value] of values) {
    const part = parts[key];
    if (part !== undefined) gathered.put(part, value, key);
  }
  if (gathered.get('tenant') === undefined && gathered.get('issuer') === undefined)
    gathered.put('tenant', tenant);
  const [api] = addresses.flatMap((key) => values.get(key) ?? []);
  if (api !== undefined && URL.canParse(api)) gathered.put('scope', `${new URL(api).origin}/.default`);
  const signsIn = /^oauth$/i.test(values.get('authtype') ?? '');
  gathered.put('grant', signsIn ? 'authorization_code' : 'client_credentials');
  // Entra takes a certificate as the key of an assertion.
  const hasKey = values.has('thumbprint') || values.has('applicationcertificatethumbprint');
  if (hasKey) gathered.put('clientAuthentication', 'private_key_jwt');
  if (values.has('password')) gathered.notes.push('The user’s name and password were left out.');
  return gathered.finish(name);
}
