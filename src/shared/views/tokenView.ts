import { serverCommands } from '../commands.ts';
import type { IntentOf } from '../intents.ts';
import type { FindingView, SourceView } from './finding.ts';

/** Which token of the view something is about. A decoded text has one, called `access`. */
const tokenSlots = ['access', 'id'] as const;
export type TokenSlot = (typeof tokenSlots)[number];
const tokenTabs = ['access', 'id', 'response'] as const;
export type TokenTab = (typeof tokenTabs)[number];
const tokenParts = ['header', 'payload'] as const;
export type TokenPart = (typeof tokenParts)[number];

/** What the view can ask of the profile it belongs to. */
const tokenActions = [
  'getToken',
  'refreshToken',
  'insertBearer',
  ...Object.values(serverCommands),
  'showFlow',
  'compareTokens',
  'settings',
] as const;
export type TokenAction = (typeof tokenActions)[number];

/** How far the check of a signature is, or how it ended. */
type SignatureState =
  | 'checking'
  | 'valid'
  | 'invalid'
  | 'key_not_found'
  | 'not_checked'
  | 'can_check'
  | 'none';

export interface SignatureView {
  readonly state: SignatureState;
  /** In a word or two: `Signature valid`. */
  readonly title: string;
  /** With which key, or why not; one sentence. */
  readonly detail: string;
  readonly source?: SourceView;
}

/** As many rows of a list are shown at once; of longer ones the rest is folded away. */
export const fewRows = 15;

/** One member of a header or a payload. Name and value are the token's and hostile. */
export interface ClaimView {
  readonly name: string;
  /** As text: a string as it is, anything else as JSON; at most 16 KiB of it. */
  readonly value: string;
  /** How many characters more the value has. */
  readonly cut?: number;
  readonly kind: 'text' | 'json' | 'time';
  /** Of a time, milliseconds since the epoch. */
  readonly at?: number;
  /** What it means, one line; absent when it is in no catalogue. */
  readonly meaning?: string;
  readonly source?: SourceView;
  /** Of an answer about the token: how it stands to the claim of the token. */
  readonly compared?: 'same' | 'differs' | 'only_here';
  /** What the token says where it differs, shortened. */
  readonly inToken?: string;
}

export interface TokenPartView {
  readonly rows: readonly ClaimView[];
  /** How many more there are than `rows` holds. */
  readonly more: number;
  /** How many rows come after these with the whole model. */
  readonly later?: number;
  /** The whole part as indented JSON, or as the text it is; at most 64 KiB of it. */
  readonly text: string;
  /** How many characters more it has. */
  readonly cut?: number;
}

/** Moments in milliseconds since the epoch. */
export interface LifetimeView {
  readonly issuedAt?: number;
  readonly notBefore?: number;
  readonly expiresAt?: number;
}

export interface DecodedTokenView {
  readonly slot: TokenSlot;
  readonly label: string;
  readonly kind: 'jwt' | 'jwe' | 'opaque' | 'malformed';
  /** What it is, one sentence: `JWT access token, signed with RS256`. */
  readonly format: string;
  /** The last 6 characters. */
  readonly end: string;
  /** Number of characters. */
  readonly length: number;
  readonly lifetime: LifetimeView;
  readonly signature: SignatureView;
  readonly findings: readonly FindingView[];
  readonly header?: TokenPartView;
  readonly payload?: TokenPartView;
  /** The token in its dot-separated parts, each at most 16 KiB; at most six of them. */
  readonly encoded: readonly string[];
}

/** Where a scope was met, and what became of it. */
export interface ScopeRowView {
  readonly scope: string;
  /** What it is for, when the provider is known. */
  readonly meaning?: string;
  /** `unknown`: nobody knows what was asked for, as of a pasted token. */
  readonly asked: 'yes' | 'no' | 'unknown';
  /** `implied`: the response named no scopes, which means all that were asked for. */
  readonly granted: 'yes' | 'implied' | 'no' | 'unknown';
  /** `not_expected`: scopes such as `openid`, which stand in no access token. */
  readonly inToken: 'yes' | 'no' | 'unknown' | 'not_expected';
  /** The claims it was found in. */
  readonly claims: readonly string[];
  readonly verdict: 'kept' | 'dropped' | 'missing' | 'added' | 'default' | 'role' | 'unknown';
  /** The verdict in words. */
  readonly text: string;
}

export interface ScopesView {
  /** Of a long list, what differs is first. */
  readonly rows: readonly ScopeRowView[];
  /** How many rows come after these with the whole model. */
  readonly later?: number;
  /** The whole in one sentence. */
  readonly summary: string;
  readonly tone: 'good' | 'warn' | 'neutral';
  /** Where the token keeps its scopes, or why that cannot be seen. */
  readonly hint: string;
}

/** A parameter that the sign-in was asked with, and what became of it. */
export interface SignInRowView {
  readonly name: string;
  readonly asked: string;
  /** `told`: the tokens say something of it, without a verdict; `unseen`: they say nothing. */
  readonly verdict: 'kept' | 'other' | 'told' | 'unseen';
  /** What can be seen of it, one sentence or two. */
  readonly text: string;
}

export interface ResponseView {
  /** Every member but the tokens, in order; the refresh token only by its end. */
  readonly rows: readonly ClaimView[];
  /** As it came, or put together again; the refresh token by its last 6 characters only. */
  readonly text: string;
  /** Whether `text` is what came over the wire. */
  readonly raw: boolean;
}

/** What the server said of a token or its user when it was asked. */
export interface TokenAnswerView {
  /** Such as `Introspection`. */
  readonly title: string;
  readonly meaning: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The token beside which it stands. */
  readonly slot: TokenSlot;
  /** Without any secret. */
  readonly rows: readonly ClaimView[];
}

/** Everything the token view shows. */
export interface TokenViewModel {
  readonly title: string;
  /** Where it comes from, one line. */
  readonly subtitle: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt?: number;
  readonly actions: readonly TokenAction[];
  /** Whether the token can be copied as a header and as a curl command: a bound one is useless without its key. */
  readonly copiesAsHeader: boolean;
  readonly tokens: readonly DecodedTokenView[];
  /** When there is no token to show them with: why not. */
  readonly findings: readonly FindingView[];
  readonly scopes?: ScopesView;
  /** Empty where nothing but scopes was asked for. */
  readonly signIn: readonly SignInRowView[];
  readonly response?: ResponseView;
  readonly answers?: readonly TokenAnswerView[];
  /** The last 6 characters; the token itself never comes here. */
  readonly refreshTokenEnd?: string;
  /** The tab to show. */
  readonly tab: TokenTab;
}

/** What the user can want in the token view; the host validates it. */
export const tokenIntents = {
  tab: { tab: tokenTabs },
  copyToken: { slot: tokenSlots },
  copyHeader: {},
  copyCurl: {},
  copyClaim: { slot: tokenSlots, part: tokenParts, name: 'text' },
  /** Where the claim is, as a JSONPath. */
  copyPath: { name: 'text' },
  copyPart: { slot: tokenSlots, part: tokenParts },
  openPart: { slot: tokenSlots, part: tokenParts },
  copyResponse: {},
  copyMember: { name: 'text' },
  checkSignature: { slot: tokenSlots },
  run: { action: tokenActions },
} as const;
export type TokenViewIntent = IntentOf<typeof tokenIntents>;
