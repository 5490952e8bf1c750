import { longestEnvironment, longestVariable, mostVariables, variableNamePattern } from './environments.ts';
import { takesField, type Field, type ListFieldDeclaration, type ProfileLists } from './fields/field.ts';
import {
  longestItem,
  longestParameter,
  mostItems,
  ownParameters,
  parameterNamePattern,
} from './fields/readField.ts';
import { productLists } from '../productLists.ts';
import { linePattern, oneOf } from './problem.ts';
import { profileSnippets, type Say } from './snippets.ts';
import type { GrantTraits } from './traits.ts';
import { mayVary } from './variables.ts';

type Json = Readonly<Record<string, unknown>>;

/** A profile's JSON schema for the settings editor, with its texts under the keys that it refers to as `%key%`. */
export interface ProfileSchema {
  readonly items: Json;
  readonly texts: Readonly<Record<string, string>>;
}

/** Names that the settings editor itself marks as wrong; the parser knows more of them. */
const secrets = ['clientSecret', 'client_secret', 'password'];

/** Parameters that would contain a secret. */
const secretParameters = [
  'client_secret',
  'clientSecret',
  'client_assertion',
  'assertion',
  'password',
  'refresh_token',
  'access_token',
  'code',
  'code_verifier',
];

/** The schema of `oauthExplorer.environments`: per environment, values by the names of variables. */
export function environmentsSchema(): Json {
  const text = { type: 'string', minLength: 1, maxLength: longestVariable };
  const refused = { enum: secrets };
  return {
    type: 'object',
    maxProperties: mostVariables,
    propertyNames: { maxLength: longestEnvironment, pattern: written(linePattern) },
    additionalProperties: {
      type: 'object',
      maxProperties: mostVariables,
      propertyNames: { pattern: written(variableNamePattern), not: refused },
      additionalProperties: text,
    },
  };
}

/**
 * The schema of an entry of `oauthExplorer.profiles`; `npm run manifest` writes it into package.json.
 *
 * @param providers the ids of the known providers
 */
export function profileSchema(
  lists: ProfileLists = productLists,
  providers: readonly string[] = [],
): ProfileSchema {
  const texts = new Map<string, string>();
  const say: Say = (key, text) => {
    texts.set(`profile.${key}`, text);
    return `%profile.${key}%`;
  };
  const secret = {
    not: {},
    errorMessage: say(
      'secret',
      'A secret must not be in the settings. Remove it here and use the command “OAuth Explorer: Set Client Secret”; if this file was shared, change the secret.',
    ),
    doNotSuggest: true,
  };
  const offered: Readonly<Record<string, readonly string[]>> = { provider: providers.toSorted() };
  const items = {
    type: 'object',
    additionalProperties: false,
    required: lists.fields.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries([
      ...lists.fields.map((field) => [field.name, property(field, lists, say, offered[field.name])]),
      ...secrets.map((name) => [name, secret]),
    ]) as Json,
    allOf: rules(lists, say),
    defaultSnippets: profileSnippets(say),
  };
  return { items, texts: Object.fromEntries(texts) };
}

function property(
  field: Field,
  lists: ProfileLists,
  say: Say,
  examples: readonly unknown[] | undefined = field.examples,
): Json {
  const { name, patternText } = field;
  const pattern = patternText === undefined ? undefined : say(`${name}.pattern`, patternText);
  return {
    markdownDescription: say(name, description(field, lists)),
    ...shape(field, lists, say, pattern),
    ...(examples && { examples }),
  };
}

/** A field's description; the default client authentication depends on the grant. */
function description({ name, description: text }: Field, { grants, authentications }: ProfileLists): string {
  if (name !== 'clientAuthentication') return text;
  const defaults = authentications.flatMap(({ id }) => {
    const those = grants.filter(({ defaultAuthentication }) => defaultAuthentication === id);
    return those.length === 0 ? [] : [`\`${id}\` for ${those.map((one) => `\`${one.id}\``).join(', ')}`];
  });
  return `${text} Default: ${defaults.join('; ')}.`;
}

function shape(field: Field, lists: ProfileLists, say: Say, patternErrorMessage: string | undefined): Json {
  const message = patternErrorMessage === undefined ? {} : { patternErrorMessage };
  switch (field.kind) {
    case 'text':
    case 'url':
      return {
        type: 'string',
        maxLength: field.longest,
        ...(field.pattern
          ? { pattern: orVariable(field, field.pattern), ...message }
          : {
              pattern: written(linePattern),
              patternErrorMessage: say(
                'line',
                'One line of visible characters, with no space at either end.',
              ),
            }),
      };
    case 'choice': {
      const choices = field.choices(lists);
      return {
        type: 'string',
        enum: choices.map(({ value }) => value),
        markdownEnumDescriptions: choices.map((one) => say(`${field.name}.${one.value}`, one.description)),
      };
    }
    case 'list':
      return list(field, message);
    case 'pairs':
      return {
        type: 'object',
        maxProperties: mostItems,
        propertyNames: {
          pattern: written(parameterNamePattern),
          not: { enum: [...ownParameters.keys(), ...secretParameters] },
        },
        additionalProperties: { type: 'string', maxLength: longestParameter },
      };
    case 'flag':
      return { type: 'boolean', default: false };
    case 'number':
      return { type: 'integer', minimum: field.least, maximum: field.most };
    case 'json':
      return field.schema ?? { type: ['object', 'array'] };
  }
}

function list(field: ListFieldDeclaration, message: Json): Json {
  const { pattern, single } = field;
  const item = { type: 'string', maxLength: longestItem, pattern: orVariable(field, pattern), ...message };
  const whole = { type: 'array', maxItems: mostItems, uniqueItems: true, items: item };
  return single === 'item' ? { anyOf: [item, whole] } : whole;
}

/** Allows a variable in place of a value that fits the pattern; the parser checks what it resolves to. */
function orVariable(field: Field, pattern: RegExp): string {
  return mayVary(field) ? `${written(pattern)}|\\$\\{[\\w.-]+\\}` : written(pattern);
}

/** The source of a pattern for JSON schema, without escaped slashes. */
function written({ source }: RegExp): string {
  return source.replaceAll('\\/', '/');
}

/** The rules for an entry as a whole: what it must have, and what its grant does not have. */
function rules(lists: ProfileLists, say: Say): readonly Json[] {
  return [
    {
      anyOf: [{ required: ['id'] }, { required: ['name'] }],
      errorMessage: say('needsName', 'A profile needs an id or a name.'),
    },
    {
      anyOf: [{ required: ['issuer'] }, { required: ['tokenEndpoint'] }],
      errorMessage: say('needsServer', 'A profile needs an issuer or a tokenEndpoint.'),
    },
    ...lists.grants.map((grant) => ({
      if: { properties: { grant: { const: grant.id } }, required: ['grant'] },
      then: {
        ...(grant.needs.length > 0 && { allOf: needed(grant, lists, say) }),
        ...(grant.needsOneOf && {
          oneOf: grant.needsOneOf.map((name) => ({
            required: [name],
            properties: { [name]: { not: { const: false } } },
          })),
          errorMessage: say(
            `oneOf.${grant.id}`,
            `${grant.id} needs exactly one of ${grant.needsOneOf.join(', ')}.`,
          ),
        }),
        properties: refused(grant, lists, say),
      },
    })),
  ];
}

function needed({ id, needs }: GrantTraits, { fields }: ProfileLists, say: Say): readonly Json[] {
  return needs.map((name) => {
    const published = fields.some((field) => field.name === name && 'metadata' in field);
    return {
      anyOf: [...(published ? [{ required: ['issuer'] }] : []), { required: [name] }],
      errorMessage: say(
        `${name}.needed.${id}`,
        published ? `Without an issuer, ${id} needs ${name}.` : `${id} needs ${name}.`,
      ),
    };
  });
}

function refused(grant: GrantTraits, { grants, authentications, fields }: ProfileLists, say: Say): Json {
  const unused = fields.filter((field) => !takesField(grant, field));
  const only = (field: Field) => grants.filter((one) => takesField(one, field)).map(({ id }) => id);
  const [proving, open] = [true, false].map((proves) =>
    authentications.filter((one) => one.proves === proves).map(({ id }) => id),
  );
  const authentication = () => ({
    not: { enum: open },
    errorMessage: say(
      `clientAuthentication.needed.${grant.id}`,
      `${grant.id} needs ${oneOf(proving ?? [])}: only a client that proves itself gets a token for itself.`,
    ),
  });
  return {
    ...(grant.provesItself && { clientAuthentication: authentication() }),
    ...Object.fromEntries(
      unused.map((field) => [
        field.name,
        {
          not: {},
          errorMessage: say(`${field.name}.only`, `This field is only for ${oneOf(only(field))}.`),
        },
      ]),
    ),
  };
}
