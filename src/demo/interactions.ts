import type { IncomingMessage } from 'node:http';
import type { Context, Middleware } from 'koa';
import type Provider from 'oidc-provider';
import type { Consents } from './consents.ts';
import { policyOf, signInPage } from './pages.ts';

const interactionPath = /^\/interaction\/([\w-]+)$/;
const longestForm = 4096;

/** Serves the sign-in and consent page, and gives every page of the server its headers. */
export function interactions(provider: Provider, consents: Consents): Middleware {
  return async (context, next) => {
    if (!interactionPath.test(context.path)) await next();
    else if (context.method === 'GET') await show(provider, context);
    else if (context.method === 'POST') await decide(provider, consents, context);
    else context.status = 405;
    if (context.response.is('html') === false) return;
    context.set('Content-Security-Policy', policyOf(context.body));
    context.set('X-Frame-Options', 'DENY');
    if (context.response.get('Referrer-Policy') === '') context.set('Referrer-Policy', 'no-referrer');
    context.set('Cache-Control', 'no-store');
  };
}

async function show(provider: Provider, context: Context): Promise<void> {
  const { params, session } = await provider.interactionDetails(context.req, context.res);
  const client = await provider.Client.find(String(params['client_id']));
  context.type = 'html';
  context.body = signInPage({
    client: client?.clientName ?? String(params['client_id']),
    scopes: scopesOf(params['scope']),
    ...(session?.accountId === undefined ? {} : { account: session.accountId }),
    action: context.path,
  });
}

async function decide(provider: Provider, consents: Consents, context: Context): Promise<void> {
  const form = await readForm(context.req);
  const { params, session, grantId } = await provider.interactionDetails(context.req, context.res);
  const accountId = session?.accountId ?? form.get('login')?.trim().slice(0, 60);
  if (form.get('decision') !== 'allow' || accountId === undefined || accountId === '') {
    context.redirect(
      await provider.interactionResult(
        context.req,
        context.res,
        { error: 'access_denied', error_description: 'The user denied access.' },
        { mergeWithLastSubmission: false },
      ),
    );
  } else {
    const user = {
      accountId,
      clientId: String(params['client_id']),
      ...(grantId === undefined ? {} : { grantId }),
    };
    const { authorization_details: details, claims } = params;
    const allowed = await consents.allow(provider, user, scopesOf(params['scope']), {
      details: typeof details === 'string' ? (JSON.parse(details) as object[]) : [],
      claims: singleClaims(claims),
    });
    const consent = { grantId: allowed };
    const result = { login: { accountId }, consent };
    context.redirect(await provider.interactionResult(context.req, context.res, result));
  }
  context.status = 303;
}

function scopesOf(scope: unknown): string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((part) => part !== '') : [];
}

/** The names of the claims that are asked for one by one. @see OpenID Connect Core 1.0 section 5.5 */
function singleClaims(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  // The provider has made sure of its form.
  const asked = JSON.parse(text) as { readonly id_token?: object | null; readonly userinfo?: object | null };
  return Object.keys({ ...asked.id_token, ...asked.userinfo });
}

/** The fields of a form, as far as 4 KiB go. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestForm) break;
  }
  return new URLSearchParams(text.slice(0, longestForm));
}
