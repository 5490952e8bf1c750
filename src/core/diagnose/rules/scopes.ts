import { asksForAccess } from '../asked.ts';
import { plainText } from '../../http/plainText.ts';
import type { ScopesNotGranted } from '../provider.ts';
import { listed, type Facts } from '../facts.ts';
import { said, wasRefused, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { nothingCame } from './unmatched.ts';
import { spelledOut, tellingWords } from '../tellingWords.ts';
import { worked } from '../worked.ts';
import { deniedAtToken } from './grant.ts';
import { openid, rfc } from '../../source.ts';
import { signIn } from '../usualFixes.ts';

/** A requested scope that the server's metadata does not list. @see RFC 8414 section 2, scopes_supported */
export const scopeNotSupported: Rule = (facts) => {
  const supported = listed(facts.metadata, 'scopes_supported') ?? [];
  const missing = facts.profile.scopes.filter((scope) => !supported.includes(scope));
  const silent = asksForAccess(facts) && nothingCame(facts);
  if (!scopesAsked(facts) && !silent) return [];
  if (supported.length === 0 || missing.length === 0 || scopesTaken(facts)) return [];
  return [
    {
      id: 'scope-not-supported',
      weight: scopeRefused(facts) ? 90 : silent ? 47 : 35,
      title: `The server does not list ${names(missing)} among its scopes.`,
      evidence: [
        `scopes_supported of its metadata: ${names(supported.slice(0, 12))}${supported.length > 12 ? ', …' : '.'}`,
        'A server need not list every scope, so this is a strong hint, not a proof.',
      ],
      steps: [`Remove ${names(missing)} from the profile, or have it defined at the server.`],
      fixes: [{ kind: 'remove_scopes', scopes: missing }],
      source: rfc(8414, '2'),
    },
  ];
};

/** A sign-in without openid at a server that lists it: some take no other, and say so on a page of their own. @see OpenID Connect Core 1.0 section 3.1.2.1 */
export const openidLeftOut: Rule = (facts) => {
  const { scopes } = facts.profile;
  const listsIt = listed(facts.metadata, 'scopes_supported')?.includes('openid') === true;
  if (!nothingCame(facts) || !listsIt || scopes.includes('openid')) return [];
  return [
    {
      id: 'openid-left-out',
      weight: 46,
      title: 'The profile does not ask for openid, and some OpenID providers take no sign-in without it.',
      evidence: ['The server lists openid among its scopes.'],
      steps: ['Add openid to the scopes of the profile.'],
      fixes: [{ kind: 'set_scopes', scopes: ['openid', ...scopes] }],
      source: openid('3.1.2.1'),
    },
  ];
};

/** A requested scope that this provider does not give in this flow. */
export const scopeNotGranted: Rule = (facts) => {
  const { profile, provider } = facts;
  if (!scopesAsked(facts) || scopesTaken(facts)) return [];
  const rules: readonly ScopesNotGranted[] = [
    ...(provider.provider.scopes?.notGranted ?? []),
    refreshForClients,
  ];
  const told = new Set<string>();
  return rules.flatMap((rule) => {
    const asked = profile.scopes.filter((scope) => rule.scopes.includes(scope) && !told.has(scope));
    if (!rule.grants.includes(profile.grant) || asked.length === 0) return [];
    asked.forEach((scope) => told.add(scope));
    return {
      id: 'scope-not-granted',
      weight: scopeRefused(facts) ? 88 : 40,
      title: `${names(asked)} ${asked.length === 1 ? 'is' : 'are'} not available in this flow.`,
      evidence: [rule.why, `The profile asks for ${names(profile.scopes)}.`],
      steps: [`Remove ${names(asked)} from the profile.`],
      fixes: [{ kind: 'remove_scopes', scopes: asked }],
      ...(rule.link === undefined
        ? {}
        : { source: { text: `${provider.provider.name} documentation`, url: rule.link } }),
    };
  });
};

/** Scopes that were typed in one piece, separated by commas. @see RFC 6749 section 3.3 */
export const scopesWithCommas: Rule = (facts) => {
  const { scopes } = facts.profile;
  const separators = facts.provider.provider.scopes?.separators ?? [];
  const joined = scopes.filter((scope) => /[,;]/.test(scope));
  if (!scopeRefused(facts) || joined.length === 0 || separators.includes(',')) return [];
  const apart = scopes.flatMap((scope) => scope.split(/[,;]\s*/)).filter(Boolean);
  return [
    {
      id: 'scopes-with-commas',
      weight: 85,
      title: 'Scopes are separated by spaces, not by commas.',
      evidence: [`The profile has ${names(joined)} as one scope.`],
      steps: ['Enter each scope on its own.'],
      fixes: [{ kind: 'set_scopes', scopes: apart }],
      source: rfc(6749, '3.3'),
    },
  ];
};

const ofScope =
  /\b(?:unauthori[sz]ed|invalid|unknown|not allowed|forbidden) scopes?\b|\bscopes?\b.{0,30}\bnot (?:allowed|authori[sz]ed|permitted)\b/i;

/** Nothing more is known than that the scopes were refused. @see RFC 6749 sections 3.3 and 5.2 */
export const scopeRefusedAnyhow: Rule = (facts) => {
  const { exchange, failure, profile } = facts;
  const { scopes } = profile;
  const denied = deniedAtToken(facts) && tellingWords(facts).some((text) => ofScope.test(text));
  if (!asksForAccess(facts) || (!isOfScopes(facts) && !denied)) return [];
  if (failure.step === 'refresh' && exchange !== undefined && !sentParameters(exchange).has('scope'))
    return [
      {
        ...{ id: 'scope-refused', weight: 46, fixes: signIn(facts) },
        title: 'The client may not have the scopes of this refresh token any more.',
        evidence: ['The request names no scope.'],
        steps: ['Sign in again.'],
      },
    ];
  const told = facts.words.slice(0, 2000).split(/[\s"'“”,;()[\]]+/);
  const found = scopes.filter((scope) => told.includes(scope));
  // A server that repeats all of them does not say which it means.
  const named = found.length === scopes.length && scopes.length > 1 ? [] : found;
  return [
    {
      id: 'scope-refused',
      weight: named.length > 0 ? 70 : 46,
      title:
        scopes.length === 0
          ? 'The server wants a scope, and the profile asks for none.'
          : worked(facts).scope
            ? `The client may not have ${names(named.length > 0 ? named : scopes)} any more.`
            : `The server does not know ${names(named.length > 0 ? named : scopes)}, or does not allow it to this client.`,
      evidence: [
        scopes.length === 0 ? 'The profile has no scopes.' : `The profile asks for ${names(scopes)}.`,
        ...(named.length > 0 ? [`The server’s words name ${names(named)}.`] : []),
      ],
      steps: [
        scopes.length === 0
          ? 'Ask for one that the server documents.'
          : 'Compare the scopes with those the client is registered for at the server; spelling and case count.',
      ],
      fixes: [
        ...(named.length > 0 ? [{ kind: 'remove_scopes' as const, scopes: named }] : []),
        { kind: 'edit_profile', field: 'scopes' },
      ],
      source: rfc(6749, '5.2'),
    },
  ];
};

const refreshForClients: ScopesNotGranted = {
  scopes: ['offline_access', 'refresh_token'],
  grants: ['client_credentials'],
  effect: 'refused',
  why: 'Client credentials give no refresh token: a new token is asked for with the same credentials.',
};

/** Whether the answer is about scopes, by its code or its words. */
function scopeRefused(facts: Facts): boolean {
  return isOfScopes(facts) || (wasRefused(facts) && /\bscopes?\b/i.test(facts.words.slice(0, 2000)));
}

/** Whether the error code says that it is the scopes, under a name of its own, too: `scope_invalid`. */
function isOfScopes(facts: Facts): boolean {
  const { error = '' } = facts;
  return said(facts, 'invalid_scope') || (wasRefused(facts) && /\bscopes?\b/i.test(spelledOut(error)));
}

/** Whether scopes were asked for and something was refused; a refresh that names none has those of the first time. */
function scopesAsked(facts: Facts): boolean {
  const { exchange, failure } = facts;
  if (!wasRefused(facts) || !asksForAccess(facts)) return false;
  return failure.step !== 'refresh' || exchange === undefined || sentParameters(exchange).has('scope');
}

/**
 * Whether it is not the scopes that were refused, of which the answer says nothing: they were taken in this run or session, or
 * invalid_client says that the client is not even known.
 */
function scopesTaken(facts: Facts): boolean {
  const { exchange, failure } = facts;
  const sent = failure.step === 'token' && exchange ? sentParameters(exchange) : new Map();
  const taken = ['code', 'device_code', 'auth_req_id'].some((name) => sent.has(name));
  return (taken || said(facts, 'invalid_client') || worked(facts).scope) && !scopeRefused(facts);
}

function names(scopes: readonly string[]): string {
  return scopes.map((scope) => `“${plainText(scope, 80)}”`).join(', ');
}
