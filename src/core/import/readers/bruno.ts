import { blocksOf, isBrunos, pairsIn, type BruBlock } from '../bruBlocks.ts';
import { Gathered } from '../gathered.ts';
import {
  isOff,
  listOf,
  objectOfPairs,
  textOf,
  textsOf,
  type Found,
  type ImportedEnvironment,
  type Json,
  type Scope,
  type VariableList,
  type Variables,
} from '../imported.ts';
import { rootOf, type Reader, type Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { above, layered, readLayered, stacked } from '../sharedVariables.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { clientsIn } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** A `.bru` file: a request, a folder, a collection, or an environment. @see https://docs.usebruno.com/bru-lang/overview */
export const brunoFile: Reader = {
  name: 'Bruno file',
  recognises: (source) =>
    source.documents.length === 0 &&
    (source.fileName.endsWith('.bru') || blocksOf(source.text).blocks.some(({ name }) => isBrunos(name))),
  tool: 'Bruno',
  read: (source) => {
    const { open } = blocksOf(source.text);
    if (open !== undefined) return [`This Bruno file is broken or cut off: “${open}” has no end.`];
    return filesIn(blocksIn(source)).flatMap((blocks) => fromBlocks(blocks, fileName(source), source.scope));
  },
  lends: (source) => {
    const blocks = blocksIn(source);
    const inEnvironment = variablesIn(blocks, 'vars');
    const shared = variablesIn(blocks, 'vars:pre-request');
    return [
      ...(inEnvironment.length === 0
        ? []
        : [{ name: fileName(source), kind: 'environment' as const, variables: inEnvironment }]),
      ...(shared.length > 0 && /^(?:collection|folder)\.bru$/.test(source.fileName)
        ? [{ name: fileName(source), kind: 'shared' as const, variables: shared }]
        : []),
    ];
  },
  environments: (source) => {
    const variables = variablesIn(blocksIn(source), 'vars');
    return variables.length === 0
      ? []
      : [
          {
            name: fileName(source),
            variables: Object.fromEntries(variables),
            switched: true,
          },
        ];
  },
};

/** Bruno's JSON export, its YAML (OpenCollection), and environments of both. @see https://spec.opencollection.com */
export const brunoCollection: Reader = {
  name: 'Bruno collection',
  tool: 'Bruno',
  recognises: (source) =>
    isCollection(rootOf(source)) || isEnvironment(rootOf(source)) || isRequest(rootOf(source)),
  read: (source) => {
    const root = rootOf(source);
    if (isEnvironment(root)) return clientsIn(listed(root['variables']), nameOf(root));
    return sameOnce(visit(root, source));
  },
  choices: (source) => {
    const root = rootOf(source);
    return { names: isEnvironment(root) ? [] : environmentsOf(root).map(nameOf) };
  },
  lends: (source) => {
    const root = rootOf(source);
    if (!isEnvironment(root)) {
      const shared = 'http' in root ? [] : ownVariables(root);
      return shared.length === 0 ? [] : [{ name: 'Bruno', kind: 'shared', variables: shared }];
    }
    const name = nameOf(root);
    return [{ name, kind: 'environment', variables: listed(root['variables']) }];
  },
  environments: (source): readonly ImportedEnvironment[] => {
    const root = rootOf(source);
    const all = isEnvironment(root) ? [root] : environmentsOf(root);
    return all.map((one) => ({
      name: nameOf(one),
      variables: Object.fromEntries(listed(one['variables'], true)),
      switched: true,
    }));
  },
};

function environmentsOf(root: Json): readonly Json[] {
  const inConfig = listOf(objectOf(root['config'])['environments']);
  return [...listOf(root['environments']), ...inConfig].map(objectOf);
}

function nameOf(node: Json): string {
  return textOf(node['name']) ?? 'Bruno';
}

function fileName({ fileName: name }: Source): string {
  return name.replace(/\.bru$/, '') || 'Bruno';
}

function blocksIn({ text }: Source): readonly BruBlock[] {
  const { blocks, open } = blocksOf(text);
  return open === undefined ? blocks : [];
}

/** Several files pasted one below the other: each begins with its `meta`. */
function filesIn(blocks: readonly BruBlock[]): readonly (readonly BruBlock[])[] {
  const files: BruBlock[][] = [[]];
  for (const block of blocks) {
    if (block.name === 'meta' && (files.at(-1)?.length ?? 0) > 0) files.push([]);
    files.at(-1)?.push(block);
  }
  return files;
}

function isCollection(root: Json): boolean {
  return (
    'opencollection' in root || ('version' in root && 'items' in root && ('name' in root || 'root' in root))
  );
}

function isRequest(root: Json): boolean {
  const auth = authOf(root);
  return 'info' in root && ('http' in root || 'request' in root) && auth !== undefined;
}

function isEnvironment(root: Json): boolean {
  return (
    'variables' in root &&
    'name' in root &&
    !('items' in root) &&
    listOf(root['variables']).some((one) => 'name' in objectOf(one))
  );
}

function fromBlocks(blocks: readonly BruBlock[], fallbackName: string, { under, over }: Scope): Found[] {
  const own = ['vars', 'vars:pre-request'].flatMap((name) => variablesIn(blocks, name));
  const variables = above(above(stacked(under), new Map(own)), new Map(over));
  const auths = blocks.flatMap(({ name }, at) => (name === 'auth:oauth2' ? [at] : []));
  const meta = blocks.find(({ name }) => name === 'meta');
  const name = (meta && pairsIn(meta).find((pair) => pair.name === 'name')?.value) ?? fallbackName;
  if (auths.length === 0) {
    const request = readLayered(variables, (inForce) =>
      tokenRequestIn(requestOf(blocks), name, () => inForce),
    );
    return request === undefined ? clientsIn([...new Map(own)], name) : [request];
  }
  // Parameters are of the client they stand below.
  const parts = auths.map((at, n) => blocks.slice(n === 0 ? 0 : at, auths[n + 1]));
  return parts.map((part) => readLayered(variables, (inForce) => fromPart(part, name, inForce)));
}

function fromPart(blocks: readonly BruBlock[], name: string, variables: Variables): Found {
  const gathered = new Gathered(variables);
  const auth = blocks.filter((block) => block.name === 'auth:oauth2').flatMap(pairsIn);
  gathered.settings(
    objectOfPairs(auth.flatMap(({ name: key, value, off }) => (off ? [] : [[key, value] as const]))),
  );
  putBody(gathered);
  for (const block of blocks) {
    const [, request, sendAs] =
      /^auth:oauth2:additional_params:(auth|access_token)_req:(\w+)$/.exec(block.name) ?? [];
    if (block.name.includes(':refresh_token_req:'))
      gathered.notes.push('Parameters for the refresh request only were left out.');
    if (request === undefined) continue;
    const list = pairsIn(block).map((pair) => ({
      name: pair.name,
      value: pair.value,
      enabled: !pair.off,
      sendIn: sendAs,
    }));
    gathered.parameterList(list, request === 'auth' ? 'authorization' : 'token');
  }
  return gathered.finish(name);
}

/** A request of a file of blocks, as the JSON export has it. */
function requestOf(blocks: readonly BruBlock[]): Json {
  const listOfBlock = (name: string) =>
    blocks
      .filter((block) => block.name === name)
      .flatMap((block) => pairsIn(block))
      .map((pair) => ({ ...pair, disabled: pair.off }));
  const [url] = blocks
    .filter(({ name }) => /^(?:post|put|get|patch)$/.test(name))
    .flatMap((block) => pairsIn(block).filter(({ name }) => name === 'url'));
  const basic = listOfBlock('auth:basic');
  return {
    url: url?.value,
    headers: listOfBlock('headers'),
    body: [
      ...listOfBlock('body:form-urlencoded'),
      ...blocks.filter(({ name }) => name === 'body:json').map(({ lines }) => lines.join('\n')),
    ],
    ...(basic.length > 0 && { auth: { mode: 'basic', basic } }),
  };
}

/** The variables of a block that are switched on; those under `vars:secret` have no value in the file. */
function variablesIn(blocks: readonly BruBlock[], name: string): VariableList {
  return blocks
    .filter((block) => block.name === name)
    .flatMap((block) => pairsIn(block))
    .flatMap(({ name: variable, value, off }) => (off ? [] : [[variable, value] as const]));
}

/** @see https://docs.usebruno.com/variables/overview: the environment's win over the collection's, a folder's over both */
function* visit(root: Json, { scope: { under, over }, chosen }: Source): Iterable<Found | undefined> {
  const environment = environmentsOf(root).find((one) => nameOf(one) === chosen);
  const inForce = environment === undefined ? over : [...listed(environment['variables']), ...over];
  const name = textOf(root['name']) ?? textOf(objectOf(root['info'])['name']) ?? 'Bruno';
  const todo = [{ node: root, name, variables: stacked(under), depth: 0 }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { node, depth } = next;
    const own = layered(next.variables, new Map(ownVariables(node)));
    const variables = depth === 0 ? above(own, new Map(inForce)) : own;
    const auth = authOf(node);
    yield readLayered(variables, (around) =>
      auth ? fromAuth(auth, next.name, around) : tokenRequestIn(node, next.name, () => around),
    );
    if (depth >= 30) continue;
    for (const child of listOf(node['items']).map(objectOf).toReversed()) {
      const called = textOf(child['name']) ?? textOf(objectOf(child['info'])['name']) ?? name;
      todo.push({ node: child, name: called, variables, depth: depth + 1 });
    }
  }
}

function ownVariables(node: Json): VariableList {
  const request = objectOf(objectOf(node['root'])['request'] ?? node['request']);
  const inRequest = request['variables'] ?? objectOf(request['vars'])['req'] ?? request['vars'];
  return listed(inRequest ?? objectOf(node['runtime'])['variables']);
}

/** The OAuth 2.0 settings of a node: `request.auth.oauth2` (JSON), `http.auth` or `request.auth` (YAML). */
function authOf(node: Json): Json | undefined {
  const places = [objectOf(node['root'])['request'], node['request'], node['http'], node['runtime'], node];
  for (const place of places) {
    const auth = objectOf(objectOf(place)['auth']);
    if (auth['mode'] === 'oauth2') return objectOf(auth['oauth2']);
    if (auth['type'] === 'oauth2') return auth;
  }
  return undefined;
}

function fromAuth(auth: Json, name: string, variables: Variables): Found {
  const gathered = new Gathered(variables);
  const credentials = objectOf(auth['credentials']);
  gathered.settings(auth, ['credentials', 'resourceOwner', 'tokenConfig', 'settings']);
  gathered.putAll(credentials);
  gathered.put('clientAuthentication', credentials['placement']);
  putBody(gathered);
  const { header, query } = objectOf(objectOf(auth['tokenConfig'])['placement']);
  gathered.put('tokenPrefix', header);
  if (query !== undefined) gathered.put('tokenPlace', 'query');
  const extra = objectOf(auth['additionalParameters']);
  const lists = {
    authorization: ['authorization', 'authorizationRequest'],
    token: ['token', 'accessTokenRequest'],
  } as const;
  for (const request of ['authorization', 'token'] as const)
    for (const key of lists[request]) gathered.parameterList(extra[key], request);
  return gathered.finish(name);
}

/** Where nothing says it, Bruno sends the client in the body. @see https://docs.usebruno.com/auth/oauth2/client-credentials */
function putBody(gathered: Gathered): void {
  if (gathered.get('clientSecret') !== undefined && gathered.get('clientAuthentication') === undefined)
    gathered.put('clientAuthentication', 'body');
}

/** `[{ name, value, enabled, secret }]`, where a value may be `{ type, data }`. */
function listed(variables: unknown, openOnly = false): VariableList {
  return listOf(variables)
    .map(objectOf)
    .flatMap((one) => {
      const { data = one['value'] } = objectOf(one['value']);
      const [value] = textsOf(data) ?? [];
      const { name } = one;
      const left = isOff(one) || (openOnly && one['secret'] === true);
      return typeof name === 'string' && value !== undefined && !left ? [[name, value] as const] : [];
    });
}
