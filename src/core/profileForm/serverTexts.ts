import type { Choice, ChoiceField, DiscoveryModel } from '../../shared/views/profileForm.ts';
import { clientAuthentications, grants, type ClientAuthentication, type Grant } from '../profile/profile.ts';
import type { FormProblems } from './problems.ts';
import { supportsGrant, type ServerFacts } from './serverFacts.ts';
import type { ProfileFormState } from './state.ts';
import { grantNames, shorten, shortList } from './texts.ts';

/** What is said below the issuer about its metadata. */
export function discoveryModel({ discovery }: ProfileFormState): DiscoveryModel {
  switch (discovery.kind) {
    case 'idle':
      return discovery;
    case 'running':
      return { kind: 'running', text: `Looking up the metadata of ${shorten(discovery.issuer, 200)}…` };
    case 'found':
      return { kind: 'found', ...foundTexts(discovery.facts) };
    case 'failed':
      return discovery;
  }
}

function foundTexts(facts: ServerFacts): { readonly text: string; readonly facts: readonly string[] } {
  const specification = facts.kind === 'openid' ? 'OpenID Connect' : 'OAuth 2.0';
  const pkce = facts.challengeMethods?.includes('S256')
    ? 'PKCE with S256 is announced.'
    : 'PKCE is not announced, which proves nothing: it is always used.';
  return {
    text: `Found ${specification} metadata; what it says is filled in.`,
    facts: [
      `Read from ${shorten(facts.document, 300)}`,
      ...(facts.grants ? [`Grants: ${shortList(facts.grants, 8)}.`] : []),
      ...(facts.scopes ? [`Scopes: ${facts.scopes.length} are announced; they are suggested below.`] : []),
      pkce,
    ],
  };
}

/** The server's metadata, once it is known. */
export function factsOf({ discovery }: ProfileFormState): ServerFacts | undefined {
  return discovery.kind === 'found' ? discovery.facts : undefined;
}

const grantDescriptions: Readonly<Record<Grant, string>> = {
  client_credentials: 'The application gets a token for itself: services, jobs, scripts.',
  authorization_code: 'You sign in in the browser, and the token acts for you.',
};

export function grantField(state: ProfileFormState): ChoiceField {
  const facts = factsOf(state);
  const choices = grants.map((grant): Choice => {
    const offered = state.provider?.grants[grant] !== undefined;
    return {
      value: grant,
      label: grantNames[grant],
      description: grantDescriptions[grant],
      ...(!offered && { disabled: `${state.provider?.name ?? 'This provider'} does not offer it.` }),
      ...(facts &&
        supportsGrant(facts, grant) === false && {
          warning: 'The server’s metadata does not list this grant.',
        }),
    };
  });
  return { value: state.draft.grant, choices };
}

const methods: Readonly<Record<ClientAuthentication, { label: string; description: string }>> = {
  client_secret_basic: {
    label: 'HTTP Basic',
    description:
      'Id and secret in the Authorization header (client_secret_basic). Every server must support it.',
  },
  client_secret_post: {
    label: 'In the request body',
    description: 'Id and secret as form fields (client_secret_post), for servers that want them there.',
  },
  none: {
    label: 'No secret',
    description: 'A public client sends only its id; PKCE protects the sign-in.',
  },
};

export function clientAuthenticationField(state: ProfileFormState, { fields }: FormProblems): ChoiceField {
  const problem = fields.get('clientAuthentication');
  const supported = factsOf(state)?.authenticationMethods;
  const choices = clientAuthentications.map((method): Choice => {
    const impossible = method === 'none' && state.draft.grant === 'client_credentials';
    return {
      value: method,
      ...methods[method],
      ...(impossible && { disabled: 'Only a client with a secret gets a token for itself.' }),
      ...(supported?.includes(method) === false &&
        !impossible && { warning: `The server’s metadata lists only ${shortList(supported, 6)}.` }),
    };
  });
  return { value: state.draft.clientAuthentication, choices, ...(problem !== undefined && { problem }) };
}
