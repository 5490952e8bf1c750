import type { ProfileFormEdit } from '../../shared/views/profileForm.ts';
import { providerOf } from '../diagnose/catalogue.ts';
import { questionsFor } from '../diagnose/profileDefaults.ts';
import type { Provider } from '../diagnose/provider.ts';
import { issuerOfDocument } from '../profile/issuerOfDocument.ts';
import type { Profile } from '../profile/profile.ts';
import { hasAddresses } from './answers.ts';
import { newDraft, type ProfileDraft } from './draft.ts';
import { editDraft } from './editDraft.ts';
import type { ServerFacts } from './serverFacts.ts';
import { followSettings, reloaded } from './followSettings.ts';
import { inEffect } from './inEffect.ts';
import { keptFor, startFrom } from './providerDefaults.ts';
import { secretOriginOf } from './secretAddress.ts';
import {
  listsOf,
  takeUp,
  type ProfileFormContext,
  type ProfileFormEvent,
  type ProfileFormHostEvent,
  type ProfileFormState,
} from './state.ts';

/** The form after `event`; pure: what has to be done outside (requests, saving, asking) is the host's. */
export function reduceProfileForm(state: ProfileFormState, event: ProfileFormEvent): ProfileFormState {
  if ('edit' in event) return edited(state, event);
  switch (event.type) {
    case 'provider':
      return choseProvider(state, event.id);
    case 'changeProvider':
      return { ...state, provider: null, focus: null };
    case 'editEndpoints':
      return { ...state, addressesByHand: true };
    case 'useEndpoints':
      return withEndpoints(state);
    case 'left':
      return state.left.includes(event.field)
        ? state
        : { ...state, left: [...state.left, event.field], focus: null };
    case 'restore':
      return restored(state);
    case 'reload':
      return state.outside?.kind === 'profile' ? reloaded(state, state.outside) : state;
    case 'forget':
      return { ...state, abandoned: null };
    case 'cancelDiscovery':
      return { ...state, discovery: { kind: 'idle' } };
    case 'save':
    case 'saveAndGetToken':
      return { ...state, submitted: true };
    case 'discover':
    case 'trustCertificate':
    case 'fixPort':
    case 'copyRedirectUri':
    case 'setSecret':
    case 'openLink':
      return state;
    default:
      return told(state, event);
  }
}

function edited(state: ProfileFormState, edit: ProfileFormEdit): ProfileFormState {
  const seen = Math.max(state.seen, edit.edit);
  if (edit.type === 'choose' && edit.field === 'target')
    return { ...state, seen, target: edit.value === 'workspace' ? 'workspace' : 'user' };
  const typed = editDraft(state.draft, edit, providerInUse(state), listsOf(state));
  const taken = edit.type === 'text' && edit.field === 'issuer' ? issuerOfDocument(typed.issuer) : undefined;
  const draft = taken === undefined ? typed : { ...typed, issuer: taken };
  const { issuer, trustedCertificate } = state.draft;
  const sameServer = draft.issuer === issuer && draft.trustedCertificate === trustedCertificate;
  return {
    ...state,
    seen,
    draft,
    issuerTaken: taken ?? state.issuerTaken,
    focus: null,
    authenticationChosen:
      state.authenticationChosen || (edit.type === 'choose' && edit.field === 'clientAuthentication'),
    discovery: sameServer ? state.discovery : { kind: 'idle' },
    save: state.save.kind === 'saving' ? state.save : { kind: 'idle' },
  };
}

/** The endpoints of the document that was found, typed in the place of the issuer. */
function withEndpoints(state: ProfileFormState): ProfileFormState {
  const endpoints = state.discovery.kind === 'failed' ? state.discovery.endpoints : undefined;
  if (endpoints === undefined) return state;
  const draft = { ...state.draft, ...endpoints, issuer: '' };
  return { ...state, draft, addressesByHand: true, discovery: { kind: 'idle' } };
}

/** Begins where one has to type first: the tile that had the focus is gone. */
function begun(state: ProfileFormState, provider: Provider): ProfileFormState {
  const { addressesByHand, draft } = state;
  const [question] = addressesByHand ? [] : questionsFor(provider, draft.grant);
  const field = addressesByHand ? 'issuer' : 'clientId';
  return { ...state, provider, focus: question === undefined ? field : `answer.${question.name}` };
}

function providerInUse({ provider, context, draft }: ProfileFormState): Provider {
  return provider ?? providerOf(context.catalogue, draft.provider);
}

/** Choosing the same provider again only closes the choice; addresses that fit the new one are kept. */
function choseProvider(state: ProfileFormState, id: string): ProfileFormState {
  const provider = state.context.catalogue.find((known) => known.id === id);
  if (provider === undefined) return state;
  const lists = listsOf(state);
  const started = state.original !== undefined || state.draft !== state.saved;
  if (started && provider.id === providerInUse(state).id) return begun(state, provider);
  const kept = started ? keptFor(provider, state.draft, lists) : undefined;
  const chosen: ProfileFormState = {
    ...state,
    draft: kept?.draft ?? startFrom(provider, state.draft, lists),
    saved: state.original ? state.saved : startFrom(provider, newDraft(lists), lists),
    addressesByHand: kept?.byHand ?? !hasAddresses(provider),
    authenticationChosen: kept !== undefined && state.authenticationChosen,
    discovery: kept ? state.discovery : { kind: 'idle' },
    save: { kind: 'idle' },
  };
  return begun(chosen, provider);
}

function restored(state: ProfileFormState): ProfileFormState {
  if (state.abandoned === null) return state;
  const { context, abandoned } = state;
  return { ...state, ...takeUp(context, abandoned), abandoned: null, discovery: { kind: 'idle' } };
}

function told(state: ProfileFormState, event: ProfileFormHostEvent): ProfileFormState {
  switch (event.type) {
    case 'discovering':
      return { ...state, discovery: { kind: 'running', issuer: event.issuer } };
    case 'discovered':
    case 'discoveryFailed':
      return looked(state, event);
    case 'secretLookedUp':
      return { ...state, secret: { ...state.secret, stored: event } };
    case 'secretKept': {
      const { address } = event;
      return { ...state, secret: { stored: { address, present: true }, typedFor: null } };
    }
    case 'settingsChanged':
      return followSettings(state, event.entry);
    case 'secretTyped':
      return { ...state, secret: { ...state.secret, typedFor: event.origin } };
    case 'portChosen':
      return {
        ...state,
        draft: { ...state.draft, redirectUri: withPort(state.draft.redirectUri, event.port) },
      };
    case 'certificateTrusted':
      return { ...state, draft: { ...state.draft, trustedCertificate: event.fingerprint } };
    case 'contextChanged':
      // While a profile is being saved its own id is among the taken ones for a moment.
      return state.save.kind === 'saving' ? state : inContext(state, event.context);
    case 'focus':
      return { ...state, focus: event.field };
    case 'saving':
      return { ...state, save: { kind: 'saving', draft: state.draft } };
    case 'savedAs':
      return savedAs(state, event.profile);
    case 'saveFailed':
      return { ...state, save: { kind: 'failed', text: event.text } };
  }
}

/** An answer that arrives after the issuer was changed is not this form's any more. */
function looked(
  state: ProfileFormState,
  event: Extract<ProfileFormHostEvent, { type: 'discovered' | 'discoveryFailed' }>,
): ProfileFormState {
  if (state.discovery.kind !== 'running' || state.discovery.issuer !== event.issuer) return state;
  if (event.type === 'discoveryFailed') {
    const { type: _, issuer: __, ...failed } = event;
    return { ...state, discovery: { kind: 'failed', ...failed } };
  }
  const draft = state.authenticationChosen ? state.draft : followMetadata(state, event.facts);
  return { ...state, draft: named(state, draft), discovery: { kind: 'found', facts: event.facts } };
}

/** In another environment it is another server: what was learnt of the one before, and typed for it, is not its own. */
function inContext(state: ProfileFormState, context: ProfileFormContext): ProfileFormState {
  const same = context.variables?.environment === state.context.variables?.environment;
  if (same || inEffect(state).written.size === 0) return { ...state, context };
  return { ...state, context, discovery: { kind: 'idle' }, secret: { stored: null, typedFor: null } };
}

/** A new profile without a name is called after its server, so that nothing has to be typed for it. */
function named({ original }: ProfileFormState, draft: ProfileDraft): ProfileDraft {
  if (original !== undefined || draft.name.trim() !== '') return draft;
  if (draft.issuer.includes('${') || !URL.canParse(draft.issuer)) return draft;
  return { ...draft, name: new URL(draft.issuer).host };
}

/** The draft with a client authentication that the server says it supports, where it says so at all. */
function followMetadata(
  state: ProfileFormState,
  { authenticationMethods: supported }: ServerFacts,
): ProfileDraft {
  const { draft } = state;
  if (supported === undefined || supported.includes(draft.clientAuthentication)) return draft;
  const method = listsOf(state).authentications.find(({ id }) => supported.includes(id));
  return method === undefined ? draft : { ...draft, clientAuthentication: method.id };
}

/** What was typed while it was being saved stays, and is not saved yet. */
function savedAs(state: ProfileFormState, profile: Profile): ProfileFormState {
  const saved = state.save.kind === 'saving' ? state.save.draft : state.draft;
  const { typedFor } = state.secret;
  return {
    ...state,
    original: profile,
    abandoned: null,
    outside: null,
    saved,
    // One that was typed for this server is kept next.
    secret: typedFor === secretOriginOf(state, saved) ? state.secret : { ...state.secret, typedFor: null },
    left: [],
    submitted: false,
    save: { kind: 'saved' },
  };
}

function withPort(uri: string, port: number): string {
  return uri.trim().replace(/^(http:\/\/(?:\[[^\]]*\]|[^/:?#]+))(?::\d*)?/, `$1:${port}`);
}
