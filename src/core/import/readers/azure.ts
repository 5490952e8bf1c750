import { entraServer, publicCloud } from '../entra.ts';
import { Gathered } from '../gathered.ts';
import { listOf, textOf, textsOf, type Found, type Json } from '../imported.ts';
import { nodesIn, rootOf, type Reader } from '../reader.ts';
import { looseObjects } from './looseObjects.ts';
import { objectOf } from '../../../shared/json.ts';

/** A service principal as `az ad sp create-for-rbac` prints it, with or without `--json-auth` (`--sdk-auth`). */
export const azurePrincipal: Reader = {
  name: 'Azure service principal',
  recognises: (source) => nodesIn(source).some(isPrincipal),
  read: (source) => nodesIn(source).filter(isPrincipal).map(fromPrincipal),
};

function isPrincipal(node: Json): boolean {
  return (
    ('clientId' in node && 'tenantId' in node && !('AzureAd' in node)) ||
    ('appId' in node && 'tenant' in node)
  );
}

/** The `AzureAd` (or `AzureAdB2C`, `EntraId`) sections of an `appsettings.json`. @see https://learn.microsoft.com/entra/identity-platform/scenario-web-app-sign-user-app-configuration */
export const azureAppSettings: Reader = {
  name: 'appsettings.json of Microsoft.Identity.Web',
  recognises: (source) => sectionsOf(rootOf(source)).length > 0,
  *read(source) {
    const root = rootOf(source);
    const sections = sectionsOf(root);
    yield* sections.map(([name, section]) => fromSection(name, section));
    const others = Object.entries(root).filter(([name]) => !sections.some(([own]) => own === name));
    yield* looseObjects.read({ ...source, documents: [Object.fromEntries(others)] });
  },
};

/** What only a directory of Entra has: other products' sections have a client and a domain, too, and a server of their own. */
function isEntra(name: string, section: Json): boolean {
  return (
    'TenantId' in section ||
    'Instance' in section ||
    /^(?:AzureAd|Entra)/i.test(name) ||
    /\.onmicrosoft\.(?:com|us|cn)$/i.test(textOf(section['Domain']) ?? '')
  );
}

function fromPrincipal(root: Json): Found {
  const gathered = new Gathered();
  const instance = textOf(root['activeDirectoryEndpointUrl']) ?? publicCloud;
  putTenant(gathered, instance, textOf(root['tenantId'] ?? root['tenant']) ?? '');
  gathered.put('clientId', root['clientId'] ?? root['appId']);
  gathered.put('clientSecret', root['clientSecret'] ?? root['password']);
  gathered.put('grant', 'client_credentials');
  gathered.put('clientAuthentication', 'client_secret_post');
  const api = textOf(root['resourceManagerEndpointUrl'])?.replace(/\/{1,9}$/, '');
  if (api !== undefined) gathered.put('scope', `${api}/.default`);
  return gathered.finish(textOf(root['displayName']) ?? textOf(root['name']) ?? 'Azure service principal');
}

function sectionsOf(root: Json): readonly (readonly [string, Json])[] {
  return Object.entries(root)
    .map(([name, section]) => [name, objectOf(section)] as const)
    .filter(
      ([name, section]) =>
        'ClientId' in section &&
        isEntra(name, section) &&
        ['TenantId', 'Instance', 'Domain'].some((key) => key in section),
    );
}

function fromSection(name: string, section: Json): Found {
  const gathered = new Gathered();
  const instance = textOf(section['Instance']) ?? publicCloud;
  const policy = textOf(section['SignUpSignInPolicyId']);
  const tenant = textOf(section['TenantId']) ?? textOf(section['Domain']) ?? '';
  putTenant(
    gathered,
    instance,
    policy === undefined ? tenant : `${textOf(section['Domain']) ?? tenant}/${policy}`,
  );
  gathered.put('clientId', section['ClientId'], 'ClientId');
  const credentials = [section['ClientCredentials'], section['ClientCertificates']]
    .flatMap(listOf)
    .map(objectOf);
  const inList = credentials.find((one) => textOf(one['ClientSecret']) !== undefined);
  gathered.put('clientSecret', section['ClientSecret'] ?? inList?.['ClientSecret'], 'ClientSecret');
  const other = credentials.find((one) => one !== inList && textOf(one['SourceType']) !== undefined);
  if (other && !inList && !('ClientSecret' in section)) putProof(gathered, textOf(other['SourceType']) ?? '');
  const path = textOf(section['CallbackPath']);
  // A service that has neither a page to come back to nor a policy for users gets tokens for itself.
  const hasSecret = textOf(section['ClientSecret']) !== undefined || credentials.length > 0;
  const signsIn = path !== undefined || policy !== undefined;
  gathered.put('grant', !signsIn && hasSecret ? 'client_credentials' : 'authorization_code');
  if (path !== undefined)
    gathered.notes.push(
      `The application comes back to ${path.slice(0, 100)} on its own host; register http://localhost too.`,
    );
  gathered.put('scope', textsOf(section['Scopes']), 'Scopes');
  return gathered.finish(textOf(section['Domain']) ?? name);
}

/** A certificate signs an assertion; what another service signs is none of the client's own. @see https://learn.microsoft.com/entra/msidweb/authentication/credentials/certificates */
function putProof(gathered: Gathered, source: string): void {
  const isAnothers = /^(?:SignedAssertion|ManagedIdentity)/i.test(source);
  gathered.put(
    'clientAuthentication',
    isAnothers ? 'federated assertion' : 'private_key_jwt',
    'ClientCredentials',
  );
  if (isAnothers)
    gathered.problems.push(
      `“${source.slice(0, 60)}” was not taken over: say where the assertion comes from.`,
    );
}

function putTenant(gathered: Gathered, instance: string, tenant: string): void {
  const { issuer, tokenEndpoint, authorizationEndpoint } = entraServer(instance, tenant);
  gathered.put('issuer', issuer, 'TenantId');
  gathered.put('tokenEndpoint', tokenEndpoint, 'TenantId');
  gathered.put('authorizationEndpoint', authorizationEndpoint, 'TenantId');
}
