import { kindOf } from '../profile/problem.ts';
import type { Profile } from '../profile/profile.ts';
import { ToolError } from './toolError.ts';

/** Most characters of one argument. */
const longest = 100_000;

/** What a model gave a tool: names that the tool has, values not yet looked at. What is read is never repeated in an error. */
export class ToolInput {
  readonly #values: Readonly<Record<string, unknown>>;

  /** @throws ToolError for anything but an object with no other members than `names` */
  constructor(given: unknown, names: readonly string[]) {
    const value = given ?? {};
    if (typeof value !== 'object' || Array.isArray(value))
      throw new ToolError(`The arguments must be an object${listed(names)}.`);
    this.#values = value as Readonly<Record<string, unknown>>;
    if (Object.keys(value).some((name) => !names.includes(name)))
      throw new ToolError(
        `An argument is not known here. Give no other arguments than these${listed(names)}.`,
      );
  }

  /** A text without blanks around it; absent when it was not given or is empty. @throws ToolError */
  text(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw new ToolError(`${name} must be a text, not ${kindOf(value)}.`);
    if (value.length > longest)
      throw new ToolError(`${name} is longer than ${longest} characters. Shorten it.`);
    return value.trim() === '' ? undefined : value;
  }

  /** @throws ToolError */
  flag(name: string): boolean {
    const value = this.#values[name];
    if (value === undefined || value === null || typeof value === 'boolean') return value === true;
    throw new ToolError(`${name} must be true or false, not ${kindOf(value)}.`);
  }

  /** @throws ToolError for anything but a whole number from `least` to `most` */
  number(name: string, least: number, most: number): number | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new ToolError(`${name} must be a whole number from ${least} to ${most}.`);
  }

  /** At most 200 texts. @throws ToolError */
  texts(name: string): readonly string[] {
    const value = this.#values[name];
    if (value === undefined || value === null) return [];
    const texts: readonly unknown[] = Array.isArray(value) ? value : [];
    if (!Array.isArray(value) || texts.length > 200 || !texts.every((one) => typeof one === 'string'))
      throw new ToolError(`${name} must be a list of at most 200 texts.`);
    return texts;
  }

  /** At most 100 names with texts. @throws ToolError */
  pairs(name: string): readonly (readonly [name: string, value: string])[] {
    const value = this.#values[name];
    if (value === undefined || value === null) return [];
    const entries: readonly (readonly [string, unknown])[] =
      typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [['', undefined]];
    if (entries.length > 100) throw new ToolError(`${name} has more than 100 members. Leave some out.`);
    return entries.map(([key, text]) => {
      if (typeof text === 'string' && text.length <= longest) return [key, text];
      throw new ToolError(`${name} must be an object whose members are texts.`);
    });
  }

  /** The profile that the argument `profile` names, or the only one there is. @throws ToolError */
  profile(ports: { readonly profiles: () => readonly Profile[] }): Profile {
    const id = this.text('profile');
    const all = ports.profiles();
    const [only, ...others] = all;
    const found =
      id === undefined ? (others.length === 0 ? only : undefined) : all.find((one) => one.id === id);
    if (found !== undefined) return found;
    if (only === undefined)
      throw new ToolError(
        'There is no profile yet. Ask the user to add one with the command “OAuth Explorer: Add Profile”.',
      );
    throw new ToolError(
      `${id === undefined ? 'There are several profiles: say which with profile.' : 'No profile has the id that profile names.'} ` +
        'oauth_list_profiles lists the ids.',
    );
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? ' (none)' : `: ${names.join(', ')}`;
}
