import type { FailureKind, FlowStep } from '../record/failure.ts';
import type { TokenDialect } from '../oauth/dialect.ts';
import type { ClientAuthentication, ExtraParameters, Grant } from '../profile/profile.ts';
import type { ScopeKnowledge } from '../token/scopeKnowledge.ts';
import type { QuickFix } from './quickFix.ts';

/**
 * What is known about one authorization server product: a JSON file in `providers/`, validated by
 * `provider.schema.json`. Adding a file adds a provider; no code knows any of them.
 */
export interface Provider {
  /** The file's name without `.json`; what profiles hold in `provider`. */
  readonly id: string;
  readonly name: string;
  /** One sentence: what it is, so that a user recognises theirs. */
  readonly description: string;
  /** Where it stands in lists: lower first. */
  readonly order: number;
  /** The day on which the whole file was compared with what `links` lead to: year-month-day; absent: no day is known for all of it. */
  readonly read?: string;
  readonly recognise: Recognition;
  readonly ask: readonly ProviderQuestion[];
  readonly endpoints: EndpointTemplates;
  /** Origins, all of this provider alone, between which a code goes: nobody is asked whether they belong together. */
  readonly oneService?: readonly string[];
  /** The grants it offers, each with what a new profile starts with. */
  readonly grants: Readonly<Partial<Record<Grant, GrantDefaults>>>;
  readonly tokenDialect?: TokenDialect;
  readonly scopes?: ProviderScopes;
  readonly redirect?: RedirectKnowledge;
  /**
   * What chooses the API a token is for: the parameter `audience`, `resource` (RFC 8707), the scopes, or `none`: nothing in
   * the request. Absent: not known.
   */
  readonly audience?: 'audience' | 'resource' | 'scope' | 'none';
  readonly errors: readonly ErrorRule[];
  readonly lacks?: readonly Lack[];
  readonly advice: readonly Advice[];
  /** With the day on which the file was compared with the page, where that was not done for all of it. */
  readonly links: readonly (Link & { readonly read?: string })[];
}

/** Regular expressions (case-insensitive); any one that matches recognises the provider. */
interface Recognition {
  /** Against scheme, host and path of `issuer`, `tokenEndpoint` and `authorizationEndpoint` of the profile. */
  readonly urls?: readonly string[];
  /** Metadata member to a pattern its JSON text (of a URL: scheme, host and path) must match. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Response header field to a pattern its value must match. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Against the text of error and token responses. */
  readonly bodies?: readonly string[];
}

/** Something only the user knows, such as the tenant. Its answer stands in the templates as `{name}`. */
export interface ProviderQuestion {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  /** `base`: kept as `https://host[:port]` (http only on loopback); `url`: with its path; `text`: as it is. */
  readonly kind: 'base' | 'url' | 'text';
  readonly default?: string;
  /** What a `text` answer must match. */
  readonly pattern?: string;
  /** Only asked for these grants; absent: for all. */
  readonly grants?: readonly Grant[];
}

/** URLs with `{name}` for each answer. */
export interface EndpointTemplates {
  readonly issuer?: string;
  readonly tokenEndpoint?: string;
  readonly authorizationEndpoint?: string;
}

/** What a new profile starts with; texts may hold `{name}` of a question. */
export interface GrantDefaults {
  readonly clientAuthentication: ClientAuthentication;
  readonly scopes: readonly string[];
  readonly redirectUri?: string;
  readonly audience?: string;
  readonly authorizationParameters?: ExtraParameters;
  readonly tokenParameters?: ExtraParameters;
  /** Of an assertion that is made and signed; `{name.host}` is the host of an answer that is an address. */
  readonly assertionClaims?: ExtraParameters;
}

/** Where this provider puts scopes, how it writes them, and which it never gives. */
export interface ProviderScopes extends ScopeKnowledge {
  /** Scopes that a grant does not give here. */
  readonly notGranted?: readonly ScopesNotGranted[];
  /** The resource of a scope that names none: what `$resource` stands for then. */
  readonly defaultResource?: string;
  /** What a scope is for. */
  readonly meanings?: Readonly<Record<string, string>>;
}

/** How this server compares a loopback redirect URI with the registered one. */
export interface RedirectKnowledge {
  /**
   * Which ports it accepts besides the registered one: any for 127.0.0.1 and [::1] (RFC 8252 section 7.3), any for
   * `localhost`, any for all of them, or none.
   */
  readonly ports: 'any_on_loopback_ip' | 'any_on_localhost' | 'any' | 'exact';
  /** The loopback hosts it accepts, the best one first; none: only https with a domain name; absent: all of them. */
  readonly hosts?: readonly ('127.0.0.1' | '[::1]' | 'localhost')[];
  /** What to know when registering it there, one sentence each. */
  readonly advice?: readonly string[];
  readonly link?: string;
}

export interface ScopesNotGranted {
  readonly scopes: readonly string[];
  readonly grants: readonly Grant[];
  /** `dropped`: a token comes without it; `refused`: the request fails. */
  readonly effect: 'dropped' | 'refused';
  readonly why: string;
  readonly link?: string;
}

/** An answer of this server, and what it means here. Every condition given must hold. */
export interface ErrorRule {
  /** Unique in its file; tests and explanations name it `<provider>/<id>`. */
  readonly id: string;
  readonly when: ErrorCondition;
  /** One sentence; may hold `$name` of a named group of `description`. */
  readonly cause: string;
  readonly steps: readonly string[];
  /** Scopes may be `$name`, or hold `$resource`: the resource of the profile's scopes. */
  readonly fixes?: readonly QuickFix[];
  /** 0 to 100: how sure the words alone make it. */
  readonly weight: number;
  readonly link?: string;
}

export interface ErrorCondition {
  readonly error?: readonly string[];
  /** Regular expression, case-insensitive, against the description, else the body; named groups can be used in texts. */
  readonly description?: string;
  /** Numbers the server puts into its descriptions, such as `AADSTS50011`. */
  readonly numbers?: readonly string[];
  readonly status?: readonly number[];
  readonly steps?: readonly FlowStep[];
  readonly grants?: readonly Grant[];
  readonly kinds?: readonly FailureKind[];
  readonly clientAuthentication?: readonly ClientAuthentication[];
  /** Whether the access token an API was called with is opaque. */
  readonly opaque?: boolean;
  /** The parameter that the request had which is spoken of; of an answer that somebody brings along nobody knows. */
  readonly sent?: string;
}

/** What a provider has not, though others have it. */
export type Lack = 'public_clients' | 'pkce_with_secret' | 'introspection' | 'browser_pages';

/** Something worth knowing at this provider, shown with its profiles. */
interface Advice {
  readonly text: string;
  readonly grants?: readonly Grant[];
}

export interface Link {
  readonly title: string;
  readonly url: string;
}
