import type { Leak } from './findLeaks.ts';

/** How a file refers to a value that is kept elsewhere. */
export type LeakFile = 'http' | 'dotenv' | 'mcp' | 'json' | 'yaml';

/** What kind of file the guard takes it for, by its path; absent: it is not searched. */
export function leakFileOf(path: string, languageId = ''): LeakFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/\.(?:http|rest)$/.test(name) || languageId === 'http' || languageId === 'rest') return 'http';
  if (/^\.env(?:\.|$)|\.env$/.test(name)) return 'dotenv';
  if (/^\.?mcp\.json$/.test(name)) return 'mcp';
  if (/\.jsonc?$/.test(name) || name.endsWith('.env.json.user')) return 'json';
  return /\.ya?ml$/.test(name) ? 'yaml' : undefined;
}

/** The name of the variable that takes the secret's place: `token`, `client_secret`; in capitals where files are read by programs. */
export function leakVariable({ kind, name = '' }: Leak, file: LeakFile): string {
  const usual = kind === 'jwt' || kind === 'bearer' ? 'token' : kind;
  const own = /^(?:authorization|bearer)$/i.test(name) ? usual : name.replace(/[^A-Za-z0-9]+/g, '_');
  const variable = /^[A-Za-z]/.test(own) ? own : usual;
  return file === 'http' ? variable : variable.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/** What stands in a secret's place, by the name of its variable; absent for a `.env` file, which is where secrets are. */
export function leakReference(name: string, file: LeakFile): string | undefined {
  switch (file) {
    case 'http':
      return `{{${name}}}`;
    case 'mcp':
      return `\${env:${name}}`;
    case 'json':
    case 'yaml':
      return `\${${name}}`;
    case 'dotenv':
      return undefined;
  }
}

/** The warning about a leak, without the secret. */
export function leakMessage({ kind }: Leak, tracked: boolean): string {
  const what = {
    jwt: 'A token (JWT)',
    bearer: 'A bearer token',
    refresh_token: 'A refresh token',
    client_secret: 'A client secret',
    credentials: 'An API key or a password',
    private_key: 'A private key',
  }[kind];
  return tracked
    ? `${what} stands in a file that git tracks.`
    : `${what} stands in a file that git would take.`;
}
