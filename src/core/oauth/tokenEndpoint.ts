import * as oauth from 'oauth4webapi';
import type { FlowContext } from '../flow/context.ts';
import { FailureError, type FlowStep } from '../flow/failure.ts';
import type { ExchangePurpose } from '../http/exchange.ts';
import { replaceSecrets } from '../http/secrets.ts';
import { TextResponse } from '../http/textResponse.ts';
import type { Fetch } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import { withDialect } from './dialect.ts';
import { loopbackToo } from './libraryFetch.ts';
import type { TokenBody } from './tokenBody.ts';
import type { ResponseOrigin } from './tokenFailure.ts';
import { tolerantResponse } from './tolerantResponse.ts';

/** One request to the token endpoint, dialect and tolerance included, as `oauth4webapi` takes it. */
export interface TokenChannel {
  readonly options: typeof loopbackToo & {
    readonly [oauth.customFetch]: NonNullable<oauth.TokenEndpointRequestOptions[typeof oauth.customFetch]>;
  };
  /** The normalised body of the response, once it has come. */
  body(): TokenBody;
  /** The exchange it came in. */
  exchange(): number | undefined;
}

const jsonOk = { status: 200, headers: { 'content-type': 'application/json' } };

/** Opens a channel to the token endpoint; every response it hands on is a conforming success. */
export function tokenChannel(
  profile: Profile,
  context: FlowContext,
  purpose: ExchangePurpose,
  step: FlowStep,
): TokenChannel {
  const { dialect, trace } = context;
  let exchange: number | undefined;
  let body: TokenBody | undefined;
  const send: Fetch = async (url, init) => {
    const response = await context.fetch(purpose, step)(url, init);
    exchange = trace.idOf(response);
    return response;
  };
  const adapted = dialect === undefined ? send : withDialect(send, dialect);
  return {
    options: {
      ...loopbackToo,
      [oauth.customFetch]: async (url, { headers, method, body: form }) => {
        const response = await adapted(url, { headers, method, body: form.toString() });
        const { host } = new URL(url);
        body = await judge(response, context, {
          host,
          step,
          requestedScopes: profile.scopes,
          scrub: (text) => replaceSecrets(text, trace.secrets()),
          ...(exchange === undefined ? {} : { exchange }),
        });
        return new TextResponse(JSON.stringify(body), jsonOk);
      },
    },
    body: () => body ?? notAsked(),
    exchange: () => exchange,
  };
}

async function judge(response: Response, { trace }: FlowContext, origin: ResponseOrigin): Promise<TokenBody> {
  const { exchange } = origin;
  const sentStatus = exchange === undefined ? undefined : trace.exchange(exchange)?.response?.status;
  const result = tolerantResponse(
    {
      status: response.status,
      ...(sentStatus === undefined ? {} : { sentStatus }),
      headers: Object.fromEntries(response.headers.entries()),
      body: await response.text(),
    },
    origin,
  );
  if (exchange !== undefined) trace.deviate(exchange, result.deviations);
  if (result.kind === 'failure') throw new FailureError(result.failure);
  return result.body;
}

function notAsked(): never {
  throw new TypeError('The token endpoint was not asked.');
}

/** Takes every token type: an unusual one is noted and shown, not refused. */
export function anyTokenType({ token_type }: TokenBody): oauth.ProcessTokenResponseOptions {
  const type = token_type.toLowerCase() as Lowercase<string>;
  if (type === 'bearer') return {};
  const recognizedTokenTypes = Object.create(null) as oauth.RecognizedTokenTypes;
  recognizedTokenTypes[type] = () => undefined;
  return { recognizedTokenTypes };
}
