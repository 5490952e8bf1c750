import { visibleText } from '../../shared/visibleText.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import type { TokenSlot } from '../../shared/views/tokenView.ts';
import type { ScopeKnowledge } from './scopeKnowledge.ts';
import type { TokenSet } from '../record/report.ts';
import type { Deviation } from '../record/exchange.ts';
import type { Profile } from '../profile/profile.ts';
import { rfc } from '../source.ts';
import { decodeToken, type DecodedToken } from './decode.ts';
import { extractToken, inputLimit, type Extracted } from './extract.ts';
import { finding } from './finding.ts';
import type { JsonObject } from './json.ts';
import { lifetimeOf } from './times.ts';
import type { TokenAnswer } from './tokenAnswers.ts';

/** The tokens of a profile, with what is known of how they were issued. */
export interface ProfileTokens {
  readonly kind: 'profile';
  readonly profile: Profile;
  readonly tokens: TokenSet;
  /** Deviations of the token response from its specification. */
  readonly deviations?: readonly Deviation[];
  /** What is known of this provider's scopes. */
  readonly knowledge?: ScopeKnowledge;
  /** The body of the token response as it came, as long as it is known. */
  readonly responseBody?: string;
  /** SHA-256 of the profile's client certificate in the vault, base64url. @see RFC 8705 section 3.1 */
  readonly certificate?: string;
  /** What the server said about the token when it was asked. */
  readonly answers?: readonly TokenAnswer[];
  /** The server's latest known metadata. */
  readonly server?: Readonly<Record<string, unknown>>;
  /** Whether the run that got it is still known, and can be shown. */
  readonly hasFlow?: boolean;
}

/** Any text that may contain a token. */
export interface TokenText {
  readonly kind: 'text';
  readonly text: string;
  /** Where it is from, such as `selection` or `clipboard`. */
  readonly from: string;
}

export type TokenInput = ProfileTokens | TokenText;

/** Everything that a token view is made from, decoded once; it contains the tokens themselves and never leaves the host. */
export interface TokenReading {
  readonly tokens: Readonly<Partial<Record<TokenSlot, DecodedToken>>>;
  /** What the server sent besides the tokens, in order; absent when there was no response. */
  readonly response?: JsonObject;
  readonly responseScope?: string;
  readonly refreshToken?: string;
  /** The requested scopes; absent when unknown. */
  readonly requested?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly receivedAt?: number;
  /** Milliseconds since the epoch, by the response. */
  readonly expiresAt?: number;
  readonly source: TokenInput;
  /** Findings about the input itself. */
  readonly notes: readonly FindingView[];
}

/** Decodes the tokens in an input; never throws, whatever the text. */
export function readTokens(input: TokenInput): TokenReading {
  return input.kind === 'profile' ? fromProfile(input) : fromText(input);
}

function fromProfile(input: ProfileTokens): TokenReading {
  const { tokens } = input;
  const { access_token, id_token, refresh_token, scope, received_at, expires_at } = tokens;
  const access = decodeToken(access_token);
  return {
    tokens: {
      access,
      ...(id_token !== undefined && { id: decodeToken(id_token) }),
    },
    response: responseOf(tokens, access.payload?.json),
    ...(scope !== undefined && { responseScope: scope }),
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    requested: tokens.requested_scopes,
    receivedAt: received_at,
    ...(expires_at !== undefined && { expiresAt: expires_at }),
    source: input,
    notes: [],
  };
}

function responseOf(tokens: TokenSet, claims: JsonObject | undefined): JsonObject {
  const { token_type, scope, received_at, expires_at, extra } = tokens;
  // An expiry that was taken from the token itself was in no response.
  const claimed = lifetimeOf(claims).expiresAt;
  const inResponse = expires_at !== undefined && expires_at !== claimed;
  const seconds = inResponse ? Math.round((expires_at - received_at) / 1000) : undefined;
  return {
    token_type,
    ...(seconds !== undefined && { expires_in: seconds }),
    ...(scope !== undefined && { scope }),
    ...extra,
  };
}

function fromText(input: TokenText): TokenReading {
  const found = extractToken(input.text);
  switch (found.kind) {
    case 'nothing':
      return { tokens: {}, source: input, notes: [nothingFound(found.why)] };
    case 'token':
      return { tokens: { access: decodeToken(found.token) }, source: input, notes: notesOf(found) };
    case 'response':
      return fromResponse(input, found.members);
  }
}

function fromResponse(input: TokenText, members: JsonObject): TokenReading {
  const { access_token, id_token, refresh_token, ...response } = members;
  return {
    tokens: {
      ...(typeof access_token === 'string' && { access: decodeToken(access_token) }),
      ...(typeof id_token === 'string' && { id: decodeToken(id_token) }),
    },
    response,
    ...(typeof refresh_token === 'string' && { refreshToken: refresh_token }),
    ...(typeof response['scope'] === 'string' && { responseScope: response['scope'] }),
    source: input,
    notes: [],
  };
}

function nothingFound(why: Extract<Extracted, { kind: 'nothing' }>['why']): FindingView {
  switch (why) {
    case 'empty':
      return finding(
        'error',
        'empty',
        'There is nothing to decode.',
        'The text is empty. Copy a token and try again.',
      );
    case 'too_long':
      return finding(
        'error',
        'too_long',
        `The text is longer than ${inputLimit / 1024 / 1024} MiB.`,
        'No server accepts a token of that size. Select only the token.',
      );
    case 'no_token':
      return finding(
        'error',
        'no_token',
        'There is no token in this text.',
        'A JWT starts with “ey” and has two dots; an opaque token is one word, such as the one after “Bearer”.',
        rfc(6750, '2.1'),
      );
  }
}

function notesOf({ joined, others }: Extract<Extracted, { kind: 'token' }>): readonly FindingView[] {
  return [
    ...(joined
      ? [
          finding(
            'note',
            'joined',
            'Line breaks inside the token were taken out.',
            'A token is one word without spaces; it was probably wrapped where it was copied from.',
          ),
        ]
      : []),
    ...(others > 0
      ? [
          finding(
            'note',
            'others',
            `The text holds ${others} more ${others === 1 ? 'token' : 'tokens'}; this is the first.`,
            'Select another one to see it.',
          ),
        ]
      : []),
  ];
}

/** The last 6 characters of a token, to tell tokens apart. */
export function endOf(token: string): string {
  return visibleText(token.slice(-6));
}
