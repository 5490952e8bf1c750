import { parseWwwAuthenticate } from '../diagnose/wwwAuthenticate.ts';

/**
 * The Bearer challenge of a 401 or 403; every value comes from the server and is untrusted. @see RFC 6750 section 3, RFC 9728
 * section 5.1
 */
export interface BearerChallenge {
  readonly resourceMetadata?: string;
  /** In order, as the challenge lists them. */
  readonly scopes?: readonly string[];
  readonly error?: string;
}

/** The Bearer challenge in a response's `WWW-Authenticate`, and what else is in that. */
export interface Challenged {
  /** The header field as it came; absent when there was none. */
  readonly field?: string;
  readonly bearer?: BearerChallenge;
  /** The other schemes that are offered, such as `basic`. */
  readonly others: readonly string[];
}

/** Reads the challenge of a response. */
export function readChallenge(response: Response): Challenged {
  const field = response.headers.get('www-authenticate') ?? undefined;
  const challenges = field === undefined ? [] : parseWwwAuthenticate(field);
  const bearers = challenges.filter(({ scheme }) => scheme === 'bearer');
  // All fields are read as one, as the SDK’s client does; where two differ, the first counts.
  const parameters = new Map(bearers.toReversed().flatMap((challenge) => [...challenge.parameters]));
  const others = challenges.map(({ scheme }) => scheme).filter((scheme) => scheme !== 'bearer');
  return {
    ...(field !== undefined && { field: field.slice(0, 2048) }),
    ...(bearers.length > 0 && { bearer: bearer(parameters) }),
    others,
  };
}

function bearer(parameters: ReadonlyMap<string, string>): BearerChallenge {
  const resourceMetadata = parameters.get('resource_metadata');
  const scope = parameters.get('scope');
  const error = parameters.get('error');
  return {
    ...(resourceMetadata !== undefined && { resourceMetadata }),
    ...(scope !== undefined && { scopes: scope.split(' ').filter((item) => item !== '') }),
    ...(error !== undefined && { error }),
  };
}
