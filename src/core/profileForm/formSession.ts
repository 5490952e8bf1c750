import { clientSecret } from '../profile/traits.ts';
import { workingIssuer } from '../oauth/discoveryFailure.ts';
import { FailureError, type Failure } from '../record/failure.ts';
import { authenticationNamed, productLists } from '../productLists.ts';
import {
  otherEndpoints,
  placeWithin,
  secretDestinations,
  type Profile,
  type SecretPlace,
} from '../profile/profile.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { urlProblem } from '../profile/urls.ts';
import type { ProfileDraft } from './draft.ts';
import type { ProfileFormPorts } from './formPorts.ts';
import { inEffect } from './inEffect.ts';
import { parseIntent } from './parseIntent.ts';
import { idOf, problemsOf } from './problems.ts';
import { profileFormView } from './profileFormView.ts';
import { reduceProfileForm } from './reduceProfileForm.ts';
import { hasUnsavedChanges } from './saveModel.ts';
import { addressOf, secretAddress, secretOriginOf } from './secretAddress.ts';
import { listsOf, type ProfileFormEvent, type ProfileFormState } from './state.ts';

/** How long after the last key the server is asked, in milliseconds. */
const typingPause = 700;

/** One open profile editor: takes intents in, reduces them, and does what they ask for outside. */
export class ProfileFormSession {
  readonly #ports: ProfileFormPorts;
  #state: ProfileFormState;
  /** Typed for a profile that is not saved yet; in memory only, and only for where the user was told that it goes. */
  #typedSecret: { readonly place: SecretPlace; readonly secret: string } | undefined;
  #lookup = new AbortController();
  /** Where the form looked for a secret last: it looks again when the server changes, at the same origin too. */
  #lookedFor: SecretPlace | undefined;

  constructor(ports: ProfileFormPorts, state: ProfileFormState) {
    this.#ports = ports;
    this.#state = state;
    ports.show(profileFormView(state));
    this.#follow();
  }

  get state(): ProfileFormState {
    return this.#state;
  }

  /** Takes a secret that was found by importing: like a typed one, it waits for the profile to be saved. */
  takeSecret(secret: string): void {
    const place = this.#secretPlace();
    if (place === undefined) return;
    this.#typedSecret = { place, secret };
    this.tell({ type: 'secretTyped', origin: place.origin });
  }

  /** Profiles or workspace changed outside: a form without changes follows, one with changes says so. */
  refresh(): void {
    this.tell({ type: 'contextChanged', context: this.#ports.context() });
    // One that was typed for another environment is not kept for this one.
    if (this.#state.secret.typedFor === null) this.#typedSecret = undefined;
    const { original, save } = this.#state;
    // What changes while it is being saved is this form's own doing.
    if (original === undefined || save.kind === 'saving') return;
    this.tell({ type: 'settingsChanged', entry: this.#ports.entry(original.id) });
    const isGone = this.#state.outside?.kind === 'removed';
    if (isGone && !hasUnsavedChanges(this.#state)) this.#ports.end();
  }

  /** Takes what the view sent; anything that is not an intent is ignored. */
  async handle(message: unknown): Promise<void> {
    const intent = parseIntent(message, listsOf(this.#state));
    if (intent === undefined) return;
    const wasSaving = this.#state.save.kind === 'saving';
    this.tell(intent);
    if (intent.type === 'discover') await this.#discover(0);
    else if (intent.type === 'cancelDiscovery') this.#lookup.abort();
    else if (intent.type === 'trustCertificate') await this.#trustCertificate();
    else if (intent.type === 'fixPort') this.tell({ type: 'portChosen', port: await this.#ports.freePort() });
    else if (intent.type === 'copyRedirectUri')
      await this.#ports.copy(inEffect(this.#state).text('redirectUri'));
    else if (intent.type === 'setSecret') await this.#askSecret();
    else if (intent.type === 'openLink') await this.#openLink();
    else if ((intent.type === 'save' || intent.type === 'saveAndGetToken') && !wasSaving) {
      const profile = await this.#save();
      if (profile && intent.type === 'saveAndGetToken') await this.#ports.getToken(profile.id);
    }
  }

  /** Takes an event of the host's, redraws, and starts what follows from the change. */
  tell(event: ProfileFormEvent): void {
    const before = this.#state;
    this.#state = reduceProfileForm(before, event);
    if (this.#state === before) return;
    this.#ports.show(profileFormView(this.#state));
    this.#follow(before);
  }

  /**
   * Ends the session: nothing is asked or shown any more.
   *
   * @returns the draft, when closing loses changes.
   */
  close(): ProfileDraft | undefined {
    this.#lookup.abort();
    this.#typedSecret = undefined;
    return hasUnsavedChanges(this.#state) ? this.#state.draft : undefined;
  }

  #follow(before?: ProfileFormState): void {
    const { draft, discovery, provider, context } = this.#state;
    const changed =
      before?.draft.issuer !== draft.issuer ||
      before.context.variables?.environment !== context.variables?.environment ||
      before.draft.trustedCertificate !== draft.trustedCertificate ||
      (before.provider === null && provider !== null);
    if (provider !== null && changed && discovery.kind === 'idle')
      void this.#discover(before === undefined ? 0 : typingPause);
    void this.#lookForSecret();
  }

  async #discover(pause: number): Promise<void> {
    this.#lookup.abort();
    this.#lookup = new AbortController();
    const { signal } = this.#lookup;
    const issuer = inEffect(this.#state).text('issuer');
    if (issuer === '' || urlProblem('issuer', issuer) !== undefined) return;
    try {
      if (pause > 0) await this.#ports.clock.sleep(pause, signal);
      this.tell({ type: 'discovering', issuer });
      const trustedCertificate = this.#state.draft.trustedCertificate.trim();
      const facts = await this.#ports.discover({
        issuer,
        ...(trustedCertificate !== '' && { trustedCertificate }),
        signal,
      });
      if (!signal.aborted) this.tell({ type: 'discovered', issuer, facts });
    } catch (error) {
      if (!signal.aborted) this.tell({ type: 'discoveryFailed', issuer, ...explained(error, issuer) });
    }
  }

  /** A secret was stored or removed elsewhere: the form says so when it is the one it shows. */
  async secretChanged({ id, origin, what }: SecretPlace): Promise<void> {
    if (what !== undefined) return;
    const place = this.#secretPlace();
    if (place?.id === id && place.origin === origin) await this.#lookForSecret(true);
  }

  async #lookForSecret(again = false): Promise<void> {
    const address = secretAddress(this.#state, idOf(this.#state));
    const place = this.#secretPlace();
    if (place === undefined || address === undefined) return;
    if (!again && this.#state.secret.stored?.address === address && isSamePlace(place, this.#lookedFor))
      return;
    this.#lookedFor = place;
    const present = await this.#ports.hasSecret(place).catch(() => false);
    if (isSamePlace(place, this.#secretPlace()) && address === secretAddress(this.#state, idOf(this.#state)))
      this.tell({ type: 'secretLookedUp', address, present });
  }

  #secretPlace(): SecretPlace | undefined {
    const { discovery, target, context } = this.#state;
    const { text, entry, environment } = inEffect(this.#state);
    const origin = secretOriginOf(this.#state);
    if (origin === undefined) return undefined;
    const [issuer, tokenEndpoint] = [text('issuer'), text('tokenEndpoint')];
    const foreign = environment !== undefined && context.variables?.environment?.source.scope !== 'user';
    const facts = discovery.kind === 'found' ? discovery.facts : undefined;
    const discovered = facts?.tokenEndpoint;
    const known = { origin, discovered, ...(tokenEndpoint !== '' && { tokenEndpoint }) };
    const others = otherEndpoints(entry, known, facts?.secretEndpoints);
    return {
      ...{ id: idOf(this.#state), origin, standing: foreign ? 'workspace' : target },
      ...(environment !== undefined && { environment }),
      ...(issuer !== '' && { issuer }),
      ...(tokenEndpoint !== '' && { tokenEndpoint }),
      ...(others.length > 0 && { others }),
      ...(discovered !== undefined && { discovered }),
    };
  }

  /** A saved profile's secret goes into the vault at once; that of a new one when it is saved. */
  async #askSecret(): Promise<void> {
    const place = this.#secretPlace();
    if (place === undefined) return;
    const name = this.#state.draft.name.trim() || place.id;
    const { clientAuthentication } = this.#state.draft;
    const { keeps } = authenticationNamed(clientAuthentication, listsOf(this.#state));
    const kept = keeps === undefined || keeps.noun === clientSecret.noun ? {} : { kept: keeps };
    const origin = secretDestinations(place).join(' and ');
    const algorithm = inEffect(this.#state).text('signingAlgorithm');
    const signsWith = algorithm === '' ? {} : { algorithm };
    const secret = await this.#ports.askSecret({ name, origin, ...kept, ...signsWith });
    if (secret === undefined || secret === '') return;
    if (this.#isSaved(place)) await this.#keepSecret(place, secret, 'The secret could not be kept: ');
    else {
      this.#typedSecret = { place, secret };
      this.tell({ type: 'secretTyped', origin: place.origin });
    }
  }

  #isSaved(place: SecretPlace): boolean {
    const { original, saved } = this.#state;
    return original !== undefined && secretAddress(this.#state, original.id, saved) === addressOf(place);
  }

  async #save(): Promise<Profile | undefined> {
    const { profile } = problemsOf(this.#state);
    if (profile === undefined) return undefined;
    const place = this.#secretPlace();
    this.tell({ type: 'saving' });
    try {
      await this.#ports.saveProfile(profile, this.#state.target);
    } catch (error) {
      this.tell({ type: 'saveFailed', text: sentence(error, 'The profile could not be saved.') });
      return undefined;
    }
    // Before the secret: should that fail, saving again must not add the profile a second time.
    this.tell({ type: 'savedAs', profile });
    this.tell({ type: 'contextChanged', context: this.#ports.context() });
    const typed = this.#typedSecret;
    if (place === undefined || typed?.place.origin !== place.origin) return profile;
    const told = secretDestinations(typed.place);
    return (await this.#keepSecret(
      placeWithin(place, told),
      typed.secret,
      'Saved; the secret could not be kept: ',
    ))
      ? profile
      : undefined;
  }

  /** @returns whether the vault has it now; when not, the form says why. */
  async #keepSecret(place: SecretPlace, secret: string, otherwise: string): Promise<boolean> {
    try {
      await this.#ports.storeSecret(place, secret);
    } catch (error) {
      this.tell({ type: 'saveFailed', text: `${otherwise}${sentence(error, 'the keychain failed.')}` });
      return false;
    }
    this.#typedSecret = undefined;
    this.tell({ type: 'secretKept', address: addressOf(place) });
    return true;
  }

  async #openLink(): Promise<void> {
    const link = this.#state.provider?.links[0];
    if (link) await this.#ports.openLink(link.url);
  }

  async #trustCertificate(): Promise<void> {
    const fingerprint = await this.#ports.askToTrust(inEffect(this.#state).text('issuer'));
    if (fingerprint !== undefined) this.tell({ type: 'certificateTrusted', fingerprint });
  }
}

function isSamePlace(one: SecretPlace, other: SecretPlace | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function explained(error: unknown, issuer: string) {
  if (!(error instanceof FailureError))
    return {
      text: 'The metadata could not be read.',
      advice: 'Type the endpoints by hand.',
      certificate: false,
    };
  const { message, advice, kind } = error.failure;
  const received = workingIssuer(error.failure);
  return {
    text: message,
    advice,
    certificate: kind === 'tls' && isLoopbackHost(new URL(issuer).hostname),
    ...(received !== undefined && { received }),
    ...(received === undefined && endpointsIn(error.failure)),
  };
}

/** The endpoints of a document whose own issuer leads nowhere: of one server, so that a sign-in would take them. */
function endpointsIn(failure: Failure): { readonly endpoints?: Readonly<Record<string, string>> } {
  if (failure.kind !== 'issuer_mismatch') return {};
  const { endpoints: named = {} } = failure;
  const { token_endpoint: token = '' } = named;
  if (!URL.canParse(token)) return {};
  const { host } = new URL(token);
  const found = productLists.fields.flatMap((field): [string, string][] => {
    const value = 'metadata' in field ? named[field.metadata] : undefined;
    const fits = value !== undefined && (field.name === 'jwksUri' || new URL(value).host === host);
    return fits ? [[field.name, value]] : [];
  });
  return { endpoints: Object.fromEntries(found) };
}

function sentence(error: unknown, otherwise: string): string {
  if (error instanceof FailureError) return `${error.failure.message} ${error.failure.advice}`;
  return error instanceof Error && error.message !== '' ? error.message : otherwise;
}
