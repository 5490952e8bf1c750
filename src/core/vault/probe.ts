import type { Vault } from './vault.ts';

/**
 * Checks that a keychain can be written to: reading a missing entry succeeds on a locked one, too. Leaves nothing behind.
 * @throws FailureError of kind `vault`
 */
export async function probe(keychain: Vault): Promise<void> {
  await keychain.set('probe', 'This entry shows that the keychain can be written to.');
  await keychain.get('probe');
  await keychain.delete('probe');
}
