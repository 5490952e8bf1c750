import type { Yardstick } from './acceptance.ts';
import { asksForSignIn, refusesRequest, sameShape, type ProbeAnswer } from './probe.ts';

/** How a server answered an authorization request that is wrong on purpose. */
export type Taken =
  /** The server noticed. */
  | 'refused'
  /** It went on as with a correct request. */
  | 'through'
  /** Its answer does not tell. */
  | 'unclear';

/** Compares the answer to a wrong request with those to a correct one and to one that is certainly refused. */
export function taken(answer: ProbeAnswer, { registered, unregistered }: Yardstick): Taken {
  switch (answer.kind) {
    case 'refused':
      return 'refused';
    case 'redirect': {
      if (asksForSignIn(answer) || answer.parameters.has('access_token')) return 'through';
      if (sameShape(answer, registered)) return 'unclear';
      return refusesRequest(answer.parameters) ? 'refused' : 'unclear';
    }
    case 'own':
    case 'page':
      // If the correct request is answered at the redirect URI, a page means that something is wrong.
      if (asksForSignIn(registered)) return 'refused';
      if (sameShape(registered, unregistered)) return 'unclear';
      if (sameShape(answer, registered)) return 'through';
      return sameShape(answer, unregistered) ? 'refused' : 'unclear';
  }
}
