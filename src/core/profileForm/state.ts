import type { ProfileFormIntent } from '../../shared/views/profileForm.ts';
import { providerOf, type Catalogue } from '../diagnose/catalogue.ts';
import type { Provider } from '../diagnose/provider.ts';
import type { Variables } from '../profile/environments.ts';
import type { ProfileLists } from '../profile/fields/field.ts';
import { productLists } from '../productLists.ts';
import type { Profile } from '../profile/profile.ts';
import { answersOf, hasAddresses, knownDefaults } from './answers.ts';
import { draftOf, newDraft, isThere, type ProfileDraft } from './draft.ts';
import type { ServerFacts } from './serverFacts.ts';

/** Which settings a profile is saved to. */
export type SaveTarget = 'user' | 'workspace';

/** What the form is opened with: the world around the one profile. */
export interface ProfileFormContext {
  readonly catalogue: Catalogue;
  /** What profiles are made of; the product's unless given. */
  readonly lists?: ProfileLists;
  /** Ids of all profiles. */
  readonly takenIds: readonly string[];
  /** Why nothing can be saved to workspace settings; absent when it can. */
  readonly workspaceUnavailable?: string;
  /** The editor the form is in. */
  readonly editor?: EditorFacts;
  /** What variables in its fields stand for. */
  readonly variables?: Variables;
}

/** What a redirect URI has to do with the editor. */
export interface EditorFacts {
  /** The scheme of addresses that it takes, such as `vscode` or `cursor`. */
  readonly scheme: string;
  /** Whether extensions run on another machine than the browser. */
  readonly remote: boolean;
}

/** What the form's profile is made of. */
export function listsOf({ context }: Pick<ProfileFormState, 'context'>): ProfileLists {
  return context.lists ?? productLists;
}

type DiscoveryState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly issuer: string }
  | { readonly kind: 'found'; readonly facts: ServerFacts }
  | {
      readonly kind: 'failed';
      readonly text: string;
      readonly advice: string;
      readonly certificate: boolean;
      /** What the server calls itself, where that is not the issuer. */
      readonly received?: string;
      /** Endpoints of a document of another issuer, by the names of their fields. */
      readonly endpoints?: Readonly<Record<string, string>>;
    };

type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly draft: ProfileDraft }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly text: string };

/** What the settings have of a profile: it, an entry that cannot be read, or nothing any more. */
export type SettingsEntry =
  | { readonly kind: 'profile'; readonly profile: Profile; readonly target: SaveTarget }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'removed' };

/** What is known of the secret: never what it is. */
interface SecretState {
  /** What the vault said, and of which address (`secretAddress`). */
  readonly stored: { readonly address: string; readonly present: boolean } | null;
  /** The origin a secret was typed for that waits in the host's memory for the profile to be saved. */
  readonly typedFor: string | null;
}

/** The whole state of the profile editor, held by the host. */
export interface ProfileFormState {
  readonly context: ProfileFormContext;
  /** The profile being edited; absent for a new one. */
  readonly original?: Profile;
  readonly draft: ProfileDraft;
  /** The draft as it was opened or last saved. */
  readonly saved: ProfileDraft;
  /** A draft that was closed unsaved and can be taken up again. */
  readonly abandoned: ProfileDraft | null;
  /** `null`: still to be chosen. */
  readonly provider: Provider | null;
  /** Issuer and endpoints are shown although they follow from the answers. */
  readonly addressesByHand: boolean;
  /** The client authentication was chosen and is no longer derived from metadata. */
  readonly authenticationChosen: boolean;
  /** The issuer that was made of the address of its discovery document. */
  readonly issuerTaken: string | null;
  readonly target: SaveTarget;
  /** What the settings have now, where that is not what the form began with; `null` where it is. */
  readonly outside: SettingsEntry | null;
  readonly discovery: DiscoveryState;
  readonly secret: SecretState;
  /** Fields the user has been in: from then on it is said when they are empty. */
  readonly left: readonly string[];
  /** Saving was tried: everything that is missing is said. */
  readonly submitted: boolean;
  readonly save: SaveState;
  /** The field to go to, until the user does something. */
  readonly focus: string | null;
  readonly seen: number;
}

/** What the host tells the form. */
export type ProfileFormHostEvent =
  | { readonly type: 'discovering'; readonly issuer: string }
  | { readonly type: 'discovered'; readonly issuer: string; readonly facts: ServerFacts }
  | {
      readonly type: 'discoveryFailed';
      readonly issuer: string;
      readonly text: string;
      readonly advice: string;
      readonly certificate: boolean;
      readonly received?: string;
      readonly endpoints?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'secretLookedUp'; readonly address: string; readonly present: boolean }
  | { readonly type: 'secretKept'; readonly address: string }
  | { readonly type: 'settingsChanged'; readonly entry: SettingsEntry }
  | { readonly type: 'secretTyped'; readonly origin: string }
  | { readonly type: 'portChosen'; readonly port: number }
  | { readonly type: 'certificateTrusted'; readonly fingerprint: string }
  | { readonly type: 'contextChanged'; readonly context: ProfileFormContext }
  | { readonly type: 'focus'; readonly field: string }
  | { readonly type: 'saving' }
  | { readonly type: 'savedAs'; readonly profile: Profile }
  | { readonly type: 'saveFailed'; readonly text: string };

export type ProfileFormEvent = ProfileFormIntent | ProfileFormHostEvent;

/** The form for a new profile (which begins with the choice of a provider) or for an existing one. */
export function openForm(
  context: ProfileFormContext,
  existing?: { readonly profile: Profile; readonly target: SaveTarget },
  abandoned: ProfileDraft | null = null,
): ProfileFormState {
  const common = {
    context,
    abandoned,
    outside: null,
    issuerTaken: null,
    discovery: { kind: 'idle' },
    secret: { stored: null, typedFor: null },
    left: [],
    submitted: false,
    save: { kind: 'idle' },
    focus: null,
    seen: 0,
  } as const;
  if (existing === undefined) {
    const draft = newDraft(context.lists);
    return {
      ...common,
      draft,
      saved: draft,
      provider: null,
      addressesByHand: false,
      authenticationChosen: false,
      target: 'user',
    };
  }
  const opened = takeUp(context, draftOf(existing.profile, context.lists));
  const { profile, target } = existing;
  return { ...common, ...opened, saved: opened.draft, original: profile, target };
}

/** What follows from a draft that was there before: its provider, and the answers it was made from. */
export function takeUp(
  context: ProfileFormContext,
  draft: ProfileDraft,
): Pick<ProfileFormState, 'draft' | 'provider' | 'addressesByHand' | 'authenticationChosen'> {
  const provider = providerOf(context.catalogue, draft.provider);
  const answers = answersOf(provider, draft, context.lists);
  return {
    draft: answers === undefined ? draft : withDerived(provider, { ...draft, answers }, listsOf({ context })),
    provider,
    addressesByHand: answers === undefined || !hasAddresses(provider),
    authenticationChosen: true,
  };
}

/** A profile keeps no endpoint that its grant does not take; it is there again should its grant be changed. */
function withDerived(provider: Provider, draft: ProfileDraft, lists: ProfileLists): ProfileDraft {
  const known = new Map(Object.entries(knownDefaults(provider, draft.grant, draft.answers) ?? {}));
  const left = lists.fields.filter((field) => 'metadata' in field && !isThere(field, draft, lists));
  return { ...draft, ...Object.fromEntries(left.map(({ name }) => [name, known.get(name) ?? null])) };
}
