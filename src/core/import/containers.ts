import { listOf, textOf, textsOf, type Json, type VariableList } from './imported.ts';
import { objectOf } from '../../shared/json.ts';

/**
 * The environment of a service or a container: `- NAME=value` of Docker Compose, `{ name, value }` of Kubernetes, AWS,
 * Dapr, Bitwarden and Azure Pipelines, `{ key, value }` of Render, `{ Name, Value }` of AWS’s parameters, `{ label, value }` of 1Password. What is
 * taken from elsewhere is a placeholder.
 *
 * @see https://docs.docker.com/reference/compose-file/services/#environment
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export function environmentOf(object: Json): VariableList {
  const known = ['env', 'environment', 'variables', 'secrets', 'metadata', 'envVars', 'Parameters', 'fields'];
  // Lines of properties in a list, whatever it is called.
  const others = Object.keys(object).filter((key) => !known.includes(key) && isLines(object[key]));
  return [...known, ...others]
    .flatMap((key) => listOf(object[key]))
    .flatMap((item): VariableList => {
      if (typeof item === 'string') return [lineOf(item)];
      const {
        Name,
        label = Name,
        key = label,
        Value,
        value = Value,
        valueFrom,
        secretKeyRef,
        ...one
      } = objectOf(item);
      const name = label ?? one['name'] ?? key;
      if (typeof name !== 'string') return [];
      if (name === key && value === undefined) return [lineOf(name)];
      const [text = ''] = textsOf(value) ?? [];
      const isKept = Object.keys(objectOf(secretKeyRef)).length > 0;
      const from = textOf(valueFrom) ?? (isKept ? 'secretKeyRef' : Object.keys(objectOf(valueFrom))[0]);
      return [[name, from === undefined ? text : `\${from ${from.replace(/[{}]/g, ' ').slice(0, 60)}}`]];
    });
}

function isLines(value: unknown): boolean {
  const list = listOf(value);
  return list.length > 1 && list.every((one) => typeof one === 'string' && /^\w[\w.-]{2,99}=/.test(one));
}

function lineOf(line: string): readonly [string, string] {
  const equals = line.indexOf('=');
  // Without a value, it is that of the computer it runs on.
  return equals < 0
    ? [line, `\${value of ${line.slice(0, 60)}}`]
    : [line.slice(0, equals), line.slice(equals + 1)];
}

/** The arguments of a program: `--name=value`, or the one behind the other. */
export function argumentsOf({ args, command }: Json): VariableList {
  const all = [command, args].flatMap((list) => listOf(list).map((one) => textOf(one) ?? ''));
  return all.flatMap((word, at): VariableList => {
    const [, name, equals, value = ''] = /^--?([\w-]{1,80})(=)?(.{0,4000})$/s.exec(word) ?? [];
    if (name === undefined) return [];
    if (equals !== undefined) return [[name, value]];
    const next = all[at + 1] ?? '-';
    // As of `docker run -e NAME=value`.
    if (/^(?:e|env)$/.test(name) && next.includes('=')) return [lineOf(next)];
    return next.startsWith('-') ? [] : [[name, next]];
  });
}

/** The files a service takes more variables from. */
export function filesNamedBy({ env_file: file, envFrom }: Json): readonly string[] {
  const paths = [file].flat().flatMap((one) => textOf(one) ?? textOf(objectOf(one)['path']) ?? []);
  const references = listOf(envFrom).flatMap((one) => Object.values(objectOf(one)));
  return [...paths, ...references.flatMap((one) => textOf(objectOf(one)['name']) ?? [])];
}

/** The data of a Kubernetes Secret, decoded, and the names of what is not base64. @see https://kubernetes.io/docs/concepts/configuration/secret/ */
export function secretData({ kind, data, stringData }: Json): {
  readonly list: VariableList;
  readonly notBase64: readonly string[];
} {
  if (kind !== 'Secret') return { list: [], notBase64: [] };
  const sealed = Object.entries(objectOf(data)).map(
    ([name, value]) => [name, textOf(value)?.replace(/\s+/g, '') ?? ''] as const,
  );
  const isBase64 = (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  const open = Object.entries(objectOf(stringData)).flatMap(([name, value]) => {
    const [text] = textsOf(value) ?? [];
    return text === undefined ? [] : [[name, text] as const];
  });
  // What stands in both is that of `stringData`.
  const isOpen = new Set(open.map(([name]) => name));
  const opened = sealed
    .filter(([name, text]) => isBase64(text) && !isOpen.has(name))
    .map(([name, text]) => [name, Buffer.from(text, 'base64').toString('utf8')] as const);
  return {
    list: [...opened, ...open],
    notBase64: sealed.flatMap(([name, text]) => (isBase64(text) ? [] : [name])),
  };
}
