import { partNamed } from './fields.ts';
import { listOf, textOf, type Json } from './imported.ts';
import { objectOf } from '../../shared/json.ts';

/** How one product's library writes a client: where it is one, and the same with names that say what is what. */
type Rewrite = (object: Json) => Json | undefined;

const withoutSlash = (address: string) => address.replace(/\/{1,9}$/, '');

/** @see https://github.com/okta/okta-aspnet: the server called `default` unless another is named */
const okta: Rewrite = (object) => {
  if (textOf(object['OktaDomain']) === undefined) return undefined;
  const { OktaDomain: domain, AuthorizationServerId: id, ...others } = object;
  return { ...others, issuer: `${withoutSlash(String(domain))}/oauth2/${textOf(id) ?? 'default'}` };
};

/** @see https://auth0.com/docs/quickstart: an application in a browser has no secret */
const auth0: Rewrite = (object) => {
  const domain = textOf(object['domain'] ?? object['Domain']) ?? '';
  if (!/^[\w.-]{1,200}\.auth0\.com$/i.test(domain)) return undefined;
  const isOfService = Object.keys(object).some((name) => /secret/i.test(name));
  return {
    ...object,
    issuer: `https://${domain}/`,
    ...(!isOfService && { grant: 'authorization_code', clientAuthentication: 'none' }),
  };
};

/** @see https://github.com/lelylan/simple-oauth2/blob/master/API.md#options */
const simpleOauth2: Rewrite = (object) => {
  const [client, auth] = [objectOf(object['client']), objectOf(object['auth'])];
  const { id, secret } = client;
  const { tokenHost, tokenPath, authorizeHost = tokenHost, authorizePath } = auth;
  const address = (path: unknown, host: unknown) =>
    URL.canParse(String(path), String(host)) ? new URL(String(path), String(host)).href : undefined;
  if (textOf(tokenHost) === undefined) return undefined;
  const signsIn = 'authorizePath' in auth || 'authorizeHost' in auth;
  return {
    client_id: id,
    client_secret: secret,
    tokenEndpoint: address(tokenPath ?? '/oauth/token', tokenHost) ?? tokenHost,
    ...(signsIn && { authorizationEndpoint: address(authorizePath ?? '/oauth/authorize', authorizeHost) }),
    clientAuthentication: objectOf(object['options'])['authorizationMethod'] ?? 'header',
    scope: object['scope'],
  };
};

/** What GitHub answers when an application was made by a manifest. @see https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest */
const gitHubApp: Rewrite = ({ client_id, client_secret, name, slug, html_url: page }) => {
  const [, origin] = /^(https:\/\/[\w.:-]{1,200})\/(?:github-)?apps\//.exec(textOf(page) ?? '') ?? [];
  if (origin === undefined || client_id === undefined) return undefined;
  return {
    client_id,
    client_secret,
    name: name ?? slug,
    authorizationEndpoint: `${origin}/login/oauth/authorize`,
    tokenEndpoint: `${origin}/login/oauth/access_token`,
  };
};

/** An adapter's settings among others. @see https://www.keycloak.org/securing-apps/javascript-adapter */
const keycloakSection: Rewrite = (object) => {
  if (!('auth-server-url' in object && 'realm' in object)) return undefined;
  const { 'auth-server-url': server, realm, resource, credentials, ...left } = object;
  if (textOf(resource) === undefined) return undefined;
  const { secret } = objectOf(credentials);
  const isPublic = secret === undefined;
  return {
    ...left,
    'auth-server-url': `${withoutSlash(String(server))}/realms/${String(realm)}`,
    clientId: resource,
    clientSecret: secret,
    grant: isPublic ? 'authorization_code' : 'client_credentials',
    ...(isPublic && { clientAuthentication: 'none' }),
  };
};

/** It sends the secret in the body. @see https://oauth2-client.thephpleague.com/usage/ */
const league: Rewrite = (object) => {
  if (!('urlAccessToken' in object && 'clientId' in object)) return undefined;
  const { urlAccessToken, urlAuthorize, ...others } = object;
  return {
    ...others,
    ...{ tokenEndpoint: urlAccessToken, authorizationEndpoint: urlAuthorize, clientAuthentication: 'body' },
  };
};

/** A token request; its secret is in the body unless that says otherwise. @see https://docs.duendesoftware.com/identitymodel/endpoints/token/ */
const identityModel: Rewrite = (object) => {
  if (!('Address' in object && 'ClientId' in object) || 'Token' in object) return undefined;
  const { Address: address, ClientCredentialStyle: style, ...others } = object;
  // Requests to its other endpoints are written alike.
  if (/(?:introspect|revo[ck]\w*|deviceauthorization|par)\/?$/i.test(textOf(address) ?? '')) return undefined;
  const isBasic = /header/i.test(textOf(style) ?? '');
  return { ...others, tokenEndpoint: address, clientAuthentication: isBasic ? 'header' : 'body' };
};

/** @see https://docs.amplify.aws/gen1/android/build-a-backend/auth/use-existing-cognito-resources/ */
const amplify: Rewrite = (object) => {
  if (object['PoolId'] === undefined || object['AppClientId'] === undefined) return undefined;
  const { PoolId: issuer, ...others } = object;
  return { ...others, issuer };
};

/** @see https://authjs.dev/guides/configuring-oauth-providers#adding-a-new-provider */
const authJs: Rewrite = (object) => {
  if (!('token' in object && 'authorization' in object)) return undefined;
  const { token, authorization, ...others } = object;
  const [tokens, page] = [token, authorization].map((one) => textOf(objectOf(one)['url']) ?? textOf(one));
  if (tokens === undefined || page === undefined || !URL.canParse(tokens) || !URL.canParse(page))
    return undefined;
  return {
    ...others,
    ...objectOf(objectOf(authorization)['params']),
    // Of Micronaut.
    ...('auth-method' in objectOf(token) && { clientAuthentication: objectOf(token)['auth-method'] }),
    tokenEndpoint: tokens,
    authorizationEndpoint: page,
  };
};

/** @see https://laravel.com/docs/socialite#configuration */
const socialite: Rewrite = (object) => {
  const { redirect, ...others } = object;
  const isOne = textOf(redirect) !== undefined && 'client_id' in object && 'client_secret' in object;
  return isOne ? { ...others, redirect_uri: redirect } : undefined;
};

/** What holds the parameters of a request that stands beside its address. */
const ofBody = ['params', 'body', 'requestBody', 'data', 'form', 'formData', 'payload'];

/**
 * A token request as an object, such as a route of Grafana’s plugins.
 *
 * @see https://grafana.com/developers/plugin-tools/how-to-guides/data-source-plugins/add-authentication-for-data-source-plugins
 */
const tokenRequest: Rewrite = (written) => {
  if (!('url' in written)) return undefined;
  const { url, ...object } = written;
  const body = ofBody.find((name) => 'client_id' in objectOf(object[name]));
  if (textOf(url) === undefined || body === undefined) return undefined;
  const { [body]: parameters, ...others } = object;
  const { client_id, client_secret, grant_type, scope, ...more } = objectOf(parameters);
  return {
    ...{ scope, ...others, tokenEndpoint: url, client_id, client_secret, grant_type },
    // As what sends them does.
    ...{ clientAuthentication: 'body', endpoint_params: more },
  };
};

/** Of Cloud Foundry's servers. @see https://docs.cloudfoundry.org/api/uaa/ */
const singleSignOn: Rewrite = (written) => {
  if (!('auth_domain' in written)) return undefined;
  const { auth_domain: domain, ...others } = written;
  if (textOf(domain) === undefined || !('client_id' in others)) return undefined;
  const base = withoutSlash(String(domain));
  const [grant] = listOf(others['grant_types']);
  return {
    ...others,
    ...{ tokenEndpoint: `${base}/oauth/token`, authorizationEndpoint: `${base}/oauth/authorize` },
    grantType: grant,
  };
};

/** @see https://nifi.apache.org/components/org.apache.nifi.oauth2.StandardOauth2AccessTokenProvider/ */
const nifi: Rewrite = (object) =>
  textOf(object['Authorization Server URL']) === undefined || !('Client ID' in object)
    ? undefined
    : { ...object, tokenEndpoint: object['Authorization Server URL'] };

/** @see https://github.com/apicize/lib-rust, types `Authorization` */
const apicize: Rewrite = (written) => {
  if (!('accessTokenUrl' in written)) return undefined;
  const { sendCredentialsInBody: inBody, ...object } = written;
  const [, kind] = /^OAuth2(Client|Pkce)$/.exec(textOf(object['type']) ?? '') ?? [];
  if (kind === undefined) return undefined;
  const authentication = kind === 'Pkce' ? 'none' : inBody === true ? 'body' : 'header';
  return { ...object, clientAuthentication: authentication };
};

/** @see https://grafana.com/docs/plugins/yesoreyeram-infinity-datasource/latest/setup/provisioning/ */
const grafanaSource: Rewrite = ({ jsonData, secureJsonData, ...source }) => {
  const { oauth2, ...settings } = objectOf(jsonData);
  const { oauth2ClientSecret: client_secret, ...secrets } = objectOf(secureJsonData);
  if (objectOf(oauth2)['client_id'] === undefined) return undefined;
  const parameters = Object.entries(settings).flatMap(([key, name]) => {
    const [, number] = /^oauth2EndPointParamsName(\d{1,3})$/.exec(key) ?? [];
    return number === undefined
      ? []
      : [[String(name), secrets[`oauth2EndPointParamsValue${number}`]] as const];
  });
  const endpoint_params = Object.fromEntries(parameters);
  const client = { name: source['name'], ...objectOf(oauth2), client_secret, endpoint_params };
  return { ...source, jsonData: { ...settings, oauth2: client }, secureJsonData: secrets };
};

/** A server's own clients, each with its address. @see https://dexidp.io/docs/guides/using-dex/#configuring-your-app */
const dex: Rewrite = (object) => {
  const clients = listOf(object['staticClients']).map(objectOf);
  const from = (place: unknown) =>
    textOf(place) === undefined ? undefined : `\${${String(place).slice(0, 60)}}`;
  const staticClients = clients.map(({ id, secret, idEnv, secretEnv, ...client }) => ({
    ...{ ...client, issuer: object['issuer'], grantType: 'authorization_code' },
    ...{ client_id: id ?? from(idEnv), client_secret: secret ?? from(secretEnv) },
    ...(client['public'] === true && { clientAuthentication: 'none' }),
  }));
  return clients.length === 0 ? undefined : { ...object, staticClients };
};

/** Where an MCP client listens, where its port is named. */
export function mcpCallback({ callbackPort: port, callbackScheme: scheme }: Json): string | undefined {
  if (typeof port !== 'number') return undefined;
  return `${scheme === 'https' ? 'https' : 'http'}://localhost:${port}/callback`;
}

/** A server of MCP's alone, whose tokens are for it. @see https://code.claude.com/docs/en/mcp#authenticate-with-remote-mcp-servers */
const mcpServer: Rewrite = ({ oauth, ...server }) => {
  const isRemote = /^(?:http|sse|streamable)/i.test(textOf(server['type']) ?? '');
  if (!isRemote || textOf(server['url']) === undefined || !('clientId' in objectOf(oauth))) return undefined;
  const client = {
    ...{ grantType: 'authorization_code', resource: server['url'] },
    ...{ redirectUri: mcpCallback(objectOf(oauth)), ...objectOf(oauth) },
  };
  return { ...server, oauth: client };
};

/** What products keep in several places, by the name of one of them: most objects have none, and are not copied. */
const wholes = [
  ['jsonData', grafanaSource],
  ['staticClients', dex],
  ['oauth', mcpServer],
] as const;

/** An object as it stands, or with what a product keeps beside a client in the client. */
export function withWholeClients(object: Json): Json {
  const [, rewrite] = wholes.find(([name]) => name in object) ?? [];
  return rewrite?.(object) ?? object;
}

/** Of these, what they name only says the server where nothing else does. */
const withoutServer = [okta, auth0, gitHubApp, amplify, authJs, league, identityModel];

const namesServer = (object: Json) =>
  Object.entries(object).some(
    ([name, value]) =>
      /^(?:issuer|tokenEndpoint|authorizationEndpoint)$/.test(partNamed(name) ?? '') &&
      textOf(value) !== undefined,
  );

/** An object as it stands, or with the names that say what is what, where it is one of a known product. */
export function inPlainNames(object: Json): Json {
  const rewrites = namesServer(object) ? [] : withoutServer;
  for (const rewrite of [
    ...rewrites,
    simpleOauth2,
    keycloakSection,
    socialite,
    tokenRequest,
    apicize,
    nifi,
    singleSignOn,
  ]) {
    const plain = rewrite(object);
    if (plain !== undefined) return plain;
  }
  return object;
}
