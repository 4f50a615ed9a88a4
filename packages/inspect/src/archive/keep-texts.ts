import { isUtf8 } from "node:buffer";
import { HEAD_BYTES } from "./archive-types.ts";

const MIB = 1024 * 1024;
/** Larger files are data, not something that a person wrote or reads. */
export const LARGEST_TEXT = 2 * MIB;
const KEPT_TOGETHER = 32 * MIB;
// What every report needs stands at the root; other files must not crowd it out.
const KEPT_AT_ROOT = 8 * MIB;
const ROOT_NAME = /^(?:plugin\.yaml|service\.yaml|readme\.md|changelog(?:\.md|\.txt)?)$/i;
const BINARY_NAME = /\.(?:png|jpe?g|gif|webp|ico|wasm|woff2?|ttf|otf|mp3|wav|ogg|flac|zip|gz|onnx|bin|dat)$/i;

export interface TextKeeper {
  readonly kept: ReadonlyMap<string, Uint8Array>;
  /** Keeps the bytes if they are a text for which there is room. */
  offer(path: string, bytes: Uint8Array): void;
}

/**
 * What the checks will read, kept by the one pass that unpacks: UTF-8 texts of at most 2 MiB each, 32 MiB together in the
 * order of the archive, so that memory stays bounded and nothing is unpacked twice.
 */
export function createTextKeeper(): TextKeeper {
  const kept = new Map<string, Uint8Array>();
  let together = 0;
  let atRoot = 0;
  return {
    kept,
    offer(path, bytes) {
      if (bytes.length > LARGEST_TEXT || BINARY_NAME.test(path) || bytes.subarray(0, HEAD_BYTES).includes(0) || !isUtf8(bytes)) return;
      const root = ROOT_NAME.test(path) && atRoot + bytes.length <= KEPT_AT_ROOT;
      if (!root && together + bytes.length > KEPT_TOGETHER) return;
      if (root) atRoot += bytes.length;
      else together += bytes.length;
      kept.set(path, bytes);
    },
  };
}
