import { authenticationOf } from '../../authentication/all.ts';
import { grantOf } from '../../grants/all.ts';
import { clientDoubt, type Rule } from '../rule.ts';
import { worked } from '../worked.ts';
import { rfc } from '../../source.ts';

/** A secret with blanks or a line break around it, as pasting leaves them. */
export const secretWithBlanks: Rule = (facts) => {
  const { secret } = facts;
  const doubt = clientDoubt(facts);
  if (!secret || !doubt || worked(facts).client) return [];
  const found = [
    ...(secret.lineBreak ? ['contains a line break'] : []),
    ...(secret.leadingBlank ? ['begins with a space'] : []),
    ...(secret.trailingBlank && !secret.lineBreak ? ['ends with a space'] : []),
  ];
  if (found.length === 0) return [];
  return [
    {
      id: 'secret-with-blanks',
      weight: doubt === 'told' ? 93 : 78,
      title: `The stored client secret ${found.join(' and ')}.`,
      evidence: [`The secret has ${secret.length} characters, spaces included.`],
      steps: ['Trim the secret.'],
      fixes: [{ kind: 'trim_secret' }, { kind: 'enter_secret' }],
    },
  ];
};

/** An id or an example in the place of the secret. */
export const secretLooksWrong: Rule = (facts) => {
  const { secret } = facts;
  const doubt = clientDoubt(facts);
  if (!secret || !doubt || worked(facts).client) return [];
  const evidence = [
    ...(secret.equalsClientId ? ['The secret is the client ID.'] : []),
    ...(secret.looksLikeId && !secret.equalsClientId
      ? [
          'The secret has the form of a GUID: servers show a secret’s id beside its value, and the id is easily copied instead.',
        ]
      : []),
    ...(secret.placeholder ? ['The secret looks like an example from documentation.'] : []),
  ];
  if (evidence.length === 0) return [];
  return [
    {
      id: 'secret-looks-like-an-id',
      // An example is often the secret of a test server, and the code speaks of the grant.
      weight: doubt === 'told' ? 82 : secret.equalsClientId || secret.looksLikeId ? 66 : 49,
      title: 'What was entered as the client secret does not look like one.',
      evidence,
      steps: [
        'Copy the value of the secret, not its id, and enter it here. Many servers show it only once; if so, create a new one.',
      ],
      fixes: [{ kind: 'enter_secret' }],
    },
  ];
};

/** Letters that no secret should have: servers read them in other encodings, or fail. @see RFC 6749 appendix A.2 */
export const secretBeyondAscii: Rule = (facts) => {
  const { secret, status = 0, failure } = facts;
  const failed = status >= 500 && (failure.step === 'token' || failure.step === 'refresh');
  const doubt = clientDoubt(facts);
  if (secret?.beyondAscii !== true || (!failed && !doubt) || worked(facts).client) return [];
  return [
    {
      id: 'secret-beyond-ascii',
      weight: doubt === 'told' ? 79 : 72,
      title: 'The client secret has letters outside ASCII, which some servers cannot read.',
      evidence: ['A secret is to be made of printable ASCII characters.'],
      steps: ['Give the client a secret of ASCII letters, digits and signs at the server, and enter that.'],
      fixes: [{ kind: 'enter_secret' }],
      source: rfc(6749, 'A.2'),
    },
  ];
};

/** Nothing was given to start from, or what is stored cannot be used: the failure itself says which. */
export const secretUnusable: Rule = ({ failure }) => {
  if (failure.kind !== 'secret_missing' || failure.what === undefined) return [];
  const isInput = failure.what === 'input';
  return [
    {
      id: isInput ? 'input-missing' : 'secret-unusable',
      weight: 95,
      title: isInput ? 'What this run needs to start from is missing.' : 'What is stored cannot be used.',
      evidence: [failure.message],
      steps: [failure.advice],
      fixes: [{ kind: isInput ? 'run_again' : 'enter_secret' }],
    },
  ];
};

/** No secret is stored, or it could not be read. */
export const secretMissing: Rule = ({ failure, profile }) => {
  if (failure.kind !== 'secret_missing' || failure.what !== undefined) return [];
  const noun = authenticationOf(profile).keeps?.noun ?? 'client secret';
  return [
    {
      id: 'secret-missing',
      weight: 95,
      title: `No ${noun} is stored for this profile and this server.`,
      evidence: [
        `The profile authenticates with ${profile.clientAuthentication}.`,
        'When a profile’s server changes, its secret stays behind.',
      ],
      steps: [
        `Enter the ${noun}.`,
        ...(!grantOf(profile).provesItself
          ? ['If the client is public, set the client authentication to none.']
          : []),
      ],
      fixes: [{ kind: 'enter_secret' }, { kind: 'set_client_authentication', clientAuthentication: 'none' }],
    },
  ];
};
