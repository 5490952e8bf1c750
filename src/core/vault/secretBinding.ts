import { secretDestinations, type SecretPlace } from '../profile/profile.ts';
import { objectOf } from '../../shared/json.ts';

/** Whose profile asks for a secret: the user's own, or one in a workspace's settings. */
export type Standing = 'user' | 'workspace';

/** A server that a secret may be sent to, as it was when the user agreed. */
export interface Binding {
  readonly issuer?: string;
  /** Absent until a flow has found it. */
  readonly tokenEndpoint?: string;
  /** Further endpoints, such as that for pushed requests, that the profile set then. */
  readonly others?: readonly string[];
  readonly standing: Standing;
}

/**
 * Why a stored secret is not sent without asking: its server has changed, or a workspace's profile wants a secret of the user's
 * own profile.
 */
export type Unbound = 'server' | 'workspace';

/** Most servers that are remembered for one secret; the oldest is dropped first. */
const mostBindings = 20;

/** The binding for a secret that is stored for `place`. */
export function bindingOf(place: SecretPlace, standing: Standing): Binding {
  const tokenEndpoint = place.tokenEndpoint ?? place.discovered;
  return {
    ...(place.issuer !== undefined && { issuer: place.issuer }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...(place.others !== undefined && { others: place.others }),
    standing,
  };
}

/** The binding that covers `place`, or why none does. */
export function coveredBy(
  bindings: readonly Binding[],
  place: SecretPlace,
  standing: Standing,
): Binding | Unbound {
  const here = bindings.filter((one) => isSameServer(one, place));
  const found = here.find((one) => one.standing === standing || one.standing === 'workspace');
  if (found !== undefined) return found;
  return standing === 'workspace' && bindings.every((one) => one.standing === 'user')
    ? 'workspace'
    : 'server';
}

/**
 * Whether issuer and token endpoint are the same, and no further endpoint is new. A token endpoint that was unknown then counts
 * as the same, unless the profile itself sets one, or it is at an origin that the user was not told of.
 */
function isSameServer(kept: Binding, place: SecretPlace): boolean {
  if (place.issuer === undefined && place.tokenEndpoint === undefined) return true;
  if (addressOf(kept.issuer) !== addressOf(place.issuer)) return false;
  const others = kept.others?.map(addressOf);
  if (place.others?.some((one) => others?.includes(addressOf(one)) !== true) === true) return false;
  const asked = place.tokenEndpoint ?? place.discovered;
  if (asked === undefined) return true;
  return kept.tokenEndpoint === undefined
    ? place.tokenEndpoint === undefined && secretDestinations(place).length === 1
    : addressOf(kept.tokenEndpoint) === addressOf(asked);
}

/** A URL in the form in which it is compared: without the final slash. */
function addressOf(url = ''): string {
  if (!URL.canParse(url)) return url;
  const { href } = new URL(url);
  return href.endsWith('/') ? href.slice(0, -1) : href;
}

/** Adds a binding, or replaces one of which more is known now. */
export function withBinding(bindings: readonly Binding[], added: Binding, instead?: Binding): Binding[] {
  return [...bindings.filter((one) => one !== instead), added].slice(-mostBindings);
}

/** Bindings as text for the vault. */
export function formatBindings(bindings: readonly Binding[]): string {
  return JSON.stringify(bindings);
}

/** Reads what `formatBindings` wrote; undefined for nothing, and for anything else, which binds a secret to no server at all. */
export function parseBindings(text: string | undefined): readonly Binding[] | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isBinding) : [];
  } catch {
    return [];
  }
}

function isBinding(value: unknown): value is Binding {
  const { issuer, tokenEndpoint, others = [], standing } = objectOf(value);
  return (
    isOptionalText(issuer) &&
    isOptionalText(tokenEndpoint) &&
    (issuer !== undefined || tokenEndpoint !== undefined) &&
    Array.isArray(others) &&
    others.every((one) => typeof one === 'string') &&
    (standing === 'user' || standing === 'workspace')
  );
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
