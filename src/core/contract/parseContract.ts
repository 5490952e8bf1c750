import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { isTooDeep } from '../http/jsonDepth.ts';
import { checks } from '../checks/all.ts';
import { areas } from '../checks/check.ts';
import { kindOf, quoted } from '../profile/problem.ts';
import type { CheckPromise, Contract, ContractProblem, ProfileContract, Promised } from './contract.ts';

/** Most characters of a contract that is read. */
export const longestContract = 1024 * 1024;

/** The contract as far as it can be read, and what is wrong with the rest. */
export interface ParsedContract {
  readonly contract: Contract;
  readonly problems: readonly ContractProblem[];
}

/**
 * Reads the text of `oauth.checks.json`, with comments and trailing commas. Each promise by itself, so that a bad one never breaks
 * another; never throws.
 */
export function parseContract(text: string): ParsedContract {
  if (text.length > longestContract)
    return {
      contract: new Map(),
      problems: [{ line: 1, message: 'The file is too long to be a contract.' }],
    };
  try {
    return new ContractReader(text.replace(/^\ufeff/, '')).read();
  } catch (thrown) {
    // The parser goes down with the brackets.
    if (!(thrown instanceof RangeError)) throw thrown;
    return { contract: new Map(), problems: [{ line: 1, message: 'Its brackets are nested too deeply.' }] };
  }
}

const verdicts: readonly Promised[] = ['pass', 'weakness', 'fail'];
const profileMembers = ['checks', 'register'];
const promiseMembers = ['verdict', 'reason', 'until'];

class ContractReader {
  readonly #text: string;
  readonly #problems: ContractProblem[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): ParsedContract {
    const errors: ParseError[] = [];
    if (isTooDeep(this.#text)) {
      this.#problem(0, 'The file is nested too deeply.');
      return this.#result(new Map());
    }
    const root = parseTree(this.#text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (error !== undefined || root === undefined) {
      const words = error === undefined ? 'it is empty' : printParseErrorCode(error.error);
      this.#problem(error?.offset ?? 0, `The file is no JSON: ${words}.`);
      return this.#result(new Map());
    }
    const members = this.#members(root, 'The contract', ['$schema', 'profiles']);
    const profiles = members.get('profiles');
    if (profiles === undefined) {
      this.#problem(root.offset, 'profiles is missing: an object with a member for each profile.');
      return this.#result(new Map());
    }
    const contract = [...this.#members(profiles, 'profiles')].map(
      ([id, node]) => [id, this.#profile(node)] as const,
    );
    return this.#result(new Map(contract));
  }

  #result(contract: Contract): ParsedContract {
    return { contract, problems: this.#problems };
  }

  #profile(node: Node): ProfileContract {
    const members = this.#members(node, 'What is promised of a profile', profileMembers);
    const register = members.get('register');
    const listed = members.get('checks');
    const named = new Map<string, CheckPromise>();
    if (listed !== undefined)
      for (const [name, value] of this.#members(listed, 'checks')) {
        const promise = this.#isCheck(name, value) ? this.#promise(value) : undefined;
        if (promise !== undefined) named.set(name, promise);
      }
    const text = register === undefined ? undefined : this.#string(register, 'register');
    return { checks: named, ...(text === undefined ? {} : { register: text }) };
  }

  #isCheck(name: string, { offset }: Node): boolean {
    if (checks.some(({ id }) => id === name) || areas.some((area) => area === name)) return true;
    const near = checks.find(({ id }) => id.split('.')[1] === name.split('.')[1] || id.startsWith(name));
    const hint = near === undefined ? '' : ` Did you mean ${near.id}?`;
    this.#problem(offset, `There is no check ${quoted(name)}.${hint}`);
    return false;
  }

  #promise(node: Node): CheckPromise | undefined {
    if (node.type === 'string') return this.#verdict(node);
    const members = this.#members(node, 'A promise', promiseMembers);
    const given = members.get('verdict');
    if (given === undefined) {
      if (node.type === 'object') this.#problem(node.offset, 'verdict is missing: pass, weakness or fail.');
      return undefined;
    }
    const promise = this.#verdict(given, true);
    const [reason, until] = ['reason', 'until'].map((name) => {
      const member = members.get(name);
      return member && this.#string(member, name);
    });
    if (promise === undefined) return undefined;
    if (promise.verdict !== 'pass' && (reason ?? '').trim() === '') {
      this.#problem(node.offset, `An exception needs a reason: why is ${promise.verdict} put up with?`);
      return undefined;
    }
    if (until !== undefined && !isDay(until)) {
      this.#problem(node.offset, `until must be a day such as 2027-03-31, not ${quoted(until)}.`);
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
      const given = typeof node.value === 'string' ? quoted(node.value) : kindOf(node.value ?? {});
      this.#problem(node.offset, `A verdict is pass, weakness or fail, not ${given}.`);
      return undefined;
    }
    if (found === 'pass' || excused) return { verdict: found };
    this.#problem(
      node.offset,
      `An exception needs a reason: write { "verdict": "${found}", "reason": "…", "until": "…" }.`,
    );
    return undefined;
  }

  #string(node: Node, name: string): string | undefined {
    if (typeof node.value === 'string') return node.value;
    this.#problem(node.offset, `${name} must be a text, not ${kindOf(node.value ?? {})}.`);
    return undefined;
  }

  /** The members of an object; the last one of those that have the same name. */
  #members(node: Node, what: string, known?: readonly string[]): ReadonlyMap<string, Node> {
    const members = new Map<string, Node>();
    if (node.type !== 'object') this.#problem(node.offset, `${what} must be an object.`);
    for (const { offset, children: [name, value] = [] } of node.type === 'object'
      ? (node.children ?? [])
      : []) {
      const key = String(name?.value);
      if (known?.includes(key) === false) this.#problem(offset, `There is no member ${quoted(key)} here.`);
      else if (value !== undefined) members.set(key, value);
    }
    return members;
  }

  #problem(offset: number, message: string): void {
    this.#problems.push({ line: this.#text.slice(0, offset).split('\n').length, message });
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  return new Date(text).toISOString().startsWith(text);
}
