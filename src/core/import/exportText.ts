import { isSecretName } from '../secretNames.ts';
import type { Profile } from '../profile/profile.ts';
import { serializeProfile } from '../profile/serializeProfile.ts';
import { productLists } from '../productLists.ts';
import type { Json } from './imported.ts';

/** How an exported text begins, by which an import knows it. */
export const exportTitle = 'OAuth Explorer profiles';

/** Profiles as a settings file holds them; never a secret. */
export function exportJson(profiles: readonly Profile[]): string {
  return `${JSON.stringify({ 'oauthExplorer.profiles': profiles.map(openFields) }, undefined, 2)}\n`;
}

/** Profiles as lines for a chat or a ticket, in which no address is a link: nobody's program follows it, and none is opened by mistake. `importText` takes it back. */
export function exportPlainText(profiles: readonly Profile[]): string {
  const blocks = profiles.map((profile) =>
    Object.entries(openFields(profile))
      .map(([name, value]) => `${name}: ${withoutLinks(valueText(value))}`)
      .join('\n'),
  );
  return `${[exportTitle, ...blocks].join('\n\n')}\n`;
}

/** The entries of such lines. */
export function readPlainText(text: string): readonly Json[] {
  return text
    .split(/(?:\r?\n[ \t]*){2,}/)
    .slice(1)
    .map((block) =>
      Object.fromEntries(
        block.split(/\r?\n/).flatMap((line) => {
          const [, name, value = ''] = /^[ \t>]*(\w{1,60}): (.*)$/.exec(line) ?? [];
          return name === undefined ? [] : [[name, textValue(withLinks(value))] as const];
        }),
      ),
    )
    .filter((entry) => Object.keys(entry).length > 0);
}

/** The fields of a profile, and of what else an entry holds, what is not a secret by its name. */
function openFields(profile: Profile): Json {
  return Object.fromEntries(Object.entries(serializeProfile(profile)).filter(([name]) => staysOpen(name)));
}

const fields = new Set(productLists.fields.map(({ name }) => name));

/** Whether a name of an entry holds no secret: no field of a profile does, whatever it is called (`dpop`, `sentToken`). */
export function staysOpen(name: string): boolean {
  return fields.has(name) || !isSecretName(name);
}

/** A text as it is, where nothing else reads the same; all else as JSON. */
function valueText(value: unknown): string {
  if (typeof value !== 'string' || value !== value.trim() || /[\r\n\u2028\u2029]/.test(value))
    return jsonText(value);
  return textValue(value) === value ? value : jsonText(value);
}

/** JSON in one line for everybody who splits lines. */
function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u2028\u2029\u0085]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function textValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `https://a.example` is `https[://]a[.]example`; a bracket itself is `[[]`. */
function withoutLinks(text: string): string {
  return text.replace(/\[|:\/\/|@|(?<=[\p{L}\p{N}_-])\.(?=[\p{L}\p{N}_-])/gu, (found) => `[${found}]`);
}

function withLinks(text: string): string {
  return text.replace(/\[(\[|:\/\/|@|\.)\]/g, '$1');
}
