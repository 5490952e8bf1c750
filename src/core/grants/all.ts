import type { Profile } from '../profile/profile.ts';
import type { GrantInput } from '../profile/traits.ts';
import { authorizationCode } from './authorizationCode.ts';
import { clientCredentials } from './clientCredentials.ts';
import { deviceCode } from './deviceCode.ts';
import { ciba } from './ciba.ts';
import type { ExchangeWords, GrantDescriptor } from './grant.ts';
import { idJag } from './idJag.ts';
import { jwtBearer } from './jwtBearer.ts';
import { refreshToken } from './refreshToken.ts';
import { samlBearer } from './samlBearer.ts';
import { tokenExchange } from './tokenExchange.ts';

/** Every grant, in the order they are offered: the only list of them. */
export const allGrants: readonly GrantDescriptor[] = [
  clientCredentials,
  authorizationCode,
  deviceCode,
  refreshToken,
  tokenExchange,
  jwtBearer,
  samlBearer,
  ciba,
  idJag,
];

/** The grant of a profile. @throws TypeError when there is none, which parsing does not let happen */
export function grantOf({ grant }: { readonly grant: string }): GrantDescriptor {
  const found = allGrants.find(({ id }) => id === grant);
  if (found === undefined) throw new TypeError(`There is no grant ${grant}.`);
  return found;
}

/** What else a run can be than a grant's flow. */
const others: Readonly<Record<string, { readonly title: string; readonly short: string }>> = {
  refresh_token: { title: 'Refresh', short: 'refresh' },
  registration: { title: 'Registration', short: 'registration' },
  introspection: { title: 'Introspection', short: 'introspection' },
  userinfo: { title: 'User info', short: 'user info' },
  revocation: { title: 'Revocation', short: 'revocation' },
  sign_out: { title: 'Sign-out', short: 'sign-out' },
  api_call: { title: 'API call', short: 'API call' },
  check: { title: 'Check', short: 'check' },
  mcp: { title: 'MCP server explored', short: 'MCP' },
};

/** What a run of this kind is called: as a title, and within a line. */
export function runNames(kind: string): { readonly title: string; readonly short: string } {
  const grant = allGrants.find(({ id }) => id === kind);
  if (grant !== undefined) return { title: grant.label, short: grant.short };
  return others[kind] ?? { title: kind, short: kind };
}

/** How an exchange of a run is shown, where a grant says so: its own grant's words first. */
export function exchangeWords(purpose: string, kind: string): ExchangeWords | undefined {
  const own = allGrants.find(({ id }) => id === kind);
  return own?.exchanges?.find((words) => words.purpose === purpose);
}

/** All that the flows of a profile start from besides what the client proves itself with. */
export function inputsOf(profile: Profile): readonly GrantInput[] {
  const grant = grantOf(profile);
  return [...(grant.input === undefined ? [] : [grant.input]), ...(grant.inputs?.(profile) ?? [])];
}

/** Whether a token of this profile can be had anew without anybody signing in. */
export function isSilent(profile: Profile): boolean {
  const fields = new Map<string, unknown>(Object.entries(profile));
  return (
    grantOf(profile).waitsFor === 'nothing' &&
    inputsOf(profile).every(({ once, fromProfile = '' }) => once !== true || fields.has(fromProfile))
  );
}
