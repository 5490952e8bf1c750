import type { Gathered } from './gathered.ts';
import type { VariableList } from './imported.ts';

/** What stands before the names of refresh tokens, as groups are called. */
export function refreshTokensIn(list: VariableList): ReadonlySet<string> {
  return new Set(
    list.flatMap(([name, value]) => {
      const [, before] = /^(.{0,100}?)[^a-z0-9]{0,3}refresh[_-]?token$/i.exec(name) ?? [];
      if (before === undefined || value.trim() === '') return [];
      // `A_OAUTH_CLIENT_ID` is the client of `A`.
      const group = before.toLowerCase();
      return [group, group.replace(/_?oauth$/, '')];
    }),
  );
}

function takeSignIn(gathered: Gathered): void {
  if (gathered.get('clientId') !== undefined && gathered.get('grant') === undefined)
    gathered.put('grant', 'authorization_code');
}

/** A client with a refresh token signs a user in, or did so once: where there is no page to sign in at, it starts from the token. */
export function takeRefreshing(gathered: Gathered): void {
  const signsIn = (['issuer', 'authorizationEndpoint', 'redirectUri', 'grant'] as const).some(
    (part) => gathered.get(part) !== undefined,
  );
  const starts = gathered.get('tokenEndpoint') !== undefined && !signsIn;
  if (starts) gathered.put('grant', 'refresh_token');
  else takeSignIn(gathered);
  gathered.notes.push(
    `The refresh token was left out: ${starts ? 'it is asked for here' : 'sign in once here'}.`,
  );
}

/** What may be the secret of a client, by what stands before it as groups are called. */
export function otherSecretsIn(list: VariableList): ReadonlyMap<string, ReadonlySet<string>> {
  const others = new Map<string, Set<string>>();
  for (const [name, value] of list) {
    const [all, before = ''] = /^(?:(.{1,100}?)_)??(?:app_)?secret$/i.exec(name) ?? [];
    if (all === undefined || value.trim() === '') continue;
    const group = before.toLowerCase();
    others.set(group, (others.get(group) ?? new Set()).add(name.slice(0, 60)));
  }
  return others;
}

/** What bundlers put into programs of browsers, which keep no secret. @see https://vite.dev/guide/env-and-mode */
const ofBrowsers = /^(?:VITE|REACT_APP|VUE_APP|NG_APP|GATSBY|(?:NEXT_|NUXT_|EXPO_)?PUBLIC)(?:_|$)/;

/**
 * What is known of a client without a secret. Another secret may be its own, a session's or a signature's: it is said and not guessed.
 *
 * @param group what the names of its variables begin with.
 */
export function takeWithoutSecret(
  group: string,
  gathered: Gathered,
  others: ReadonlySet<string> = new Set(),
): void {
  if (gathered.get('clientId') === undefined || gathered.get('clientSecret') !== undefined) return;
  for (const name of others) gathered.notes.push(`${name} may be the client’s secret; it was not taken.`);
  // Of nextjs-auth0: that of its cookies.
  const isOfCookies = others.size > 0 && /(?:^|_)auth0$/i.test(group);
  if (ofBrowsers.test(group) || isOfCookies) takeSignIn(gathered);
}
