import { decodeToken } from '../../token/decode.ts';
import { withoutSlash } from '../../http/ends.ts';
import type { ApiBench } from '../apiBench.ts';
import type { Check } from '../check.ts';
import { fail, notApplicable, pass } from '../judgement.ts';
import { rfc } from '../../source.ts';
import { audiencesIn } from '../../audiences.ts';

/** A token says which API it is for. */
export const audience: Check<ApiBench> = {
  id: 'resource.audience',
  area: 'resource',
  title: 'The token names the API in aud',
  tries: 'Reads the access token.',
  expects: 'Its aud holds the resource that was asked for, or any audience where none was asked for.',
  judged: 'Another audience, or none, fails: the token may be good at other APIs.',
  sources: [rfc(8707, '2'), rfc(9068, '3')],
  needs: {},
  requests: 0,
  signIns: 0,
  async run(bench) {
    if (bench.options.sendsIdToken === true)
      return notApplicable('An id_token is for the client that its aud names, not for an API.');
    const { payload, kind } = decodeToken(await bench.goodToken());
    if (kind !== 'jwt' || payload?.json === undefined)
      return notApplicable('The token is opaque: only its server knows whom it is for.');
    const all = audiencesIn(payload.json);
    const { resource } = bench.options;
    const advice = 'Let the authorization server put the resource of the request into aud.';
    if (all.length === 0) return fail('The token has no aud: it may be good at any API.', advice);
    if (resource === undefined) return pass('The token names an audience.');
    if (all.some((one) => withoutSlash(one) === withoutSlash(resource)))
      return pass('The aud of the token holds the resource.');
    return fail(
      `The aud of the token is ${all.join(', ').slice(0, 300)} and not ${resource.slice(0, 300)}.`,
      advice,
    );
  },
};
