import { asksForSignIn, refusesRequest, sameShape, type ProbeAnswer } from './probe.ts';

/** Whether a server takes a redirect URI. */
export type Acceptance = 'accepted' | 'refused' | 'unclear';

/** What the registered URI and an unregistered host were answered: what an unclear answer is compared with. */
export interface Yardstick {
  readonly registered: ProbeAnswer;
  readonly unregistered: ProbeAnswer;
}

/**
 * Judges from an answer whether `requested` was taken as the redirect URI: a redirect to it says yes, unless it says that the
 * request is wrong and the registered one gets no such error; an error page says no; a page of the server's own says what the
 * same page said for a URI known to be right or wrong.
 *
 * @param foreign whether it is a stranger's: then any redirect there is one too many
 */
export function acceptance(
  answer: ProbeAnswer,
  requested: string,
  yardstick?: Yardstick,
  foreign = false,
): Acceptance {
  switch (answer.kind) {
    case 'redirect':
      if (!goesTo(answer.location, requested)) return 'refused';
      return yardstick !== undefined && !foreign && refusesAlone(answer, yardstick.registered)
        ? 'refused'
        : 'accepted';
    case 'refused':
      return 'refused';
    case 'own':
    case 'page': {
      if (yardstick === undefined) return 'unclear';
      const { registered, unregistered } = yardstick;
      // Where the registered URI is answered by a redirect at once, a page says that something was wrong.
      if (asksForSignIn(registered)) return 'refused';
      if (sameShape(registered, unregistered)) return 'unclear';
      return sameShape(answer, registered)
        ? 'accepted'
        : sameShape(answer, unregistered)
          ? 'refused'
          : 'unclear';
    }
  }
}

/** Whether a redirect refuses the request, and that of the registered URI did not: some servers send such errors anywhere. */
function refusesAlone(answer: ProbeAnswer, registered: ProbeAnswer): boolean {
  return answer.kind === 'redirect' && refusesRequest(answer.parameters) && !sameShape(answer, registered);
}

/** Whether a `Location` is the redirect URI asked for, as a browser reads both; the server's parameters come on top. */
export function goesTo(location: URL, requested: string): boolean {
  if (!URL.canParse(requested)) return false;
  const wanted = new URL(requested);
  return (
    // Origins do not tell the schemes of applications apart: each is `null`.
    location.protocol === wanted.protocol &&
    location.host === wanted.host &&
    location.username === wanted.username &&
    location.pathname === wanted.pathname &&
    [...wanted.searchParams].every(([name, value]) => location.searchParams.getAll(name).includes(value))
  );
}
