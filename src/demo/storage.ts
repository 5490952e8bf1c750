import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/**
 * What the authorization server remembers, in memory and for one server only (oidc-provider's own in-memory adapter
 * is shared by every server of the process and forgets the oldest of 1,000 entries).
 */
export function memoryStorage(): AdapterFactory {
  const models = new Map<string, Map<string, AdapterPayload>>();
  return (name): Adapter => {
    const entries = models.get(name) ?? new Map<string, AdapterPayload>();
    models.set(name, entries);
    const findBy = (member: 'uid' | 'userCode', value: string) =>
      Promise.resolve([...entries.values()].find((entry) => entry[member] === value));
    return {
      upsert(id, payload) {
        entries.set(id, payload);
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(entries.get(id)),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (userCode) => findBy('userCode', userCode),
      consume(id) {
        const entry = entries.get(id);
        if (entry !== undefined) entry.consumed = Math.floor(Date.now() / 1000);
        return Promise.resolve();
      },
      destroy(id) {
        entries.delete(id);
        return Promise.resolve();
      },
      revokeByGrantId(grantId) {
        for (const [id, entry] of entries) if (entry.grantId === grantId) entries.delete(id);
        return Promise.resolve();
      },
    };
  };
}
