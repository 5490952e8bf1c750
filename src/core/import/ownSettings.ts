import { looksSecret } from '../profile/profileFields.ts';
import { collect } from './collect.ts';
import { listOf, objectOf, type ImportResult, type ImportedProfile } from './imported.ts';

type Json = Readonly<Record<string, unknown>>;

/** Our own profiles: a settings.json, the value of `oauthExplorer.profiles`, or a single profile. */
export function fromOwnSettings(json: unknown): ImportResult | undefined {
  const list = profilesIn(json);
  return (
    list &&
    collect(
      'OAuth Explorer profiles',
      list.map((entry) => fromEntry(objectOf(entry))),
    )
  );
}

function profilesIn(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return listOf(json).some(isProfile) ? listOf(json) : undefined;
  const settings = objectOf(json)['oauthExplorer.profiles'];
  if (Array.isArray(settings)) return listOf(settings);
  return isProfile(json) ? [json] : undefined;
}

function isProfile(value: unknown): boolean {
  const entry = objectOf(value);
  return 'grant' in entry && ('clientId' in entry || 'issuer' in entry || 'tokenEndpoint' in entry);
}

/** A secret that somebody wrote into an entry is taken out of it. */
function fromEntry(entry: Json): ImportedProfile {
  const kept = Object.entries(entry).filter(([name]) => !looksSecret(name));
  const secret = entry['clientSecret'] ?? entry['client_secret'];
  return {
    entry: Object.fromEntries(kept),
    notes: [],
    ...(typeof secret === 'string' && secret !== '' && { secret }),
  };
}
