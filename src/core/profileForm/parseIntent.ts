import type {
  ProfileFormAction,
  ProfileFormEdit,
  ProfileFormIntent,
} from '../../shared/views/profileForm.ts';
import type { Field, ProfileLists } from '../profile/fields/field.ts';
import { productLists } from '../productLists.ts';
import { isObject } from '../../shared/json.ts';

const plain = [
  'changeProvider',
  'editEndpoints',
  'useEndpoints',
  'discover',
  'cancelDiscovery',
  'trustCertificate',
  'fixPort',
  'copyRedirectUri',
  'setSecret',
  'openLink',
  'restore',
  'reload',
  'forget',
  'save',
  'saveAndGetToken',
] as const;

/** Longest text taken from one field, in characters; a paste of a scope list is well below. */
const longestText = 16_384;

/** What a webview sent as an intent of this form; `undefined` for anything else, since a webview is not trusted. */
export function parseIntent(value: unknown, lists = productLists): ProfileFormIntent | undefined {
  if (!isObject(value)) return undefined;
  const read = new Reader(value);
  return 'edit' in value ? parseEdit(read, lists) : parseAction(read);
}

function parseAction(read: Reader): ProfileFormAction | undefined {
  const type = read.text('type');
  if (type === 'provider') return whole({ type, id: read.text('id') });
  if (type === 'left') return whole({ type, field: read.text('field') });
  const known = plain.find((one) => one === type);
  return known && { type: known };
}

function parseEdit(read: Reader, lists: ProfileLists): ProfileFormEdit | undefined {
  const edit = read.number('edit');
  const type = read.text('type');
  const value = read.text('value');
  const field = read.oneOf('field', fieldsOf(type, lists));
  switch (type) {
    case 'text':
      return whole({ edit, type, field, value });
    case 'ask':
      return whole({ edit, type, name: read.text('name'), value });
    case 'choose':
      return whole({ edit, type, field, value });
    case 'flag':
      return whole({ edit, type, field, value: read.flag('value') });
    case 'add':
      return whole({ edit, type, field, text: read.text('text') });
    case 'remove':
      return whole({ edit, type, field, index: read.number('index') });
    case 'pair': {
      const row = {
        index: read.number('index'),
        part: read.oneOf('part', ['name', 'value'] as const),
        value,
      };
      return whole({ edit, type, field, ...row });
    }
    case 'removePair':
      return whole({ edit, type, field, index: read.number('index') });
    default:
      return undefined;
  }
}

const edited: Readonly<Record<string, readonly Field['kind'][]>> = {
  text: ['text', 'url', 'number', 'json'],
  choose: ['choice'],
  flag: ['flag'],
  add: ['list'],
  remove: ['list'],
  pair: ['pairs'],
  removePair: ['pairs'],
};

/** The fields that an edit of this type may change. */
function fieldsOf(type: string | undefined, { fields }: ProfileLists): readonly string[] {
  const names = fields
    .filter(({ kind, form }) => form !== undefined && edited[type ?? '']?.includes(kind))
    .map(({ name }) => name);
  // Which dialects there are the catalogue says, and the target is none of the profile's own.
  return type === 'choose' ? [...names, 'tokenDialect', 'target'] : names;
}

/** Reads members of the expected kind; what is of another kind is absent. */
class Reader {
  readonly #value: Readonly<Record<string, unknown>>;

  constructor(value: Readonly<Record<string, unknown>>) {
    this.#value = value;
  }

  text(name: string): string | undefined {
    const value = this.#value[name];
    return typeof value === 'string' ? value.slice(0, longestText) : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#value[name];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#value[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    return values.find((one) => one === this.#value[name]);
  }
}

type Whole<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

function whole<T extends object>(parts: T): Whole<T> | undefined {
  return Object.values(parts).includes(undefined) ? undefined : (parts as Whole<T>);
}
