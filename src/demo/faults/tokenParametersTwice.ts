import { isToken } from './messages.ts';
import type { Fault } from './fault.ts';

export const tokenParametersTwice: Fault = {
  id: 'token-parameters-twice',
  title: 'Uses the last of two parameters of a token request.',
  layer: () => (request, next) =>
    next(
      isToken(request)
        ? { ...request, form: new URLSearchParams(Object.fromEntries(request.form)) }
        : request,
    ),
};
