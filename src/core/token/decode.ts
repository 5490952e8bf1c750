import type { FindingView } from '../../shared/views/finding.ts';
import { decodeBase64url } from './base64url.ts';
import { parseJsonObject, type JsonObject } from './json.ts';
import {
  invalidBase64,
  invalidJson,
  partProblem,
  payloadIsText,
  wrongNumberOfParts,
  type PartName,
} from './malformed.ts';
import { opaqueKind } from './opaque.ts';
import { sdJwtFindings, splitSdJwt } from './sdJwt.ts';

/** A header or a payload, as far as it could be read. */
export interface TokenPart {
  /** The decoded text. */
  readonly text: string;
  /** Absent when the text is not a JSON object. */
  readonly json?: JsonObject;
  readonly exact?: ReadonlyMap<string, string>;
}

/** A token decoded without a key: nothing in it was verified. */
export interface DecodedToken {
  readonly token: string;
  readonly kind: 'jwt' | 'jwe' | 'opaque' | 'malformed';
  /** The parts between the dots; for an SD-JWT, those of the JWT that its issuer signed. */
  readonly parts: readonly string[];
  readonly header?: TokenPart;
  readonly payload?: TokenPart;
  /** Whether the payload is a token itself. */
  readonly nested: boolean;
  /** Whose opaque token it seems to be, in a few words. */
  readonly looksLike?: string;
  readonly problems: readonly FindingView[];
}

/**
 * Decodes a token: a JWT (a signed JSON payload in three parts), a JWE (five parts, of which only the header can be read), or
 * an opaque one. Never throws; linear in the token's length.
 *
 * @see RFC 7515 section 7.1, RFC 7516 section 7.1, RFC 7519 section 7.2
 */
export function decodeToken(token: string): DecodedToken {
  const disclosing = splitSdJwt(token);
  if (disclosing !== undefined && looksLikeJose(disclosing.jwt.split('.'))) {
    const signed = decodeToken(disclosing.jwt);
    return {
      ...signed,
      token,
      problems: [...sdJwtFindings(disclosing, signed.payload?.json), ...signed.problems],
    };
  }
  const parts = token.split('.');
  if (!looksLikeJose(parts)) {
    const looksLike = opaqueKind(token);
    return {
      token,
      kind: 'opaque',
      parts: [token],
      nested: false,
      ...(looksLike && { looksLike }),
      problems: [],
    };
  }
  if (parts.length === 5) return encrypted(token, parts);
  const header = readPart('header', parts[0] ?? '', 0);
  const payload: ReadPart =
    parts[1] === undefined
      ? { problems: [] }
      : readPart('payload', parts[1], (parts[0]?.length ?? 0) + 1, header.part?.json);
  const count = parts.length === 3 ? [] : [wrongNumberOfParts(parts)];
  const signature = parts.length === 3 ? signatureProblems(parts) : [];
  const problems = [...count, ...header.problems, ...payload.problems, ...signature];
  const broken = problems.some(({ severity }) => severity === 'error') || header.part?.json === undefined;
  return {
    token,
    kind: broken ? 'malformed' : 'jwt',
    parts,
    ...(header.part && { header: header.part }),
    ...(payload.part && { payload: payload.part }),
    nested: isNested(header.part?.json, payload.part),
    problems,
  };
}

function encrypted(token: string, parts: readonly string[]): DecodedToken {
  const { part, problems } = readPart('header', parts[0] ?? '', 0);
  const kind = part?.json === undefined ? 'malformed' : 'jwe';
  return {
    token,
    kind,
    parts,
    ...(part && { header: part }),
    nested: part?.json?.['cty'] === 'JWT',
    problems,
  };
}

/** Whether this seems to be meant as a JWS or JWE: one of its first two parts begins like a JSON object in base64url. */
function looksLikeJose(parts: readonly string[]): boolean {
  if (parts.length === 1) return /^eyJ[A-Za-z0-9_-]{5,}={0,2}$/.test(parts[0] ?? '');
  return parts.slice(0, 2).some(startsAsObject);
}

function startsAsObject(part: string): boolean {
  return (
    /^(ey|e30|ew|IHs|Cn)/.test(part) &&
    /^\s*\{/.test(Buffer.from(part.slice(0, 24), 'base64').toString('utf8'))
  );
}

function isNested(header: JsonObject | undefined, payload: TokenPart | undefined): boolean {
  const cty = header?.['cty'];
  if (typeof cty === 'string' && /^(application\/)?jwt$/i.test(cty)) return true;
  return (
    payload?.json === undefined && /^ey[\w-]+\.[\w-]+\.[\w-]*$/.test(payload?.text.slice(0, 100_000) ?? '')
  );
}

interface ReadPart {
  readonly part?: TokenPart;
  readonly problems: readonly FindingView[];
}

function readPart(name: PartName, encoded: string, offset: number, header?: JsonObject): ReadPart {
  if (encoded === '') return { problems: [partProblem(name, 'empty')] };
  if (name === 'payload' && header?.['b64'] === false)
    return { part: { text: encoded }, problems: [partProblem(name, 'unencoded')] };
  const decoded = decodeBase64url(encoded);
  if (decoded.kind !== 'text') return { problems: [invalidBase64(name, decoded, offset)] };
  const { text } = decoded;
  const spelling = decoded.plainBase64 ? [partProblem(name, 'plain_base64')] : [];
  const parsed = parseJsonObject(text);
  if (parsed.kind === 'object') {
    const twice = parsed.duplicates.length === 0 ? [] : [partProblem(name, 'duplicates', parsed.duplicates)];
    return { part: { text, json: parsed.value, exact: parsed.exact }, problems: [...spelling, ...twice] };
  }
  if (name === 'payload' && parsed.kind === 'invalid' && !/^\s*[{[]/.test(text))
    return { part: { text }, problems: [...spelling, payloadIsText()] };
  return { part: { text }, problems: [...spelling, invalidJson(name, parsed)] };
}

function signatureProblems(parts: readonly string[]): readonly FindingView[] {
  const signature = parts[2] ?? '';
  if (signature === '') return [];
  const at = signature.search(/[^A-Za-z0-9_\-+/=]/);
  if (at < 0)
    return signature.replace(/={1,2}$/, '').length % 4 === 1 ? [partProblem('signature', 'length')] : [];
  const character = String.fromCodePoint(signature.codePointAt(at) ?? 0);
  const offset = (parts[0]?.length ?? 0) + (parts[1]?.length ?? 0) + 2;
  return [invalidBase64('signature', { kind: 'alphabet', at: at + 1, character }, offset)];
}
