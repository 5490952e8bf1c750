import { isWebPage, outOfOrder } from '../../http/webPage.ts';
import { resourceMetadataPlaces } from '../../mcp/serverUrl.ts';
import { rfc } from '../../source.ts';
import type { ApiBench } from '../apiBench.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { findingCheck } from './findingCheck.ts';
import { mcp } from './sources.ts';

/** Clients begin to sign in at a 401 and at nothing else. */
export const answers401: Check<ApiBench> = {
  id: 'mcp.answers-401',
  area: 'mcp',
  title: 'A client without a token is answered with 401',
  tries: 'Sends initialize without a token.',
  expects: 'It answers 401.',
  judged: 'Another status or a web page fails: no client begins to sign in.',
  sources: [mcp('error handling', 'error-handling'), rfc(6750, '3.1')],
  needs: {},
  requests: 5,
  signIns: 0,
  async run(bench) {
    const { answer, findings } = await bench.explored();
    if (answer.kind === 'challenge') return pass('The first request is answered with 401.');
    if (answer.kind === 'open')
      return fail(
        'The server needs no token: anyone who can reach it can use it.',
        'Answer requests without a token with 401, unless the server is meant for everybody.',
      );
    if (answer.kind === 'not_mcp' && outOfOrder(answer.status))
      return notDetermined(`The server answered with status ${answer.status}.`);
    const [first] = findings;
    if (first?.silent === true) return notDetermined(first.message);
    if (first?.code === 'page_instead_of_401' && (await isPageEverywhere(bench)))
      return notDetermined(
        'Every request is answered with a web page, as from a portal or proxy in front of the server: the server’s own answer was not seen.',
      );
    return fail(
      first?.message ?? `The server answered with status ${answer.status}.`,
      first?.advice ?? 'Answer requests without a token with 401.',
    );
  },
};

/** Whether the document's address is a web page, too, like any other. @see RFC 9728 section 3.1 */
async function isPageEverywhere({ context, options }: ApiBench): Promise<boolean> {
  const [place] = resourceMetadataPlaces(new URL(options.request.url));
  if (place === undefined) return false;
  const response = await context.fetch('discovery', 'discovery')(place.url);
  return response.status < 400 && isWebPage(response.headers.get('content-type'), await response.text());
}

/** The challenge says where the document is. */
export const challenge = findingCheck({
  name: 'challenge',
  title: 'The challenge names the protected-resource document',
  tries: 'Reads WWW-Authenticate of the 401.',
  expects: 'A Bearer challenge with resource_metadata.',
  judged:
    'Another scheme fails. Without the field or resource_metadata some clients find nothing: a weakness.',
  sources: [
    rfc(9728, '5.1'),
    mcp('protected resource metadata discovery', 'protected-resource-metadata-discovery-requirements'),
  ],
  needs: 'challenge',
  verdicts: {
    challenge_not_bearer: 'fail',
    challenge_missing: 'weakness',
    challenge_without_metadata: 'weakness',
  },
  good: 'A Bearer challenge names the protected-resource document.',
});
