import type { Vault } from './vault.ts';

/** Reading something that is not there succeeds on a locked keychain, too: only a write tells. Leaves nothing behind. @throws FailureError of kind `vault` */
export async function probe(keychain: Vault): Promise<void> {
  await keychain.set('probe', 'This entry shows that the keychain can be written to.');
  await keychain.get('probe');
  await keychain.delete('probe');
}
