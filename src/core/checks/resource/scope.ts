import { isSilent } from '../../http/webPage.ts';
import type { ApiBench } from '../apiBench.ts';
import { isTaken, requireYardstick } from '../apiRefusal.ts';
import type { Check } from '../check.ts';
import { fail, notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { rfc } from '../../source.ts';

function advice({ isBearer }: ApiBench): string {
  return isBearer
    ? 'Answer with status 403 and WWW-Authenticate: Bearer error="insufficient_scope", scope="…" with what the request needs.'
    : 'Answer with status 403.';
}

/** A token with too few scopes is refused with what it lacks. */
export const scope: Check<ApiBench> = {
  id: 'resource.scope',
  area: 'resource',
  title: 'A token without the scope is refused with its name',
  tries: 'Sends the request with a token that lacks the scope.',
  expects:
    'It answers 403, with error="insufficient_scope" and scope where the token goes as Authorization: Bearer.',
  judged:
    'An answer as to a good token fails; a refusal in other words is a weakness: no client can ask for more.',
  sources: [rfc(6750, '3.1'), rfc(6750, '3')],
  needs: {},
  requests: 3,
  signIns: 0,
  async run(bench) {
    if (bench.options.sendsIdToken === true) return notApplicable('An id_token carries no scopes.');
    await bench.goodToken();
    const needed = (await bench.withoutToken()).challenged.bearer?.scopes ?? [];
    const narrow = await bench.options.tokens?.withoutScope?.(needed);
    if (narrow === undefined)
      return notDetermined(
        bench.options.tokens?.whyNoFewer ??
          'There was no token with fewer scopes to try: the server grants all of them whatever is asked for, or a person would have to sign in. A profile for the same API that gets its tokens without a person decides it.',
      );
    await requireYardstick(bench);
    const good = await bench.withGoodToken();
    const answer = await bench.call(narrow.token);
    const isTold = narrow.hasNone || narrow.lacks.some((scope) => needed.includes(scope));
    if (isTaken(answer, good) && answer.status < 400)
      return isTold
        ? fail(
            `A token without the scope is taken: status ${answer.status}.`,
            'Check the scope of every token.',
          )
        : notDetermined(
            `A token without ${narrow.lacks.join(' ').slice(0, 200)} is taken, which this request may not need.`,
          );
    if (isSilent(answer)) return notDetermined(`The API answered with status ${answer.status}.`);
    const { error, scopes = [] } = answer.challenged.bearer ?? {};
    const wrong = [
      ...(answer.status === 403 ? [] : [`the status is ${answer.status} and not 403`]),
      ...(error === 'insufficient_scope' || !bench.isBearer ? [] : ['error="insufficient_scope" is missing']),
      ...(scopes.length > 0 || !bench.isBearer ? [] : ['scope does not say which is needed']),
    ];
    if (wrong.length === 0)
      return pass(
        `A token without the scope is refused with 403${bench.isBearer ? ', and told which it needs' : ''}.`,
      );
    return weakness(`A token without the scope is refused, but ${wrong.join(', ')}.`, advice(bench));
  },
};
