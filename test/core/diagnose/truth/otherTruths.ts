import type { Cause } from '../../../../src/core/diagnose/explanation.ts';
import { textsOf } from '../../../../src/shared/json.ts';
import type { Trace } from './trace.ts';
import type { Truth } from './truths.ts';

const succeeded = ({ all }: Trace) =>
  all.some(({ leg, response }) => leg === 'extension' && (response?.status ?? 0) < 300);
const unmatched = ({ all, redirect }: Trace, why: string) =>
  redirect === undefined && all.some((hit) => hit.unmatched?.why === why);

/** What has to be in the trace of registrations, of signed answers and of what is wanted besides a secret for each cause to be true. */
export const otherTruths: readonly (readonly [id: RegExp, truth: Truth])[] = [
  [
    /^not-what-was-asked$/,
    (t) => succeeded(t) && !t.at('token', 'refresh') && (t.last?.response?.status ?? 200) < 300,
  ],
  [
    /^redirect-uri-not-allowed$/,
    (t, { evidence }) => {
      const sent = textsOf(t.sent('redirect_uris'));
      return (
        t.at('registration', 'registered_client') &&
        /redirect/i.test(t.words) &&
        sent.length > 0 &&
        evidence.every((line) => sent.includes(line.replace('Sent: ', '')))
      );
    },
  ],
  [/^redirect-response_jwt$/, (t) => t.signed && t.asked.get('response_mode') === 'jwt'],
  [/^redirect-response_unsigned$/, (t) => !t.signed && t.asked.get('response_mode') === 'jwt'],
  // No world sends a parameter twice, a fragment, another path or more than a browser does.
  [/^redirect-(?:iss_twice|fragment)$/, () => false],
  [/^redirect-not-tied-several-states$/, (t) => unmatched(t, 'several_states')],
  [/^redirect-not-tied-other-path$/, (t) => unmatched(t, 'other_path')],
  [/^redirect-not-tied-post$/, (t) => unmatched(t, 'post')],
  [/^refresh-token-of-another-client$/, (t) => t.at('refresh') && /client/i.test(t.words)],
  [/^redirect-not-tied-empty$/, (t) => unmatched(t, 'empty')],
  [/^redirect-not-tied-fragment$/, (t) => unmatched(t, 'fragment')],
  [/^redirect-not-tied-too-large$/, (t) => unmatched(t, 'too_large')],
  [
    /^assertion-refused$/,
    (t, { evidence }) =>
      t.form.has('client_assertion') &&
      (t.last?.response?.status ?? 0) !== 0 &&
      evidence.join(' ').includes(t.report.profile.clientAuthentication),
  ],
  // No world has a certificate, a bound key or a request object.
  [/^(?:client-certificate|dpop-proof|signed-request)-refused$/, () => false],
  [/^pushed-request-refused$/, (t) => t.asked.has('request_uri') && /pushed|request_uri/i.test(t.words)],
  ...(
    [
      [/^sign-out-hint$/, /^(?:invalid_|unauthorized_client|login_|interaction_)/],
      [/^sign-out-address$/, /^(?:invalid_re|invalid_token|redirect_)/],
      [/^sign-out-client$/, /_client$/],
      [/^sign-out-declined$/, /^access_denied$/],
      [/^sign-out-no-session$/, /_required$/],
    ] as const
  ).map(
    ([id, code]) =>
      [
        id,
        (t: Trace, { evidence }: Cause) => {
          const sent = evidence[1]?.replace('Sent: ', '');
          return (
            t.report.kind === 'sign_out' &&
            code.test(t.redirect?.get('error')?.toLowerCase().replaceAll('-', '_') ?? '') &&
            (sent === undefined ||
              t.all.some(({ request }) => request.url.includes(encodeURIComponent(sent))))
          );
        },
      ] as const,
  ),
  // What a provider says, by its catalogue: of an answer of that provider only.
  [
    /^[a-z0-9-]+\//,
    (t, { id }) =>
      t.explanation.provider.id === id.split('/')[0] &&
      (t.all.some(({ leg, response }) => leg === 'extension' && response !== undefined) ||
        t.redirect !== undefined ||
        t.explanation.failure.kind === 'sign_in_required'),
  ],
];
