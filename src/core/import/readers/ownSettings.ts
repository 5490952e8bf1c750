import { listOf, type ImportedProfile, type Json } from '../imported.ts';
import { exportTitle, readPlainText, staysOpen } from '../exportText.ts';
import type { Reader } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/** Our own profiles: a settings.json, the value of `oauthExplorer.profiles`, or a single profile. */
export const ownSettings: Reader = {
  name: 'OAuth Explorer profiles',
  recognises: ({ documents: [json] }) => profilesIn(json) !== undefined,
  read: ({ documents: [json] }) => (profilesIn(json) ?? []).map((entry) => fromEntry(objectOf(entry))),
};

/** Profiles as they were copied without links. */
export const sharedText: Reader = {
  name: 'OAuth Explorer profiles',
  recognises: ({ text }) => text.startsWith(exportTitle),
  read: ({ text }) => readPlainText(text).map(fromEntry),
};

function profilesIn(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return listOf(json).some(isProfile) ? listOf(json) : undefined;
  const settings = objectOf(json)['oauthExplorer.profiles'];
  if (Array.isArray(settings)) return listOf(settings);
  return isProfile(json) ? [json] : undefined;
}

function isProfile(value: unknown): boolean {
  const entry = objectOf(value);
  return (
    typeof entry['grant'] === 'string' &&
    ('clientId' in entry || 'issuer' in entry || 'tokenEndpoint' in entry)
  );
}

/** A secret that somebody wrote into an entry is taken out of it. */
function fromEntry(entry: Json): ImportedProfile {
  const kept = Object.entries(entry).filter(([name]) => staysOpen(name));
  const secret = entry['clientSecret'] ?? entry['client_secret'];
  return {
    entry: Object.fromEntries(kept),
    notes: [],
    ...(typeof secret === 'string' && secret !== '' && { secret }),
  };
}
