import type { SourceView } from '../../../shared/views/finding.ts';
import { rfc } from '../../source.ts';
import type { ApiBench } from '../apiBench.ts';
import { judgeRefusal } from '../apiRefusal.ts';
import type { Check } from '../check.ts';
import { notApplicable, notDetermined } from '../judgement.ts';
import { badSignature, unsigned } from './madeTokens.ts';

/** A token that an API must refuse. */
interface BadToken {
  readonly name: string;
  readonly title: string;
  /** A description that begins with a small letter, for use within a sentence. */
  readonly what: string;
  readonly advice: string;
  readonly sources: readonly SourceView[];
  readonly caution?: string;
  readonly inQuery?: true;
  /** What to say when there is no such token. */
  readonly missing: string;
  /** Why it makes no sense for this API; absent: it always does. */
  senseless?: (bench: ApiBench) => string | undefined;
  /** Whether it can only be made from a JWT. */
  readonly ofJwtOnly?: true;
  token: (bench: ApiBench) => Promise<string | undefined>;
}

/** Makes a check that an API refuses one kind of bad token: with the same request, and judged in the same way. */
function refuses(bad: BadToken): Check<ApiBench> {
  const { name, title, what, advice, sources, caution, missing } = bad;
  return {
    id: `resource.${name}`,
    area: 'resource',
    title,
    tries: `Sends the request with ${what}.`,
    expects:
      'It answers 401, and WWW-Authenticate: Bearer error="invalid_token" where the token goes as Authorization: Bearer.',
    judged: 'An answer as to a good token fails; a refusal in other words is a weakness.',
    sources: [...sources, rfc(6750, '3.1')],
    needs: {},
    requests: 3,
    signIns: 0,
    ...(caution === undefined ? {} : { caution }),
    async run(bench) {
      const why = bad.senseless?.(bench);
      if (why !== undefined) return notApplicable(why);
      await bench.goodToken();
      const token = await bad.token(bench);
      if (token !== undefined) return judgeRefusal(bench, token, what, advice, bad.inQuery === true);
      return bad.ofJwtOnly === true ? notApplicable(missing) : notDetermined(missing);
    },
  };
}

const opaque = 'The token is not a JWT, so nothing in it can be changed on purpose.';

/** All tokens that an API must refuse. */
export const badTokens: readonly Check<ApiBench>[] = [
  {
    name: 'other-audience',
    title: 'A token for another API is refused',
    what: 'a token for another API',
    advice: 'Check that aud holds the identifier of this API.',
    sources: [rfc(9068, '4'), rfc(8707, '2')],
    missing: 'There was no token of the same authorization server for another API to try.',
    token: async (bench: ApiBench) => bench.options.tokens?.otherAudience?.(),
  },
  {
    name: 'expired',
    title: 'An expired token is refused',
    what: 'a token that has ended',
    advice: 'Check exp of every token, with seconds of leeway at most.',
    sources: [rfc(7519, '4.1.4'), rfc(9068, '4')],
    missing:
      'There was no token of this profile that has ended, and a new one lives too long to wait for: run this again in the same window when one has.',
    token: async (bench: ApiBench) => bench.options.tokens?.expired?.(),
  },
  {
    name: 'signature',
    title: 'A token with a changed signature is refused',
    what: 'a token whose signature was changed',
    advice: 'Verify the signature of every token with the keys of the authorization server.',
    sources: [rfc(9068, '4'), rfc(7515, '5.2')],
    ofJwtOnly: true as const,
    missing: opaque,
    token: async (bench: ApiBench) => badSignature(await bench.goodToken()),
  },
  {
    name: 'unsigned',
    title: 'A token with alg none is refused',
    what: 'a token with alg none and no signature',
    advice: 'Name the algorithms that are allowed; never take none.',
    sources: [rfc(9068, '4'), rfc(8725, '3.2')],
    ofJwtOnly: true as const,
    missing: opaque,
    token: async (bench: ApiBench) => unsigned(await bench.goodToken()),
  },
  {
    name: 'id-token',
    title: 'An id_token is refused',
    what: 'an id_token',
    advice: 'Take access tokens only: check typ (at+jwt) and aud.',
    sources: [rfc(9068, '4'), rfc(8725, '3.12')],
    senseless: ({ options }: ApiBench) =>
      options.sendsIdToken === true ? 'The profile says that this API wants the id_token.' : undefined,
    missing: 'There was no id_token: the profile does not ask for openid.',
    token: async (bench: ApiBench) => bench.options.tokens?.idToken?.(),
  },
  {
    name: 'in-query',
    title: 'A token in the query is refused',
    what: 'a good token in the URL',
    advice: 'Take tokens from their header only: URLs are kept in logs.',
    sources: [rfc(9700, '4.3.2'), rfc(6750, '5.3')],
    inQuery: true as const,
    caution: 'Puts a good access token into a URL, which the API may keep in its logs.',
    missing: 'There was no token.',
    token: (bench: ApiBench) => bench.goodToken(),
  },
].map(refuses);
