import type { Failure } from '../record/failure.ts';
import type { FlowReport, PkceRecord } from '../record/report.ts';
import type { Exchange } from '../record/exchange.ts';
import type { Profile } from '../profile/profile.ts';
import { errorMeaning } from './meanings.ts';
import type { Catalogue } from './catalogue.ts';
import type { TokenFacts } from './tokenFacts.ts';
import { recogniseProvider, type RecognisedProvider, type ServerMetadata } from './recognise.ts';
import { sentSecretFacts, type SecretFacts } from './secretFacts.ts';
import { parseWwwAuthenticate, type Challenge } from './wwwAuthenticate.ts';
import { membersIn } from '../http/jsonDepth.ts';

/** What `explainFailure` is given; all but the first three only sharpen the answer. */
export interface FailureInput {
  readonly failure: Failure;
  readonly profile: Profile;
  readonly exchanges: readonly Exchange[];
  readonly pkce?: PkceRecord;
  /** What the server publishes about itself; else read from the discovery exchange. */
  readonly metadata?: ServerMetadata;
  /** About the stored secret; else about the one that was sent. */
  readonly secret?: SecretFacts;
  /** Earlier runs of this session, the oldest first. */
  readonly earlier?: readonly FlowReport[];
  /** About the token an API call was made with. */
  readonly token?: TokenFacts;
  /** The proxy requests go through, if any. */
  readonly proxy?: string;
  /** The profile was made by a demo server, which ends with its window. */
  readonly demo?: boolean;
}

/** A failure with everything known around it, gathered once; texts from outside are cut to `textLimit`. */
export interface Facts extends Omit<FailureInput, 'metadata' | 'secret' | 'earlier'> {
  readonly catalogue: Catalogue;
  readonly provider: RecognisedProvider;
  readonly metadata: ServerMetadata;
  readonly secret?: SecretFacts;
  readonly earlier: readonly FlowReport[];
  /** The exchange it failed in. */
  readonly exchange?: Exchange;
  /** Absent when it was not an OAuth error. */
  readonly error?: string;
  /** A code that the server's words name beside its error: `Exception{error='unsupported_grant_type'}`. */
  readonly inner?: string;
  /** The description of an OAuth error, else the body: what the server said in words. */
  readonly words: string;
  /** The answer as it came, with members of the server's own beside those of OAuth; empty when none came. */
  readonly body: string;
  /** What the server says went wrong: the `error_description` of an OAuth error, a challenge or an API's JSON body. */
  readonly description?: string;
  readonly status?: number;
  /** Numbers such as `AADSTS50011` in the server's words. */
  readonly numbers: readonly string[];
  readonly challenges: readonly Challenge[];
}

/** Characters of a text from outside that rules look at. */
export const textLimit = 16_384;

/** Exchanges that are looked at: the last ones. */
const mostExchanges = 100;
/** Characters of a discovery document; real ones have a tenth. */
const metadataLimit = 262_144;
/** Characters of a header field's value. */
const fieldLimit = 8192;

/** Gathers what rules look at. Never throws; its work is bounded by `textLimit`. */
export function gatherFacts(input: FailureInput, catalogue: Catalogue): Facts {
  const { failure, profile } = input;
  const exchanges = input.exchanges.slice(-mostExchanges).map(cut);
  const exchange = exchanges.find(({ id }) => id === failure.exchange);
  const metadata = input.metadata ?? publishedMetadata(input.exchanges);
  const status = 'status' in failure ? failure.status : undefined;
  const oauth = failure.kind === 'oauth_error' ? failure.body : undefined;
  const challenges = challengesOf(exchange);
  const challenge = tellingChallenge(challenges)?.parameters;
  const error = withoutWords(oauth?.error ?? challenge?.get('error') ?? bareCode(failure, exchange));
  const described = oauth?.error_description ?? challenge?.get('error_description');
  const description = described ?? (failure.step === 'api' ? describedIn(exchange) : undefined);
  // The answer to a redirect is our own page.
  const body = exchange?.leg === 'loopback' ? undefined : exchange?.response?.body;
  const words = (described ?? body ?? '').slice(0, textLimit);
  const secret = input.secret ?? sentSecretFacts(tokenExchange(exchange, exchanges), profile.clientId);
  return {
    ...input,
    exchanges,
    catalogue,
    provider: recogniseProvider(catalogue, profile, metadata, exchanges.slice(-20), described),
    metadata,
    earlier: input.earlier ?? [],
    words,
    body: (body ?? '').slice(0, textLimit),
    numbers: [...new Set(words.slice(0, 4096).match(/\b[A-Z]{3,10}\d{3,9}\b/g) ?? [])].slice(0, 20),
    challenges,
    ...(secret ? { secret } : {}),
    ...(exchange ? { exchange } : {}),
    ...innerCode(words, error, failure),
    ...(error === undefined ? {} : { error: error.slice(0, 200) }),
    ...(status === undefined ? {} : { status }),
    ...(description === undefined ? {} : { description: description.slice(0, textLimit) }),
  };
}

/** A code without the words behind it, which some send beside a description of its own: `invalid_grant: Token is expired.` */
function withoutWords(error: string | undefined): string | undefined {
  return /^([a-z]\w{0,63}): +\S/.exec(error ?? '')?.[1] ?? error;
}

/** A known error code within words, as frameworks write an exception or a page. */
function innerCode(words: string, error: string | undefined, { step }: Failure): Pick<Facts, 'inner'> {
  const found = /\berror\s?[=:]\s?['"]?([a-z]{2,30}_[a-z_]{2,40})\b/.exec(words.slice(0, 4096))?.[1];
  return found === undefined || found === error || errorMeaning(found, step) === undefined
    ? {}
    : { inner: found };
}

/** A known error code that is the whole body. */
function bareCode({ kind, step }: Failure, exchange: Exchange | undefined): string | undefined {
  const text =
    exchange?.response?.body
      .slice(0, 100)
      .trim()
      .replace(/^"(.*)"$/, '$1') ?? '';
  return kind === 'http_error' && /^[a-z]+(?:_[a-z]+)+$/.test(text) && errorMeaning(text, step) !== undefined
    ? text
    : undefined;
}

/** The challenge that says what is wrong; of several that of the bearer token, which is what was sent. */
function tellingChallenge(challenges: readonly Challenge[]): Challenge | undefined {
  const telling = challenges.filter(({ parameters }) => parameters.has('error'));
  return telling.find(({ scheme }) => scheme === 'bearer') ?? telling[0];
}

/** The `error_description` of a JSON body. */
function describedIn(exchange: Exchange | undefined): string | undefined {
  const found = membersIn(exchange?.response?.body ?? '')['error_description'];
  return typeof found === 'string' ? found : undefined;
}

function tokenExchange(exchange: Exchange | undefined, exchanges: readonly Exchange[]): Exchange | undefined {
  return exchange ?? exchanges.findLast(({ purpose }) => purpose === 'token' || purpose === 'refresh');
}

/** What the server published in the discovery exchange; empty when nothing usable did. @see RFC 8414 section 3.2 */
function publishedMetadata(exchanges: readonly Exchange[]): ServerMetadata {
  const found = exchanges.findLast(
    ({ purpose, response }) => purpose === 'discovery' && response?.status === 200,
  );
  if ((found?.response?.body.length ?? 0) > metadataLimit) return {};
  return membersIn(found?.response?.body ?? '');
}

/** An exchange without what is beyond the limits, so that no rule has more to do. */
function cut(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const headers = (list: Exchange['request']['headers']) =>
    list.slice(0, 100).map(([name, value]) => [name.slice(0, 200), value.slice(0, fieldLimit)] as const);
  return {
    ...exchange,
    request: {
      ...request,
      url: request.url.slice(0, textLimit),
      headers: headers(request.headers),
      ...(request.body === undefined ? {} : { body: request.body.slice(0, 65_536) }),
    },
    ...(response
      ? {
          response: {
            ...response,
            statusText: response.statusText.slice(0, 200),
            headers: headers(response.headers),
            body: response.body.slice(0, textLimit),
          },
        }
      : {}),
  };
}

function challengesOf(exchange: Exchange | undefined): readonly Challenge[] {
  // Beside a success it refuses nothing.
  if ((exchange?.response?.status ?? 0) < 400) return [];
  const fields = exchange?.response?.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate');
  return (fields ?? []).slice(0, 10).flatMap(([, value]) => {
    // Some write the parameters, and no scheme before them.
    return parseWwwAuthenticate(/^\s*\w+=/.test(value) ? `none ${value}` : value);
  });
}

/** The strings of a metadata member that should be a list of them; absent when it is none. */
export function listed(metadata: ServerMetadata, member: string): readonly string[] | undefined {
  const value = metadata[member];
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, 1000).filter((item): item is string => typeof item === 'string');
}
