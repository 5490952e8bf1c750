import { parseWwwAuthenticate } from '../diagnose/wwwAuthenticate.ts';

/** The Bearer challenge of a 401 or 403; every value is the server's and hostile. @see RFC 6750 section 3, RFC 9728 section 5.1 */
export interface BearerChallenge {
  readonly resourceMetadata?: string;
  /** Separated by blanks, in order. */
  readonly scopes?: readonly string[];
  readonly error?: string;
}

/** What a response's `WWW-Authenticate` says of Bearer tokens. */
export interface Challenged {
  /** The field as it came; absent when there was none. */
  readonly field?: string;
  readonly bearer?: BearerChallenge;
  /** Schemes that are offered besides, such as `basic`. */
  readonly others: readonly string[];
}

/** Reads the challenge of a response. */
export function readChallenge(response: Response): Challenged {
  const field = response.headers.get('www-authenticate') ?? undefined;
  const challenges = field === undefined ? [] : parseWwwAuthenticate(field);
  const bearers = challenges.filter(({ scheme }) => scheme === 'bearer');
  // Read as one, as the SDK’s client reads the field; what two of them say differently is as the first says it.
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
