import type { Context, Middleware } from 'koa';
import type { BackchannelAuthenticationRequest, Configuration } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { AccessDenied } from 'oidc-provider/lib/helpers/errors.js';
import type { Consents } from './consents.ts';
import { readForm } from './interactions.ts';
import { telephonePage } from './pages.ts';

/** Where the page is that takes the place of the user's telephone. */
export const telephonePath = '/telephone';

/** A question that waits on the telephone. */
interface Question {
  readonly id: string;
  readonly client: string;
  readonly account: string;
  readonly scopes: readonly string[];
  readonly bindingMessage: string;
  readonly request: BackchannelAuthenticationRequest;
  readonly clientId: string;
}

const mostQuestions = 20;

/** The user's other device: a page that shows what is asked, and takes the decision. @see OpenID Connect CIBA Core section 7 */
export class Telephone {
  readonly #questions = new Map<string, Question>();
  readonly #ring: () => void;

  /** @param ring told of every question */
  constructor(ring: () => void) {
    this.#ring = ring;
  }

  readonly feature: NonNullable<NonNullable<Configuration['features']>['ciba']> = {
    enabled: true,
    deliveryModes: ['poll'],
    processLoginHint: (_context, hint) => hint?.trim().slice(0, 60),
    processLoginHintToken: () => undefined,
    verifyUserCode: () => undefined,
    validateRequestContext: () => undefined,
    validateBindingMessage: () => undefined,
    triggerAuthenticationDevice: ({ oidc: { params, requestParamScopes } }, request, account, client) => {
      const { jti: id } = request;
      const message = params?.['binding_message'];
      this.#questions.set(id, {
        ...{ id, request, client: client.clientName ?? client.clientId, clientId: client.clientId },
        ...{ account: account.accountId, scopes: [...requestParamScopes] },
        bindingMessage: typeof message === 'string' ? message.slice(0, 200) : '',
      });
      for (const oldest of [...this.#questions.keys()].slice(0, -mostQuestions))
        this.#questions.delete(oldest);
      this.#ring();
    },
  };

  /** Serves the page. */
  middleware(provider: Provider, consents: Consents): Middleware {
    return async (context, next) => {
      if (context.path !== telephonePath) await next();
      else if (context.method === 'POST') await this.#decide(provider, consents, context);
      else {
        // Without it browsers name no origin when the form is sent.
        context.set('Referrer-Policy', 'same-origin');
        context.type = 'html';
        context.body = telephonePage([...this.#questions.values()], telephonePath);
      }
    };
  }

  async #decide(provider: Provider, consents: Consents, context: Context): Promise<void> {
    // Another web page in the user's browser has no business here.
    if (context.get('origin') !== provider.issuer) {
      context.status = 403;
      return;
    }
    const form = await readForm(context.req);
    const question = this.#questions.get(form.get('question') ?? '');
    this.#questions.delete(question?.id ?? '');
    if (question !== undefined) await answer(provider, consents, question, form.get('decision') === 'allow');
    context.redirect(telephonePath);
    context.status = 303;
  }
}

async function answer(
  provider: Provider,
  consents: Consents,
  { request, account, clientId, scopes }: Question,
  allowed: boolean,
): Promise<void> {
  if (allowed) {
    const grant = await consents.allow(provider, { accountId: account, clientId }, scopes);
    await provider.backchannelResult(request, grant);
  } else await provider.backchannelResult(request, new AccessDenied('The user refused.'));
}
