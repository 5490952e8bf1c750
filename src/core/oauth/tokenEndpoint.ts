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

/** A usable token response. */
export interface TokenChannel {
  /** Its body, in the form of RFC 6749. */
  body: () => TokenBody;
  /** The exchange that it came in. */
  exchange: () => number | undefined;
}

/** How a request to the token endpoint is recorded. */
export interface TokenStep {
  readonly purpose: ExchangePurpose;
  readonly step: FlowStep;
}

/** How this profile's token requests deviate from plain ones. */
export type TokenManners = Pick<FlowContext, 'dialect' | 'decorators'>;

/** How often one request is sent at most, as when the server asks for a new nonce each time. */
const mostAttempts = 3;

/**
 * Sends a token request and judges the response as it came; a usable body that is not conforming is made so.
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
 * Sends a token request after the decorators have changed it, and again where the server asks for a DPoP nonce.
 *
 * @returns the response, untouched
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

/** Whether the server asks for the proof again with the nonce it sent, which the DPoP handle has stored by now. @see RFC 9449 section 8 */
export async function wantsNonce(response: Response): Promise<boolean> {
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

/** The same response with another body. */
export function withBody(channel: TokenChannel, body: TokenBody): TokenChannel {
  return { ...channel, body: () => body };
}

/** Accepts every token type: an unusual one is noted and shown, not refused. */
export function anyTokenType({ token_type }: TokenBody): ProcessTokenResponseOptions {
  const type = token_type.toLowerCase() as Lowercase<string>;
  const recognizedTokenTypes = Object.create(null) as RecognizedTokenTypes;
  recognizedTokenTypes[type] = () => undefined;
  return { recognizedTokenTypes };
}
