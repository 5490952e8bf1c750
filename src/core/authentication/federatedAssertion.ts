import { materialOf, type AuthenticationDescriptor } from './authentication.ts';

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * An assertion that somebody else has issued for this workload (Kubernetes, a CI job, SPIFFE), read anew for each flow.
 *
 * @see RFC 7523 section 2.2, RFC 7521 section 4.2
 */
export const federatedAssertion: AuthenticationDescriptor = {
  id: 'federated_assertion',
  registeredAs: 'private_key_jwt',
  label: 'Assertion from a file or command',
  summary: 'A JWT that a workload identity issues, read from a file or a command for each flow (RFC 7523).',
  description:
    'A JWT of another issuer (workload identity), read for each flow from `assertionFile` or the output of `assertionCommand` (RFC 7523, 2.2).',
  proves: true,
  usesSecret: false,
  fields: ['assertionFile', 'assertionCommand'],
  needs: 'file',
  make(material) {
    const { content } = materialOf(material, 'file');
    return (_server, client, form) => {
      form.set('client_id', client.client_id);
      form.set('client_assertion_type', jwtBearer);
      form.set('client_assertion', content);
    };
  },
};
