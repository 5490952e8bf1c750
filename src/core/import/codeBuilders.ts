import { isFrame, lookedUpIn, Reference, type Frame, type Part } from './codeValues.ts';
import { partNamed } from './fields.ts';

type Entries = Frame['entries'];

/** Most parts of one chain of calls that are looked at. */
const most = 400;

/** A client that calls build: each of a chain gives it one thing, or one call gives all by their order; absent for anything else. */
export function builtBy(parts: readonly Part[]): Frame | undefined {
  if (parts.length < 2) return undefined;
  const calls = parts.slice(0, most).flatMap((part, at) => {
    const before = parts[at - 1];
    const isCall =
      'inside' in part && part.inside.isCall === true && before !== undefined && 'word' in before;
    return isCall ? [{ word: before.word, given: part.inside.entries }, ...ofRust(part.inside.entries)] : [];
  });
  const [first] = calls;
  const entries = first?.word.endsWith('OAuth2::Client.new') === true ? ofRuby(first.given) : ofChain(calls);
  return entries && frameOf(entries);
}

/** `BasicClient::new(ClientId::new("a"))`: what is given is named by its type. */
const ofRust = (given: Entries) =>
  given.flatMap(([, value]) => {
    const [, word] = isFrame(value) ? (/^(\w{1,60})::new$/.exec(value.name) ?? []) : [];
    return word === undefined || !isFrame(value) ? [] : [{ word, given: value.entries }];
  });

const frameOf = (entries: Entries): Frame => ({ bare: false, name: '', entries, parts: [] });

/**
 * `ClientRegistration.withRegistrationId("a").clientId("b")…`, `ConfidentialClientApplicationBuilder.Create("b").WithClientSecret("c")…`
 *
 * @see https://docs.spring.io/spring-security/reference/servlet/oauth2/login/core.html
 * @see https://learn.microsoft.com/entra/msal/dotnet/getting-started/initializing-client-applications
 */
function ofChain(calls: readonly { readonly word: string; readonly given: Entries }[]): Entries | undefined {
  const named = calls.map(({ word, given }) => ({ name: givenBy(word), given }));
  if (named.length < 2 || !named.some(({ name }) => partNamed(name) === 'clientId')) return undefined;
  return named.flatMap(({ name, given }) => {
    const own = given.map(([, value]) => ofRust([[undefined, value]])[0]?.given[0]?.[1] ?? value);
    const values = own.map((value) => (value instanceof Reference ? constantOf(value) : lookedUpIn(value)));
    const [value, ...others] = values;
    // What is not written leaves these open, where it would be no placeholder.
    const mustBeText =
      name === 'name' || partNamed(name) === 'grant' || partNamed(name) === 'clientAuthentication';
    if (
      value === undefined ||
      (mustBeText ? typeof value !== 'string' || value.startsWith('${') : partNamed(name) === undefined)
    )
      return [];
    const list = frameOf(values.map((one) => [undefined, one]));
    return [[name, others.length > 0 ? list : value] as const];
  });
}

/** What a call gives: `clientId`, `withClientSecret` and `setScope` say it. */
function givenBy(word: string): string {
  const method = word.split(/[.:>]/).at(-1) ?? '';
  if (/^(?:withRegistrationId|getBuilder)$/.test(method)) return 'name';
  if (/ClientApplication(?:Builder)?[.:]+(?:Create|builder)$/.test(word)) return 'clientId';
  return method.replace(/^(?:with|set|add)_?(?=[A-Z])/i, '');
}

/** What is named so means the same everywhere: `AuthorizationGrantType.AUTHORIZATION_CODE`. */
function constantOf(reference: Reference): unknown {
  return /[.:]([A-Z][A-Z\d_]{2,60})$/.exec(reference.word)?.[1] ?? reference;
}

/** @see https://github.com/ruby-oauth/oauth2#usage-examples */
function ofRuby(given: Entries): Entries | undefined {
  const [id, secret] = given.filter(([key]) => key === undefined);
  // The options may stand in brackets of their own.
  const all = given.flatMap(([key, value]) =>
    key === undefined && isFrame(value) ? value.entries : [[key, value] as const],
  );
  const named = new Map(all.flatMap(([key, value]) => (key === undefined ? [] : [[key, value] as const])));
  if (id === undefined || secret === undefined) return undefined;
  const site = named.get('site');
  const base = typeof site === 'string' ? site : undefined;
  const addressOf = (path: unknown) =>
    URL.canParse(String(path), base) ? new URL(String(path), base).href : undefined;
  const signsIn = ['authorize_url', 'redirect_uri'].some((one) => named.has(one));
  const entries: Entries = [
    ['client_id', id[1]],
    ['client_secret', secret[1]],
    ['token_url', addressOf(named.get('token_url') ?? '/oauth/token')],
    ['authorize_url', signsIn ? addressOf(named.get('authorize_url') ?? '/oauth/authorize') : undefined],
    ['redirect_uri', named.get('redirect_uri')],
  ];
  return entries.filter(([, value]) => value !== undefined);
}
