export { artifactKey } from "./artifact-key.ts";
export { createEmbeddedStore } from "./embedded/create-embedded-store.ts";
export type { EmbeddedObjectStore, EmbeddedStoreOptions } from "./embedded/create-embedded-store.ts";
export { iconKey } from "./icon-key.ts";
export { observeStore } from "./observe-store.ts";
export { handleObjectRequest } from "./embedded/handle-object-request.ts";
export { sendObject } from "./embedded/send-object.ts";
export { StorageError, type StorageErrorCode } from "./errors.ts";
export type {
  ByteRange,
  ObjectBody,
  ObjectHead,
  ObjectStore,
  PresignedPut,
  PresignGetOptions,
  PresignPutOptions,
  PutOptions,
  StoredObject,
} from "./object-store.ts";
export { createS3Store } from "./s3/create-s3-store.ts";
export type { S3ObjectStore, S3StoreOptions } from "./s3/create-s3-store.ts";
