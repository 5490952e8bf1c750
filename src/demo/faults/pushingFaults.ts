import type { Fault, FaultContext, FaultLayer, FaultRequest } from './fault.ts';
import { isAuthorization, members } from './messages.ts';

export const pushingFaults: readonly Fault[] = [
  {
    id: 'pushed-twice',
    title: 'Takes a pushed request again.',
    layer: onPushed((_request, { used, form }) => (used ? form : undefined)),
  },
  {
    id: 'pushed-for-any-client',
    title: 'Takes a pushed request from any client.',
    layer: onPushed(({ query }, { form }) =>
      query.get('client_id') === form.get('client_id') ? undefined : form,
    ),
  },
  {
    id: 'pushed-lives-on',
    title: 'Takes a pushed request that has expired.',
    layer: onPushed((_request, { used, form, end }) => (!used && end < Date.now() ? form : undefined)),
  },
  {
    id: 'pushed-merged',
    title: 'Takes parameters that were not pushed.',
    layer: onPushed(({ query }, { form }) => {
      const beside = [...query].filter(([name]) => name !== 'request_uri' && name !== 'client_id');
      if (beside.length === 0) return undefined;
      const merged = new URLSearchParams(form);
      for (const [name, value] of beside) merged.set(name, value);
      return merged;
    }),
  },
];

/** A pushed request that the demo handed out. */
interface Kept {
  /** What was pushed, as it would stand in the address. */
  readonly form: URLSearchParams;
  /** Whether it has earned a code. */
  used: boolean;
  /** Milliseconds since the epoch. */
  readonly end: number;
}

/**
 * Puts another authorization request in the place of one that was pushed, before the strict server sees it.
 *
 * @param change what is asked in its place, or nothing to leave it as it is
 */
function onPushed(
  change: (request: FaultRequest, kept: Kept) => URLSearchParams | undefined,
): (context: FaultContext) => FaultLayer {
  return () => {
    const all = new Map<string, Kept>();
    return async (request, next) => {
      const kept = isAuthorization(request) ? all.get(request.query.get('request_uri') ?? '') : undefined;
      const query = kept && change(request, kept);
      const response = await next(query === undefined ? request : { ...request, query });
      if (request.path === '/request' && response.status === 201) {
        const { request_uri: uri, expires_in: seconds } = members(response);
        const end = Date.now() + Number(seconds) * 1000;
        all.set(String(uri), { form: request.form, used: false, end });
      }
      // The code comes after the sign-in, at another path, with the state that was pushed.
      const { location } = response.headers;
      if (typeof location === 'string' && /[?&]code=/.test(location))
        for (const one of all.values())
          if (location.includes(`state=${one.form.get('state') ?? ''}`)) one.used = true;
      return response;
    };
  };
}
