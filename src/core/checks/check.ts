import type { SourceView } from '../../shared/views/finding.ts';
import type { QuickFix } from '../diagnose/quickFix.ts';
import type { Bench } from './bench.ts';
import type { NamedEndpoint } from './benchOptions.ts';
import type { InsteadOfCode } from './insteadOfCode.ts';

/** The areas of a profile's checks, in the order in which they run and are reported. */
export const areas = [
  'redirect',
  'pkce',
  'code',
  'response',
  'client',
  'refresh',
  'token',
  'par',
  'dpop',
  'device',
  'fapi',
] as const;

/** The areas of an API's checks: how an MCP server leads clients to a token, and how an API validates tokens. */
export const apiAreas = ['mcp', 'resource'] as const;

/** Every area, in the order of a report. */
export const allAreas = [...areas, ...apiAreas] as const;

export type Area = (typeof allAreas)[number];

/**
 * `fail`: the server does something that the specifications forbid or an attacker needs. `weakness`: it is laxer than current
 * best practice. `not_determined`: the meaning tells why; `not_applicable`: the check makes no sense for this client.
 */
export type Verdict = 'pass' | 'fail' | 'weakness' | 'not_determined' | 'not_applicable';

/** What was found out about how the server compares redirect URIs. */
export type RedirectFact =
  | 'registered'
  | 'any_port'
  | 'loopback_names'
  | 'trailing_slash'
  | 'path_case'
  | 'extra_segment'
  | 'any_path'
  | 'extra_query'
  | 'dot_segments'
  | 'scheme'
  | 'any_host';

/** The result of a check. */
export interface Judgement {
  readonly verdict: Verdict;
  /** What was observed and what it means for this client, in plain words, without any secret. */
  readonly meaning: string;
  /** Set when not determined because the server refuses the profile's own credentials. */
  readonly clientRefused?: true;
  /** Set when not determined because the server refuses a token request like that of a flow. */
  readonly requestRefused?: true;
  /** Set when not determined because the server issues no code: what it sends instead. */
  readonly noCode?: InsteadOfCode;
  /** What to change on the server; absent when nothing. */
  readonly advice?: string;
  /** What to change in the profile. */
  readonly fixes?: readonly QuickFix[];
  /** Whether the server accepts redirect URIs that differ in this way. */
  readonly facts?: Readonly<Partial<Record<RedirectFact, boolean>>>;
}

/** What a check requires of the profile and the user. */
interface CheckNeeds {
  /** A redirect URI: the authorization code grant. */
  readonly authorization?: true;
  /** The redirect URI is a loopback address. */
  readonly loopback?: true;
  /** A signed-in browser: always, or only when a request without one does not decide. */
  readonly signIn?: 'always' | 'maybe';
  /** A client with a secret; `sent`: the secret itself is sent to the server, and not only used for signing. */
  readonly secret?: true | 'sent';
  /** A client that authenticates, with a secret or a key. */
  readonly proof?: true;
  /** A client that authenticates with an assertion that it signs. */
  readonly assertion?: true;
  /** Another profile of the same server. */
  readonly otherClient?: true;
  /** Requests that are pushed: the profile says so, or the server requires it. */
  readonly pushed?: true;
  /** Tokens that are bound to a key (DPoP). */
  readonly bound?: true;
  /** A profile that asks for FAPI 2.0. */
  readonly fapi?: true;
  /** A user who types a code on another device. */
  readonly device?: true;
  /** An endpoint that not every server has. */
  readonly endpoint?: NamedEndpoint;
}

/** The texts of a check. */
export interface CheckWords {
  /** `area.name`, stable. */
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  /** What it tries. */
  readonly tries: string;
  /** What a correct server does. */
  readonly expects: string;
  /** How the answer is judged. */
  readonly judged: string;
  readonly sources: readonly SourceView[];
  readonly needs: CheckNeeds;
  /** How many requests it sends itself at most. */
  readonly requests: number;
  /** How often the browser passes through the server for it at most. */
  readonly signIns: number;
  /** A warning for the user before choosing it; such a check is not selected by default. */
  readonly caution?: string;
}

/** A check with its code, which runs on a bench: by default that for the server of a profile. */
export interface Check<B = Bench> extends CheckWords {
  run: (bench: B) => Promise<Judgement>;
}
