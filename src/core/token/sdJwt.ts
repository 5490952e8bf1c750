import { createHash } from 'node:crypto';
import type { FindingView } from '../../shared/views/finding.ts';
import { rfc } from '../source.ts';
import { decodeBase64url } from './base64url.ts';
import { isList, member, objectOf } from '../../shared/json.ts';
import { signatureAlgorithms, signatureFit } from '../keys/signatureFit.ts';
import { plainText } from '../http/plainText.ts';
import { finding, quoted, quotedList } from './finding.ts';
import { parseJsonObject, type JsonObject } from './json.ts';

/** A JWT with claims that its issuer has hidden, and the disclosures of its holder. @see RFC 9901 section 4 */
export interface SdJwt {
  /** The JWT that the issuer signed. */
  readonly jwt: string;
  /** The texts between the tildes. */
  readonly disclosures: readonly string[];
  /** Everything before the key binding JWT, including the tilde. */
  readonly presented: string;
  /** The key binding JWT at the end; may be empty. */
  readonly binding: string;
}

/** Limits: disclosures that are read, characters of one, and misplaced ones that are reported. */
const most = { disclosures: 100, length: 10_000, faults: 10 };

/** Splits a token at its tildes; undefined for one without any. */
export function splitSdJwt(token: string): SdJwt | undefined {
  const at = token.indexOf('~');
  if (at < 0) return undefined;
  const last = token.lastIndexOf('~');
  return {
    jwt: token.slice(0, at),
    disclosures: last === at ? [] : token.slice(at + 1, last).split('~'),
    presented: token.slice(0, last + 1),
    binding: token.slice(last + 1),
  };
}

/**
 * Tells what an SD-JWT is and discloses, and why a recipient would refuse it.
 *
 * @param payload what the issuer signed, if it can be read
 * @see RFC 9901 section 7.1
 */
export function sdJwtFindings(sdJwt: SdJwt, payload: JsonObject | undefined): FindingView[] {
  const { disclosures, binding } = sdJwt;
  const read = disclosures.slice(0, most.disclosures).map(readDisclosure);
  const names = read.flatMap((one) => one?.name ?? []);
  const entries = read.filter((one) => one !== undefined && one.name === undefined).length;
  const what = [
    ...(names.length === 0 ? [] : [quotedList(names)]),
    ...(entries === 0 ? [] : [entries === 1 ? 'an entry of a list' : `${entries} entries of lists`]),
  ].join(', ');
  const shown =
    disclosures.length === 0
      ? 'nothing of what is hidden'
      : `${disclosures.length} of the hidden values${what === '' ? '' : ` (${what})`}`;
  const holder = binding === '' ? undefined : holderJwt(binding, payload);
  const how =
    holder?.header === undefined
      ? ''
      : ` A JWT of its holder follows, which binds it to a key; its signature was ${holder.checked}.`;
  const note = finding(
    'note',
    'sd_jwt',
    `This is an SD-JWT: it discloses ${shown}.`,
    `The payload is what the issuer signed, with digests in the place of what is hidden.${how}`,
    rfc(9901, '4'),
  );
  return [note, ...(payload === undefined ? [] : faults(sdJwt, read, payload, holder))];
}

/** A disclosed claim, or, without a name, an entry of a list. */
interface Disclosure {
  readonly name?: string;
  readonly value: unknown;
}

/** @see RFC 9901 sections 4.2.1 and 4.2.2 */
function readDisclosure(text: string): Disclosure | undefined {
  const decoded = text.length > most.length ? undefined : decodeBase64url(text);
  if (decoded?.kind !== 'text') return undefined;
  try {
    const parts: unknown = JSON.parse(decoded.text);
    if (!isList(parts) || typeof parts[0] !== 'string') return undefined;
    const [, second, third] = parts;
    if (parts.length === 2) return { value: second };
    const isName = typeof second === 'string' && second !== '_sd' && second !== '...';
    return parts.length === 3 && isName ? { name: second, value: third } : undefined;
  } catch {
    return undefined;
  }
}

const hashes: Readonly<Record<string, string>> = {
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
};

/** The reasons for which a recipient must refuse it. */
function faults(
  { disclosures, presented }: SdJwt,
  read: readonly (Disclosure | undefined)[],
  payload: JsonObject,
  holder: HolderJwt | undefined,
): FindingView[] {
  const named = payload['_sd_alg'] ?? 'sha-256';
  const hash = typeof named === 'string' && Object.hasOwn(hashes, named) ? hashes[named] : undefined;
  const broken = read.filter((one) => one === undefined).length;
  const refused = (message: string) =>
    finding('error', 'sd_jwt_refused', message, 'Every recipient has to refuse it.', rfc(9901, '7.1'));
  const brokenOnes =
    broken === 0
      ? []
      : [refused(`${broken === 1 ? 'A disclosure' : `${broken} disclosures`} cannot be read.`)];
  if (hash === undefined)
    return [
      ...brokenOnes,
      finding(
        'warning',
        'sd_jwt_hash',
        `Its disclosures were not compared with what is signed: _sd_alg is ${typeof named === 'string' ? quoted(named) : 'no text'}.`,
        'sha-256, sha-384 and sha-512 are known here. A recipient that does not know the hash refuses it.',
        rfc(9901, '4.1.1'),
      ),
      ...bindingFaults(holder).map(refused),
    ];
  const digest = (text: string) => createHash(hash).update(text).digest('base64url');
  const digests = [payload, ...read.map((one) => one?.value)].flatMap(digestsIn);
  const known = new Set(digests.map(({ text }) => text));
  const given = disclosures.slice(0, most.disclosures).map(digest);
  const byDigest = new Map(given.map((text, index) => [text, read[index]]));
  const strange = given.filter((one, index) => read[index] !== undefined && !known.has(one)).length;
  return [
    ...brokenOnes,
    ...(strange === 0
      ? []
      : [
          refused(
            `${strange === 1 ? 'A disclosure is' : `${strange} disclosures are`} not among what the issuer signed.`,
          ),
        ]),
    ...(new Set(given).size === given.length ? [] : [refused('A disclosure stands in it twice.')]),
    ...(known.size === digests.length ? [] : [refused('A digest stands in it twice.')]),
    ...misplaced(digests, byDigest).map(refused),
    ...bindingFaults(holder, digest(presented)).map(refused),
  ];
}

/** A digest and its place: in an object, for a claim, or in a list, for an entry. */
interface Digest {
  readonly text: string;
  readonly claimOf?: object;
}

/** All digests in a value, of claims and of list entries, at any depth. @see RFC 9901 section 4.2.4 */
function digestsIn(value: unknown): Digest[] {
  const found: Digest[] = [];
  const left = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null) continue;
    for (const [name, member] of Object.entries(one)) {
      const isDigest = !Array.isArray(one) && (name === '_sd' || name === '...');
      for (const text of isDigest ? [member].flat() : [])
        if (typeof text === 'string') found.push({ text, ...(name === '_sd' && { claimOf: one }) });
      if (!isDigest) left.push(member);
    }
  }
  return found;
}

/**
 * Disclosures at the wrong place: a claim whose name exists already, a claim in a list, a list entry among claims. @see RFC
 * 9901 section 7.1, step 3
 */
function misplaced(
  digests: readonly Digest[],
  disclosed: ReadonlyMap<string, Disclosure | undefined>,
): string[] {
  const names = new Map<object, Set<string>>();
  const faults: string[] = [];
  for (const { text, claimOf } of digests) {
    const one = disclosed.get(text);
    if (one === undefined) continue;
    if ((one.name === undefined) !== (claimOf === undefined))
      faults.push(
        one.name === undefined
          ? 'An entry of a list is disclosed where a claim is hidden.'
          : `The claim ${quoted(one.name)} is disclosed where an entry of a list is hidden.`,
      );
    if (one.name === undefined || claimOf === undefined) continue;
    const seen = names.get(claimOf) ?? new Set();
    names.set(claimOf, seen);
    if (seen.has(one.name) || Object.hasOwn(claimOf, one.name))
      faults.push(`The claim ${quoted(one.name)} is disclosed, and there already.`);
    seen.add(one.name);
  }
  const each = [...new Set(faults)];
  const more = each.length - most.faults;
  return more <= 0
    ? each
    : [...each.slice(0, most.faults), `${more} more claims or entries are disclosed where they cannot be.`];
}

/** The key binding JWT; without `header` when it cannot be read. */
interface HolderJwt {
  readonly header?: JsonObject;
  readonly claims: JsonObject;
  /** How its signature was treated, to follow “was”. */
  readonly checked: string;
  /** What is wrong with its signature. */
  readonly fault?: string;
}

/** Reads the key binding JWT, and checks its signature where possible. @see RFC 9901 section 4.3 */
function holderJwt(binding: string, payload: JsonObject | undefined): HolderJwt {
  const [header, claims] = binding.split('.', 3).map((part) => {
    const decoded = decodeBase64url(part);
    const parsed = decoded.kind === 'text' ? parseJsonObject(decoded.text) : undefined;
    return parsed?.kind === 'object' ? parsed.value : undefined;
  });
  if (header === undefined || claims === undefined) return { claims: {}, checked: '' };
  return { header, claims, ...signatureChecked(binding, header['alg'], payload) };
}

/** @param expected the digest of what it must be bound to; undefined where its hash is not known */
function bindingFaults(holder: HolderJwt | undefined, expected?: string): string[] {
  if (holder === undefined) return [];
  const { header, claims, fault } = holder;
  if (header === undefined) return ['What follows the last tilde is not a JWT.'];
  const missing = ['iat', 'aud', 'nonce', 'sd_hash'].filter((name) => claims[name] === undefined);
  const bound = claims['sd_hash'];
  return [
    ...(header['typ'] === 'kb+jwt' ? [] : ['The typ of its holder’s JWT is not kb+jwt.']),
    ...(missing.length === 0 ? [] : [`Its holder’s JWT has no ${missing.join(', ')}.`]),
    ...(expected === undefined || bound === undefined || bound === expected
      ? []
      : ['The sd_hash of its holder’s JWT is of other disclosures: some were added, or left out.']),
    ...(fault === undefined ? [] : [fault]),
  ];
}

/**
 * The result for the holder's signature; the issuer may name the key in other ways than by a JWK. @see RFC 9901 section 7.3,
 * RFC 7800 section 3.2
 */
function signatureChecked(
  binding: string,
  alg: unknown,
  payload: JsonObject | undefined,
): Pick<HolderJwt, 'checked' | 'fault'> {
  const not = (why: string, fault?: string) => ({
    checked: `not checked: ${why}`,
    ...(fault !== undefined && { fault }),
  });
  if (payload === undefined) return not('what the issuer signed cannot be read');
  if (payload['cnf'] === undefined)
    return not(
      'the issuer names no key (cnf)',
      'It names no key of its holder (cnf), and a JWT of one follows.',
    );
  const name = typeof alg === 'string' ? alg : '';
  if (/^(?:none|HS\d+|)$/i.test(name))
    return not(
      'it is not one of a key',
      `Its holder’s JWT is not signed with a key’s algorithm (alg is ${quoted(name)}).`,
    );
  const jwk = member(payload['cnf'], 'jwk');
  if (jwk === undefined) return not('the issuer names no JWK (cnf)');
  if (!signatureAlgorithms.includes(name))
    return not(`${plainText(name, 40)} is not an algorithm that is checked here`);
  const key = objectOf(jwk);
  const fit = signatureFit(binding, name, key);
  if (fit === 'unknown') return not('its curve is not checked here');
  if (fit === 'broken')
    return not(
      'that key (cnf) cannot be read',
      'The key of its holder (cnf) cannot be read, or is too short.',
    );
  const checked = 'checked with the key that the issuer names (cnf)';
  return fit === 'fits'
    ? { checked }
    : { checked, fault: 'The signature of its holder’s JWT is not that of the key in cnf.' };
}
