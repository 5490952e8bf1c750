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
import { nodesIn, rootOf, type Reader, type Source } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { above, readLayered, stacked } from '../sharedVariables.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { clientsIn } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** A collection of Thunder Client, exported or as its git sync keeps it. @see https://docs.thunderclient.com/features/auth */
export const thunderClientCollection: Reader = {
  name: 'Thunder Client collection',
  recognises: (source) => isThunders(source) && !isEnvironment(rootOf(source)),
  tool: 'Thunder Client',
  read: (source) => sameOnce(visit(nodesIn(source), source.scope)),
};

/** An environment of Thunder Client. */
export const thunderClientEnvironment: Reader = {
  name: 'Thunder Client environment',
  recognises: (source) => isThunders(source) && isEnvironment(rootOf(source)),
  read: (source) => nodesIn(source).flatMap((one) => clientsIn(listed(one), nameOf(one))),
  tool: 'Thunder Client',
  lends: (source) =>
    nodesIn(source).map((one) => ({ name: nameOf(one), kind: 'environment', variables: listed(one) })),
  environments: (source) =>
    nodesIn(source).map((one) => ({
      name: nameOf(one),
      variables: Object.fromEntries(listed(one)),
      switched: true,
    })),
};

function isThunders(source: Source): boolean {
  return nodesIn(source).some(
    (node) =>
      /thunder client/i.test(textOf(node['clientName'] ?? node['client']) ?? '') ||
      'colName' in node ||
      ('colId' in node && ('auth' in node || 'containerId' in node)) ||
      ('collectionName' in node && 'requests' in node),
  );
}

function isEnvironment(node: Json): boolean {
  return 'environmentName' in node || ('variables' in node && !('requests' in node));
}

function nameOf(node: Json): string {
  const names = [node['name'], node['collectionName'], node['colName'], node['environmentName']];
  return names.flatMap((name) => textOf(name) ?? [])[0] ?? 'Thunder Client';
}

function* visit(nodes: readonly Json[], { under, over }: Scope): Iterable<Found | undefined> {
  const variables = above(stacked(under), new Map(over));
  const todo = [...nodes].toReversed();
  let left = 1_000_000;
  for (let node = todo.pop(); node && left > 0; node = todo.pop(), left--) {
    const auth = objectOf(node['auth'] ?? objectOf(node['settings'])['auth']);
    const name = nameOf(node);
    yield readLayered(variables, (inForce) =>
      /^oauth-?2$/i.test(textOf(auth['type']) ?? '')
        ? fromAuth(auth, name, inForce)
        : tokenRequestIn(node, name, () => inForce),
    );
    const children = [...listOf(node['requests']), ...listOf(node['folders'])].map(objectOf);
    for (const child of children.toReversed()) todo.push(child);
  }
}

function fromAuth(auth: Json, name: string, variables: Variables): Found {
  const settings = objectOf(auth['oauth2'] ?? auth['oauth']);
  const gathered = new Gathered(variables);
  gathered.settings(settings);
  gathered.parameterList(settings['authParams'] ?? settings['authRequestParams'], 'authorization');
  gathered.parameterList(settings['tokenParams'] ?? settings['tokenRequestParams'], 'token');
  return gathered.finish(name);
}

const listed = (node: Json): VariableList =>
  pairsOf(node['variables'] ?? node['data'], ({ value }) => textsOf(value)?.[0]);
