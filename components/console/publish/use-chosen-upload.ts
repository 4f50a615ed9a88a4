"use client";

import { useCallback, useState } from "react";
import { kindOfUpload, readManifest, textReaderOf } from "#components/console/publish/read-package.ts";
import type { TextReader, UploadKind } from "#components/console/publish/read-package.ts";
import { readIdentity } from "#components/console/publish/read-identity.ts";
import type { Identity } from "#components/console/publish/read-identity.ts";
import { useValidation } from "#components/console/publish/use-validation.ts";
import type { Validation } from "#components/console/publish/use-validation.ts";

export interface ChosenUpload {
  file: File;
  kind: UploadKind;
  /** Lower-case hex over the file's bytes; null where the browser offers no hashing (plain http away from localhost). */
  sha256: string | null;
  /** What the manifest says it is; null until read, and when it cannot be. */
  identity: Identity | null;
  read: TextReader;
}

interface ChosenUploadState {
  chosen: ChosenUpload | null;
  validation: Validation;
  /** Why the last dropped file was not taken, or null. */
  refusal: string | null;
  choose: (file: File) => Promise<void>;
  validateAgain: () => void;
  clear: () => void;
}

/** The file a person wants to publish, and what the registry's dry run says about it. */
export function useChosenUpload(): ChosenUploadState {
  const [chosen, setChosen] = useState<ChosenUpload | null>(null);
  const { validation, validate, forget } = useValidation();
  const [refusal, setRefusal] = useState<string | null>(null);

  const choose = useCallback(
    async (file: File) => {
      const kind = kindOfUpload(file.name);
      if (kind === null) {
        setRefusal(`“${file.name}” is no package. Choose a .zip or .tgz package, or a services.yaml file.`);
        return;
      }
      setRefusal(null);
      const read = textReaderOf(file, kind);
      setChosen({ file, kind, sha256: null, identity: null, read });
      void validate(file, kind);
      const manifest = readManifest(kind, read, file.name);
      const [sha256, identity] = await Promise.all([hashFile(file), manifest.then(readIdentity)]);
      setChosen((current) => (current?.file === file ? { ...current, sha256, identity } : current));
    },
    [validate],
  );

  const clear = useCallback(() => {
    forget();
    setChosen(null);
    setRefusal(null);
  }, [forget]);

  const validateAgain = useCallback(() => {
    if (chosen !== null) void validate(chosen.file, chosen.kind);
  }, [chosen, validate]);

  return { chosen, validation, refusal, choose, validateAgain, clear };
}

async function hashFile(file: File): Promise<string | null> {
  if (!globalThis.isSecureContext) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
