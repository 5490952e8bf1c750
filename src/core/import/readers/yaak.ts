import { listOf, pairsOf, textsOf, type Json } from '../imported.ts';
import { rootOf, type Reader, type Source } from '../reader.ts';
import { insomnia4 } from './insomnia.ts';
import { isObject, objectOf } from '../../../shared/json.ts';

/**
 * An export of Yaak: flat lists with parents, which are read as those of Insomnia's export, that it descends from; or one of the
 * files that it keeps in a folder, such as `yaak.rq_….yaml`.
 *
 * @see https://yaak.app/docs/getting-started/importing-and-exporting-data
 */
export const yaak: Reader = {
  name: 'Yaak export',
  recognises: (source) =>
    ('yaakSchema' in rootOf(source) && 'resources' in rootOf(source)) ||
    ofItsOwn(rootOf(source)) !== undefined,
  read: (source) => insomnia4.read(asInsomnia(source)),
  choices: (source) => insomnia4.choices?.(asInsomnia(source)) ?? { names: [] },
  environments: (source) => insomnia4.environments?.(asInsomnia(source)) ?? [],
};

/** What a file of its own holds, as the list it would stand in. */
function ofItsOwn(root: Json): Json | undefined {
  const { id, type, model = type } = root;
  if (typeof id !== 'string' || !/^(?:rq|fl|ev)_\w/.test(id)) return undefined;
  const list = { http_request: 'httpRequests', folder: 'folders', environment: 'environments' }[
    String(model)
  ];
  return list === undefined
    ? undefined
    : { [list]: [root], workspaces: [{ id: root['workspaceId'], name: 'Yaak' }] };
}

function asInsomnia(source: Source): Source {
  const all = ofItsOwn(rootOf(source)) ?? objectOf(rootOf(source)['resources']);
  const list = (name: string) => listOf(all[name]).map(objectOf);
  const environments = list('environments');
  const bases = new Map(environments.filter(isBase).map((one) => [one['workspaceId'], one['id']] as const));
  const parentOf = ({ folderId, workspaceId }: Json) => folderId ?? workspaceId;
  const resources = [
    ...list('workspaces').map((one) => resourceOf(one, 'workspace', undefined)),
    ...list('folders').map((one) => ({
      ...resourceOf(one, 'request_group', parentOf(one)),
      environment: valuesOf(
        environments.find(({ parentModel, parentId }) => parentModel === 'folder' && parentId === one['id']),
      ),
    })),
    ...[...list('httpRequests'), ...list('requests')].map((one) => resourceOf(one, 'request', parentOf(one))),
    ...environments
      .filter(({ parentModel }) => parentModel !== 'folder')
      .map((one) => ({
        ...resourceOf(one, 'environment', isBase(one) ? one['workspaceId'] : bases.get(one['workspaceId'])),
        data: valuesOf(one),
      })),
  ];
  return { ...source, documents: [inBraces({ _type: 'export', resources })] };
}

function isBase({ base, parentModel, environmentId }: Json): boolean {
  return (
    base === true ||
    parentModel === 'workspace' ||
    (base === undefined && parentModel === undefined && environmentId === null)
  );
}

function valuesOf(environment: Json = {}): Json {
  return Object.fromEntries(pairsOf(environment['variables']));
}

function resourceOf(one: Json, type: string, parentId: unknown): Json {
  const { id, name, url, headers, body, authenticationType } = one;
  const auth = objectOf(one['authentication']);
  const authentication =
    authenticationType === 'oauth2' ? oauth2(auth) : { ...auth, type: authenticationType };
  return { _id: id, _type: type, parentId, name, url, headers, body, authentication };
}

/** @see https://yaak.app/docs/authentication/oauth2: with the defaults of its form */
function oauth2({ credentials, tokenName, callbackType, callbackPort, ...others }: Json): Json {
  const isLocal = others['useExternalBrowser'] === true && callbackType === 'localhost';
  const [port] = isLocal ? (textsOf(callbackPort) ?? []) : [];
  return {
    grantType: 'authorization_code',
    ...others,
    ...(port !== undefined && { redirectUri: `http://127.0.0.1:${port}/callback` }),
    type: 'oauth2',
    credentialsInBody: credentials !== 'basic',
    useIdToken: tokenName === 'id_token',
  };
}

/** With `${[ name ]}` written as `{{name}}`; what calls a function stays a placeholder. */
function inBraces(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\$\{\[\s{0,9}([\w.-]{1,200})\s{0,9}\]\}/g, '{{$1}}');
  if (Array.isArray(value)) return listOf(value).map(inBraces);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inBraces(one)]))
    : value;
}
