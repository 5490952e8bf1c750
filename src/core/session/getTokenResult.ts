import { mask } from '../http/mask.ts';
import type { GetTokenResult } from '../../shared/commands.ts';
import type { Profile } from '../profile/profile.ts';
import type { Obtained } from './session.ts';

/** What commands return to tasks and other extensions: no secret and no whole token. */
export function getTokenResult(profile: Profile, obtained: Obtained): GetTokenResult {
  const flow = obtained.report && { flow: obtained.report.id };
  if (obtained.kind === 'failure') {
    const { kind, message, advice } = obtained.failure;
    return { profile: profile.id, outcome: 'failure', ...flow, kind, message, advice };
  }
  const { access_token, token_type, scope, expires_at, requested_scopes } = obtained.tokens;
  return {
    profile: profile.id,
    outcome: 'token',
    ...flow,
    token_type,
    token_end: mask(access_token).slice(1),
    ...(expires_at !== undefined && { expires_at: new Date(expires_at).toISOString() }),
    requested_scopes,
    // Absent means granted as requested (RFC 6749 section 5.1).
    granted_scopes: scope?.split(' ').filter(Boolean) ?? requested_scopes,
  };
}
