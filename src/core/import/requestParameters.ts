import { variablePart } from './fields.ts';
import type { ParameterPlace } from './gathered.ts';
import { textsOf, type VariableList } from './imported.ts';
import { objectOf } from '../../shared/json.ts';

/** What is sent with the token request, as Go, OpenTelemetry, Prometheus, Grafana and Authlib call it; and with the authorization request. */
const objects = String.raw`(?:(endpoint|token(?:_?(?:url|endpoint|request))?|access_?token)|auth(?:orize|orization)?(?:_?url)?)_?(?:params|parameters)`;

const holder = new RegExp(`^${objects}$`, 'i');

/** A parameter of a client's request, as `parameterNames` calls it, with what stands before it. */
const named = new RegExp(String.raw`^(.{0,100}?)[._]?${objects}\.([\w.-]{1,60})$`, 'i');

/** The parameters of an object that holds them by their names: `EndpointParams.audience`; absent where it is none, or has one in parts. */
export function parameterNames(name: string, value: unknown): VariableList | undefined {
  if (!holder.test(name)) return undefined;
  const texts = Object.entries(objectOf(value)).map(
    ([key, one]) => [`${name}.${key}`, textsOf(one) ?? []] as const,
  );
  return texts.every(([, one]) => one.length === 1)
    ? texts.map(([key, [text = '']]) => [key, text])
    : undefined;
}

/** A parameter, and the client it is for. */
interface RequestParameter {
  readonly group: string;
  readonly name: string;
  readonly value: string;
  readonly request: ParameterPlace['request'];
}

/** The parameters among variables. */
export function parametersIn(list: VariableList): readonly RequestParameter[] {
  return list.flatMap(([variable, value]) => {
    const [, before, ofToken, name] = named.exec(variable) ?? [];
    if (before === undefined || name === undefined) return [];
    // As the client’s own variables are called.
    const group = variablePart(`${before}${before === '' ? '' : '.'}client_id`)?.group ?? '';
    return [{ group, name, value, request: ofToken === undefined ? 'authorization' : 'token' }];
  });
}

/** Whether a variable is a parameter of a request, and no part of a client, whatever it is called. */
export function isRequestParameter(variable: string): boolean {
  return named.test(variable);
}
