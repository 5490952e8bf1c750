import { capital } from '../../shared/capital.ts';
import type { RedirectModel } from '../../shared/views/profileForm.ts';
import type { Provider } from '../diagnose/provider.ts';
import { extensionId, isSecureLoopback, redirectUriProblem, redirectWay } from '../profile/urls.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import type { EditorFacts } from './state.ts';

type Ports = NonNullable<Provider['redirect']>['ports'] | 'unknown';

/**
 * Which string to register for a redirect URI, how the redirect comes back, and what the server will do with its port.
 *
 * @param editor absent where it is not known
 * @returns `undefined` while it is not a redirect URI.
 * @see RFC 8252 sections 7 and 8.3, RFC 9700 section 4.1.3
 */
export function redirectAdvice(
  redirectUri: string,
  provider: Provider,
  editor?: EditorFacts,
): RedirectModel | undefined {
  const uri = redirectUri.trim();
  const refused = refusal(uri, provider);
  if (refused !== undefined) return { advice: [refused, ...(provider.redirect?.advice ?? [])] };
  if (uri === '' || redirectUriProblem(uri) !== undefined) return undefined;
  switch (redirectWay(uri)) {
    case 'editor':
      return { register: uri, advice: editorAdvice(uri, editor) };
    case 'pasted':
      return { register: uri, advice: pastedAdvice(uri) };
    case 'loopback':
      return loopbackAdvice(uri, provider, editor);
  }
}

/** What is said before the first try of an address that the provider is known to refuse. */
function refusal(uri: string, { name, redirect }: Provider): string | undefined {
  const hosts: readonly string[] | undefined = redirect?.hosts;
  if (hosts === undefined || uri === '') return undefined;
  const { protocol, hostname } = URL.canParse(uri) ? new URL(uri) : { protocol: '', hostname: '' };
  const [best] = hosts;
  if (best === undefined)
    return protocol === 'https:' && !isLoopbackHost(hostname) && !isAddress(hostname)
      ? undefined
      : `${name} takes only https with a domain name, such as https://app.example.com/callback: write an address of your own. When the browser has ended at it, choose Paste Redirected URL.`;
  return protocol === 'http:' && isLoopbackHost(hostname) && !hosts.includes(hostname)
    ? `${name} does not take ${hostname}: write ${best} in its place.`
    : undefined;
}

/** An IP address, in the place of a name. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}

function editorAdvice(uri: string, editor: EditorFacts | undefined): readonly string[] {
  const scheme = uri.slice(0, uri.indexOf(':'));
  const advice = ['The editor takes this address itself, in remote windows and containers, too.'];
  if (editor !== undefined && editor.scheme !== scheme)
    advice.push(
      `This editor takes addresses that begin with ${editor.scheme}://, so this one would go to another: register ${editor.scheme}://${extensionId}/callback.`,
    );
  return advice;
}

function pastedAdvice(uri: string): readonly string[] {
  const isHere = uri.startsWith('https:') && isLoopbackHost(new URL(uri).hostname);
  return [
    'Nothing here takes this address: when the browser has ended at it, copy it from the address bar and choose Paste Redirected URL.',
    ...(isHere ? [`With a port, such as ${new URL(uri).hostname}:8443, it is taken on this machine.`] : []),
    uri.startsWith('https:')
      ? 'The page at this address gets the code as well. If it redeems the code, the sign-in here fails: have it closed or stopped.'
      : 'An application that owns this scheme opens instead, and gets the code: then take a loopback URI.',
  ];
}

function loopbackAdvice(uri: string, provider: Provider, editor: EditorFacts | undefined): RedirectModel {
  const { hostname, port, pathname } = new URL(uri);
  const ports = provider.redirect?.ports ?? 'unknown';
  const name = provider.redirect === undefined ? 'the server' : provider.name;
  const fixed = port !== '' || /:80(?=[/?]|$)/.test(uri);
  const advice = fixed ? [fixedPort(ports, hostname, name)] : [anyPort(ports, hostname, name)];
  if (isSecureLoopback(uri))
    advice.unshift(
      'The browser is shown a certificate that is made on this computer for this profile, and warns of it before the sign-in: go on there, or have the system trust it (“Save Public Key” writes it to a file). Where the server takes http for loopback, that needs none.',
    );
  if (pathname === '/' && !/^https?:\/\/[^/]+\//.test(uri))
    advice.push(
      'Give it a path such as /callback: some servers add a slash to a URI without one and then compare exactly.',
    );
  if (hostname === 'localhost' && ports !== 'any_on_localhost' && ports !== 'any')
    advice.push(
      '127.0.0.1 is safer than localhost, which a firewall or hosts file may lead elsewhere (RFC 8252 section 8.3).',
    );
  if (editor?.remote === true)
    advice.unshift(
      `In this window extensions may run on another machine, whose loopback address a browser here reaches only where its port is forwarded. Else paste the address at which the browser ends, use ${editor.scheme}://${extensionId}/callback, or the device grant.`,
    );
  return {
    register: uri,
    advice: [...advice, ...(provider.redirect?.advice ?? [])],
    ...(!fixed && !acceptsAnyPort(ports, hostname) && { fixPort: 'Use a fixed port' }),
  };
}

function acceptsAnyPort(ports: Ports, hostname: string): boolean {
  if (ports === 'any') return true;
  return ports === (hostname === 'localhost' ? 'any_on_localhost' : 'any_on_loopback_ip');
}

function anyPort(ports: Ports, hostname: string, name: string): string {
  const server = capital(name);
  if (acceptsAnyPort(ports, hostname))
    return `Register it without a port, as it stands: ${name} accepts any port for ${hostname}, and each sign-in uses a free one.`;
  if (ports === 'unknown')
    return hostname === 'localhost'
      ? 'Each sign-in uses a free port, but no standard makes a server accept any port for localhost. If yours compares exactly, use a fixed port.'
      : `Each sign-in uses a free port. A server must accept any port for ${hostname} (RFC 8252 section 7.3); if yours compares exactly, use a fixed port.`;
  if (ports === 'any_on_localhost')
    return `${server} accepts any port for localhost only. Write localhost instead, or use a fixed port.`;
  if (ports === 'any_on_loopback_ip')
    return `${server} accepts any port for 127.0.0.1 only. Write 127.0.0.1 instead, or use a fixed port.`;
  return `${server} compares the redirect URI exactly, port included: use a fixed port and register it.`;
}

function fixedPort(ports: Ports, hostname: string, name: string): string {
  if (acceptsAnyPort(ports, hostname))
    return `Every sign-in uses exactly this port. ${capital(name)} accepts any port for ${hostname}, so you can leave it out.`;
  return 'Every sign-in uses exactly this port; if it is busy you are told before the browser opens. Register the string above, character by character.';
}
