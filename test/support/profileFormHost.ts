import { FailureError } from '../../src/core/record/failure.ts';
import type { ProfileFormPorts } from '../../src/core/profileForm/formPorts.ts';
import type { SecretPlace } from '../../src/core/profile/profile.ts';
import type { ProfileFormContext, SaveTarget, SettingsEntry } from '../../src/core/profileForm/state.ts';
import type { ServerFacts } from '../../src/core/profileForm/serverFacts.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { ProfileFormModel } from '../../src/shared/views/profileForm.ts';
import { ManualClock } from './clock.ts';

/** The outside of a profile editor in memory: what it was asked to do can be read here. */
export class ProfileFormHost implements ProfileFormPorts {
  readonly clock = new ManualClock(0);
  readonly models: ProfileFormModel[] = [];
  readonly saved: { profile: Profile; target: SaveTarget }[] = [];
  readonly secrets = new Map<string, string>();
  readonly tokensFor: string[] = [];
  readonly copied: string[] = [];
  readonly asked: { name: string; origin: string }[] = [];
  readonly discovered: string[] = [];
  /** What the user types into the password box. */
  secretTyped: string | undefined;
  servers = new Map<string, ServerFacts | FailureError>();
  onShow: (model: ProfileFormModel) => void = () => undefined;
  readonly #context: Omit<ProfileFormContext, 'takenIds'>;
  ids: string[] = [];

  constructor(context: Omit<ProfileFormContext, 'takenIds'>) {
    this.#context = context;
  }

  context = (): ProfileFormContext => ({ ...this.#context, takenIds: this.ids });

  /** What the settings have; `removed` where nothing is said. */
  entries = new Map<string, SettingsEntry>();
  ended = 0;

  entry = (id: string): SettingsEntry => this.entries.get(id) ?? { kind: 'removed' };

  end = (): void => {
    this.ended++;
  };

  show = (model: ProfileFormModel): void => {
    this.models.push(model);
    this.onShow(model);
  };

  discover = ({ issuer, signal }: { issuer: string; signal: AbortSignal }): Promise<ServerFacts> => {
    this.discovered.push(issuer);
    const server = this.servers.get(issuer);
    if (server instanceof FailureError) return Promise.reject(server);
    if (server !== undefined) return Promise.resolve(server);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  };

  hasSecret = ({ id, origin }: SecretPlace): Promise<boolean> =>
    Promise.resolve(this.secrets.has(`${id}@${origin}`));

  storeSecret = ({ id, origin }: SecretPlace, secret: string): Promise<void> => {
    this.secrets.set(`${id}@${origin}`, secret);
    return Promise.resolve();
  };

  askSecret = (question: { name: string; origin: string }): Promise<string | undefined> => {
    this.asked.push(question);
    return Promise.resolve(this.secretTyped);
  };

  askToTrust = (): Promise<string | undefined> => Promise.resolve(Array(32).fill('AB').join(':'));

  saveProfile = (profile: Profile, target: SaveTarget): Promise<void> => {
    this.saved.push({ profile, target });
    this.ids.push(profile.id);
    return Promise.resolve();
  };

  getToken = (id: string): Promise<void> => {
    this.tokensFor.push(id);
    return Promise.resolve();
  };

  copy = (text: string): Promise<void> => {
    this.copied.push(text);
    return Promise.resolve();
  };

  openLink = (): Promise<void> => Promise.resolve();

  freePort = (): Promise<number> => Promise.resolve(8765);
}
