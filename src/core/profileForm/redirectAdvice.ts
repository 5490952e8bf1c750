import type { RedirectModel } from '../../shared/views/profileForm.ts';
import type { Provider } from '../diagnose/provider.ts';
import { redirectUriProblem } from '../profile/urls.ts';

type Ports = NonNullable<Provider['redirect']>['ports'] | 'unknown';

/**
 * Which string to register for a redirect URI, and what the server will do with its port.
 *
 * @returns `undefined` while it is no URI that can be received here.
 * @see RFC 8252 sections 7.3 and 8.3, RFC 9700 section 4.1.3
 */
export function redirectAdvice(redirectUri: string, provider: Provider): RedirectModel | undefined {
  const uri = redirectUri.trim();
  if (uri === '' || redirectUriProblem(uri) !== undefined) return undefined;
  const { hostname, port, pathname } = new URL(uri);
  const ports = provider.redirect?.ports ?? 'unknown';
  const name = provider.redirect === undefined ? 'the server' : provider.name;
  const fixed = port !== '' || /:80(?=[/?]|$)/.test(uri);
  const advice = fixed ? [fixedPort(ports, hostname, name)] : [anyPort(ports, hostname, name)];
  if (pathname === '/' && !/^http:\/\/[^/]+\//.test(uri))
    advice.push(
      'Give it a path such as /callback: some servers add a slash to a URI without one and then compare exactly.',
    );
  if (hostname === 'localhost' && ports !== 'any_on_localhost' && ports !== 'any')
    advice.push(
      '127.0.0.1 is safer than localhost, which a firewall or hosts file may lead elsewhere (RFC 8252 section 8.3).',
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
