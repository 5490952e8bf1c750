import { plainText } from '../../http/plainText.ts';
import type { McpContext } from '../../mcp/context.ts';
import { hopProblem } from '../../mcp/document.ts';
import { registerClient, type RegisteredClient } from '../../oauth/registerClient.ts';
import { FailureError } from '../../record/failure.ts';
import { texts } from '../../mcp/resourceMetadata.ts';
import { rfc } from '../../source.ts';
import type { ApiBench } from '../apiBench.ts';
import type { Check, Judgement } from '../check.ts';
import { isOfItself } from '../heard.ts';
import { fail, notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { notReached } from './findingCheck.ts';
import { mcp } from './sources.ts';

const caution =
  'Registers a client at the authorization server and deletes it again where the server allows that.';
const common = { area: 'mcp', needs: {}, requests: 2, signIns: 0, caution } as const;

/** Clients on users' computers must be able to register at the server. */
export const registersLoopback: Check<ApiBench> = {
  ...common,
  id: 'mcp.registers-loopback',
  title: 'A native client can register a loopback redirect',
  tries: 'Registers a client with application_type native and http://127.0.0.1/callback.',
  expects: 'It is registered.',
  judged: 'A refusal fails: clients on a computer come back to loopback.',
  sources: [mcp('dynamic client registration', 'dynamic-client-registration'), rfc(8252, '7.3')],
  async run(bench) {
    const tried = await loopback(bench);
    if (tried.kind === 'judged') return tried.judgement;
    if (tried.kind === 'registered')
      return pass(`A client with a loopback redirect is registered${tried.afterwards}`);
    return fail(
      `A client with a loopback redirect is refused: ${tried.message}`,
      'Accept http redirects to 127.0.0.1, [::1] and localhost from clients of application_type native.',
    );
  },
};

/** A code must not be sent unencrypted. */
export const refusesPlainHttp: Check<ApiBench> = {
  ...common,
  id: 'mcp.refuses-plain-http',
  title: 'A plain http redirect to another host cannot be registered',
  tries: 'Registers a client with http://client.example/callback, after one with a loopback redirect.',
  expects: 'It is refused.',
  judged: 'A registration is a weakness: the code would travel in the open.',
  sources: [mcp('communication security', 'communication-security'), rfc(9700, '2.6')],
  requests: 4,
  async run(bench) {
    const tried = await register(bench, 'http://client.example/callback', bench.context);
    if (tried.kind === 'judged') return tried.judgement;
    if (tried.kind === 'registered')
      return weakness(
        `A redirect by plain http to a host that is not this computer was registered${tried.afterwards}`,
        'Register https redirects, loopback ones and private-use schemes only.',
      );
    // A server that registers nothing at all did not refuse because of the redirect URI.
    const yardstick = await loopback(bench);
    return yardstick.kind === 'registered'
      ? pass('A plain http redirect to another host is refused.')
      : notDetermined('A loopback redirect is refused, too, so the refusal says nothing of plain http.');
  },
};

type Tried =
  | { readonly kind: 'judged'; readonly judgement: Judgement }
  | { readonly kind: 'registered'; readonly afterwards: string }
  | { readonly kind: 'refused'; readonly message: string };

/** The registration with a loopback redirect URI, tried once for both checks. */
function loopback(bench: ApiBench): Promise<Tried> {
  return bench.once('registers-loopback', (trace) =>
    register(bench, 'http://127.0.0.1:3334/callback', bench.contextOf(trace)),
  );
}

async function register(bench: ApiBench, redirectUri: string, context: McpContext): Promise<Tried> {
  const exploration = await bench.explored();
  const missing = notReached(exploration, 'server');
  if (missing !== undefined) return { kind: 'judged', judgement: missing };
  const server = exploration.servers.find(({ metadata }) => metadata !== undefined);
  const members = server?.metadata?.members ?? {};
  const endpoint = members['registration_endpoint'];
  if (server === undefined || typeof endpoint !== 'string')
    return { kind: 'judged', judgement: notApplicable('Clients cannot register themselves at this server.') };
  const refused = hopProblem(new URL(exploration.url), endpoint);
  if (refused !== undefined)
    return { kind: 'judged', judgement: notDetermined(`Nothing was registered: ${refused}.`) };
  const methods = texts(members['token_endpoint_auth_methods_supported']) ?? ['none'];
  try {
    const client = await registerClient(
      { ...members, issuer: server.issuer },
      {
        clientName: 'OAuth Explorer check',
        redirectUris: [redirectUri],
        grantTypes: ['authorization_code'],
        tokenEndpointAuthMethod: methods.includes('none') ? 'none' : (methods[0] ?? 'none'),
        scopes: [],
      },
      context,
    );
    return { kind: 'registered', afterwards: await deleted(client, new URL(endpoint), context) };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    // Only a protocol error refuses this client; 401 asks for an initial access token.
    if (failure.kind === 'oauth_error' && failure.status === 400 && !isOfItself(failure.body.error))
      return { kind: 'refused', message: failure.message };
    return { kind: 'judged', judgement: notDetermined(failure.message) };
  }
}

/** Deletes the client if the server tells how, and only at the server that registered it. @see RFC 7592 section 2.3 */
async function deleted(client: RegisteredClient, endpoint: URL, context: McpContext): Promise<string> {
  const { registrationClientUri: uri, registrationAccessToken: token } = client;
  if (
    uri === undefined ||
    token === undefined ||
    !URL.canParse(uri) ||
    new URL(uri).origin !== endpoint.origin
  )
    return `; the server does not say how to delete it, so ${plainText(client.clientId, 100)} stays.`;
  const { status } = await context.fetch('discovery', 'discovery')(uri, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  return status === 204 || status === 200
    ? ', and was deleted again.'
    : `; deleting it was refused (status ${status}).`;
}
