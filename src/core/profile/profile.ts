import { profileFields } from './fields/all.ts';
import type { Field } from './fields/field.ts';
import { member } from '../../shared/json.ts';

/** Parameters added to a request as they are, name to value. */
export type ExtraParameters = Readonly<Record<string, string>>;

type Declared = (typeof profileFields)[number];

/** The name of a field of a profile. */
export type ProfileField = Declared['name'];

type ValueOf<F extends Field> = F extends { readonly kind: 'list' }
  ? readonly string[]
  : F extends { readonly kind: 'pairs' }
    ? ExtraParameters
    : F extends { readonly kind: 'flag' }
      ? boolean
      : F extends { readonly kind: 'number' }
        ? number
        : F extends { readonly kind: 'json' }
          ? object
          : F extends { readonly choices: (...lists: never) => readonly { readonly value: infer Value }[] }
            ? Value
            : string;

type Always = Extract<Declared, { readonly always: true }>;
type Sometimes = Exclude<Declared, Always>;

/**
 * One registered client at one authorization server, as `core/profile/fields` declares it: a field that is added there is one
 * here. What depends on the grant is absent where the grant does not take it. Never holds a secret.
 */
export type Profile = {
  readonly [F in Always as F['name']]: ValueOf<F>;
} & {
  readonly [F in Sometimes as F['name']]?: ValueOf<F>;
} & {
  /** The environment whose values stand in it, which its name ends in; absent for a profile without variables. */
  readonly environment?: string;
};

/** The id of a grant, such as `authorization_code`: one of `core/grants`. */
export type Grant = Profile['grant'];

/** The id of a client authentication, such as `client_secret_basic`: one of `core/authentication`. */
export type ClientAuthentication = Profile['clientAuthentication'];

/** A client that acts for a user through the browser, always with PKCE. @see RFC 6749 section 4.1, RFC 7636 */
export type AuthorizationCodeProfile = Profile & {
  readonly redirectUri: string;
  readonly authorizationParameters: ExtraParameters;
};

/** Whether the profile's grant goes through the browser and comes back with a redirect: only then it has a redirect URI. */
export function hasRedirect(profile: Profile): profile is AuthorizationCodeProfile {
  return profile.redirectUri !== undefined;
}

/**
 * The origin a profile's secret belongs to: that of `issuer`, else of `tokenEndpoint`.
 *
 * @throws TypeError when neither is a URL (a parsed profile always has one).
 */
export function secretOrigin(profile: Profile): string {
  return new URL(profile.issuer ?? profile.tokenEndpoint ?? '').origin;
}

/**
 * Whose client secret it is, and the only server it may ever be sent to: the origin is in the name it is kept under, issuer and
 * token endpoint are remembered with it.
 */
export interface SecretPlace {
  /** The profile's id. */
  readonly id: string;
  readonly origin: string;
  readonly issuer?: string;
  /** As the profile names it. */
  readonly tokenEndpoint?: string;
  /** What else gets the secret: endpoints that the profile names, and the origins of those that its server publishes elsewhere. */
  readonly others?: readonly string[];
  /** As the issuer's metadata names it, once that is known. */
  readonly discovered?: string;
  /** Which settings the profile stands in, where the asker knows better than the settings in force. */
  readonly standing?: 'user' | 'workspace';
  /** Which of its secrets; absent: that of the client itself. */
  readonly what?: string;
  /** The environment the profile is in effect for: each has secrets of its own. */
  readonly environment?: string;
}

/**
 * Where a profile's client secret, or another of its secrets, belongs.
 *
 * @param discovered the token endpoint as the server's metadata has it, if known
 * @param elsewhere the other endpoints that get it, as far as they are known
 */
export function secretPlace(
  profile: Profile,
  discovered?: string,
  { what }: { readonly what?: string } = {},
  elsewhere: readonly string[] = [],
): SecretPlace {
  const { id, issuer, tokenEndpoint, environment } = profile;
  const origin = secretOrigin(profile);
  const others = otherEndpoints(profile, { origin, tokenEndpoint, discovered }, elsewhere);
  return {
    id,
    origin,
    ...(issuer !== undefined && { issuer }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...(others.length > 0 && { others }),
    ...(discovered !== undefined && { discovered }),
    ...(what !== undefined && { what }),
    ...(environment !== undefined && { environment }),
  };
}

/** What is known of where a secret goes. */
interface Destinations {
  readonly origin: string;
  readonly tokenEndpoint?: string | undefined;
  readonly discovered?: string | undefined;
  readonly others?: readonly string[];
}

/**
 * What else gets the secret: the endpoints that a profile, or the draft of one, names, and each further origin of those that its
 * server publishes.
 */
export function otherEndpoints(
  entry: object,
  known: Destinations,
  elsewhere: readonly string[] = [],
): readonly string[] {
  const told = secretDestinations(known);
  const third = secretDestinations({ origin: known.origin, others: elsewhere });
  const named = profileFields.flatMap((field) => {
    const url = 'getsSecret' in field && field.name !== 'tokenEndpoint' && member(entry, field.name);
    return typeof url === 'string' ? [url] : [];
  });
  return [...named, ...third.filter((origin) => !told.includes(origin))];
}

/** A place with no endpoint beyond these origins: whoever was told of no other agreed to no other. */
export function placeWithin(place: SecretPlace, origins: readonly string[]): SecretPlace {
  const { discovered, others = [], ...rest } = place;
  const isWithin = (url: string) =>
    secretDestinations({ origin: place.origin, others: [url] }).every((origin) => origins.includes(origin));
  const within = others.filter(isWithin);
  return {
    ...rest,
    ...(within.length > 0 && { others: within }),
    ...(discovered !== undefined && isWithin(discovered) && { discovered }),
  };
}

/** Every origin that the secret of a place goes to, as far as its endpoints are known. */
export function secretDestinations(known: Destinations): readonly string[] {
  const { origin, tokenEndpoint, discovered = '', others = [] } = known;
  const endpoints = [tokenEndpoint ?? discovered, ...others].filter((url) => URL.canParse(url));
  return [...new Set([origin, ...endpoints.map((url) => new URL(url).origin)])];
}
