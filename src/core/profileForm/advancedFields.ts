import type { ChoiceField, FoldedPart } from '../../shared/views/profileForm.ts';
import { dialects } from '../diagnose/catalogue.ts';
import type { FormProblems } from './problems.ts';
import type { ProfileFormState } from './state.ts';

export function basicEncodingField({ draft }: ProfileFormState): ChoiceField {
  return {
    value: draft.basicEncoding,
    choices: [
      {
        value: 'form',
        label: 'Form-encoded',
        description: 'As the standard wants it (RFC 6749 section 2.3.1).',
      },
      {
        value: 'raw',
        label: 'As they are',
        description: 'For servers that reject an encoded id or secret with characters such as / + %.',
      },
    ],
  };
}

export function tokenDialectField(
  { context, provider, draft }: ProfileFormState,
  { fields }: FormProblems,
): ChoiceField {
  const wrong = fields.get('tokenDialect');
  const own = provider?.tokenDialect?.name;
  const others = dialects(context.catalogue).map(({ name }) => name);
  return {
    value: draft.tokenDialect,
    choices: [
      {
        value: '',
        label: own === undefined ? 'Standard' : `The provider’s (${own})`,
        description:
          own === undefined
            ? 'Form-encoded requests and JSON responses (RFC 6749).'
            : 'Requests and responses as this provider has them.',
      },
      ...[...new Set(others)]
        .filter((name) => name !== own)
        .map((name) => ({
          value: name,
          label: name,
          description: 'Requests and responses as that server has them.',
        })),
    ],
    ...(wrong !== undefined && { problem: wrong }),
  };
}

/** The part with parameters of one's own. */
export function extraPart({ draft }: ProfileFormState, problems: FormProblems): FoldedPart {
  const interactive = draft.grant === 'authorization_code';
  const rows = [...(interactive ? draft.authorizationParameters : []), ...draft.tokenParameters];
  return {
    changed: rows.filter(({ name }) => name.trim() !== '').length,
    problem: concerns(problems, ['authorizationParameters', 'tokenParameters']),
  };
}

/** The part with what hardly anyone needs. */
export function advancedPart({ draft, original }: ProfileFormState, problems: FormProblems): FoldedPart {
  const changed = [
    !original && draft.id.trim() !== '',
    draft.clientAuthentication === 'client_secret_basic' && draft.basicEncoding === 'raw',
    draft.tokenDialect !== '',
    draft.trustedCertificate.trim() !== '',
    draft.renew,
  ];
  return {
    changed: changed.filter(Boolean).length,
    problem: concerns(problems, ['id', 'basicEncoding', 'tokenDialect', 'trustedCertificate', 'renew']),
  };
}

function concerns({ fields, items }: FormProblems, names: readonly string[]): boolean {
  const wrong = [...fields.keys(), ...items.keys()].map((key) => key.split('/')[0] ?? '');
  return wrong.some((field) => names.includes(field));
}
