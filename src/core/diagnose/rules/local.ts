import { isName } from '../../oauth/serverMetadata.ts';
import { leadsHome } from '../../oauth/leadsHome.ts';
import type { Failure } from '../../record/failure.ts';
import type { Cause } from '../explanation.ts';
import { editMember } from '../quickFix.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { address } from '../usualFixes.ts';

type Known = Omit<Cause, 'id' | 'weight'>;

/** What went wrong on this machine, before or after the server was asked. */
export const onThisMachine: Rule = (facts) => {
  const { failure } = facts;
  const known = localCause(facts);
  return known ? [{ id: failure.kind.replaceAll('_', '-'), weight: 70, ...known }] : [];
};

/** What is wrong with the address that metadata names for an endpoint. */
function publishedAs(issuer: string, url: string): string {
  if (!URL.canParse(url)) return 'is not a complete URL';
  if (isName(url)) return 'is a name and no address';
  if (new URL(url).username !== '') return 'has a user name or password in it';
  return leadsHome(issuer, url) ? 'is on this computer or its network' : 'is not https';
}

const typed = ['tokenEndpoint', 'authorizationEndpoint', 'deviceAuthorizationEndpoint'] as const;

function localCause(facts: Facts): Known | undefined {
  const { failure, profile } = facts;
  const { issuer = '' } = profile;
  switch (failure.kind) {
    case 'port_busy':
      return portRefused(failure);
    case 'vault':
      return {
        title: 'The keychain did not answer, is locked, or refused.',
        evidence: [failure.code],
        steps: ['Unlock the keychain of the operating system, then run again.'],
        fixes: [{ kind: 'run_again' }],
      };
    case 'insecure_url':
      if (failure.member !== undefined) return unfitEndpoint(failure.member, failure.url, issuer);
      return {
        title: 'The URL is http and not on this machine.',
        evidence: [failure.url],
        steps: ['Use the https address of the server.'],
        fixes: [
          { kind: 'edit_profile', field: typed.find((name) => profile[name] === failure.url) ?? 'issuer' },
        ],
      };
    case 'browser_not_opened':
      return {
        title: 'The browser was not opened.',
        evidence: ['Opening it was declined, or this machine has none.'],
        steps: ['Run again and allow it, or copy the address into a browser from the flow view.'],
        fixes: [{ kind: 'sign_in' }],
      };
    case 'invalid_profile':
      return {
        title: 'The profile has a problem.',
        evidence: failure.problems.slice(0, 10),
        steps: ['Correct it in the profile editor or in the settings.'],
        fixes: [{ kind: 'edit_profile', field: 'issuer' }],
      };
    case 'response_too_large':
      return {
        title: 'The address answers with a page or a download, not with what was asked for.',
        evidence: [`More than ${Math.round(failure.limit / 1024)} KiB came.`],
        steps: ['Check the address of the endpoint.'],
        fixes:
          failure.step === 'token' || failure.step === 'refresh'
            ? [{ kind: 'edit_profile', field: 'tokenEndpoint' }]
            : failure.step === 'api'
              ? []
              : address(facts),
      };
    default:
      return undefined;
  }
}

/** An endpoint in the metadata of `issuer` that nothing can be sent to. */
function unfitEndpoint(member: string, url: string, issuer: string): Known {
  const fixes = editMember(member);
  return {
    title: `The server publishes an endpoint that ${publishedAs(issuer, url)}.`,
    evidence: [`${member}: ${url === '' ? '(empty)' : url}`],
    steps: isName(url)
      ? ['Nothing can be sent to a name: check whether another issuer of this server is meant.']
      : [
          'Have the server publish its https address: behind a proxy it has to be told by which one it is reached.',
          ...(fixes.length > 0 ? ['Or type the https address of the endpoint into the profile.'] : []),
        ],
    fixes: isName(url) ? [{ kind: 'edit_profile', field: 'issuer' }, ...fixes] : fixes,
  };
}

/** Which of its reasons the system gave for not letting us listen; without one it was in use. */
function portRefused({ port, code = 'EADDRINUSE' }: Extract<Failure, { readonly kind: 'port_busy' }>): Known {
  const edit = { kind: 'edit_profile', field: 'redirectUri' } as const;
  const named = 'The redirect URI names this port, so no other one is taken instead.';
  if (code === 'EADDRINUSE')
    return {
      title: `Another program uses port ${port}.`,
      evidence: [named],
      steps: [
        'End the other program (often an earlier run of the application itself), or use another port and register it.',
      ],
      fixes: [{ kind: 'run_again' }, edit],
    };
  if (code !== 'EACCES')
    return {
      title: 'The address of the redirect URI cannot be listened on.',
      evidence: [code, named],
      steps: ['Check that this machine has the address, or use 127.0.0.1 and register it.'],
      fixes: [edit],
    };
  return {
    title:
      port < 1024
        ? `This user may not listen on port ${port}: ports below 1024 are for administrators on many systems.`
        : `The system reserves port ${port}, so that no program can listen on it.`,
    evidence: [code, named],
    steps: ['Use another port, of 1024 or above, and register it.'],
    fixes: [edit],
  };
}
