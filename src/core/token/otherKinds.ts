import { isObject } from '../../shared/json.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import type { TokenSlot } from '../../shared/views/tokenView.ts';
import { rfc } from '../source.ts';
import type { DecodedToken } from './decode.ts';
import { finding } from './finding.ts';
import type { JsonObject } from './json.ts';
import { page } from './meaning.ts';
import { statusListPage } from './statusList.ts';

/** The role of a token: access or ID token, or another kind with other rules. */
export type TokenRole = TokenSlot | 'other';

/**
 * A kind of token that is neither an access nor an ID token, by its `typ`; each entry of `needs` is a required claim, or
 * several of which one is required.
 */
interface OtherKind {
  readonly typ: string;
  /** With its article, for within a sentence. */
  readonly name: string;
  readonly what: string;
  readonly needs: readonly string[];
  readonly source: FindingView['source'];
}

const otherKinds: readonly OtherKind[] = [
  {
    ...{
      typ: 'logout+jwt',
      name: 'a logout token',
      needs: ['iss', 'aud', 'iat', 'exp', 'jti', 'events', 'sub|sid'],
    },
    what: 'A server sends it to its clients when a session ends. It opens nothing.',
    source: page(
      'OpenID Connect Back-Channel Logout section 2.4',
      'https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken',
    ),
  },
  {
    ...{ typ: 'secevent+jwt', name: 'a security event token', needs: ['iss', 'iat', 'jti', 'events'] },
    what: 'It reports what happened, such as a session that was revoked. It opens nothing.',
    source: rfc(8417, '2.2'),
  },
  {
    typ: 'oauth-id-jag+jwt',
    name: 'an identity assertion for cross-app access (ID-JAG)',
    needs: ['iss', 'sub', 'aud', 'client_id', 'jti', 'exp', 'iat'],
    what: 'The server that its aud names gives a token for it. No API takes it.',
    source: page(
      'Identity Assertion JWT Authorization Grant',
      'https://datatracker.ietf.org/doc/draft-ietf-oauth-identity-assertion-authz-grant/',
    ),
  },
  {
    ...{ typ: 'statuslist+jwt', name: 'a status list', needs: ['sub', 'iat', 'status_list'] },
    what: 'It says of many tokens whether they still hold. It opens nothing.',
    source: statusListPage,
  },
  {
    ...{ typ: 'dc+sd-jwt', name: 'a verifiable credential (SD-JWT VC)', needs: ['vct'] },
    what: 'Its holder shows it, or parts of it, to whom they choose. No API takes it.',
    source: page('SD-JWT VC', 'https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/'),
  },
];

/**
 * The kind of a token that is neither an access nor an ID token; undefined for those, and for a token that tells its kind
 * neither by its type nor, without one, by its events.
 *
 * @see RFC 8417 section 2.3, OpenID Connect Back-Channel Logout 1.0 section 2.4: a type is recommended only
 */
export function otherKindOf({
  header,
  payload,
}: Pick<DecodedToken, 'header' | 'payload'>): OtherKind | undefined {
  const typ = header?.json?.['typ'] ?? 'JWT';
  const plain = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
  // The type of SD-JWT VC until its draft 06.
  const named = plain === 'jwt' ? typeOfEvents(payload?.json?.['events']) : plain.replace(/^vc\+/, 'dc+');
  return otherKinds.find((one) => one.typ === named);
}

/** @see RFC 8417 section 2.2: events are objects, under URIs */
function typeOfEvents(events: unknown): string | undefined {
  const each = isObject(events) ? Object.entries(events) : [];
  if (
    each.length === 0 ||
    !each.every(([name, event]) => /^[a-z][a-z0-9+.-]*:/i.test(name) && isObject(event))
  )
    return undefined;
  return each.some(([name]) => name === logoutEvent) ? 'logout+jwt' : 'secevent+jwt';
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** What such a token is, and which claims it lacks. */
export function kindFindings(kind: OtherKind, claims: JsonObject | undefined): FindingView[] {
  const has = (name: string) => claims !== undefined && Object.hasOwn(claims, name);
  const missing = claims === undefined ? [] : kind.needs.filter((need) => !need.split('|').some(has));
  const lacks = missing.map((need) => need.replace('|', ' or ')).join(', ');
  const nonce = kind.typ === 'logout+jwt' && has('nonce');
  return [
    finding('note', 'other_kind', `This is ${kind.name}.`, kind.what, kind.source),
    ...(missing.length === 0
      ? []
      : [
          finding(
            'error',
            'kind_claims_missing',
            `Missing in ${kind.name}: ${lacks}.`,
            'Whoever keeps to the standard refuses it without.',
            kind.source,
          ),
        ]),
    ...(nonce
      ? [
          finding(
            'error',
            'logout_nonce',
            'A logout token must have no nonce.',
            'With one it could be taken for an ID token, so it is to be refused.',
            kind.source,
          ),
        ]
      : []),
  ];
}
