import type { Exchange, HeaderList } from '../../http/exchange.ts';

/** Header fields that curl sets by itself or that name the runtime, not the request. */
const ownHeaders = new Set([
  'content-length',
  'host',
  'connection',
  'user-agent',
  'accept-encoding',
  'sec-fetch-mode',
]);

/** Secret parameters, and the shell variable that stands for each. */
const variables: Readonly<Record<string, string>> = {
  client_secret: 'CLIENT_SECRET',
  clientSecret: 'CLIENT_SECRET',
  code: 'CODE',
  code_verifier: 'CODE_VERIFIER',
  refresh_token: 'REFRESH_TOKEN',
  refreshToken: 'REFRESH_TOKEN',
  password: 'PASSWORD',
};

/**
 * An exchange as a curl command for a POSIX shell.
 *
 * @param mode `variables` puts `$CLIENT_SECRET` and the like where secrets were; `plain` writes the exchange as it is.
 */
export function curl(exchange: Exchange, mode: 'variables' | 'plain'): string {
  const { method, url, headers, body } = exchange.request;
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`];
  for (const line of headerLines(headers, mode)) lines.push(line);
  if (body !== undefined && body !== '') lines.push(...bodyLines(body, isForm(headers), mode));
  return lines.join(' \\\n  ');
}

function headerLines(headers: HeaderList, mode: 'variables' | 'plain'): string[] {
  return headers
    .filter(([name]) => !ownHeaders.has(name.toLowerCase()))
    .map(([name, value]) => {
      if (mode === 'plain' || name.toLowerCase() !== 'authorization')
        return `-H ${quote(`${name}: ${value}`)}`;
      return /^basic\s/i.test(value)
        ? '-u "$CLIENT_ID:$CLIENT_SECRET"'
        : '-H "Authorization: Bearer $ACCESS_TOKEN"';
    });
}

function bodyLines(body: string, form: boolean, mode: 'variables' | 'plain'): string[] {
  if (form)
    return [...new URLSearchParams(body)].map(
      ([name, value]) => `--data-urlencode ${field(name, value, mode)}`,
    );
  if (mode === 'plain') return [`--data-raw ${quote(body)}`];
  return [`--data-raw ${jsonWithVariables(body)}`];
}

function field(name: string, value: string, mode: 'variables' | 'plain'): string {
  const variable = mode === 'variables' && Object.hasOwn(variables, name) ? variables[name] : undefined;
  return variable === undefined ? quote(`${name}=${value}`) : `"${name}=$${variable}"`;
}

/** Ends the single quotes round each secret, so that the shell puts the variable there. */
function jsonWithVariables(body: string): string {
  const quoted = quote(body);
  return Object.entries(variables).reduce(
    (text, [name, variable]) =>
      text.replace(
        new RegExp(`("${name}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'g'),
        (_, before: string) => `${before}"'"$${variable}"'"`,
      ),
    quoted,
  );
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
