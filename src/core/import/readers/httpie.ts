import { listOf, textOf, type Found, type Json } from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { objectOf } from '../../../shared/json.ts';

/** An export of HTTPie's desktop program, which knows no OAuth itself: its token requests. @see https://httpie.io/docs/desktop */
export const httpie: Reader = {
  name: 'HTTPie collection',
  recognises: (source) => objectOf(rootOf(source)['meta'])['format'] === 'httpie',
  read: (source) => sameOnce(visit(rootOf(source))),
};

function* visit(root: Json): Iterable<Found | undefined> {
  const variables = new Map<string, string>();
  const todo = [objectOf(root['entry']), ...listOf(root['entry']).map(objectOf)].toReversed();
  for (let node = todo.pop(); node; node = todo.pop()) {
    yield tokenRequestIn(node, textOf(node['name']) ?? 'HTTPie', () => variables);
    const inner = [...listOf(node['collections']), ...listOf(node['requests'])].map(objectOf);
    for (const one of inner.toReversed()) todo.push(one);
  }
}
