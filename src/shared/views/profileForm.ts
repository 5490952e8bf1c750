import type { IntentOf } from '../intents.ts';
/** What is said beside a field; a problem keeps the profile from being saved, a warning does not. */
export interface FieldTexts {
  readonly problem?: string;
  readonly warning?: string;
  readonly note?: string;
}

/** What one press puts into a field in the place of what is typed. */
export interface TextFix {
  readonly label: string;
  readonly value: string;
}

export interface TextField extends FieldTexts {
  readonly value: string;
  readonly placeholder?: string;
  readonly fix?: TextFix;
  readonly readonly?: boolean;
}

export interface Choice extends Pick<FieldTexts, 'warning'> {
  readonly value: string;
  readonly label: string;
  /** One sentence. */
  readonly description: string;
  /** Why it cannot be chosen now. */
  readonly disabled?: string;
}

export interface ChoiceField extends FieldTexts {
  readonly value: string;
  readonly choices: readonly Choice[];
}

export interface ListItem {
  readonly value: string;
  readonly problem?: string;
  readonly warning?: string;
}

export interface Suggestion {
  readonly value: string;
  /** What it is good for, a few words. */
  readonly description?: string;
}

export interface ListField extends FieldTexts {
  readonly items: readonly ListItem[];
  readonly suggestions: readonly Suggestion[];
}

export interface PairRow {
  readonly name: string;
  readonly value: string;
  readonly problem?: string;
}

export interface PairsField extends FieldTexts {
  readonly rows: readonly PairRow[];
}

/** A field as it is drawn: its name in intents, its words, and what its kind holds. */
export type FormField = { readonly name: string; readonly label: string } & (
  | ({ readonly kind: 'text' } & TextField)
  /** Several lines, such as JSON. */
  | ({ readonly kind: 'lines' } & TextField)
  | ({ readonly kind: 'choice' } & ChoiceField)
  | ({
      readonly kind: 'list';
      /** What one item is called. */
      readonly noun: string;
      readonly placeholder: string;
      /** What ends an item while it is typed: blanks, or commas too. */
      readonly separators: 'blanks' | 'commas';
    } & ListField)
  | ({ readonly kind: 'pairs' } & PairsField)
  | ({ readonly kind: 'flag'; readonly value: boolean } & FieldTexts)
);

/** The parts of the form, in the order they are drawn. */
export const formSections = [
  'profile',
  'server',
  'client',
  'redirect',
  'access',
  'extra',
  'advanced',
] as const;

export type FormSection = (typeof formSections)[number];

/** What a provider needs to know before the rest can be filled in, such as its tenant. */
export interface AskField extends TextField {
  readonly name: string;
  readonly label: string;
}

export interface ProviderChoice {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** The state of looking up the server's metadata, shown below the issuer. */
export type DiscoveryModel =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly text: string }
  | { readonly kind: 'found'; readonly text: string; readonly facts: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly text: string;
      readonly advice: string;
      /** The server's own certificate may be looked at and trusted. */
      readonly certificate?: boolean;
      /** The endpoints of the document may be typed in the place of its issuer. */
      readonly endpoints?: boolean;
    };

/** Where the client's secret is, never what it is. */
export interface SecretModel {
  readonly kind: 'stored' | 'typed' | 'none' | 'not_needed' | 'unknown';
  readonly text: string;
  readonly action: string;
  /** What it is, where it is not a client secret. */
  readonly noun?: string;
}

/** Which redirect URI to register at the server, and what this server does with ports. */
export interface RedirectModel {
  /** Exactly the string to register; absent where the server would refuse it. */
  readonly register?: string;
  readonly advice: readonly string[];
  /** A fixed port can be chosen with one click. */
  readonly fixPort?: string;
}

export interface SaveModel {
  readonly label: string;
  readonly enabled: boolean;
  /** Why not, or what happens next. */
  readonly text: string;
  readonly tone: 'quiet' | 'problem' | 'good';
}

/** A part that is closed until it is asked for, or until something in it has a problem. */
export interface FoldedPart {
  /** How many of its settings are not as they are by default. */
  readonly changed: number;
  readonly problem: boolean;
}

/** The profile editor as it is drawn; everything in it is text, none of it secret. */
export interface ProfileFormModel {
  readonly heading: string;
  /** The number of the last edit this model takes into account (`ProfileFormEdit.edit`). */
  readonly seen: number;
  /** The field to put the focus into. */
  readonly focus?: string;
  /** A form that was closed with unsaved changes can be taken up again. */
  readonly restore?: string;
  /** The settings are no longer what the form began with. */
  readonly outside?: {
    readonly text: string;
    /** What they have can be taken up, in place of what was typed. */
    readonly reload: boolean;
  };
  /** To choose from; with it there is no form yet. */
  readonly providers?: readonly ProviderChoice[];
  readonly form?: ProfileFormFields;
}

export interface ProfileFormFields {
  /** `link` is the title of the provider's own documentation. */
  readonly provider: { readonly name: string; readonly text: string; readonly link?: string };
  /** What is worth knowing of this provider with this grant, and what it cannot do: one sentence each. */
  readonly advice: readonly string[];
  /** A known provider that the addresses look like, and what choosing it would do. */
  readonly looksLike?: { readonly id: string; readonly text: string; readonly action: string };
  readonly asks: readonly AskField[];
  /** Whether issuer and endpoints are asked for, or follow from the answers above. */
  readonly endpoints: 'asked' | 'derived';
  /** The fields that the grant and the client authentication take, in order. */
  readonly fields: Readonly<Record<FormSection, readonly FormField[]>>;
  /** Which settings it is saved to. */
  readonly target: ChoiceField;
  readonly discovery: DiscoveryModel;
  readonly secret: SecretModel;
  /** Only for a grant that goes through the browser. */
  readonly redirect?: RedirectModel;
  /** The part with parameters of one's own. */
  readonly extra: FoldedPart;
  /** The part with what hardly anyone needs. */
  readonly advanced: FoldedPart;
  readonly save: SaveModel;
}

/** Every change of a field's value; `edit` counts them, so that an older model never overwrites newer typing. */
export const formEdits = {
  text: { edit: 'count', field: 'text', value: 'text' },
  ask: { edit: 'count', name: 'text', value: 'text' },
  choose: { edit: 'count', field: 'text', value: 'text' },
  flag: { edit: 'count', field: 'text', value: 'flag' },
  add: { edit: 'count', field: 'text', text: 'text' },
  remove: { edit: 'count', field: 'text', index: 'count' },
  /** `index` is the row; one past the last adds a row. */
  pair: { edit: 'count', field: 'text', index: 'count', part: ['name', 'value'], value: 'text' },
  removePair: { edit: 'count', field: 'text', index: 'count' },
} as const;
export type ProfileFormEdit = IntentOf<typeof formEdits>;

/** What the user wants besides changing a value. */
export const formActions = {
  provider: { id: 'text' },
  changeProvider: {},
  editEndpoints: {},
  useEndpoints: {},
  left: { field: 'text' },
  discover: {},
  cancelDiscovery: {},
  trustCertificate: {},
  fixPort: {},
  copyRedirectUri: {},
  setSecret: {},
  openLink: {},
  restore: {},
  reload: {},
  forget: {},
  save: {},
  saveAndGetToken: {},
} as const;
export type ProfileFormAction = IntentOf<typeof formActions>;

export type ProfileFormIntent = ProfileFormEdit | ProfileFormAction;
