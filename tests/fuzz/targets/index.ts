import type { Target } from "../target.ts";
import { archiveTarget } from "./archive.ts";
import { manifestTarget } from "./manifest.ts";
import { signatureTarget } from "./signature.ts";

/** The doors through which strangers' bytes come in. */
export const TARGETS: Readonly<Record<string, () => Target>> = { manifest: manifestTarget, archive: archiveTarget, signature: signatureTarget };
