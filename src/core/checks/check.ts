import type { SourceView } from '../../shared/views/finding.ts';
import type { QuickFix } from '../diagnose/quickFix.ts';
import type { Bench } from './bench.ts';
import type { NamedEndpoint } from './benchOptions.ts';
import type { InsteadOfCode } from './insteadOfCode.ts';

/** What the checks of a profile look at, in the order in which they run and are reported. */
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

/** What the checks of an API look at: how an MCP server leads clients to a token, and how an API looks at tokens. */
export const apiAreas = ['mcp', 'resource'] as const;

/** Every area, in the order of a report. */
export const allAreas = [...areas, ...apiAreas] as const;

export type Area = (typeof allAreas)[number];

/**
 * `fail`: the server does what the specifications forbid or an attacker needs. `weakness`: it is laxer than current
 * best practice. `not_determined` says why; `not_applicable` when the check means nothing for this client.
 */
export type Verdict = 'pass' | 'fail' | 'weakness' | 'not_determined' | 'not_applicable';

/** What was learned about how the server compares redirect URIs. */
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

/** What a check found. */
export interface Judgement {
  readonly verdict: Verdict;
  /** What was seen and what it means for this client, in plain words, without any secret. */
  readonly meaning: string;
  /** Set where it could not be found out because the server refuses the profile's own credentials. */
  readonly clientRefused?: true;
  /** Set where it could not be found out because the server refuses a token request like that of a flow. */
  readonly requestRefused?: true;
  /** Set where it could not be found out because the server gives no code: what it gives in its place. */
  readonly noCode?: InsteadOfCode;
  /** What to change on the server; absent when nothing is. */
  readonly advice?: string;
  /** What to change in the profile. */
  readonly fixes?: readonly QuickFix[];
  /** Whether the server accepts redirect URIs that differ in this way. */
  readonly facts?: Readonly<Partial<Record<RedirectFact, boolean>>>;
}

/** What a check needs of the profile and the user. */
interface CheckNeeds {
  /** A redirect URI: the authorization code grant. */
  readonly authorization?: true;
  /** That redirect URI is a loopback address. */
  readonly loopback?: true;
  /** A signed-in browser: always, or only when a request without one does not decide. */
  readonly signIn?: 'always' | 'maybe';
  /** A client with a secret; `sent`: that goes to the server, not only what is signed with it. */
  readonly secret?: true | 'sent';
  /** A client that proves who it is, with a secret or a key. */
  readonly proof?: true;
  /** A client that proves itself with an assertion that it signs. */
  readonly assertion?: true;
  /** Another profile of the same server. */
  readonly otherClient?: true;
  /** Requests that are pushed: the profile says so, or the server requires it. */
  readonly pushed?: true;
  /** Tokens that are bound to a key (DPoP). */
  readonly bound?: true;
  /** A profile that asks for FAPI 2.0. */
  readonly fapi?: true;
  /** A user who types a code elsewhere. */
  readonly device?: true;
  /** An endpoint that not every server has. */
  readonly endpoint?: NamedEndpoint;
}

/** One thing that is tried, in words. */
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
  /** The most requests it sends itself. */
  readonly requests: number;
  /** The most times the browser passes through the server for it. */
  readonly signIns: number;
  /** Something the user should know before choosing it; such a check is left out unless chosen. */
  readonly caution?: string;
}

/** One thing that is tried, on the bench that it needs: against the server of a profile unless said otherwise. */
export interface Check<B = Bench> extends CheckWords {
  run: (bench: B) => Promise<Judgement>;
}
