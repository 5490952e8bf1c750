import { grantOf } from '../../grants/all.ts';
import type { FlowReport } from '../../record/report.ts';
import { listed, type Facts } from '../facts.ts';
import type { QuickFix } from '../quickFix.ts';
import { refusedSilently, said, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { rfc, openid } from '../../source.ts';

/** The refresh token was replaced by a later one. @see RFC 9700 section 4.14.2 */
export const refreshTokenRotated: Rule = (facts) => {
  const { exchange, failure, earlier } = facts;
  const silent = refusedSilently(facts);
  if (failure.step !== 'refresh' || !exchange) return [];
  // Some servers say no more than this of a refresh token that they do not find.
  const bare = said(facts, 'invalid_request') && facts.description === undefined;
  if (
    !silent &&
    !bare &&
    !said(facts, 'invalid_grant', 'invalid_token', 'bad_refresh_token', 'token_inactive')
  )
    return [];
  const token = sentParameters(exchange).get('refresh_token');
  const rotated = earlier.slice(-50).findLast((report) => token !== undefined && spent(report, token));
  return [
    {
      id: 'refresh-token-rotated',
      weight: rotated ? 93 : bare ? 45 : 55,
      title: rotated
        ? 'This refresh token was replaced by a later one, and only the latest is good.'
        : 'The refresh token expired, was revoked, or was used elsewhere and replaced there.',
      evidence: rotated
        ? ['An earlier refresh of this session used the same token and got another one.']
        : ['Another window, machine or program with the same token replaces it when it refreshes.'],
      steps: ['Sign in again.', 'Use one refresh token in one place only.'],
      fixes: [{ kind: 'sign_in' }],
      source: rfc(9700, '4.14.2'),
    },
  ];
};

/** There is no refresh token. @see OpenID Connect Core 1.0 section 11 */
export const noRefreshToken: Rule = (facts) => {
  const { failure, profile } = facts;
  if (failure.kind !== 'sign_in_required' || !grantOf(profile).actsForUser) return [];
  const fixes = offlineAccess(facts);
  return [
    {
      id: 'no-refresh-token',
      weight: 80,
      title: 'The server gave no refresh token.',
      evidence: [
        profile.scopes.includes('offline_access')
          ? 'The profile asks for offline_access; the client may not be allowed to have refresh tokens.'
          : 'The profile does not ask for offline_access.',
      ],
      steps: [
        ...(fixes.length > 0 ? ['Add offline_access to the scopes and sign in again.'] : []),
        'Check at the server that the client may have refresh tokens.',
      ],
      fixes: [...fixes, { kind: 'sign_in' }],
      source: openid('11'),
    },
  ];
};

function offlineAccess({ profile, metadata, provider }: Facts): readonly QuickFix[] {
  const known = listed(metadata, 'scopes_supported')?.includes('offline_access');
  const refused = provider.provider.scopes?.notGranted?.some(
    ({ scopes, grants }) => scopes.includes('offline_access') && grants.includes(profile.grant),
  );
  const useless = profile.scopes.includes('offline_access') || refused === true || known === false;
  return useless ? [] : [{ kind: 'add_scopes', scopes: ['offline_access'] }];
}

/** Whether `report` refreshed with `token` and got another one. */
function spent({ outcome, exchanges }: FlowReport, token: string): boolean {
  return (
    outcome.kind === 'token' &&
    outcome.tokens.refresh_token !== token &&
    exchanges.some(
      (exchange) => exchange.purpose === 'refresh' && sentParameters(exchange).get('refresh_token') === token,
    )
  );
}
