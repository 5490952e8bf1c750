import { parse, type ParseError } from 'jsonc-parser';
import { fromCurl } from './curl.ts';
import { fromDotenv } from './dotenv.ts';
import { fromHttpClientEnv } from './httpClientEnv.ts';
import { objectOf, type ImportResult } from './imported.ts';
import { fromOwnSettings } from './ownSettings.ts';
import { fromPostmanCollection, fromPostmanEnvironment } from './postman.ts';
import { issuerOf } from './toImported.ts';

/** The longest text looked at, in characters. */
const longest = 20_000_000;

/**
 * Finds profiles in a text, whatever it is: environments of HTTP Client or httpYac, a Postman collection or environment,
 * our own settings, a curl command, variables, or the address of a server. Never throws.
 *
 * @param companion the `http-client.private.env.json` that belongs to it, when there is one.
 */
export function importText(text: string, companion?: string): ImportResult {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return nothing('There is nothing to import.');
  if (trimmed.length > longest) return nothing('The text is too long to be read.');
  if (/^https?:\/\/\S+$/i.test(trimmed)) return fromAddress(trimmed);
  if (/^(\$\s+)?curl(\.exe)?\s/i.test(trimmed)) return fromCurl(trimmed.replace(/^\$\s+/, ''));
  if (/^[[{]/.test(trimmed)) return fromJson(trimmed, companion);
  const found = fromDotenv(trimmed);
  return found.profiles.length + found.problems.length > 0 ? found : nothing(unknown);
}

const unknown =
  'No OAuth settings were found. Paste an http-client.env.json, a Postman collection or environment, a curl command, lines such as CLIENT_ID=…, or an issuer’s URL.';

function fromJson(text: string, companion: string | undefined): ImportResult {
  const json = readJson(text);
  if (json === undefined) return nothing('The text begins like JSON but cannot be read as JSON.');
  const found = ofJson(json, companion);
  return found.profiles.length + found.problems.length > 0 ? found : nothing(unknown);
}

function ofJson(json: unknown, companion: string | undefined): ImportResult {
  const own = fromOwnSettings(json);
  if (own) return own;
  const object = objectOf(json);
  if (isMetadata(object)) return fromAddress(String(object['issuer']));
  if ('info' in object && ('item' in object || 'auth' in object)) return fromPostmanCollection(object);
  if (Array.isArray(object['values'])) return fromPostmanEnvironment(object);
  return fromHttpClientEnv(object, objectOf(readJson(companion ?? '')));
}

/** A pasted discovery document. @see RFC 8414 section 2 */
function isMetadata(object: Readonly<Record<string, unknown>>): boolean {
  return typeof object['issuer'] === 'string' && typeof object['token_endpoint'] === 'string';
}

function fromAddress(address: string): ImportResult {
  const issuer = issuerOf(address) ?? address;
  const name = URL.canParse(issuer) ? new URL(issuer).host : 'Imported';
  const entry = { name, grant: 'client_credentials', issuer };
  return { format: 'address of a server', profiles: [{ entry, notes: [] }], problems: [] };
}

function readJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : value;
}

function nothing(problem: string): ImportResult {
  return { format: 'nothing known', profiles: [], problems: [problem] };
}
