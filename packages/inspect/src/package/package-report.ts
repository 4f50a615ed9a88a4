import type { Manifest, Problem, Severity } from "@kosmarket/kit";
import type { ArchiveFormat } from "../archive/index.ts";

export type PackageKind = "plugin" | "service";

/**
 * `failed` has a blocking or held finding, `warned` and `info` have only lesser ones;
 * `skipped` could not run (the reason stands in `lookedAt`) and is never a pass.
 */
export type CheckStatus = "passed" | "failed" | "warned" | "info" | "skipped";

export interface CheckResult {
  id: string;
  /** the gravest finding that this check can make */
  severity: Severity;
  title: string;
  status: CheckStatus;
  /** one sentence: which files and fields were read */
  lookedAt: string;
  findings: Problem[];
}

export interface PackageFile {
  path: string;
  /** bytes */
  size: number;
  /** 64 lower-case hex digits */
  sha256: string;
}

/** The icon as pages may show it: `svg` is the sanitised text, otherwise `base64` the picture. */
export interface PackageIcon {
  path: string;
  mediaType: "image/svg+xml" | "image/png" | "image/jpeg" | "image/webp";
  svg: string | null;
  base64: string | null;
}

/** Everything that is known of a package from its bytes alone; plain JSON. */
export interface PackageReport {
  /** no finding blocks (a check is only ever skipped because another finding blocks, or because it has nothing to look at) */
  ok: boolean;
  /** of the uploaded file, 64 lower-case hex digits */
  sha256: string;
  /** bytes of the uploaded file */
  size: number;
  /** null for a bare manifest and for what is no archive */
  format: ArchiveFormat | null;
  kind: PackageKind | null;
  /** normalised; null when it has blocking problems */
  manifest: Manifest | null;
  manifestText: string | null;
  files: PackageFile[];
  readme: string | null;
  changelog: string | null;
  /** path of the licence text */
  licenseFile: string | null;
  icon: PackageIcon | null;
  /** what a plugin asks for, aliases folded, implied ones included; empty for services */
  permissions: string[];
  checks: CheckResult[];
  /** all findings of all checks, in their order */
  problems: Problem[];
}
