import { duration } from '../../shared/duration.ts';
import type { FindingView } from '../../shared/views/finding.ts';
import { rfc } from '../source.ts';
import { finding, quoted } from './finding.ts';
import type { TokenReading } from './reading.ts';
import { lifetimeOf } from './times.ts';

const largest = 8000;

/** What is to be said about the response a token came in. */
export function responseFindings(reading: TokenReading): readonly FindingView[] {
  return [
    ...reading.notes,
    ...deviationFindings(reading),
    ...expiryFindings(reading),
    ...usageFindings(reading),
  ];
}

function deviationFindings({ source }: TokenReading): FindingView[] {
  if (source.kind !== 'profile') return [];
  return (source.deviations ?? []).map(({ code, message, source: text }) =>
    finding(
      'note',
      `deviation_${code}`,
      message,
      'The response does not keep to the specification here; it was used all the same.',
      sourceOf(text),
    ),
  );
}

/** `RFC 6749 section 5.1` with its address. */
function sourceOf(text: string) {
  const found = /^RFC (\d+)(?: section ([\d.]+\d))?$/.exec(text);
  return found ? rfc(Number(found[1]), found[2]) : { text };
}

function expiryFindings({ tokens, expiresAt, source }: TokenReading): FindingView[] {
  const inToken = lifetimeOf(tokens.access?.payload?.json).expiresAt;
  if (expiresAt === undefined) {
    if (inToken !== undefined || source.kind === 'text') return [];
    return [
      finding(
        'note',
        'end_unknown',
        'Nobody knows when this token ends.',
        'The response has no expires_in, and the token does not say it. An API that answers 401 is the sign to get a new one.',
        rfc(6749, '5.1'),
      ),
    ];
  }
  if (inToken === undefined || Math.abs(inToken - expiresAt) < 60_000) return [];
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

function usageFindings({ tokens, response }: TokenReading): FindingView[] {
  const found: FindingView[] = [];
  const type = response?.['token_type'];
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer' && tokens.access)
    found.push(
      finding(
        'warning',
        'token_type',
        `The token is of type ${quoted(type)}, not “Bearer”.`,
        'It is not to be sent as a bearer token; an API that knows this type will refuse it.',
        rfc(6749, '7.1'),
      ),
    );
  const length = tokens.access?.token.length ?? 0;
  if (length > largest)
    found.push(
      finding(
        'note',
        'large',
        `The access token has ${length.toLocaleString('en')} characters.`,
        'Many servers refuse header fields over 8 KB (431, 400 or a closed connection). Fewer scopes, roles or groups make it smaller.',
        rfc(6585, '5'),
      ),
    );
  return found;
}
