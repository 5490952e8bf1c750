import { rfc } from '../../source.ts';
import { findingCheck } from './findingCheck.ts';
import { mcp } from './sources.ts';

/** The authorization server's metadata is found. */
export const serverMetadata = findingCheck({
  name: 'server-metadata',
  title: 'The authorization server publishes metadata where clients look',
  tries: 'Looks at the well-known addresses of the issuer, RFC 8414 first, then OpenID Connect.',
  expects: 'A JSON document with endpoints that clients can reach.',
  judged: 'None that can be used fails; something else at one of the addresses is a weakness.',
  sources: [
    mcp('authorization server metadata discovery', 'authorization-server-metadata-discovery'),
    rfc(8414, '3'),
  ],
  needs: 'server',
  verdicts: {
    server_metadata_missing: 'fail',
    endpoint_unusable: 'fail',
    server_metadata_unusable: 'weakness',
  },
  good: 'The metadata of the authorization server is where clients look.',
});

/** Metadata speaks for its own issuer only. */
export const issuerEqual = findingCheck({
  name: 'issuer-equal',
  title: 'The metadata’s issuer is the one that the document names',
  tries: 'Compares issuer with authorization_servers, character by character.',
  expects: 'The same text.',
  judged: 'Another one fails: clients must not use the metadata.',
  sources: [rfc(8414, '3.3')],
  needs: 'server',
  verdicts: { issuer_differs: 'fail' },
  good: 'The metadata’s issuer is the one that the document names.',
});

/** Clients refuse to go on without it. */
export const pkceAdvertised = findingCheck({
  name: 'pkce-advertised',
  title: 'PKCE with S256 is advertised',
  tries: 'Reads code_challenge_methods_supported.',
  expects: 'S256 is in it.',
  judged: 'Without it clients must refuse to go on: it fails.',
  sources: [mcp('authorization code protection', 'authorization-code-protection'), rfc(8414, '2')],
  needs: 'server',
  verdicts: { pkce_not_advertised: 'fail' },
  good: 'S256 is advertised.',
});

/** A client of several servers must be able to tell whose code came back. */
export const issAdvertised = findingCheck({
  name: 'iss-advertised',
  title: 'iss in redirects is advertised',
  tries: 'Reads authorization_response_iss_parameter_supported.',
  expects: 'It is true.',
  judged: 'Without it a client of several servers can be confused about whose code came back: a weakness.',
  sources: [rfc(9207, '3'), rfc(9700, '4.4')],
  needs: 'server',
  verdicts: { iss_not_advertised: 'weakness' },
  good: 'iss is advertised.',
});
