import { isObject } from '../../shared/json.ts';
import { errorName } from '../http/plainText.ts';
import { isRedirect } from '../http/redirectStatus.ts';
import { mediaTypeOf } from '../http/mediaType.ts';
import type { Failure } from '../record/failure.ts';
import type { Deviation } from '../record/exchange.ts';
import { errorBody, errorsIn, isErrorForToken, unnamedError, wordsOf } from './errorBody.ts';
import { membersOf, responseBody, type ResponseBody } from '../http/responseBody.ts';
import { tokenBody, type TokenBody } from './tokenBody.ts';
import {
  noAccessToken,
  redirected,
  refused,
  unusable,
  words,
  type ResponseOrigin,
  type TokenResponse,
} from './tokenFailure.ts';

/** A token response made conforming, or why it is of no use. */
export type TolerantResult = { readonly deviations: readonly Deviation[] } & (
  | { readonly kind: 'token'; readonly body: TokenBody }
  | { readonly kind: 'failure'; readonly failure: Failure }
);

/**
 * Judges a token response as servers really send it: what deviates but is usable is made conforming, and noted.
 *
 * @see RFC 6749 sections 5.1 and 5.2
 */
export function tolerantResponse(response: TokenResponse, origin: ResponseOrigin): TolerantResult {
  const { status } = response;
  const contentType = mediaTypeOf(response.headers['content-type']);
  if (isRedirect(status)) return failed(redirected(response, origin));
  const body = responseBody(response.body, contentType);
  const members = status < 300 ? membersOf(body) : (membersOf(body) ?? errorsIn(body));
  if (members === undefined) return failed(unusable(status, contentType, body, origin));
  const deviations = formatDeviations(body.format, contentType, status, origin);
  if (body.format === 'json' && !/^[\uFEFF\s]*\{/.test(response.body))
    deviations.push({
      ...{
        code: 'json_wrapped',
        message: 'The JSON of the response has script round it, which was left out.',
      },
      source: 'RFC 6749 section 5.1',
    });
  const success = status < 300;
  const token: unknown = members['access_token'];
  if (success && isErrorForToken(token)) return failed(wordsForToken(token, status, origin), deviations);
  const error = errorBody(members);
  if (success && typeof token === 'string' && token !== '') {
    const normalised = tokenBody({ ...members, access_token: token }, origin.requestedScopes);
    const beside = errorBeside(members, origin);
    return {
      kind: 'token',
      body: normalised.body,
      deviations: [...deviations, ...normalised.deviations, ...beside],
    };
  }
  if (error !== undefined) {
    const sent = response.sentStatus ?? status;
    const failure = refused(error.body, sent, origin);
    const disguised = sent < 300 ? [errorWith200(sent)] : [];
    return { kind: 'failure', failure, deviations: [...deviations, ...disguised, ...error.deviations] };
  }
  if (!success) return failed(unusable(status, contentType, body, origin, wordsOf(members)), deviations);
  return failed(noAccessToken(members, origin), deviations);
}

/** Notes an error that came with a token, as some servers send it when they granted less than was asked for. */
function errorBeside(members: Readonly<Record<string, unknown>>, origin: ResponseOrigin): Deviation[] {
  // `error: 0` and `error: "ok"` are not errors.
  const named =
    (typeof members['error'] === 'string' &&
      !/^(?:0|ok|none|null|false|success)?$/i.test(members['error'])) ||
    isObject(members['error']);
  const found = named ? errorBody(members)?.body : undefined;
  if (found === undefined) return [];
  const said = found.error_description === undefined ? '' : ` (${words(origin, found.error_description)})`;
  return [
    {
      code: 'error_beside_token',
      message: `An error came beside the token: ${errorName(words(origin, found.error, 100), 100)}${said}. The token was taken; it may be good for less than was asked for.`,
      source: 'RFC 6749 section 5.1',
    },
  ];
}

/** The failure for an error message in `access_token`, shown in full since it is not a token. */
function wordsForToken(token: string, status: number, origin: ResponseOrigin): Failure {
  const said = token.replace(/^error\W*/i, '');
  const message = `${origin.host} answered the token request with words in the place of a token: ${words(origin, said)}.`;
  return { ...refused({ error: unnamedError, error_description: said }, status, origin), message };
}

function failed(failure: Failure, deviations: readonly Deviation[] = []): TolerantResult {
  return { kind: 'failure', failure, deviations };
}

function formatDeviations(
  format: ResponseBody['format'],
  contentType: string | undefined,
  status: number,
  origin: ResponseOrigin,
): Deviation[] {
  const section = status < 300 ? 'RFC 6749 section 5.1' : 'RFC 6749 section 5.2';
  const deviations: Deviation[] = [];
  const note = (code: string, message: string) => deviations.push({ code, message, source: section });
  if (format === 'form') note('form_encoded', 'The response is form-encoded instead of JSON.');
  else if (contentType !== 'application/json')
    note(
      'content_type_wrong',
      contentType === undefined
        ? 'The JSON response has no content type.'
        : `The JSON response has the content type ${words(origin, contentType, 80)} instead of application/json.`,
    );
  if (status > 200 && status < 300) note('status_not_200', `The token came with status ${status}, not 200.`);
  return deviations;
}

function errorWith200(status: number): Deviation {
  return {
    code: 'error_with_200',
    message: `The server reports an error with the success status ${status} instead of 400 or 401.`,
    source: 'RFC 6749 section 5.2',
  };
}
