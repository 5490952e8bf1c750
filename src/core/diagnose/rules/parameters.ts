import { authenticationOf } from '../../authentication/all.ts';
import { inBrowser } from '../asked.ts';
import type { Facts } from '../facts.ts';
import type { QuickFix } from '../quickFix.ts';
import { said, wasRefused, type Rule } from '../rule.ts';
import { authorizationSent, sentParameters } from '../sentParameters.ts';
import { ownWords, tellingWords } from '../tellingWords.ts';
import { address, edit } from '../usualFixes.ts';
import { rfc } from '../../source.ts';

// Some write a name with blanks in it.
const spelled =
  'authorization code|client id|client secret|redirect uri|grant type|code verifier|refresh token';
const parameter = String.raw`['"\x60]?\b([a-z]+(?:_[a-z]+)+|${spelled}|scope|audience|resource|code(?! verifier| challenge)|assertion|nonce|state)\b['"\x60]?`;
const missing = new RegExp(
  String.raw`\b(?:missing|lacks|requires|required(?= param)|(?:contain|include) (?:the following|an?))\b (?:the )?(?:required )?(?:form |request )?(?:param(?:eter)?s?|fields?)?(?: ?\()?[:,]? ?${parameter}|${parameter}(?: or ['"\x60]?[a-z_]+['"\x60]?)?(?: parameter)?(?:(?: is| was| must be)? (?:missing|required|not (?:provided|present|specified))|(?: is| was)? (?:empty|blank))|${parameter}(?: or ['"\x60]?[a-z_]+['"\x60]?)? must be (?:provided|included)\b|\bmissing (?:the )?['"\x60]([a-z]\w*)['"\x60] (?:form |query |body )?(?:value|field|param)|\bcheck the ${parameter} parameter|\b([a-z]+(?:_[a-z]+)+): field required\b`,
  'i',
);
/** As a sentence of its own, as checks of a body are read: of any name. */
const missingAlone = /^([a-z]\w{1,40}) is missing$/;
/** Missing is only one of the things that may be wrong with it. */
const orWrong = /\bor (?:do(?:es)? ?n|invalid|incorrect|malformed|wrong|expired)/i;
/** Names that say nothing of a parameter. */
const noParameter =
  /^(?:invalid|unsupported|unauthorized|access|server|insufficient|interaction|login|consent|account)_|_(?:jwt|basic|post|tls|tls_client_auth)$/;

/** The name of the parameter that the server's words miss, in lower case. */
export function missingParameter(facts: Facts): string | undefined {
  const found = tellingWords(facts)
    .filter((sentence) => !orWrong.test(sentence) && !/authori[sz]ation header/i.test(sentence))
    .map((sentence) => missing.exec(sentence) ?? missingAlone.exec(sentence))
    .find((match) => match !== null);
  const groups: readonly (string | undefined)[] = found?.slice(1) ?? [];
  const name = groups
    .find((group) => group !== undefined)
    ?.toLowerCase()
    .replaceAll(' ', '_')
    .replace(/^authorization_code$/, 'code')
    .slice(0, 60);
  return name === undefined || noParameter.test(name) ? undefined : name;
}

/** Whether it is a parameter of PKCE, which has a cause of its own. @see RFC 7636 section 4.3 */
export function isOfChallenge(name: string): boolean {
  return name.startsWith('code_challenge');
}

/** What the request said that was refused, in the browser or elsewhere; absent where nobody knows it. */
function sentIn(facts: Facts): ReadonlyMap<string, string> | undefined {
  if (inBrowser(facts)) return authorizationSent(facts.exchanges);
  return facts.exchange && sentParameters(facts.exchange);
}

/** The same where nothing else was said: absent for a signed request, which holds the rest. @see RFC 9101 section 5 */
export function allSent(facts: Facts): ReadonlyMap<string, string> | undefined {
  const sent = sentIn(facts);
  return sent?.has('request') === true ? undefined : sent;
}

/** The parameter that the server misses, and whether it was sent. @see RFC 6749 section 5.2, invalid_request */
export const parameterMissing: Rule = (facts) => {
  const { profile } = facts;
  const parameters = allSent(facts);
  const name = missingParameter(facts);
  if (!wasRefused(facts) || parameters === undefined || name === undefined) return [];
  if (isOfChallenge(name)) return [];
  const sent = parameters.has(name);
  const isClient = name === 'client_id' || name === 'client_secret';
  const isOurSecret = name === 'client_secret' && !authenticationOf(profile).proves;
  const inHeader = isClient && !inBrowser(facts) && authenticationOf(profile).inHeader === true;
  return [
    {
      id: 'parameter-missing',
      weight: 81,
      title: sent
        ? `The server does not find the parameter ${name}, which was sent.`
        : inHeader
          ? `The server wants the parameter ${name} in the form.`
          : `The server wants the parameter ${name}.`,
      evidence: [
        sent
          ? 'It was in the request: the server, or something before it, reads the request in another way.'
          : inHeader
            ? `The profile sends it in the Authorization header (${profile.clientAuthentication}).`
            : 'The request did not have it.',
      ],
      steps: inHeader
        ? ['Send client ID and secret in the form.']
        : isOurSecret
          ? ['Choose how the secret is sent, and enter it.']
          : [
              sent
                ? 'Check the address, and whether a proxy changes the body or its Content-Type.'
                : `Set it in the profile: in a field of its own, or as an extra parameter.`,
            ],
      fixes:
        inHeader || isOurSecret
          ? [{ kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' }]
          : sent
            ? address(facts)
            : fieldOf(name),
    },
  ];
};

/** Opens the field that sends a parameter. */
function fieldOf(name: string): readonly QuickFix[] {
  switch (name) {
    case 'scope':
      return [edit('scopes')];
    case 'audience':
      return [{ kind: 'ask_audience' }];
    case 'resource':
      return [edit('resource')];
    default:
      return [];
  }
}

const asHttps =
  /\b(?!redirect)([a-z]+_(?:uri|url|id)|issuer) (?:must|should|has to) (?:be|use)\b[^.]{0,24}\bhttps\b/i;

/** A parameter that has to be an https address. @see RFC 9101 section 5.2 */
export const parameterAsHttps: Rule = (facts) => {
  const name = tellingWords(facts)
    .map((sentence) => asHttps.exec(sentence)?.[1]?.toLowerCase())
    .find((found) => found !== undefined);
  if (!wasRefused(facts) || name === undefined) return [];
  return [
    {
      ...{
        id: 'parameter-as-https',
        weight: 80,
        title: `The server takes ${name} only as an https address.`,
      },
      evidence: [ownWords],
      steps: ['Set it so in the profile.'],
      fixes: name === 'client_id' ? [edit('clientId')] : [],
    },
  ];
};

/** A parameter that the server names and says nothing of, as Spring does. @see RFC 6749 section 5.2, invalid_request */
export const parameterNamed: Rule = (facts) => {
  if (!wasRefused(facts) || !said(facts, 'invalid_request')) return [];
  const name = /^OAuth 2\.0 Parameter: ([a-z_]{2,40})$/.exec(facts.words.trim())?.[1];
  if (name === undefined || isOfChallenge(name) || name === 'redirect_uri') return [];
  const value = sentIn(facts)?.get(name);
  return [
    {
      id: 'parameter-named',
      weight: 60,
      title: `The server names the parameter ${name}: it is missing, came twice, or is not as the server wants it.`,
      evidence: [ownWords, ...(value === undefined ? [] : ['The request had it.'])],
      steps: ['Look at this parameter in the flow view, and compare it with the registration of the client.'],
      fixes: fieldOf(name),
      source: rfc(6749, '5.2'),
    },
  ];
};
