import type { Exchange, HeaderList } from '../../record/exchange.ts';
import { isSecretHeader, isSecretName } from '../../secretNames.ts';

type Mode = 'variables' | 'plain';

/** Header fields that curl sets by itself or that name the runtime, not the request. */
const ownHeaders = new Set([
  'content-length',
  'host',
  'connection',
  'user-agent',
  'accept-encoding',
  'sec-fetch-mode',
]);

/** Header fields whose whole value is secret, whatever their name says. */
const secretHeaders = new Set(['cookie', 'dpop']);

/**
 * An exchange as a curl command for a POSIX shell.
 *
 * @param mode `variables` puts `$CLIENT_SECRET` and the like where secrets were; `plain` writes the exchange as it is.
 */
export function curl(exchange: Exchange, mode: Mode): string {
  const { method, url, headers, body, omitted } = exchange.request;
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}${urlWord(url, mode)}`];
  for (const line of headerLines(headers, mode)) lines.push(line);
  if (body !== undefined && body !== '') lines.push(...bodyLines(body, isForm(headers), mode));
  const command = lines.join(' \\\n  ');
  return omitted === undefined
    ? command
    : `# The body had ${omitted} characters more, which were not kept.\n${command}`;
}

function urlWord(url: string, mode: Mode): string {
  if (mode === 'plain') return quote(url);
  return quote(url).replace(/([?&])([\w.-]+)=([^&#']*)/g, (match, mark: string, name: string) =>
    isSecretName(name) ? `${mark}${name}=${spliced(variable(name))}` : match,
  );
}

function headerLines(headers: HeaderList, mode: Mode): string[] {
  return headers
    .filter(([name]) => !ownHeaders.has(name.toLowerCase()))
    .map(([name, value]) => {
      if (mode === 'plain') return `-H ${quote(`${name}: ${value}`)}`;
      const lower = name.toLowerCase();
      if (lower === 'authorization' || lower === 'proxy-authorization') return credentials(name, value);
      if (secretHeaders.has(lower) || isSecretHeader(name)) return `-H "${name}: $${variable(name)}"`;
      return `-H ${quote(`${name}: ${value}`)}`;
    });
}

/** The scheme stays; what proves the sender becomes variables. @see RFC 9110 section 11.6.2 */
function credentials(name: string, value: string): string {
  const [, scheme] = /^([A-Za-z][\w-]*)\s/.exec(value) ?? [];
  if (name.toLowerCase() === 'authorization' && scheme?.toLowerCase() === 'basic')
    return '-u "$CLIENT_ID:$CLIENT_SECRET"';
  if (scheme === undefined) return `-H "${name}: $${variable(name)}"`;
  const token = name.toLowerCase() === 'authorization' ? 'ACCESS_TOKEN' : variable(name);
  return `-H "${name}: ${scheme} $${token}"`;
}

function bodyLines(body: string, form: boolean, mode: Mode): string[] {
  if (form)
    return [...new URLSearchParams(body)].map(
      ([name, value]) => `--data-urlencode ${field(name, value, mode)}`,
    );
  if (mode === 'plain') return [`--data-raw ${quote(body)}`];
  return [`--data-raw ${jsonWithVariables(body)}`];
}

function field(name: string, value: string, mode: Mode): string {
  return mode === 'variables' && isSecretName(name)
    ? `"${name}=$${variable(name)}"`
    : quote(`${name}=${value}`);
}

/** Ends the single quotes round each secret, so that the shell puts the variable there. */
function jsonWithVariables(body: string): string {
  return quote(body).replace(
    /("([\w.-]+)"\s*:\s*)"(?:[^"\\]|\\.)*"/g,
    (match, before: string, name: string) =>
      isSecretName(name) ? `${before}"${spliced(variable(name))}"` : match,
  );
}

function spliced(name: string): string {
  return `'"$${name}"'`;
}

/** The shell variable for a secret: `clientSecret`, `client-secret` and `client_secret` give `CLIENT_SECRET`. */
function variable(name: string): string {
  return name
    .replace(/([a-z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

function isForm(headers: HeaderList): boolean {
  return headers.some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.includes('x-www-form-urlencoded'),
  );
}

/** A word for a POSIX shell in which nothing is expanded. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
