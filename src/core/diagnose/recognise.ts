import type { Exchange } from '../record/exchange.ts';
import type { Profile } from '../profile/profile.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import { dialectOf, providerOf, type Catalogue } from './catalogue.ts';
import type { Provider } from './provider.ts';

/** Server metadata as it came: every member hostile. @see RFC 8414 section 2 */
export type ServerMetadata = Readonly<Record<string, unknown>>;

/** A provider, and one sentence on why it is thought to be that one. */
export interface RecognisedProvider {
  readonly provider: Provider;
  readonly why: string;
  /** `named`: the profile says so; `recognised`: it looks like it; `generic`: nothing is known. */
  readonly how: 'named' | 'recognised' | 'generic';
}

/** How much of a value from outside is looked at. */
const limit = 4096;

/** Finds the provider of a profile: the one it names, else the first whose URLs, metadata, responses or words fit, else `generic`. */
export function recogniseProvider(
  catalogue: Catalogue,
  profile: Partial<Profile>,
  metadata?: ServerMetadata,
  exchanges: readonly Exchange[] = [],
  words = '',
): RecognisedProvider {
  const named = catalogue.find(({ id }) => id === profile.provider);
  if (named) return { provider: named, why: `The profile says it is ${named.name}.`, how: 'named' };
  const clue =
    firstClue(catalogue, (provider) => urlClue(provider, profile)) ??
    firstClue(catalogue, (provider) => metadataClue(provider, metadata)) ??
    firstClue(catalogue, (provider) => responseClue(provider, exchanges)) ??
    firstClue(catalogue, ({ recognise }) =>
      recognise.bodies?.some((pattern) => fits(pattern, words)) === true
        ? 'its words have that form'
        : undefined,
    );
  if (clue) return { ...clue, how: 'recognised' };
  return { provider: providerOf(catalogue, 'generic'), why: 'Nothing about it is known.', how: 'generic' };
}

/** The token dialect of a profile: the one it names, else that of the provider it has; absent for plain RFC 6749. */
export function dialectFor(catalogue: Catalogue, profile: Profile): TokenDialect | undefined {
  return dialectOf(catalogue, profile, recogniseProvider(catalogue, profile).provider);
}

function firstClue(catalogue: Catalogue, clueOf: (provider: Provider) => string | undefined) {
  for (const provider of catalogue) {
    const clue = clueOf(provider);
    if (clue !== undefined) return { provider, why: `Looks like ${provider.name}: ${clue}.` };
  }
  return undefined;
}

function urlClue({ recognise }: Provider, profile: Partial<Profile>): string | undefined {
  const urls = {
    'the issuer': profile.issuer,
    'the token endpoint': profile.tokenEndpoint,
    'the authorization endpoint':
      'authorizationEndpoint' in profile ? profile.authorizationEndpoint : undefined,
  };
  const found = Object.entries(urls).find(([, url]) =>
    recognise.urls?.some((pattern) => fits(pattern, address(url))),
  );
  return found && `${found[0]} is ${found[1]?.slice(0, 200) ?? ''}`;
}

function metadataClue({ recognise }: Provider, metadata: ServerMetadata | undefined): string | undefined {
  if (!metadata) return undefined;
  const found = Object.entries(recognise.metadata ?? {}).find(([member, pattern]) =>
    fits(pattern, address(textOf(metadata[member]))),
  );
  return found && `its metadata has ${found[0]}`;
}

function responseClue({ recognise }: Provider, exchanges: readonly Exchange[]): string | undefined {
  for (const { leg, response } of exchanges) {
    if (leg !== 'extension' || !response) continue;
    const header = response.headers.find(([name, value]) =>
      fits(recognise.headers?.[name.toLowerCase()], value),
    );
    if (header) return `it answers with ${header[0]}`;
    if (recognise.bodies?.some((pattern) => fits(pattern, response.body)))
      return 'its answers have that form';
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A URL without what stands between or behind host and path and could name another host; other text as it is. */
function address(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return text;
  const { protocol, host, pathname } = new URL(text);
  return host === '' ? text : `${protocol}//${host}${pathname}`;
}

function fits(pattern: string | undefined, text: string | undefined): boolean {
  return pattern !== undefined && text !== undefined && new RegExp(pattern, 'iu').test(text.slice(0, limit));
}
