import { headerValue } from '../../record/exchange.ts';
import { rfc } from '../../source.ts';
import { askedAt, isPage } from '../endpointAsked.ts';
import { errorMeaning } from '../meanings.ts';
import { said, wasRefused, type Rule } from '../rule.ts';
import { sentParameters } from '../sentParameters.ts';
import { tellingWords } from '../tellingWords.ts';
import { near } from '../topics/words.ts';
import { address } from '../usualFixes.ts';
import { worked } from '../worked.ts';

/** Words of gateways about a token that an API wants: Envoy, Kong, Apigee, Azure, AWS, APISIX. */
const ofToken = new RegExp(
  String.raw`${
    near(
      String.raw`jwts?|jwks?|(?:access|bearer|auth|id)[ _-]?tokens?`,
      String.raw`missing|required|invalid|expired|fails?|failed|malformed|not (?:found|present|provided|allowed|configured|valid|in the form)|empty|no|doesn't`,
      40,
    ).source
  }|^token (?:is |has )?expired$|^invalid signature$|\bgiven 'iss'`,
  'i',
);

/** A token of a page, of AWS's signatures, or one that was to be made. */
const ofOtherToken =
  /csrf|xsrf|missing authentication token|\b(?:to request|get|obtain|generat|creat|issu)\w* (?:an? |the )?(?:\w+ ){0,2}tokens?/i;

/**
 * A token is refused where none was sent: that is an API's refusal, as a userinfo endpoint or a gateway gives it, which stands in
 * the place of the token endpoint. @see RFC 6750 section 3.1
 */
export const apiInItsPlace: Rule = (facts) => {
  const { failure, exchange, challenges, error = '', status = 0 } = facts;
  if (failure.step !== 'token' || exchange === undefined || !wasRefused(facts)) return [];
  const asks = said(facts, 'invalid_token') && challenges.some(({ scheme }) => scheme === 'bearer');
  const isNamed = errorMeaning(error.toLowerCase(), failure.step) !== undefined;
  const speaks =
    !isNamed &&
    !isPage(facts) &&
    [400, 401, 403].includes(status) &&
    tellingWords(facts).some((text) => ofToken.test(text) && !ofOtherToken.test(text));
  const sent = /^(?!basic )./i.test(headerValue(exchange.request.headers, 'authorization') ?? '');
  const names = [...sentParameters(exchange).keys()];
  if (
    !(asks || speaks) ||
    sent ||
    worked(facts).address ||
    !names.includes('grant_type') ||
    names.some((name) => /token|assertion/.test(name))
  )
    return [];
  return [
    {
      id: 'api-in-its-place',
      weight: 76,
      title:
        'What answers wants an access token: it is an API or the userinfo endpoint, not the token endpoint.',
      evidence: [askedAt(exchange.request.url), 'It refuses an access token, and none was sent.'],
      steps: ['Compare the token endpoint with the server’s documentation.'],
      fixes: address(facts),
      source: rfc(6750, '3.1'),
    },
  ];
};
