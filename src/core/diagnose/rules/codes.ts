import { endedHere } from '../asked.ts';
import { grantOf } from '../../grants/all.ts';
import { plainText } from '../../http/plainText.ts';
import type { Cause } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import { errorMeaning } from '../meanings.ts';
import type { QuickFix } from '../quickFix.ts';
import { allSent } from './parameters.ts';

/** What can be behind a code, the most likely first: what is wrong, what to do, and how the parameter begins that it is said of. */
type Behind = readonly (readonly [
  title: string,
  steps: readonly string[],
  fix?: QuickFix | undefined,
  of?: string,
])[];

const pending: Behind = [
  [
    'The user has not decided yet.',
    ['Run it again, and finish it on the page or device before the time is up.'],
    { kind: 'run_again' },
  ],
];
const proof: Behind = [
  [
    'The proof that the client holds its key is missing, old, or made for another address.',
    [
      'Compare the clock of this machine with that of the server.',
      'Check that DPoP is on in the profile, and that no proxy changes address or method on the way.',
    ],
    { kind: 'run_again' },
  ],
];
const metadata: Behind = [
  [
    'The server does not accept a value that the client says of itself: a redirect URI, grant, scope or client authentication.',
    ['Compare the values in the request with what the server documents.', 'Register the client by hand.'],
  ],
];

/** What can be behind each code that no rule with better evidence speaks about. */
const behind: Readonly<Record<string, Behind | undefined>> = {
  invalid_request: [
    [
      'The server wants another parameter than those of this request, or does not take one of them.',
      [
        'Read the server’s own words: most servers name the parameter.',
        'Compare the parameters of the request in the flow view with what the server documents.',
        'Remove the extra parameters of the profile, one by one.',
      ],
    ],
  ],
  authorization_pending: pending,
  slow_down: [
    [
      'The server is asked more often than it wants.',
      [
        'Wait: each further question comes 5 seconds later.',
        'See that the same client does not run elsewhere.',
      ],
      { kind: 'run_again' },
    ],
  ],
  expired_token: [
    [
      'The time to decide is over.',
      ['Run it again, and finish it on the page or device before the time is up.'],
      { kind: 'run_again' },
    ],
  ],
  unsupported_response_type: [
    [
      'The client is not registered for the response type “code”.',
      ['Allow the authorization code grant for this client at the server.'],
      { kind: 'edit_profile', field: 'clientId' },
      'response_type',
    ],
  ],
  invalid_request_object: [
    [
      'The server does not know the public half of the key that signs the request, or takes another algorithm.',
      [
        'Register the public key at the server (“Copy Public Key” in the profile’s menu).',
        'Compare request_object_signing_alg of the client with the algorithm of the key.',
      ],
      undefined,
      'request',
    ],
    [
      'The signed request is too old or was made for another server.',
      ['Compare the clock of this machine with that of the server, and its issuer with that of the profile.'],
      { kind: 'edit_profile', field: 'issuer' },
      'request',
    ],
  ],
  invalid_request_uri: [
    [
      'The pushed request has expired, was used before, or was handed in by another client.',
      ['Sign in again: each sign-in hands in a request of its own, and it lives for a minute or so.'],
      { kind: 'sign_in' },
    ],
  ],
  request_not_supported: [
    [
      'The server takes no signed authorization requests.',
      ['Switch off the signed authorization request in the advanced settings of the profile.'],
    ],
  ],
  request_uri_not_supported: [
    [
      'The server takes no requests by reference.',
      ['Remove request_uri from the extra authorization parameters, and do not push the request.'],
    ],
  ],
  registration_not_supported: [
    [
      'The server takes no client metadata in an authorization request.',
      ['Remove “registration” from the extra authorization parameters.'],
    ],
  ],
  unmet_authentication_requirements: [
    [
      'The user cannot sign in as strongly as acr_values or the claims of the request want it.',
      [
        'Ask for another acr_values, or remove it from the profile.',
        'Have the user set up the second factor that is wanted.',
      ],
      { kind: 'sign_in' },
    ],
  ],
  use_dpop_nonce: [
    [
      'The server wants its own nonce in the proof, and went on wanting another one.',
      ['Run it again; if it stays, the server changes its nonce with each answer.'],
      { kind: 'run_again' },
    ],
  ],
  invalid_dpop_proof: proof,
  invalid_client: [
    [
      'The client is unknown here, or its proof was refused.',
      [
        'Compare client ID and secret with the registration.',
        'Try another way for the client to authenticate.',
      ],
      { kind: 'enter_secret' },
    ],
  ],
  invalid_grant: [
    [
      'What the token was asked for with is expired, used, revoked, or another client’s.',
      ['Run the whole flow again, so that all of it is fresh.'],
      { kind: 'run_again' },
      'grant_type',
    ],
  ],
  unsupported_token_type: [
    [
      'The server takes back refresh tokens only; its access tokens end by themselves.',
      ['Revoke the refresh token, and let the access token expire.'],
    ],
  ],
  invalid_token: [
    [
      'The token that authorizes the request is missing, has ended or is for something else.',
      ['Get a new token and try again.'],
      { kind: 'get_token' },
    ],
  ],
  insufficient_scope: [
    [
      'The token that authorizes the request may not do this.',
      ['Get one with the scope that the answer or the server’s documentation names.'],
    ],
  ],
  insufficient_user_authentication: [
    [
      'The API wants a stronger or fresher sign-in for this request.',
      ['Sign in again with the acr_values or max_age that the answer names.'],
      { kind: 'sign_in' },
    ],
  ],
  invalid_redirect_uri: [
    [
      'The server does not take this redirect URI for a client of this kind.',
      ['A loopback address wants a client of type “native”; some servers take only https.'],
      { kind: 'edit_profile', field: 'redirectUri' },
      'redirect_uri',
    ],
  ],
  invalid_client_metadata: metadata,
  invalid_software_statement: [
    [
      'The software statement is not signed by somebody the server trusts, or has expired.',
      ['Ask who issued it for a new one.'],
    ],
  ],
  unapproved_software_statement: [
    ['The server has not approved this software.', ['Ask the operator of the server to approve it.']],
  ],
};

/**
 * What the code alone says, where nothing in the exchanges says more: the grant's own words first.
 *
 * @see the specification that defines the code, as the meaning names it
 */
export function codeCauses(facts: Facts): readonly Cause[] {
  const { error, failure, profile } = facts;
  if (error === undefined) return [];
  const own = ownMeaning(facts);
  const said = endedHere(facts)
    ? plainText(failure.message, 300)
    : `The server said ${plainText(error, 100)}; nothing in the exchanges says more.`;
  const source = errorMeaning(error, failure.step)?.source;
  const more: Pick<Cause, 'source'> = source === undefined ? {} : { source };
  const code = error.toLowerCase();
  const table = Object.hasOwn(behind, code) ? (behind[code] ?? []) : [];
  const there = table.filter(([, , , of]) => of === undefined || isThere(facts, of));
  const causes = own === undefined ? there : [[own.meaning, [own.advice], retry(profile)] as const];
  return causes.map(([title, steps, fix], at) => ({
    ...{ id: `error-code-${plainText(error, 40)}${at === 0 ? '' : `-${at + 1}`}`, weight: 30 - at, title },
    ...{
      evidence: [said],
      steps,
      fixes: fix === undefined || failure.step === 'registration' ? [] : [fix],
      ...more,
    },
  }));
}

/** Whether the request had a parameter that begins so, as far as anybody knows. */
function isThere(facts: Facts, name: string): boolean {
  const sent = facts.exchange?.request.headers.length === 0 ? undefined : allSent(facts);
  return sent === undefined || [...sent.keys()].some((one) => one.startsWith(name));
}

/** What the error means with the grant of the profile, where the grant says so. */
export function ownMeaning({ error, failure, profile }: Pick<Facts, 'error' | 'failure' | 'profile'>) {
  if (failure.step !== 'token' && failure.step !== 'authorization') return undefined;
  return grantOf(profile).meanings?.find((meaning) => meaning.error === error);
}

function retry(profile: Facts['profile']): QuickFix {
  return grantOf(profile).actsForUser ? { kind: 'sign_in' } : { kind: 'run_again' };
}
