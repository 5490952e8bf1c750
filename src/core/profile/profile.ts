import { profileFields } from './fields/all.ts';
import type { Field } from './fields/field.ts';
import { member } from '../../shared/json.ts';

/** Parameters that are added to a request unchanged, value by name. */
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
 * One registered client at one authorization server, with the fields that `core/profile/fields` declares. Fields that its grant
 * does not have are absent. Never holds a secret.
 */
export type Profile = {
  readonly [F in Always as F['name']]: ValueOf<F>;
} & {
  readonly [F in Sometimes as F['name']]?: ValueOf<F>;
} & {
  /** The environment that its variables were resolved in, which its name ends with; absent for a profile without variables. */
  readonly environment?: string;
};

/** The id of a grant in `core/grants`, such as `authorization_code`. */
export type Grant = Profile['grant'];

/** The id of a client authentication in `core/authentication`, such as `client_secret_basic`. */
export type ClientAuthentication = Profile['clientAuthentication'];

/** A client that acts for a user through the browser, always with PKCE. @see RFC 6749 section 4.1, RFC 7636 */
export type AuthorizationCodeProfile = Profile & {
  readonly redirectUri: string;
  readonly authorizationParameters: ExtraParameters;
};

/** Whether the profile's grant sends the browser away and back: only then is there a redirect URI. */
export function hasRedirect(profile: Profile): profile is AuthorizationCodeProfile {
  return profile.redirectUri !== undefined;
}

/**
 * The origin that a profile's secret belongs to: that of `issuer`, else of `tokenEndpoint`.
 *
 * @throws TypeError when neither is a URL (a parsed profile always has one)
 */
export function secretOrigin(profile: Profile): string {
  return new URL(profile.issuer ?? profile.tokenEndpoint ?? '').origin;
}

/**
 * Identifies a stored secret, and the only server it may be sent to: the origin is part of the name it is kept under, issuer
 * and token endpoint are stored beside it.
 */
export interface SecretPlace {
  /** The profile's id. */
  readonly id: string;
  readonly origin: string;
  readonly issuer?: string;
  /** The token endpoint that the profile sets. */
  readonly tokenEndpoint?: string;
  /** What else gets the secret: endpoints that the profile sets, and the further origins of those that its server publishes. */
  readonly others?: readonly string[];
  /** The token endpoint in the issuer's metadata, once that is known. */
  readonly discovered?: string;
  /** Which settings the profile is in, where the caller knows better than the settings in force. */
  readonly standing?: 'user' | 'workspace';
  /** Which of the profile's secrets; absent: the client's own. */
  readonly what?: string;
  /** The profile's environment: each has its own secrets. */
  readonly environment?: string;
}

/**
 * The place of a profile's client secret, or of another of its secrets.
 *
 * @param discovered the token endpoint in the server's metadata, if known
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

/** What is known about where a secret is sent. */
interface Destinations {
  readonly origin: string;
  readonly tokenEndpoint?: string | undefined;
  readonly discovered?: string | undefined;
  readonly others?: readonly string[];
}

/**
 * What else gets the secret: the endpoints that a profile (or the draft of one) sets, and the further origins of those that its
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

/** A place without the endpoints beyond these origins: whoever agreed to these agreed to no other. */
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

/** All origins that the secret of a place is sent to, as far as its endpoints are known. */
export function secretDestinations(known: Destinations): readonly string[] {
  const { origin, tokenEndpoint, discovered = '', others = [] } = known;
  const endpoints = [tokenEndpoint ?? discovered, ...others].filter((url) => URL.canParse(url));
  return [...new Set([origin, ...endpoints.map((url) => new URL(url).origin)])];
}
