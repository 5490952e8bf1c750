/** Where secrets live: one entry a key, values up to 64 KiB. Implementations throw `FailureError` of kind `vault`. */
export interface Vault {
  get: (key: string) => Promise<string | undefined>;
  set: (key: string, value: string) => Promise<void>;
  /** Removing what is not there is no error. */
  delete: (key: string) => Promise<void>;
}
