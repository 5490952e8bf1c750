/** Stores secrets: one entry per key, with values up to 256 KiB. Implementations throw `FailureError` of kind `vault`. */
export interface Vault {
  get: (key: string) => Promise<string | undefined>;
  set: (key: string, value: string) => Promise<void>;
  /** Deleting a missing entry is not an error. */
  delete: (key: string) => Promise<void>;
}
