import { isSilent, isWebPage } from '../../http/webPage.ts';
import type { ApiBench } from '../apiBench.ts';
import { isTaken } from '../apiRefusal.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** A good token is accepted. */
export const goodToken: Check<ApiBench> = {
  id: 'resource.good-token',
  area: 'resource',
  title: 'A good token is accepted',
  tries: 'Sends the request with a new token of the profile.',
  expects: 'It serves the request.',
  judged: 'A refusal fails. Without this nothing can be said of bad tokens.',
  sources: [rfc(6750, '2.1')],
  needs: {},
  requests: 1,
  signIns: 0,
  async run(bench) {
    const answer = await bench.withGoodToken();
    const isPage = isWebPage(answer.headers.get('content-type'), '');
    if (isTaken(answer) && isPage && isTaken(await bench.withoutToken()))
      return notDetermined(
        `With the good token a web page comes (status ${answer.status}), and without one, too: it may be that of a sign-in.`,
      );
    if (isTaken(answer)) return pass(`The good token is taken: status ${answer.status}.`);
    if (isSilent(answer) || (answer.status >= 300 && answer.status < 400))
      return notDetermined(`The API answered the good token with status ${answer.status}.`);
    const { error, scopes } = answer.challenged.bearer ?? {};
    if (error === 'insufficient_scope')
      return fail(
        `The token lacks a scope${scopes === undefined ? '' : `: the API wants ${scopes.join(' ').slice(0, 200)}`}.`,
        'Ask for the scope in the profile.',
        { fixes: [{ kind: 'edit_profile', field: 'scopes' }] },
      );
    return fail(
      `The API answers a new token with status ${answer.status}.`,
      'Compare issuer, audience and scopes of the token with what the API wants.',
    );
  },
};
