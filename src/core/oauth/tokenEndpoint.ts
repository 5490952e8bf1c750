import { secretsOf } from '../http/secretsOf.ts';
import type { ProcessTokenResponseOptions, RecognizedTokenTypes } from 'oauth4webapi';
import type { FlowContext } from './context.ts';
import { FailureError, type FlowStep } from '../record/failure.ts';
import type { ExchangePurpose } from '../record/exchange.ts';
import { replaceSecrets } from '../http/secrets.ts';
import type { Fetch } from '../ports.ts';
import type { DecoratedFlow, Decorator } from './decorator.ts';
import { withDialect } from './dialect.ts';
import type { TokenBody } from './tokenBody.ts';
import { sendTokenRequest, type TokenRequest } from './tokenRequest.ts';
import { tolerantResponse } from './tolerantResponse.ts';

/** A token response that can be used. */
export interface TokenChannel {
  /** The normalised body of the response. */
  body: () => TokenBody;
  /** The exchange it came in. */
  exchange: () => number | undefined;
}

/** Under which names a request to the token endpoint is written down. */
export interface TokenStep {
  readonly purpose: ExchangePurpose;
  readonly step: FlowStep;
}

/** How this profile's server and client deviate from a plain request. */
export type TokenManners = Pick<FlowContext, 'dialect' | 'decorators'>;

/** How often one request is sent: a server that always has another nonce gets no more. */
const mostAttempts = 3;

/**
 * Asks the token endpoint and judges the response as it came; its body is made conforming where it is not.
 *
 * @throws FailureError
 * @see RFC 6749 sections 3.2, 5.1 and 5.2, RFC 9449 section 8
 */
export async function askTokenEndpoint(
  request: TokenRequest,
  flow: DecoratedFlow,
  { purpose, step, dialect, decorators }: TokenStep & TokenManners,
): Promise<TokenChannel> {
  const { trace, fetch } = flow.context;
  let exchange: number | undefined;
  const send: Fetch = async (url, init) => {
    const response = await fetch(purpose, step)(url, init);
    exchange = trace.idOf(response);
    return response;
  };
  const adapted = dialect === undefined ? send : withDialect(send, dialect);
  const response = await sendDecorated(request, flow, decorators, adapted);
  return judge(response, flow, request, step, exchange);
}

/**
 * Sends a token request as the decorators want it, and again where its proof needs a nonce of the server.
 *
 * @returns the response as `fetch` got it
 */
export async function sendDecorated(
  request: TokenRequest,
  flow: DecoratedFlow,
  decorators: readonly Decorator[],
  fetch: Fetch,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    let decorated = request;
    for (const decorator of decorators) decorated = (await decorator.token?.(decorated, flow)) ?? decorated;
    const response = await sendTokenRequest(decorated, fetch);
    const again = decorated.dpop !== undefined && (await wantsNonce(response));
    if (!again || attempt === mostAttempts) return response;
  }
}

/** Whether the server wants the proof again with the nonce it sent, which the handle has kept. @see RFC 9449 section 8 */
async function wantsNonce(response: Response): Promise<boolean> {
  if (response.ok || !response.headers.has('dpop-nonce')) return false;
  return /"error"\s*:\s*"use_dpop_nonce"/.test(await response.clone().text());
}

async function judge(
  response: Response,
  { profile, context: { trace } }: DecoratedFlow,
  { endpoint }: TokenRequest,
  step: FlowStep,
  exchange: number | undefined,
): Promise<TokenChannel> {
  const sentStatus = exchange === undefined ? undefined : trace.exchange(exchange)?.response?.status;
  const headers = Object.fromEntries(response.headers.entries());
  const text = await response.clone().text();
  const result = tolerantResponse(
    {
      status: response.status,
      ...(sentStatus === undefined ? {} : { sentStatus }),
      headers,
      body: text,
    },
    {
      host: new URL(endpoint).host,
      step,
      requestedScopes: profile.scopes,
      scrub: (text) => replaceSecrets(text, secretsOf(trace)),
      ...(exchange === undefined ? {} : { exchange }),
    },
  );
  if (exchange !== undefined) trace.deviate(exchange, result.deviations);
  if (result.kind === 'failure') throw new FailureError(result.failure);
  const { body } = result;
  return { body: () => body, exchange: () => exchange };
}

/** The channel as if that body had come in it. */
export function withBody(channel: TokenChannel, body: TokenBody): TokenChannel {
  return { ...channel, body: () => body };
}

/** Takes every token type: an unusual one is noted and shown, not refused. */
export function anyTokenType({ token_type }: TokenBody): ProcessTokenResponseOptions {
  const type = token_type.toLowerCase() as Lowercase<string>;
  const recognizedTokenTypes = Object.create(null) as RecognizedTokenTypes;
  recognizedTokenTypes[type] = () => undefined;
  return { recognizedTokenTypes };
}
