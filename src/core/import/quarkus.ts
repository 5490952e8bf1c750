import type { VariableList } from './imported.ts';

/** However it is written: `token-path` in a file, `TOKEN_PATH` in the environment. */
const plain = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

/**
 * Settings of Quarkus, whose endpoints are paths below the server's address, as everybody else names them.
 *
 * @see https://quarkus.io/guides/security-oidc-configuration-properties-reference
 */
export function withPathsOfQuarkus(list: VariableList): VariableList {
  const named = (name: RegExp) =>
    list.flatMap(([one, value]) => {
      const before = name.exec(one)?.[1];
      return before === undefined ? [] : [{ name: one, before, value }];
    });
  const whole = named(/^(.{0,150}?)auth[-_]server[-_]url$/i);
  const known = new Set(whole.map(({ before }) => plain(before)));
  // A whole address needs no server beside it.
  const alone = named(/^(.{0,150}?)token[-_]path$/i).filter(
    ({ before, value }) => /quarkus/i.test(before) && /^https?:/i.test(value) && !known.has(plain(before)),
  );
  const servers = [...whole, ...alone];
  if (servers.length === 0) return list;
  const values = new Map(list.map(([name, value]) => [plain(name), value]));
  const all = servers.map((one) => endpointsOf(one, values));
  const bases = new Set(all.flatMap(({ isBase, name }) => (isBase ? [name] : [])));
  const beginnings = new Set(servers.map(({ before }) => plain(before)));
  const own = list.flatMap(([name, value]) => {
    const [, before = '', parameter] = ofGrant.exec(name) ?? [];
    const isParameter = parameter !== undefined && beginnings.has(plain(before));
    if (bases.has(name)) return [];
    return [[isParameter ? `${before}endpoint_params.${parameter}` : name, value] as const];
  });
  return [...own, ...all.flatMap(({ more }) => more)];
}

/** A parameter of a token request. */
const ofGrant = /^(.{0,150}?)grant[-_.]options[-_.]client[-_.](.+)$/i;

interface Server {
  /** What it is called, and what stands before that in the names of its settings. */
  readonly name: string;
  readonly before: string;
  readonly value: string;
}

interface Endpoints {
  readonly name: string;
  /** Without a document of its own, the server is but where the paths begin. */
  readonly isBase: boolean;
  readonly more: VariableList;
}

function endpointsOf({ name, before, value }: Server, values: ReadonlyMap<string, string>): Endpoints {
  const setting = (end: string) => values.get(plain(before + end));
  const under = (end: string) => {
    const path = setting(end)?.trim() ?? '';
    if (path === '' || /^https?:/i.test(path)) return path;
    return `${value.trim().replace(/\/{1,9}$/, '')}/${path.replace(/^\/{1,9}/, '')}`;
  };
  const signsIn = /^(?:web-app|hybrid)$/i.test(setting('application-type') ?? '');
  const scopes = setting('authentication-scopes') ?? '';
  const more = [
    ['token_url', under('token-path')],
    ['authorization_url', under('authorization-path')],
    ['grant_type', signsIn && setting('grant-type') === undefined ? 'authorization_code' : ''],
    // It adds this one itself.
    ['scopes', signsIn ? `openid ${scopes.replaceAll(',', ' ')}` : scopes],
  ] as const;
  return {
    name,
    isBase: setting('discovery-enabled') === 'false' && under('token-path') !== '',
    more: more.flatMap(([end, text]) => (text === '' ? [] : [[before + end, text] as const])),
  };
}
