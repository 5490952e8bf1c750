import { randomBytes } from 'node:crypto';
import { s256 } from '../s256.ts';
import type { Fault, FaultContext, FaultLayer, FaultRequest } from './fault.ts';
import { ByCode, isAuthorization, isToken, withForm, withQuery } from './messages.ts';

export const pkceFaults: readonly Fault[] = [
  {
    id: 'pkce-optional',
    title: 'Gives tokens without PKCE.',
    layer: pkceSwap({
      replaces: ({ challenge }) => challenge === undefined,
      accepts: (_request, verifier) => verifier === undefined,
    }),
  },
  {
    id: 'plain-accepted',
    title: 'Accepts the PKCE method plain.',
    layer: () => (request, next) => {
      const challenge = request.query.get('code_challenge');
      if (request.query.get('code_challenge_method') !== 'plain' || challenge === null) return next(request);
      return next(withQuery(request, { code_challenge: s256(challenge), code_challenge_method: 'S256' }));
    },
  },
  {
    id: 'unknown-method-accepted',
    title: 'Takes every PKCE method it does not know for S256.',
    layer: () => (request, next) => {
      const method = request.query.get('code_challenge_method');
      const unknown = method !== null && method !== 'S256' && method !== 'plain';
      return next(unknown ? withQuery(request, { code_challenge_method: 'S256' }) : request);
    },
  },
  {
    id: 'malformed-challenge-accepted',
    title: 'Accepts a challenge that cannot be one.',
    layer: pkceSwap({
      replaces: ({ challenge }) => challenge !== undefined && challenge.length < 43,
      accepts: () => false,
    }),
  },
  {
    id: 'wrong-verifier-accepted',
    title: 'Accepts any verifier.',
    layer: pkceSwap({
      replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
      accepts: (_request, verifier) => verifier !== undefined,
    }),
  },
  {
    id: 'missing-verifier-accepted',
    title: 'Gives tokens without a verifier although there was a challenge.',
    layer: pkceSwap({
      replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
      accepts: ({ challenge }, verifier) => verifier === undefined || s256(verifier) === challenge,
    }),
  },
  {
    id: 'downgrade-accepted',
    title: 'Accepts a verifier for a code that was asked for without a challenge.',
    layer: pkceSwap({
      replaces: ({ challenge }) => challenge === undefined,
      accepts: (_request, verifier) => verifier !== undefined,
    }),
  },
  {
    id: 'challenge-reuse-unnoticed',
    title: 'Does not notice a challenge that was used before.',
    layer: pkceSwap({
      replaces: ({ challenge, method }) => challenge?.length === 43 && method === 'S256',
      accepts: ({ challenge }, verifier) => verifier !== undefined && s256(verifier) === challenge,
      everNew: true,
    }),
  },
];

/** What a client sent as PKCE in its authorization request. */
interface SentPkce {
  readonly challenge?: string;
  readonly method?: string;
}

interface PkceSwap {
  /** Whether the strict server gets a challenge of ours instead of what was sent. */
  readonly replaces: (sent: SentPkce) => boolean;
  /** Whether the verifier a client sends (or not) is good enough; the strict server then gets ours. */
  readonly accepts: (sent: SentPkce, verifier: string | undefined) => boolean;
  /** Whether a challenge sent twice becomes two different ones, so that the strict server does not notice. */
  readonly everNew?: true;
}

/** Does PKCE with the strict server on the client's behalf, and judges the client's own PKCE by laxer rules. */
function pkceSwap(swap: PkceSwap): (context: FaultContext) => FaultLayer {
  return () => {
    const key = randomBytes(16).toString('hex');
    const kept = new ByCode<{ readonly sent: SentPkce; readonly verifier: string }>();
    return async (request, next) => {
      const response = await next(rewrite(request, swap, kept, key));
      kept.note(response);
      return response;
    };
  };
}

function rewrite(
  request: FaultRequest,
  { replaces, accepts, everNew }: PkceSwap,
  kept: ByCode<{ readonly sent: SentPkce; readonly verifier: string }>,
  key: string,
): FaultRequest {
  if (isToken(request, 'authorization_code')) {
    const entry = kept.get(request);
    const verifier = request.form.get('code_verifier') ?? undefined;
    if (entry === undefined || !accepts(entry.sent, verifier)) return request;
    return withForm(request, { code_verifier: entry.verifier });
  }
  const sent = sentPkce(request);
  if (!isAuthorization(request) || !replaces(sent)) return request;
  const salt = everNew === true || sent.challenge === undefined ? randomBytes(16).toString('hex') : '';
  const verifier = s256(key + (sent.challenge ?? '') + salt);
  kept.keep(request, { sent, verifier });
  return withQuery(request, { code_challenge: s256(verifier), code_challenge_method: 'S256' });
}

function sentPkce({ query }: FaultRequest): SentPkce {
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  return { ...(challenge === null ? {} : { challenge }), ...(method === null ? {} : { method }) };
}
