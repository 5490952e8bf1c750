import type { Profile } from '../profile/profile.ts';
import { bearerHeader, tokenHeaderOf } from '../profile/tokenHeader.ts';

/** What a file writes in the place of a token that its tool gets by itself. */
export interface AuthReference {
  /** The name of the configuration: that of a profile here. */
  readonly id: string;
  /** Absent where the tool sends the access token or, by its own configuration, another. */
  readonly token?: 'access_token' | 'id_token';
}

const call = /^\$auth\.(token|idToken)\(\s{0,20}(?:"([^"\\]{1,200})"|'([^'\\]{1,200})')\s{0,20}\)$/;

/**
 * Reads `$auth.token("id")` and `$auth.idToken("id")`, as they stand between the braces.
 *
 * @see JetBrains HTTP Client, OAuth 2.0 authorization; Kulala, Auth
 */
export function readAuthCall(name: string): Required<AuthReference> | undefined {
  const [, kind, double, single] = call.exec(name.trim().slice(0, 500)) ?? [];
  const id = double ?? single;
  if (id === undefined) return undefined;
  return { id, token: kind === 'idToken' ? 'id_token' : 'access_token' };
}

/** The grants that httpYac gets tokens with by itself. */
const flows: readonly string[] = ['client_credentials', 'authorization_code', 'device_code'];
const flowWord =
  /^(?:client(?:_credentials)?|(?:authorization_)?code|device(?:_code)?|password|implicit|hybrid)$/i;

/**
 * The reference that an Authorization header is: `Bearer {{$auth.token("id")}}`, or httpYac's `oauth2 client_credentials id`
 * (also `openid`, and without the flow or the name).
 *
 * @see httpYac, OAuth2 / OpenID Connect
 */
export function readAuthHeader(value: string): AuthReference | undefined {
  const text = value.trim().slice(0, 1000);
  const inner = /^(?:[\w-]{1,40}\s+)?\{\{([^{}]*)\}\}$/.exec(text)?.[1];
  if (inner !== undefined) return readAuthCall(inner);
  const [scheme, ...words] = text.split(/\s+/);
  if (!/^(?:oauth2|openid)$/i.test(scheme ?? '')) return undefined;
  const exchange = words.findIndex((word) => word.toLowerCase() === 'token_exchange');
  // What is exchanged in the end is what is sent.
  const id = words[exchange + 1] ?? 'oauth2';
  if (exchange >= 0) return { id };
  return { id: words.find((word) => !flowWord.test(word)) ?? 'oauth2' };
}

/**
 * The profiles that a reference can mean: the one of this id, else those of this name without regard to case, else those that
 * were imported under it from several environments: `orders (dev)`, `orders (prod)`.
 */
export function profilesNamed<P extends Pick<Profile, 'id' | 'name'>>(
  profiles: readonly P[],
  id: string,
): readonly P[] {
  const wanted = id.toLowerCase();
  const same = (one: string) => one.toLowerCase() === wanted;
  const found = profiles.filter((profile) => profile.id === id);
  if (found.length > 0) return found;
  const named = profiles.filter((profile) => same(profile.id) || same(profile.name));
  if (named.length > 0) return named;
  return profiles.filter(({ name }) => name.toLowerCase().startsWith(`${wanted} (`));
}

/** The tools that get tokens by themselves. Kulala's files are written as JetBrains'. */
export type ReferringTool = 'jetbrains' | 'httpyac';

/** What stands in the header where a tool's file refers to a profile's token; absent where the tool gets none by itself. */
export function referenceTo(
  tool: ReferringTool,
  profile: Pick<Profile, 'id' | 'grant' | 'sentToken' | 'tokenHeader' | 'tokenPrefix'>,
): string | undefined {
  const { id, grant, sentToken = 'access_token' } = profile;
  const { name, prefix } = tokenHeaderOf(profile);
  if (tool === 'jetbrains')
    return `${prefix}{{$auth.${sentToken === 'id_token' ? 'idToken' : 'token'}("${id}")}}`;
  const isPlain =
    sentToken === 'access_token' && name === bearerHeader.name && prefix === bearerHeader.prefix;
  return isPlain && flows.includes(grant) ? `oauth2 ${grant} ${id}` : undefined;
}
