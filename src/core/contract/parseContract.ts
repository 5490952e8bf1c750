import type { Node } from 'jsonc-parser';
import { errorWords, jsonTree } from '../jsonTree.ts';
import { checks } from '../checks/all.ts';
import { apiChecks } from '../checks/apiChecks.ts';
import { allAreas, apiAreas, type CheckWords } from '../checks/check.ts';
import { nearNames } from '../profile/names.ts';
import { isWordy, kindOf, oneOf, quoted } from '../profile/problem.ts';
import {
  isServerKey,
  serverKey,
  tokenKinds,
  type CheckPromise,
  type Contract,
  type ContractPlace,
  type ContractPlaces,
  type ContractProblem,
  type ProfileContract,
  type Promised,
  type TokenKind,
} from './contract.ts';

/** Most characters of a contract that is read. */
export const longestContract = 1024 * 1024;

/** Most problems that are listed. */
const mostProblems = 200;

/** The contract as far as it can be read, and what is wrong with the rest. */
export interface ParsedContract {
  readonly contract: Contract;
  readonly problems: readonly ContractProblem[];
  readonly places: ContractPlaces;
  /** The URLs of its servers as they stand there; whole, with what is secret in them: never shown. */
  readonly addresses: readonly string[];
}

/**
 * Reads the text of `oauth.checks.json`, with comments and trailing commas. Each promise by itself, so that a bad one never breaks
 * another; never throws.
 */
export function parseContract(text: string): ParsedContract {
  if (text.length > longestContract) return unread('The file is too long to be a contract.');
  try {
    return new ContractReader(text.replace(/^\ufeff/, '')).read();
  } catch (thrown) {
    // The parser goes down with the brackets.
    if (!(thrown instanceof RangeError)) throw thrown;
    return unread('Its brackets are nested too deeply.');
  }
}

function unread(message: string): ParsedContract {
  const problem = { line: 1, place: { offset: 0, length: 1 }, message };
  return { contract: new Map(), problems: [problem], places: new Map(), addresses: [] };
}

const verdicts: readonly Promised[] = ['pass', 'weakness', 'fail'];
const profileMembers = ['checks', 'register', 'lifetimes', 'scopes'];
const promiseMembers = ['verdict', 'reason', 'until'];

class ContractReader {
  readonly #text: string;
  readonly #problems: ContractProblem[] = [];
  readonly #places = new Map<string, Map<string, ContractPlace>>();
  readonly #addresses: string[] = [];
  /** A line, from 1, and where it begins. */
  #counted = { at: 0, line: 1 };

  constructor(text: string) {
    this.#text = text;
  }

  read(): ParsedContract {
    const { root, error, tooDeep } = jsonTree(this.#text);
    if (tooDeep) {
      this.#problem({ offset: 0, length: 1 }, 'The file is nested too deeply.');
      return this.#result(new Map());
    }
    if (error !== undefined || root === undefined) {
      const words = error === undefined ? 'it is empty' : errorWords(error);
      this.#problem(
        { offset: error?.offset ?? 0, length: error?.length ?? 1 },
        `The file is not JSON: ${words}.`,
      );
      return this.#result(new Map());
    }
    const members = this.#members(root, 'The contract', ['$schema', 'profiles', 'servers']);
    const [profiles, servers] = [members.get('profiles'), members.get('servers')];
    if (profiles === undefined && servers === undefined) {
      this.#problem(
        { offset: root.offset, length: 1 },
        'profiles is missing: an object with a member for each profile.',
      );
      return this.#result(new Map());
    }
    return this.#result(
      new Map([
        ...[...this.#optional(profiles, 'profiles')].flatMap(([id, node]) => this.#profile(id, node)),
        ...[...this.#optional(servers, 'servers')].flatMap(([url, node]) => this.#server(url, node)),
      ]),
    );
  }

  #optional(node: Node | undefined, what: string): ReadonlyMap<string, Node> {
    return node === undefined ? new Map() : this.#members(node, what);
  }

  /** An MCP server that no profile stands for: of it only checks can be promised. */
  #server(url: string, node: Node): readonly (readonly [string, ProfileContract])[] {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      this.#problem(
        node.parent ?? node,
        `servers has members by the URL of an MCP server, such as https://mcp.example.com/mcp, not ${shown(url)}.`,
      );
      return [];
    }
    const key = serverKey(url);
    this.#addresses.push(url);
    const places = new Map([['', nameOf(node)]]);
    this.#places.set(key, places);
    const promised = this.#members(node, 'What is promised of a server', ['checks']).get('checks');
    const checked = this.#each(promised, 'checks', '', places, (name, value) =>
      this.#isCheck(name, value, true) ? this.#promise(value) : undefined,
    );
    return [[key, { checks: checked, lifetimes: new Map(), scopes: new Map() }]];
  }

  #result(contract: Contract): ParsedContract {
    return { contract, problems: this.#problems, places: this.#places, addresses: this.#addresses };
  }

  #profile(id: string, node: Node): readonly (readonly [string, ProfileContract])[] {
    if (isServerKey(id)) {
      this.#problem(
        node.parent ?? node,
        `profiles has members by the id of a profile, which has no “:”, not ${shown(id)}.`,
      );
      return [];
    }
    const places = new Map([['', nameOf(node)]]);
    this.#places.set(id, places);
    const members = this.#members(node, 'What is promised of a profile', profileMembers);
    const register = members.get('register');
    const text = register === undefined ? undefined : this.#string(register, 'register');
    if (register !== undefined) places.set('register', nameOf(register));
    const promised = {
      checks: this.#each(members.get('checks'), 'checks', '', places, (name, value) =>
        this.#isCheck(name, value) ? this.#promise(value) : undefined,
      ),
      lifetimes: this.#each(members.get('lifetimes'), 'lifetimes', 'lifetimes.', places, (name, value) =>
        this.#lifetime(name, value),
      ) as ReadonlyMap<TokenKind, number>,
      scopes: this.#each(members.get('scopes'), 'scopes', 'scopes.', places, (_, value) =>
        this.#claims(value),
      ),
      ...(text === undefined ? {} : { register: text }),
    };
    return [[id, promised]];
  }

  /** The members of an object as far as `read` makes something of them. */
  #each<Value>(
    node: Node | undefined,
    what: string,
    prefix: string,
    places: Map<string, ContractPlace>,
    read: (name: string, value: Node) => Value | undefined,
  ): ReadonlyMap<string, Value> {
    const found = new Map<string, Value>();
    for (const [name, value] of node === undefined ? [] : this.#members(node, what)) {
      const made = read(name, value);
      if (made === undefined) continue;
      found.set(name, made);
      places.set(`${prefix}${name}`, nameOf(value));
    }
    return found;
  }

  #lifetime(name: string, node: Node): number | undefined {
    if (!tokenKinds.some((kind) => kind === name)) {
      this.#problem(
        node.parent ?? node,
        `Lifetimes are promised of ${oneOf(tokenKinds)}, not of ${shown(name)}.`,
      );
      return undefined;
    }
    const seconds: unknown = node.value;
    if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0) return seconds;
    this.#problem(node, 'A lifetime is the most seconds that a token may live, such as 3600.');
    return undefined;
  }

  #claims(node: Node): readonly string[] | undefined {
    const names = node.type === 'array' ? (node.children ?? []).map(({ value }) => value as unknown) : [];
    if (names.length > 0 && names.every((name) => typeof name === 'string')) return names;
    this.#problem(node, 'A scope has the list of claims that it brings, such as ["email"].');
    return undefined;
  }

  /** @param ofServer whether only the checks of an API count */
  #isCheck(name: string, node: Node, ofServer = false): boolean {
    const known: readonly CheckWords[] = ofServer ? apiChecks : [...checks, ...apiChecks];
    const areas: readonly string[] = ofServer ? apiAreas : allAreas;
    if (known.some(({ id }) => id === name) || areas.includes(name)) return true;
    if (this.#isFull) return false;
    const ids = known.map(({ id }) => id);
    const last = name.split('.')[1];
    const near = ids.find((id) => id.split('.')[1] === last) ?? nearNames(name, [...ids, ...areas])[0];
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    this.#problem(node.parent ?? node, `There is no check ${shown(name)}.${hint}`);
    return false;
  }

  #promise(node: Node): CheckPromise | undefined {
    if (node.type === 'string') return this.#verdict(node);
    const members = this.#members(node, 'A promise', promiseMembers);
    const given = members.get('verdict');
    if (given === undefined) {
      if (node.type === 'object') this.#problem(node, 'verdict is missing: pass, weakness or fail.');
      return undefined;
    }
    const promise = this.#verdict(given, true);
    const [reason, until] = ['reason', 'until'].map((name) => {
      const member = members.get(name);
      return member && this.#string(member, name);
    });
    if (promise === undefined) return undefined;
    if (promise.verdict !== 'pass' && (reason ?? '').trim() === '') {
      this.#problem(node, `An exception needs a reason: why is ${promise.verdict} put up with?`);
      return undefined;
    }
    if (until !== undefined && !isDay(until)) {
      this.#problem(node, `until must be a day such as 2027-03-31, not ${shown(until)}.`);
      return undefined;
    }
    return {
      ...promise,
      ...(reason === undefined ? {} : { reason }),
      ...(until === undefined ? {} : { until }),
    };
  }

  #verdict(node: Node, excused = false): CheckPromise | undefined {
    const found = verdicts.find((verdict) => verdict === node.value);
    if (found === undefined) {
      const given = typeof node.value === 'string' ? shown(node.value) : kindOf(node.value ?? {});
      this.#problem(node, `A verdict is pass, weakness or fail, not ${given}.`);
      return undefined;
    }
    if (found === 'pass' || excused) return { verdict: found };
    this.#problem(
      node,
      `An exception needs a reason: write { "verdict": "${found}", "reason": "…", "until": "…" }.`,
    );
    return undefined;
  }

  #string(node: Node, name: string): string | undefined {
    if (typeof node.value === 'string') return node.value;
    this.#problem(node, `${name} must be a text, not ${kindOf(node.value ?? {})}.`);
    return undefined;
  }

  /** The members of an object; the last one of those that have the same name. */
  #members(node: Node, what: string, known?: readonly string[]): ReadonlyMap<string, Node> {
    const members = new Map<string, Node>();
    if (node.type !== 'object') this.#problem(node, `${what} must be an object.`);
    for (const { children: [name, value] = [] } of node.type === 'object' ? (node.children ?? []) : []) {
      const key = String(name?.value);
      if (known?.includes(key) === false)
        this.#problem(name ?? node, `There is no member ${shown(key)} here.`);
      else if (value !== undefined) members.set(key, value);
    }
    return members;
  }

  get #isFull(): boolean {
    return this.#problems.length > mostProblems;
  }

  /** Goes on from the last one: mostly they come in order. */
  #lineOf(offset: number): number {
    if (offset < this.#counted.at) this.#counted = { at: 0, line: 1 };
    let { at, line } = this.#counted;
    for (
      let end = this.#text.indexOf('\n', at);
      end >= 0 && end < offset;
      end = this.#text.indexOf('\n', at)
    ) {
      at = end + 1;
      line++;
    }
    this.#counted = { at, line };
    return line;
  }

  /** Of very many there is no use. */
  #problem({ offset, length }: ContractPlace, message: string): void {
    if (this.#isFull) return;
    const isLast = this.#problems.length === mostProblems;
    this.#problems.push({
      ...{ line: this.#lineOf(offset), place: { offset, length } },
      message: isLast ? 'There is more that cannot be read; it is not listed.' : message,
    });
  }
}

/** What stands in the file, where it looks like a name: what came there by mistake may be a secret, and messages end in logs. */
function shown(text: string): string {
  return isWordy(text) ? quoted(text) : 'this text';
}

/** Where the name of a value stands. */
function nameOf(value: Node): ContractPlace {
  const { offset, length } = value.parent?.children?.[0] ?? value;
  return { offset, length };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  return new Date(text).toISOString().startsWith(text);
}
