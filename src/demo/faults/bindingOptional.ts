import type { Fault } from './fault.ts';

export const bindingOptional: Fault = {
  id: 'binding-optional',
  title: 'Gives the FAPI client tokens that are bound to no key.',
  lax: 'binding',
};
