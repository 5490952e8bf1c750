import type { Choice } from '../../shared/views/profileForm.ts';
import { grantDefaults } from '../diagnose/profileDefaults.ts';
import { dialects } from '../diagnose/catalogue.ts';
import { authenticationNamed, grantNamed } from '../productLists.ts';
import type { Field } from '../profile/fields/field.ts';
import { supportsGrant } from './serverFacts.ts';
import { factsOf } from './serverTexts.ts';
import { listsOf, type ProfileFormState } from './state.ts';
import { shortList } from './texts.ts';

/** What can be chosen for a field; absent: it is typed. */
export function choicesOf(field: Field, state: ProfileFormState): readonly Choice[] | undefined {
  if (field.name === 'tokenDialect') return dialectChoices(state);
  if (field.kind !== 'choice') return undefined;
  return field.choices(listsOf(state)).map(({ value, label, summary }) => ({
    value,
    label,
    description: summary,
    ...limits[field.name]?.(value, state),
  }));
}

type Limits = Pick<Choice, 'disabled' | 'warning'>;

/** Why a choice is none here, or is better not taken. */
const limits: Readonly<Record<string, (value: string, state: ProfileFormState) => Limits>> = {
  grant: (value, state) => {
    const facts = factsOf(state);
    const { grantType } = grantNamed(value, listsOf(state));
    return {
      ...(state.provider &&
        grantDefaults(state.provider, value) === undefined && {
          disabled: `${state.provider.name} does not offer it.`,
        }),
      ...(facts &&
        supportsGrant(facts, grantType) === false && {
          warning: 'The server’s metadata does not list this grant.',
        }),
    };
  },
  clientAuthentication: (value, state) => {
    const lists = listsOf(state);
    // A draft may name a grant that is none.
    const grant = lists.grants.find(({ id }) => id === state.draft.grant);
    if (grant?.provesItself === true && !authenticationNamed(value, lists).proves)
      return { disabled: 'Only a client with a secret gets a token for itself.' };
    const supported = factsOf(state)?.authenticationMethods;
    return supported?.includes(value) === false
      ? { warning: `The server’s metadata lists only ${shortList(supported, 6)}.` }
      : {};
  },
};

function dialectChoices({ context, provider }: ProfileFormState): readonly Choice[] {
  const own = provider?.tokenDialect?.name;
  const others = new Set(dialects(context.catalogue).map(({ name }) => name));
  const usual =
    own === undefined
      ? { label: 'Standard', description: 'Form-encoded requests and JSON responses (RFC 6749).' }
      : {
          label: `The provider’s (${own})`,
          description: 'Requests and responses as this provider has them.',
        };
  return [
    { value: '', ...usual },
    ...[...others]
      .filter((name) => name !== own)
      .map((name) => ({
        value: name,
        label: name,
        description: 'Requests and responses as that server has them.',
      })),
  ];
}
