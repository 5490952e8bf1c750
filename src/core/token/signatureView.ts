import { visibleText } from '../../shared/visibleText.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import type { SignatureView } from '../../shared/views/tokenView.ts';
import { rfc } from '../source.ts';
import { finding, quoted } from './finding.ts';
import type { NotChecked, SignatureCheck } from './verify.ts';

/** The state of a signature's check; `can_check`: the user may ask for it. */
export type SignatureProgress =
  | SignatureCheck
  | { readonly kind: 'checking' }
  | { readonly kind: 'can_check'; readonly issuer: string };

/** A signature's verdict in words. */
export function signatureView(progress: SignatureProgress): SignatureView {
  switch (progress.kind) {
    case 'checking':
      return { state: 'checking', title: 'Checking the signature…', detail: 'Fetching the server’s keys.' };
    case 'can_check':
      return {
        state: 'can_check',
        title: 'Signature not checked',
        detail: `For a pasted token nothing is fetched unless you ask for it. The keys would come from ${quoted(progress.issuer)}.`,
      };
    case 'valid':
      return {
        state: 'valid',
        title: 'Signature valid',
        detail: `Signed with ${shown(progress.alg)} by ${keyName(progress.kid)}, which is among the keys at ${shown(progress.from)}.`,
        source: rfc(7515, '5.2'),
      };
    case 'invalid':
      return {
        state: 'invalid',
        title: 'Signature invalid',
        detail: `It does not fit ${keyName(progress.kid)} of the server (${shown(progress.from)}): the token was changed, or signed by someone else.`,
        source: rfc(7515, '5.2'),
      };
    case 'key_not_found':
      return {
        state: 'key_not_found',
        title: 'Key not found',
        detail: `Among the ${progress.keys === 1 ? 'one key' : `${progress.keys} keys`} at ${shown(progress.from)} none ${progress.kid === undefined ? '' : `has the kid ${quoted(progress.kid)} and `}can check a signature made with ${shown(progress.alg)}. The server changed its keys or keeps this one for something else, or the token is another server’s.`,
        source: rfc(7517, '4.5'),
      };
    case 'not_checked':
      return notChecked(progress.why, progress.detail);
  }
}

/** The findings from a signature's verdict. */
export function signatureFindings(progress: SignatureProgress): readonly FindingView[] {
  if (progress.kind !== 'invalid' && progress.kind !== 'key_not_found') return [];
  const { title, detail, source } = signatureView(progress);
  const severity = progress.kind === 'invalid' ? 'error' : 'warning';
  const message =
    progress.kind === 'invalid'
      ? `${title}.`
      : 'The key the token was signed with is not among the server’s keys.';
  return [finding(severity, `signature_${progress.kind}`, message, detail, source)];
}

const reasons: Readonly<Record<NotChecked, readonly [title: string, detail: string]>> = {
  opaque: [
    'No signature',
    'An opaque token has none that could be seen; only its server can tell whether it is good.',
  ],
  malformed: ['Signature not checked', 'The token is malformed.'],
  encrypted: ['Signature not checked', 'The token is encrypted; a signature, if there is one, lies inside.'],
  microsoft_graph: [
    'Signature not checked',
    'The token is for Microsoft Graph and in Microsoft’s own format (a nonce in its header is changed before signing): only Graph itself can check it.',
  ],
  alg_none: ['Not signed', 'The algorithm is “none”: there is nothing to check.'],
  symmetric: [
    'Signature not checked',
    'It was made with a secret that only the server and the API share; there is no public key to check it with.',
  ],
  unsupported_alg: [
    'Signature not checked',
    'Its algorithm or curve is none that OAuth Explorer can check here.',
  ],
  unsupported_crit: [
    'Signature not checked',
    'The header demands an extension that OAuth Explorer does not know.',
  ],
  no_issuer: [
    'Signature not checked',
    'Neither the profile nor the token names an issuer whose keys could be fetched.',
  ],
  unsafe_issuer: [
    'Signature not checked',
    'The issuer is not an https address (or one on this computer), so its keys are not fetched.',
  ],
  no_jwks_uri: ['Signature not checked', 'The server’s metadata names no keys (jwks_uri).'],
  no_keys: ['Signature not checked', 'What the server has at jwks_uri holds no public key.'],
  fetch_failed: ['Signature not checked', 'The server’s keys could not be fetched.'],
};

function notChecked(why: NotChecked, more: string | undefined): SignatureView {
  const [title, detail] = reasons[why];
  const state = why === 'opaque' || why === 'alg_none' ? 'none' : 'not_checked';
  return {
    state,
    title,
    detail: more === undefined ? detail : `${detail} ${visibleText(more.slice(0, 300))}`,
  };
}

function keyName(kid: string | undefined): string {
  return kid === undefined ? 'a key' : `the key ${quoted(kid)}`;
}

function shown(text: string): string {
  return visibleText(text.slice(0, 200));
}
