import { Gathered } from '../gathered.ts';
import { listOf, textOf, type Found, type Json } from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/** The OAuth 2.0 and OpenID Connect schemes of an OpenAPI 3 or Swagger 2 description. @see https://spec.openapis.org/oas/v3.1.1#security-scheme-object */
export const openApi: Reader = {
  name: 'OpenAPI description',
  recognises: (source) => {
    const root = rootOf(source);
    // A piece of one, too.
    const isPiece = 'securitySchemes' in objectOf(root['components']) || 'securityDefinitions' in root;
    return typeof root['openapi'] === 'string' || 'swagger' in root || isPiece;
  },
  read: (source) => {
    const root = rootOf(source);
    const schemes = objectOf(objectOf(root['components'])['securitySchemes'] ?? root['securityDefinitions']);
    const title = textOf(objectOf(root['info'])['title']);
    const base = baseOf(root);
    return Object.entries(schemes).flatMap(([name, scheme]) =>
      fromScheme(title === undefined ? name : `${title}: ${name}`, objectOf(scheme), base),
    );
  },
};

/** Where addresses without a host lead to: the first server that has one. */
function baseOf(root: Json): string | undefined {
  const urls = listOf(root['servers']).map(objectOf).flatMap(addressOf);
  const host = textOf(root['host']);
  const scheme =
    listOf(root['schemes']).includes('http') && !listOf(root['schemes']).includes('https') ? 'http' : 'https';
  return [...urls, ...(host === undefined ? [] : [`${scheme}://${host}`])].find((url) => URL.canParse(url));
}

/** A server's address, with the defaults of its variables. @see https://spec.openapis.org/oas/v3.1.1#server-variable-object */
function addressOf({ url, variables }: Json): readonly string[] {
  const known = objectOf(variables);
  const put = (all: string, name: string) => textOf(objectOf(known[name])['default']) ?? all;
  return typeof url === 'string' ? [url.slice(0, 4096).replace(/\{([^{}]{1,100})\}/g, put)] : [];
}

/** Swagger 2 has one flow in the scheme itself; OpenAPI 3 has several under `flows`. */
function fromScheme(name: string, scheme: Json, base: string | undefined): Found[] {
  const { type, $ref: elsewhere } = scheme;
  if (typeof elsewhere === 'string' && !elsewhere.startsWith('#'))
    return [`“${name.slice(0, 100)}” stands in ${elsewhere.slice(0, 100)}, which was not read.`];
  if (type === 'openIdConnect') {
    const gathered = new Gathered();
    gathered.put('issuer', absolute(scheme['openIdConnectUrl'], base));
    gathered.put('grant', 'authorization_code');
    withClient(gathered, scheme);
    return [gathered.finish(name)];
  }
  if (type !== 'oauth2') return [];
  const flows = 'flow' in scheme ? { [textOf(scheme['flow']) ?? '']: scheme } : objectOf(scheme['flows']);
  return Object.entries(flows)
    .filter(([flow]) => !flow.startsWith('x-'))
    .slice(0, mostFlows)
    .map(([flow, settings], _index, all) =>
      fromFlow(flow, { ...scheme, ...objectOf(settings) }, all.length > 1 ? `${name} (${flow})` : name, base),
    );
}

/** There are five. @see https://spec.openapis.org/oas/v3.2.0#oauth-flows-object */
const mostFlows = 10;

function fromFlow(flow: string, settings: Json, name: string, base: string | undefined): Found {
  const gathered = new Gathered();
  gathered.put('grant', flow);
  gathered.put('tokenEndpoint', absolute(settings['tokenUrl'], base));
  gathered.put('authorizationEndpoint', absolute(settings['authorizationUrl'], base));
  gathered.put('deviceAuthorizationEndpoint', absolute(settings['deviceAuthorizationUrl'], base));
  gathered.put('scope', Object.keys(objectOf(settings['scopes'])));
  withClient(gathered, settings);
  return gathered.finish(name);
}

/** What tools that show such descriptions let authors add. */
function withClient(gathered: Gathered, settings: Json): void {
  for (const [name, value] of Object.entries(settings))
    if (/^x-.{0,40}client-?id$/i.test(name) && gathered.get('clientId') === undefined)
      gathered.put('clientId', value, name);
    else if (/^x-.{0,40}client-?secret$/i.test(name))
      gathered.notes.push(`Not taken over: “${name.slice(0, 60)}”.`);
}

function absolute(address: unknown, base: string | undefined): unknown {
  if (typeof address !== 'string' || base === undefined || /^[a-z][a-z0-9+.-]*:|\{/i.test(address))
    return address;
  return URL.canParse(address, base) ? new URL(address, base).href : address;
}
