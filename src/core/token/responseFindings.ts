import { isDeepStrictEqual } from 'node:util';
import { member } from '../../shared/json.ts';
import { duration } from '../../shared/duration.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import { rfc, sourceOf } from '../source.ts';
import { finding, quoted, quotedList } from './finding.ts';
import type { TokenReading } from './reading.ts';
import { lifetimeOf } from './times.ts';

const largest = 8000;

/** Findings about the response in which a token came. */
export function responseFindings(reading: TokenReading): readonly FindingView[] {
  return [
    ...reading.notes,
    ...deviationFindings(reading),
    ...expiryFindings(reading),
    ...detailsFindings(reading),
    ...issuedFindings(reading),
    ...typeFindings(reading),
    ...usageFindings(reading),
  ];
}

function deviationFindings(reading: TokenReading): FindingView[] {
  const { source } = reading;
  if (source.kind !== 'profile') return [];
  // That a lifetime is missing is said once, with what it means.
  const said = hasUnknownEnd(reading) ? 'expires_in_missing' : undefined;
  return (source.deviations ?? [])
    .filter(({ code }) => code !== said)
    .map(({ code, message, source: text }) =>
      finding(
        'note',
        `deviation_${code}`,
        message,
        'This deviates from the specification or from the request. The response was used anyway.',
        sourceOf(text),
      ),
    );
}

/** Compares the granted authorization details with the requested ones. @see RFC 9396 section 7 */
function detailsFindings({ source, response }: TokenReading): FindingView[] {
  if (source.kind !== 'profile' || source.profile.authorizationDetails === undefined) return [];
  const asked = typesOf(source.profile.authorizationDetails);
  const granted = response?.['authorization_details'];
  if (granted === undefined)
    return [
      finding(
        'warning',
        'details_not_granted',
        'Authorization details were asked for, and the response names none.',
        'The server has to say what was granted; without it, it most likely does not know authorization_details, or granted nothing of it.',
        rfc(9396, '7'),
      ),
    ];
  const types = typesOf(granted);
  const lost = asked.filter((type) => !types.includes(type));
  const more = types.filter((type) => !asked.includes(type));
  const same = isDeepStrictEqual(granted, source.profile.authorizationDetails);
  if (lost.length > 0 || more.length > 0)
    return [
      finding(
        'warning',
        'details_differ',
        [
          ...(lost.length > 0 ? [`Asked for and not granted: ${quotedList(lost)}.`] : []),
          ...(more.length > 0 ? [`Granted without being asked for: ${quotedList(more)}.`] : []),
        ].join(' '),
        'These are types of authorization_details; the response shows what each grant holds.',
        rfc(9396, '7'),
      ),
    ];
  return [
    finding(
      'note',
      same ? 'details_granted' : 'details_changed',
      same
        ? 'The authorization details were granted as they were asked for.'
        : 'The authorization details were granted, but not as they were asked for.',
      same
        ? 'The token may be used for what the response lists.'
        : 'The user or the server may narrow or enrich them: compare the response with the profile.',
      rfc(9396, '7'),
    ),
  ];
}

/** Compares the issued token type with the requested one. @see RFC 8693 section 2.2.1 */
function issuedFindings({ source, response }: TokenReading): FindingView[] {
  const asked = source.kind === 'profile' ? source.profile.requestedTokenType : undefined;
  const issued = response?.['issued_token_type'];
  if (asked === undefined || issued === asked) return [];
  return [
    finding(
      'warning',
      typeof issued === 'string' ? 'issued_other' : 'issued_unknown',
      typeof issued === 'string'
        ? `A token of the type ${quoted(asked)} was asked for, and one of ${quoted(issued)} was issued.`
        : `A token of the type ${quoted(asked)} was asked for, and the response does not say what was issued.`,
      'The server has to name it (issued_token_type); whoever gets the token wants it to be of the kind that was asked for.',
      rfc(8693, '2.2.1'),
    ),
  ];
}

/** The different types of authorization details, in order. */
function typesOf(details: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(details) ? details.slice(0, 100) : [];
  const types = entries.map((one) => member(one, 'type')).filter((type) => typeof type === 'string');
  return [...new Set(types)];
}

/** The time in the claim `exp` of the access token, in milliseconds. */
const endInToken = ({ tokens }: TokenReading) => lifetimeOf(tokens.access?.payload?.json).expiresAt;

/** Whether neither the response nor the token tells when it expires. */
const hasUnknownEnd = (reading: TokenReading) =>
  reading.source.kind === 'profile' && reading.expiresAt === undefined && endInToken(reading) === undefined;

function expiryFindings(reading: TokenReading): FindingView[] {
  if (hasUnknownEnd(reading))
    return [
      finding(
        'note',
        'end_unknown',
        'It is unknown when this token expires.',
        'Neither the response (expires_in) nor the token says when. Get a new one when the API answers 401.',
        rfc(6749, '5.1'),
      ),
    ];
  const { expiresAt } = reading;
  const inToken = endInToken(reading);
  if (expiresAt === undefined || inToken === undefined || Math.abs(inToken - expiresAt) < 60_000) return [];
  return [
    finding(
      'note',
      'expiry_differs',
      `The response and the token disagree about its end by ${duration(inToken - expiresAt)}.`,
      'The API looks at the claim exp; expires_in is only a hint for the client.',
      rfc(6749, '5.1'),
    ),
  ];
}

/** Compares how the token is to be sent with what was asked for. */
function typeFindings({ source, tokens, response }: TokenReading): FindingView[] {
  const type = response?.['token_type'];
  if (typeof type !== 'string' || tokens.access === undefined) return [];
  const bound = source.kind === 'profile' && source.profile.dpop === true;
  switch (type.toLowerCase()) {
    case 'bearer':
      // A token that names its key is bound, whatever its type. @see RFC 9449 section 6
      return bound && tokens.access.payload?.json?.['cnf'] === undefined
        ? [
            finding(
              'warning',
              'dpop_ignored',
              'A token bound to a key was asked for (DPoP), and a bearer token came.',
              'Whoever gets hold of it can use it. See whether the server supports DPoP, and for this client.',
              rfc(9449, '5'),
            ),
          ]
        : [];
    case 'n_a':
      return [
        finding(
          'note',
          'token_type',
          'The token is not an access token: its token_type is “N_A”.',
          'It is not to be sent to an API; issued_token_type says what it is.',
          rfc(8693, '2.2.1'),
        ),
      ];
    default:
      return [
        finding(
          bound && type.toLowerCase() === 'dpop' ? 'note' : 'warning',
          'token_type',
          `The token is of type ${quoted(type)}, not “Bearer”.`,
          'It is not to be sent as a bearer token; an API that knows this type will refuse it.',
          rfc(6749, '7.1'),
        ),
      ];
  }
}

function usageFindings({ tokens }: TokenReading): FindingView[] {
  const length = tokens.access?.token.length ?? 0;
  if (length <= largest) return [];
  return [
    finding(
      'note',
      'large',
      `The access token has ${length.toLocaleString('en')} characters.`,
      'Many servers refuse header fields over 8 KB (431, 400 or a closed connection). Fewer scopes, roles or groups make it smaller.',
      rfc(6585, '5'),
    ),
  ];
}
