export type StorageErrorCode =
  | "key-invalid"
  | "object-missing"
  | "object-damaged"
  | "object-too-large"
  | "range-unsatisfiable"
  | "checksum-mismatch"
  | "length-mismatch"
  | "url-invalid"
  | "url-expired"
  | "store-unavailable";

/** What can go wrong with stored bytes. `code` is for programs, the text names the key. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageError";
    this.code = code;
  }
}

export function keyInvalid(key: string): StorageError {
  return new StorageError("key-invalid", `\`${key.slice(0, 200)}\` is not an object key`);
}

export function objectMissing(key: string): StorageError {
  return new StorageError("object-missing", `the store has no object \`${key}\``);
}

export function objectDamaged(key: string): StorageError {
  return new StorageError("object-damaged", `the object \`${key}\` is not what was stored`);
}

export function objectTooLarge(key: string, size: number, maxBytes: number): StorageError {
  return new StorageError("object-too-large", `the object \`${key}\` has ${size} bytes, more than ${maxBytes}`);
}

export function rangeUnsatisfiable(key: string, start: number): StorageError {
  return new StorageError("range-unsatisfiable", `the object \`${key}\` has no byte ${start}`);
}

export function checksumMismatch(key: string, expected: string, found: string): StorageError {
  return new StorageError("checksum-mismatch", `bytes for \`${key}\` have SHA-256 ${found}, not ${expected}`);
}

export function lengthMismatch(key: string, expected: number, found: number): StorageError {
  return new StorageError("length-mismatch", `bytes for \`${key}\` are ${found} or more, not ${expected}`);
}

export function urlInvalid(): StorageError {
  return new StorageError("url-invalid", "this address was not signed by this store for this request");
}

export function urlExpired(): StorageError {
  return new StorageError("url-expired", "this address has expired; ask for a new one");
}

export function storeUnavailable(store: string, cause: unknown): StorageError {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new StorageError("store-unavailable", `the object store ${store} does not work: ${reason}`, { cause });
}
