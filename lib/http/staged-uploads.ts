import { processWide } from "#lib/platform/index.ts";

/** A multipart upload on this machine's disk, before anyone looked into it. */
export interface StagedUpload {
  part: "package" | "manifest";
  path: string;
  /** Bytes. */
  size: number;
  signature: string | null;
  attestation: string | null;
  fields: Record<string, string>;
}

const staged = (): Map<string, StagedUpload> => processWide("staged-uploads", () => new Map<string, StagedUpload>());

/** Hands an upload to the handler of the same request under an unguessable name. Returns how to forget it. */
export function registerUpload(key: string, upload: StagedUpload): () => void {
  staged().set(key, upload);
  return () => void staged().delete(key);
}

export function stagedUpload(key: string | null): StagedUpload | null {
  return key === null ? null : (staged().get(key) ?? null);
}
