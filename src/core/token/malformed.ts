import { visibleText } from '../../shared/visibleText.ts';
import type { FindingView, SourceView } from '../../shared/views/finding.ts';
import { rfc } from '../source.ts';
import type { DecodedPart } from './base64url.ts';
import type { ParsedJson } from './json.ts';

export type PartName = 'header' | 'payload' | 'signature';

function problem(
  code: string,
  message: string,
  reason: string,
  source: SourceView,
  severity: FindingView['severity'] = 'error',
): FindingView {
  return { code, severity, message, reason, source };
}

/** Two, four or six parts: tells which are missing, or how many are too many. */
export function wrongNumberOfParts(parts: readonly string[]): FindingView {
  const count = parts.length;
  const message =
    count === 1
      ? 'This is only the header of a JWT: the payload and the signature are missing.'
      : count === 2
        ? 'This JWT has two parts instead of three: the signature and the dot before it are missing.'
        : `This JWT has ${count} parts instead of three (signed) or five (encrypted).`;
  const reason =
    count < 3
      ? 'It was probably cut off when it was copied. Copy it again, to its very end.'
      : 'Parts are separated by dots. Look for a dot too many, or for two tokens that were pasted together.';
  return problem('parts', message, reason, rfc(7515, '7.1'));
}

type PartProblem = 'empty' | 'plain_base64' | 'duplicates' | 'unencoded' | 'length';

/** What is wrong with a part as a whole. */
export function partProblem(name: PartName, what: PartProblem, names: readonly string[] = []): FindingView {
  switch (what) {
    case 'empty':
      return problem(
        `${name}_empty`,
        `The ${name} is empty.`,
        'Nothing stands between the dots. Copy the token again.',
        rfc(7515, '7.1'),
      );
    case 'plain_base64':
      return problem(
        `${name}_base64`,
        `The ${name} is written in base64, not in base64url.`,
        'The characters +, / and = are not allowed in a JWT; strict libraries refuse it. It was decoded all the same.',
        rfc(7515, '2'),
        'warning',
      );
    case 'duplicates':
      return problem(
        `${name}_duplicates`,
        `The ${name} has ${list(names)} more than once.`,
        'Names must be unique: one parser takes the first value, another the last. The last one is shown here.',
        rfc(7519, '4'),
        'warning',
      );
    case 'unencoded':
      return problem(
        'payload_unencoded',
        'The payload is not encoded: the header says "b64": false.',
        'That is allowed for signed data, but not for a JWT.',
        rfc(7797, '7'),
        'warning',
      );
    case 'length':
      return problem(
        `${name}_length`,
        `The ${name} cannot be base64url: its last character stands alone.`,
        'The token was probably cut off when it was copied.',
        rfc(7515, '2'),
      );
  }
}

/** A part that cannot be decoded: the wrong character, and its position in the part and in the token. */
export function invalidBase64(
  name: PartName,
  decoded: Exclude<DecodedPart, { kind: 'text' }>,
  offset: number,
): FindingView {
  switch (decoded.kind) {
    case 'alphabet':
      return problem(
        `${name}_base64url`,
        `The ${name} is not base64url: character ${decoded.at} is ${quote(decoded.character)} (character ${offset + decoded.at} of the token).`,
        'Only A-Z, a-z, 0-9, - and _ are allowed there.',
        rfc(7515, '2'),
      );
    case 'length':
      return problem(
        `${name}_length`,
        `The ${name} is not base64url: it has ${decoded.length} characters, and the last one stands alone.`,
        'No text encodes to that length: a character is missing, or one is too many.',
        rfc(7515, '2'),
      );
    case 'utf8':
      return problem(
        `${name}_utf8`,
        `The ${name} is not UTF-8 text: byte ${decoded.at} cannot stand there.`,
        'Header and payload of a JWT are JSON in UTF-8.',
        rfc(7519, '7.2'),
      );
  }
}

/** A part that is not a JSON object: what is wrong, and where in the decoded text. */
export function invalidJson(name: PartName, parsed: Exclude<ParsedJson, { kind: 'object' }>): FindingView {
  switch (parsed.kind) {
    case 'other':
      return problem(
        `${name}_not_object`,
        `The ${name} is JSON, but ${parsed.what} instead of an object.`,
        'Header and payload of a JWT are JSON objects: names and values in braces.',
        rfc(7519, '7.2'),
      );
    case 'too_deep':
      return problem(
        `${name}_too_deep`,
        `The ${name} is nested more than 200 levels deep (character ${parsed.at} of the decoded text).`,
        'No honest token is. It is shown as text only.',
        rfc(8259, '9'),
      );
    case 'invalid':
      return problem(
        `${name}_json`,
        `The ${name} is not JSON: ${parsed.problem}, at character ${parsed.at} of the decoded text.`,
        'The decoded text is shown below as it is.',
        rfc(8259, '2'),
      );
  }
}

/** A signed text that is not JSON: a JWS, but not a JWT. */
export function payloadIsText(): FindingView {
  return problem(
    'payload_text',
    'The payload is text, not JSON: this is a signed message (JWS), but no JWT.',
    'It has no claims. The text is shown below.',
    rfc(7519, '7.2'),
    'warning',
  );
}

function quote(character: string): string {
  if (character === ' ') return 'a blank';
  if (character === '\n') return 'a line break';
  if (character === '\t') return 'a tab';
  return `“${visibleText(character)}”`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `“${visibleText(name.slice(0, 60))}”`);
  return shown.join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}
