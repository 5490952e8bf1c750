import { asksForSignIn, refusesRequest, sameShape, type ProbeAnswer } from './probe.ts';

/** Whether a server accepts a redirect URI. */
export type Acceptance = 'accepted' | 'refused' | 'unclear';

/** The answers for the registered URI and for an unregistered host, with which an unclear answer is compared. */
export interface Yardstick {
  readonly registered: ProbeAnswer;
  readonly unregistered: ProbeAnswer;
}

/**
 * Judges from an answer whether the server accepted `requested` as the redirect URI. A redirect to it means yes, unless it
 * reports an invalid request that the registered URI does not get; an error page means no; any other page of the server means
 * what the same page meant for a URI known to be right or wrong.
 *
 * @param foreign whether the URI is a stranger's: any redirect there is one too many then
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
      // If the registered URI gets a redirect at once, a page means that something is wrong.
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

/** Whether a redirect refuses the request while the registered URI's does not: some servers send such errors to any URI. */
function refusesAlone(answer: ProbeAnswer, registered: ProbeAnswer): boolean {
  return answer.kind === 'redirect' && refusesRequest(answer.parameters) && !sameShape(answer, registered);
}

/**
 * Whether a `Location` is the requested redirect URI, as a browser reads both, apart from the parameters that the server adds.
 */
export function goesTo(location: URL, requested: string): boolean {
  if (!URL.canParse(requested)) return false;
  const wanted = new URL(requested);
  return (
    // Not by origin, which is `null` for every private-use scheme.
    location.protocol === wanted.protocol &&
    location.host === wanted.host &&
    location.username === wanted.username &&
    location.pathname === wanted.pathname &&
    [...wanted.searchParams].every(([name, value]) => location.searchParams.getAll(name).includes(value))
  );
}
