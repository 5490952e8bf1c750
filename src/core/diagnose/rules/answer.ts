import { plainText } from '../../http/plainText.ts';
import { headerValue } from '../../record/exchange.ts';
import { rfc } from '../../source.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import { recogniseProvider } from '../recognise.ts';
import { wasRefused, type Rule } from '../rule.ts';
import { tellingWords } from '../tellingWords.ts';
import { address, edit } from '../usualFixes.ts';

/** An answer in the form of a token dialect that the profile does not use. */
export const dialectNeeded: Rule = (facts) => {
  const { failure, catalogue, exchange, profile, provider } = facts;
  if (failure.step !== 'token' && failure.step !== 'refresh') return [];
  const body = exchange?.response?.body.slice(0, 4096) ?? '';
  const speaker = recogniseProvider(catalogue, {}, undefined, exchange ? [exchange] : []).provider;
  const dialect = speaker.tokenDialect;
  const inUse = profile.tokenDialect ?? provider.provider.tokenDialect?.name;
  const spoken = profile.tokenDialect ?? (provider.how === 'named' ? inUse : undefined);
  if (!dialect || spoken === dialect.name || !body.trimStart().startsWith('{')) return [];
  if (failure.kind === 'oauth_error' && failure.body.error !== 'error') return [];
  return [
    {
      id: 'token-dialect-needed',
      weight: 90,
      title: `The token endpoint does not keep to OAuth’s form, but to that of “${dialect.name}”.`,
      evidence: [`Its answer has the form that ${speaker.name} gives.`],
      steps: ['Set the token dialect of the profile: it translates requests and answers.'],
      fixes: [{ kind: 'set_token_dialect', tokenDialect: dialect.name }],
      source: rfc(6749, '5.1'),
    },
  ];
};

/** A body that is not taken for its content type. @see RFC 9110 section 15.5.16 */
export const bodyNotTaken: Rule = (facts) => {
  const { exchange, status, profile, provider } = facts;
  const told = ofTheContentType(facts);
  if ((status !== 415 && told === undefined) || !exchange || facts.failure.step === 'api') return [];
  const sent = headerValue(exchange.request.headers, 'content-type') ?? form;
  const answer = exchange.response?.headers ?? [];
  const taken = plainText(headerValue(answer, 'accept-post') ?? headerValue(answer, 'accept') ?? '', 200);
  const isForm = sent.startsWith(form);
  const saysNone = told !== undefined && (told.includes(form) || /\bmissing\b/i.test(told));
  if (saysNone && isForm && !/\bnot\b|unsupported/i.test(told)) return [changedOnTheWay(facts, sent)];
  const dialect = profile.tokenDialect ?? provider.provider.tokenDialect?.name;
  return [
    {
      id: 'body-not-taken',
      weight: 72,
      title: isForm
        ? 'This address does not take a form, which is what OAuth sends.'
        : `This address does not take ${plainText(sent, 100)}.`,
      evidence: [
        `Sent: the content type ${plainText(sent, 100)}.`,
        ...(taken === '' ? [] : [`The answer says what it takes: ${taken}.`]),
      ],
      steps: isForm
        ? [
            'Check the address: that of an API or a login may take JSON only.',
            'If the server’s documentation wants JSON there, have the server take forms, too, or set a token dialect that has its names.',
          ]
        : [
            'Check the address against the server’s documentation.',
            ...(dialect === undefined
              ? []
              : [
                  `The token dialect “${plainText(dialect, 60)}” makes the body: remove it if the server takes forms.`,
                ]),
          ],
      fixes: address(facts),
      source: rfc(9110, '15.5.16'),
    },
  ];
};

const form = 'application/x-www-form-urlencoded';

/** What a server that gives another status than 415 says of the body's content type. */
function ofTheContentType(facts: Facts): string | undefined {
  if (!wasRefused(facts)) return undefined;
  return tellingWords(facts).find((sentence) =>
    /x-www-form-urlencoded|unsupported media type|content-type['"]? (?:header|is|must|not)|\bmissing (?:the )?(?:header:? )?['"]?content-type/i.test(
      sentence,
    ),
  );
}

/** A server that takes forms only, and got one as far as this end knows. */
function changedOnTheWay(facts: Facts, sent: string): Cause {
  return {
    id: 'body-not-taken',
    weight: 86,
    title: 'The server takes a form, and says that none came, though one was sent.',
    evidence: [`Sent: the content type ${plainText(sent, 100)}.`],
    steps: [
      'See whether a proxy or gateway on the way changes the body or its Content-Type.',
      'Check the address: one that redirects (http to https) loses the body.',
    ],
    fixes: address(facts),
    source: rfc(6749, '4.1.3'),
  };
}

/** A success without the one member that matters. @see RFC 6749 section 5.1 */
export const noAccessToken: Rule = (facts) => {
  const { failure, profile, provider } = facts;
  if (failure.kind !== 'malformed_response' || failure.code !== 'no_access_token') return [];
  const dialect = profile.tokenDialect ?? provider.provider.tokenDialect?.name;
  if (/"id_token"\s*:\s*"/.test(facts.exchange?.response?.body ?? '')) return [onlyIdToken(facts)];
  return [
    {
      id: 'no-access-token',
      weight: 50,
      title: 'The answer is a success, but no access token is where one is looked for.',
      evidence: [
        plainText(failure.message),
        dialect === undefined
          ? 'It is looked for as access_token, as OAuth has it.'
          : `It is looked for as the token dialect “${plainText(dialect, 60)}” says.`,
      ],
      steps: [
        'Compare the answer in the flow view with the server’s documentation.',
        'Check the token endpoint: another address of the same server may give other answers.',
        'If the token is there under another name or inside another object, set a token dialect that takes it from there.',
      ],
      fixes: address(facts),
      source: rfc(6749, '5.1'),
    },
  ];
};

/** The user signed in, and no API was named that an access token could be for. */
function onlyIdToken({ profile }: Facts): Cause {
  const asked = profile.scopes.filter((scope) => !signInScopes.includes(scope));
  return {
    id: 'only-an-id-token',
    weight: 80,
    title:
      asked.length === 0
        ? 'No scope of an API was asked for, so only an id_token came.'
        : 'Only an id_token came: none of the scopes asked for is one of an API here.',
    evidence: [
      'The answer holds an id_token, which says who signed in and opens no API.',
      profile.scopes.length === 0
        ? 'The profile asks for no scope.'
        : `The profile asks for ${plainText(profile.scopes.join(' '), 300)}.`,
    ],
    steps: [
      'Add the scope of the API that the token is for, as the server names it, and sign in again.',
      'The id_token itself stands in the answer in the flow view; “Decode Token” shows what is in it.',
    ],
    fixes: [edit('scopes')],
    source: rfc(6749, '5.1'),
  };
}

/** Scopes about the user and the sign-in, of no API. @see OpenID Connect Core 1.0 sections 5.4 and 11 */
const signInScopes = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];
