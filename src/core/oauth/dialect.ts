import { parseShallow } from '../http/jsonDepth.ts';
import type { Fetch } from '../ports.ts';
import { isObject } from '../../shared/json.ts';

/**
 * How a token endpoint's requests and responses differ from RFC 6749, as data.
 *
 * @see RFC 6749 sections 4.4.2, 5.1 and 5.2 for what is adapted to
 */
export interface TokenDialect {
  /** Its name in a profile's `tokenDialect`. */
  readonly name: string;
  readonly request?: {
    /** `json` sends one flat JSON object instead of a form. */
    readonly format?: 'form' | 'json';
    /** The server's name for each parameter that it calls otherwise. */
    readonly names?: Readonly<Record<string, string>>;
    /** Header fields set on every token request. */
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly response?: {
    /** The member that wraps the token response, such as `data`; ignored when the access token is at the top level. */
    readonly envelope?: string;
    /** The server's name for each member that it calls otherwise, within the envelope. */
    readonly names?: Readonly<Record<string, string>>;
    /** How to recognise a failure, whatever the status says, and where it is described. */
    readonly failure?: DialectFailure;
  };
}

/** Where a dialect describes its failures. Paths are dotted; the first that leads to a text counts. */
interface DialectFailure {
  /** The member that marks success, such as `isSuccess`; without it any text in one of `error` marks a failure. */
  readonly flag?: string;
  readonly error: readonly string[];
  readonly description: readonly string[];
  /** The `error` to report when the server names none. */
  readonly fallback: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Wraps `fetch` so that its caller speaks plain RFC 6749 and the server its own dialect: form requests and JSON
 * responses are translated, everything else passes untouched.
 *
 * @see RFC 6749 sections 4.1.3, 4.4.2, 5.1, 5.2 and 6
 */
export function withDialect(fetch: Fetch, dialect: TokenDialect): Fetch {
  return async (url, init) => {
    const form = formOf(init);
    if (!form) return fetch(url, init);
    return adaptResponse(await fetch(url, adaptRequest(init ?? {}, form, dialect)), dialect);
  };
}

function formOf(init: RequestInit | undefined): URLSearchParams | undefined {
  if (init?.method?.toUpperCase() !== 'POST') return undefined;
  if (init.body instanceof URLSearchParams) return init.body;
  const type = new Headers(init.headers).get('content-type') ?? '';
  return typeof init.body === 'string' && type.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(init.body)
    : undefined;
}

function adaptRequest(init: RequestInit, form: URLSearchParams, { request }: TokenDialect): RequestInit {
  if (!request) return init;
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(request.headers ?? {})) headers.set(name, value);
  const named = [...form].map(([name, value]): [string, string] => [request.names?.[name] ?? name, value]);
  if (request.format !== 'json') return { ...init, headers, body: new URLSearchParams(named) };
  headers.set('content-type', 'application/json');
  return { ...init, headers, body: JSON.stringify(asObject(named)) };
}

/** A parameter sent once is a text, one sent several times a list. */
function asObject(parameters: readonly (readonly [string, string])[]): Json {
  const object = new Map<string, string | string[]>();
  for (const [name, value] of parameters) {
    const before = object.get(name);
    object.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(object);
}

async function adaptResponse(response: Response, { response: rules }: TokenDialect): Promise<Response> {
  if (!rules) return response;
  const text = await response.text();
  const answer = parseAnswer(text);
  if (!answer) return rebuilt(response, response.status, text);
  const failure = rules.failure && failureOf(answer, rules.failure);
  if (failure) return rebuilt(response, response.ok ? 400 : response.status, JSON.stringify(failure), true);
  return rebuilt(response, response.status, JSON.stringify(standardMembers(answer, rules)), true);
}

/** A JSON object, or a form-encoded answer as one. */
function parseAnswer(text: string): Json | undefined {
  try {
    const value: unknown = parseShallow(text);
    return isObject(value) ? value : undefined;
  } catch {
    return /^[\w.-]+=[^\s<]*$/.test(text.trim())
      ? Object.fromEntries(new URLSearchParams(text.trim()))
      : undefined;
  }
}

function failureOf(answer: Json, rules: DialectFailure): Json | undefined {
  const error = firstText(answer, rules.error);
  if (rules.flag === undefined ? error === undefined : answer[rules.flag] !== false) return undefined;
  const description = firstText(answer, rules.description);
  const uri = answer['error_uri'];
  // Only a value in an error code's alphabet is a code; anything else is a description. @see RFC 6749 section 5.2
  const isCode = error !== undefined && /^[\w.-]{1,64}$/.test(error);
  const words = description ?? (isCode ? undefined : error);
  return {
    error: isCode ? error : rules.fallback,
    ...(words === undefined ? {} : { error_description: words }),
    ...(typeof uri === 'string' ? { error_uri: uri } : {}),
  };
}

function standardMembers(
  answer: Json,
  { envelope, names = {} }: NonNullable<TokenDialect['response']>,
): Json {
  const token = names['access_token'] ?? 'access_token';
  const wrapped = envelope === undefined || Object.hasOwn(answer, token) ? answer : answer[envelope];
  const inside = isObject(wrapped) && Object.hasOwn(wrapped, token) ? wrapped : answer;
  const standard = new Map(Object.entries(names).map(([name, theirs]) => [theirs, name]));
  return Object.fromEntries(
    Object.entries(inside).map(([name, value]) => [standard.get(name) ?? name, value]),
  );
}

function firstText(answer: Json, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (isContainer(at) ? at[key] : undefined), answer);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function rebuilt(response: Response, status: number, body: string, json = false): Response {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  headers.delete('content-encoding');
  if (json) headers.set('content-type', 'application/json');
  const empty = status === 204 || status === 205 || status === 304;
  const adapted = new Response(empty ? null : body, { status, statusText: response.statusText, headers });
  Object.defineProperty(adapted, 'url', { value: response.url });
  return adapted;
}

function isContainer(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
