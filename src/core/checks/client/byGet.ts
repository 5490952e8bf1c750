import { grantOf } from '../../grants/all.ts';
import { isWebPage } from '../../http/webPage.ts';
import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { headersOf } from '../credentials.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { isOfItself, noSuchPlace } from '../heard.ts';
import { broken, describeToken, issued, readTokenAnswer, type TokenAnswer } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** Errors of a server that has read client, code or scope from the URL. */
const looked = ['invalid_grant', 'invalid_client', 'unauthorized_client', 'invalid_scope'];

/** URLs end up in logs, and with them the code and the secret. */
export const byGet: Check = {
  id: 'client.by-get',
  area: 'client',
  title: 'The token endpoint takes POST only',
  tries:
    'Sends a token request with a made-up code, and without any secret, in the URL; where that is not enough, with the credentials in a header.',
  expects: 'It refuses the method.',
  judged: 'An answer that looks at client or code is a weakness: codes and secrets get into logs.',
  sources: [rfc(6749, '3.2')],
  needs: {},
  requests: 4,
  signIns: 0,
  async run(bench) {
    const url = new URL(bench.server.tokenEndpoint);
    const isUser = grantOf(bench.profile).actsForUser;
    const form = isUser
      ? {
          grant_type: 'authorization_code',
          code: 'a-code-that-was-never-issued',
          redirect_uri: 'http://127.0.0.1/',
        }
      : { grant_type: 'client_credentials' };
    for (const [name, value] of Object.entries({ ...form, client_id: bench.profile.clientId }))
      url.searchParams.set(name, value);
    const headers = { accept: 'application/json' };
    const answer = await readTokenAnswer(await bench.send('token', url.href, { headers }));
    const { status, error } = answer;
    const asked = looked.includes(error ?? '');
    const page = isPage(answer);
    // An answer that comes without any parameter, too, was not caused by them.
    const bare =
      (asked || page) &&
      (await readTokenAnswer(await bench.send('token', bench.server.tokenEndpoint, { headers })));
    if (bare && same(bare, answer) && isPage(bare) === page) return proved(bench, url, answer);
    if (issued(answer) || asked)
      return weakness(
        `For a token request in the URL the server ${describeToken(answer)}: it reads it there.`,
        'Take token requests by POST only.',
      );
    // A server that gives no reason, or always the same, refuses a made-up code in the same way.
    const right = noSuchPlace.includes(status) ? undefined : await bench.rightClient();
    if (right !== undefined && same(right, answer))
      return notDetermined(
        `For a token request in the URL the server ${describeToken(answer)}, as for a correct one.`,
      );
    if (!broken(answer) || (noSuchPlace.includes(status) && !isOfItself(error)))
      return pass(`For a token request in the URL the server ${describeToken(answer)}.`);
    return notDetermined(`For a token request in the URL the server ${describeToken(answer)}.`);
  },
};

/** Whether the answer is a web page, with which some servers answer any GET. */
function isPage({ status, headers, body }: TokenAnswer): boolean {
  return status < 300 && isWebPage(headers.get('content-type'), body.trim());
}

function same(one: TokenAnswer, other: TokenAnswer): boolean {
  return one.error === other.error && one.status === other.status;
}

/**
 * Tries it with an authenticated client, as a server that checks the client first tells others nothing; the credentials do not
 * go into the URL.
 */
async function proved(bench: Bench, url: URL, without: TokenAnswer): Promise<Judgement> {
  const asBefore = `For a token request in the URL the server ${describeToken(without)}, as without any parameter`;
  const proof = await headersOf(await bench.credentials());
  if (Object.keys(proof).length === 0)
    return isPage(without) ? pass(`${asBefore}, with a web page.`) : notDetermined(`${asBefore}.`);
  const headers = { accept: 'application/json', ...proof };
  const answer = await readTokenAnswer(await bench.send('token', url.href, { headers }));
  if (issued(answer) || same(answer, await bench.rightClient()))
    return weakness(
      `For a token request in the URL, with the client’s credentials beside it, the server ${describeToken(answer)}, as for one in a form: it reads it there.`,
      'Take token requests by POST only.',
    );
  return same(answer, without)
    ? pass(`${asBefore}, and no other with the client’s credentials beside it.`)
    : notDetermined(`${asBefore}; with the client’s credentials beside it, it ${describeToken(answer)}.`);
}
