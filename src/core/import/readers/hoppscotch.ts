import { Gathered } from '../gathered.ts';
import {
  listOf,
  pairsOf,
  textOf,
  textsOf,
  type Found,
  type Json,
  type Scope,
  type VariableList,
  type Variables,
} from '../imported.ts';
import { readJson } from '../readJson.ts';
import { nodesIn, type Reader, type Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { above, layered, readLayered, stacked } from '../sharedVariables.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { clientsIn } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** Hoppscotch's collections: one, or a list of them. @see https://docs.hoppscotch.io/documentation/features/collections */
export const hoppscotchCollection: Reader = {
  name: 'Hoppscotch collection',
  recognises: (source) =>
    nodesIn(source).some((node) => 'folders' in node && 'requests' in node && !('clientName' in node)),
  tool: 'Hoppscotch',
  read: (source) => sameOnce(visit(nodesIn(source), source.scope)),
};

/** Hoppscotch's environments: one, or a list of them. */
export const hoppscotchEnvironment: Reader = {
  name: 'Hoppscotch environment',
  recognises: (source) =>
    environmentsIn(source).some(({ variables }) => listOf(variables).some((one) => 'key' in objectOf(one))),
  read: (source) =>
    environmentsIn(source).flatMap((one) =>
      clientsIn(listed(one['variables']), textOf(one['name']) ?? 'Hoppscotch'),
    ),
  tool: 'Hoppscotch',
  lends: (source) =>
    environmentsIn(source).map((one) => ({
      name: textOf(one['name']) ?? 'Hoppscotch',
      kind: /^global$/i.test(textOf(one['name']) ?? '') ? 'shared' : 'environment',
      variables: listed(one['variables']),
    })),
  environments: (source) =>
    environmentsIn(source).map((one) => ({
      name: textOf(one['name']) ?? 'Hoppscotch',
      variables: Object.fromEntries(listed(one['variables'], true)),
      ...(!/^global$/i.test(textOf(one['name']) ?? '') && { switched: true as const }),
    })),
};

/**
 * The environments as they are; a team's stand in `environment`, or keep their variables as text, as Hoppscotch's server gives them.
 *
 * @see hoppscotch-backend, TeamEnvironment.variables
 */
function environmentsIn(source: Source): readonly Json[] {
  const team = objectOf(objectOf(objectOf(nodesIn(source)[0])['data'])['team']);
  const nodes = [...nodesIn(source), ...listOf(team['teamEnvironments']).map(objectOf)];
  return nodes.map((node) => {
    const { variables, ...others } = { ...node, ...objectOf(node['environment']) };
    const read = typeof variables === 'string' ? readJson(variables) : { value: variables };
    return { ...others, variables: 'value' in read ? read.value : undefined };
  });
}

function* visit(nodes: readonly Json[], { under, over }: Scope): Iterable<Found | undefined> {
  const outer = above(stacked(under), new Map(over));
  const todo = nodes.map((node) => ({ node, variables: outer, depth: 0 })).toReversed();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { depth } = next;
    const node = withData(next.node);
    const variables = layered(
      next.variables,
      new Map([...listed(node['variables']), ...listed(node['requestVariables'])]),
    );
    const auth = objectOf(node['auth']);
    const name = textOf(node['name']) ?? 'Hoppscotch';
    yield readLayered(variables, (inForce) =>
      auth['authType'] === 'oauth-2'
        ? fromAuth(auth, name, inForce)
        : tokenRequestIn(node, name, () => inForce),
    );
    if (depth >= 30) continue;
    const children = [...listOf(node['requests']), ...listOf(node['folders'])].map(objectOf).toReversed();
    for (const child of children) todo.push({ node: child, variables, depth: depth + 1 });
  }
}

/** What the server's own export of a team keeps as text in `data`: authentication, headers and variables. */
function withData(node: Json): Json {
  const { data } = node;
  const read = typeof data === 'string' ? readJson(data) : { value: data };
  return 'value' in read ? { ...objectOf(read.value), ...node } : node;
}

function fromAuth(auth: Json, name: string, variables: Variables): Found | undefined {
  // Chosen, and not filled in.
  if (!('grantTypeInfo' in auth || 'clientID' in auth)) return undefined;
  if (auth['authActive'] === false)
    return `“${name.slice(0, 100)}”: its OAuth 2.0 settings are switched off; they were left out.`;
  const gathered = new Gathered(variables);
  // Before version 4 of the format, the settings stand in `auth` itself.
  const settings = { ...auth, ...objectOf(auth['grantTypeInfo']) };
  const grant = textOf(settings['grantType']) ?? '';
  // Without a sign-in, Hoppscotch calls the token endpoint `authEndpoint`.
  const isToken =
    /CLIENT_CREDENTIALS|PASSWORD/.test(grant) && textOf(settings['tokenEndpoint']) === undefined;
  if (isToken) gathered.put('tokenEndpoint', settings['authEndpoint'], 'authEndpoint');
  gathered.put('issuer', settings['oidcDiscoveryURL'], 'oidcDiscoveryURL');
  gathered.settings(settings, ['oidcDiscoveryURL', ...(isToken ? ['authEndpoint', 'authURL'] : [])]);
  gathered.parameterList(settings['authRequestParams'], 'authorization');
  gathered.parameterList(settings['tokenRequestParams'], 'token');
  if (grant === 'CLIENT_CREDENTIALS' && settings['clientAuthentication'] === undefined)
    gathered.put('clientAuthentication', 'body');
  return gathered.finish(name);
}

/** `[{ key, value or initialValue, secret }]`. */
const listed = (variables: unknown, openOnly = false): VariableList =>
  pairsOf(variables, ({ currentValue, initialValue, value, secret }) =>
    openOnly && secret === true
      ? undefined
      : [currentValue, initialValue, value].flatMap((item) => textsOf(item) ?? [])[0],
  );
