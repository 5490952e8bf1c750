import type { ExtraParameters } from '../profile/profile.ts';
import { withoutUsers } from '../http/urlHost.ts';
import { partNamed, type PartName } from './fields.ts';
import { isOff, listOf, textsOf, type Found, type Json, type Variables } from './imported.ts';
import { resolve, standsElsewhere } from './placeholder.ts';
import { objectOf } from '../../shared/json.ts';
import { holdsSecret, toImported } from './toImported.ts';

/** Where a tool adds a parameter to a request. */
export interface ParameterPlace {
  readonly request: 'authorization' | 'token';
  /** As the tool says it: `request_body`, `headers`, `queryparams`, ...; absent: where it belongs. */
  readonly sendAs?: string;
}

const none: Variables = new Map();

/** Settings of other tools that are done anyway here (PKCE, a random state), or are about their own windows and stores. */
const withoutEffect =
  /^(?:auth)?(?:type|mode|active|enabled|disabled|name|id|uid|v|source|placement|state|nonce|username|password|(?:access)?tokens?)$|pkce|challenge|verifier|browser|auto|cache|expir|time|tokenid|credentialsid|querykey|params$|parameters$|grant\w*info|^(?:token|header)name$|acquire|start/i;

/** The parts of one profile, gathered from one place of a file: a section, a registration, a request. */
export class Gathered {
  readonly notes: string[] = [];
  readonly problems: string[] = [];
  readonly #parts = new Map<PartName, string>();
  readonly #names = new Map<PartName, string>();
  readonly #authorization = new Map<string, string>();
  readonly #token = new Map<string, string>();
  readonly #variables: Variables;

  constructor(variables: Variables = none) {
    this.#variables = variables;
  }

  get(part: PartName): string | undefined {
    return this.#parts.get(part);
  }

  /** What a part is called in the file. */
  nameOf(part: PartName): string {
    return this.#names.get(part) ?? part;
  }

  /** Leaves parts that may be another client's to the form. */
  leave(isOthers: (name: string) => boolean): void {
    for (const [part, name] of this.#names)
      if (!/^clientId$|^grant$|Type$|Authentication$/.test(part) && isOthers(name))
        this.#parts.set(part, standsElsewhere(name));
  }

  /** Takes a part; a second value for it is a problem. `called` is its name in the file. */
  put(part: PartName, value: unknown, called: string = part): void {
    const texts = textsOf(value);
    if (texts === undefined)
      this.notes.push(`“${called.slice(0, 60)}” is written in a way that is not known; it was left out.`);
    if (texts?.[0] === undefined) return;
    const many = part === 'scope' || part === 'resource' || part === 'redirectUri' || part === 'responseType';
    const resolved = resolve(many ? texts.join(' ') : texts[0], this.#variables).trim();
    const text = part === 'clientSecret' ? resolved : this.#withoutUser(called, resolved);
    const before = this.#parts.get(part);
    if (before === undefined) {
      this.#parts.set(part, text);
      this.#names.set(part, called);
    } else if (before !== text && !['name', 'grant', 'responseType'].includes(part))
      this.#twice(part, called, before, text);
    if (!many && texts.length > 1)
      this.notes.push(`Only the first of ${texts.length} values of “${called.slice(0, 60)}” was taken.`);
  }

  /** Takes what an object calls by a name of a known part; `but` are left alone. */
  putAll(object: Json, but: readonly string[] = []): void {
    for (const [name, value] of Object.entries(object)) {
      const part = partNamed(name);
      if (part !== undefined && !but.includes(name)) this.put(part, value, name);
    }
  }

  /** The same of a tool's own OAuth settings: what is not a part here, and makes a difference there, is said by name. */
  settings(object: Json, but: readonly string[] = []): void {
    this.putAll(object, but);
    const isLeft = ([name, value]: readonly [string, unknown]) =>
      partNamed(name) === undefined &&
      !but.includes(name) &&
      !withoutEffect.test(name.replace(/[^a-z0-9]/gi, '')) &&
      (textsOf(value) ?? ['in parts']).some(
        (text) => text !== 'false' && !/^(?:Bearer|S256|SHA-256)$/i.test(text),
      );
    const left = Object.entries(object).filter(isLeft);
    const isRefresh = ([name]: readonly [string, unknown]) => /^refresh_?token$/i.test(name);
    if (left.some(isRefresh)) this.notes.push('The refresh token was left out: sign in once here.');
    const names = left.filter((one) => !isRefresh(one)).map(([name]) => `“${name.slice(0, 60)}”`);
    if (names.length > 0) this.notes.push(`Not taken over: ${names.slice(0, 10).join(', ')}.`);
  }

  /** Takes an extra parameter; `audience`, `resource` and `scope` are parts. */
  parameter(name: string, value: unknown, { request, sendAs = '' }: ParameterPlace): void {
    const called = `The parameter “${name.slice(0, 60)}”`;
    if (/header/i.test(sendAs)) {
      this.notes.push(`${called} is sent as a header; headers cannot be added here, and it was left out.`);
      return;
    }
    const texts = textsOf(value);
    if (texts === undefined)
      this.notes.push(`${called} is written in a way that is not known; it was left out.`);
    if (texts?.[0] === undefined || name.trim() === '') return;
    if (texts.length > 1 && name !== 'scope' && name !== 'resource') {
      this.notes.push(`${called} has ${texts.length} values, which cannot be sent here; it was left out.`);
      return;
    }
    if (request === 'token' && /url|query/i.test(sendAs))
      this.notes.push(`${called} is sent in the token endpoint’s address; here it is sent in the body.`);
    const text = this.#withoutUser(name, resolve(texts.join(' '), this.#variables));
    if ((name === 'audience' || name === 'resource' || name === 'scope') && this.#fits(name, text)) return;
    (request === 'token' ? this.#token : this.#authorization).set(name, text);
  }

  /** Takes `[{ key or name, value, enabled, send_as }]`; those switched off are named. */
  parameterList(list: unknown, request: ParameterPlace['request']): void {
    for (const item of listOf(list).map(objectOf)) {
      const name = item['key'] ?? item['name'];
      if (typeof name !== 'string' || name.trim() === '') continue;
      const sendAs = item['send_as'] ?? item['sendIn'] ?? item['sendAs'] ?? item['placement'];
      if (isOff(item))
        this.notes.push(`The parameter “${name.slice(0, 60)}” is switched off; it was left out.`);
      else this.parameter(name, item['value'], { request, ...(typeof sendAs === 'string' && { sendAs }) });
    }
  }

  /** The profile, or why there is none. */
  finish(
    fallbackName: string,
    more: {
      readonly basicEncoding?: 'raw';
      readonly tokenDialect?: string;
      readonly registered?: boolean;
    } = {},
  ): Found {
    const parts = {
      ...Object.fromEntries(this.#parts),
      authorizationParameters: Object.fromEntries(this.#authorization) as ExtraParameters,
      tokenParameters: Object.fromEntries(this.#token) as ExtraParameters,
      notes: [...new Set(this.notes)],
      problems: this.problems,
      ...more,
    };
    return toImported(parts, fallbackName);
  }

  /** An address never shows a password: a profile holds none there. */
  #withoutUser(called: string, text: string): string {
    const plain = withoutUsers(text);
    if (plain !== text)
      this.notes.push(`The user name and password in the address of ${called.slice(0, 60)} were left out.`);
    return plain;
  }

  /** Whether the parameter became, or is already, the part. */
  #fits(part: 'audience' | 'resource' | 'scope', text: string): boolean {
    const before = this.#parts.get(part);
    if (before === undefined) this.#parts.set(part, text);
    return before === undefined || before === text;
  }

  #twice(part: PartName, called: string, before: string, after: string): void {
    // Two ways to say the same issuer are not two issuers.
    if (part === 'issuer' && (before.startsWith(after) || after.startsWith(before))) {
      if (after.includes('/realms/') && !before.includes('/realms/')) this.#parts.set(part, after);
      return;
    }
    const isSecret = part === 'clientSecret' || [before, after].some((one) => holdsSecret.test(one));
    const values = isSecret ? '' : `: “${before.slice(0, 100)}” and “${after.slice(0, 100)}”`;
    this.problems.push(`There are two values for ${called.slice(0, 60)}${values}. Neither was taken.`);
    this.#parts.delete(part);
  }
}
