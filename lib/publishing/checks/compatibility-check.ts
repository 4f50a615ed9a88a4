import { findBreakingChanges, findSchemaBreaks, mayBreak, type BreakingChange, type Manifest } from "@kosmarket/kit";
import { readEntry } from "@kosmarket/inspect";
import { throughInspectionGate, withArtifactFile } from "#lib/artifacts/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { finding, type Checked, type RegistryCheck } from "./check.ts";
import { earlierVersion, type EarlierVersion } from "./earlier-version.ts";
import { placeInManifest } from "./place-in-manifest.ts";

const LARGEST_SCHEMA = 256 * 1024;
const MOST_FINDINGS = 50;

/** A release that breaks what the last one of its channel promised, without a version that says so, is held. */
export const compatibilityCheck: RegistryCheck = {
  id: "compatibility",
  title: "Compatibility",
  severity: "H",
  kinds: ["service", "plugin"],
  async run(deps, submission) {
    const earlier = await earlierVersion(deps.db, submission);
    if (earlier === null) return { lookedAt: "Nothing to compare with: this is the first version.", findings: [] };
    const manifest = submission.manifest as unknown as Manifest;
    const breaks = findBreakingChanges(earlier.manifest, manifest).map((each) => ({ ...each, file: null as string | null }));
    breaks.push(...(await settingsBreaks(deps, earlier, submission)));
    const allowed = mayBreak(earlier.version, submission.version);
    return { lookedAt: `The manifest and the settings of ${submission.version} against those of ${earlier.version}, channel ${earlier.channel}.`, findings: breaks.slice(0, MOST_FINDINGS).map((each) => tell(submission, earlier, each, allowed)) };
  },
};

type Break = BreakingChange & { file: string | null };

/** The settings' own file, where both versions have one. */
async function settingsBreaks({ store }: Deps, earlier: EarlierVersion, submission: Checked): Promise<Break[]> {
  const [old, now] = [settingsFile(earlier.manifest), settingsFile(submission.manifest as unknown as Manifest)];
  if (old === null || now === null) return [];
  const read = async (sha256: string, path: string): Promise<unknown> => {
    const bytes = await throughInspectionGate("read", () => withArtifactFile(store, sha256, (file) => readEntry(file, path, LARGEST_SCHEMA)));
    if (bytes === null) throw new Error(`\`${path}\` is not in the package, or larger than ${LARGEST_SCHEMA} bytes`);
    return parse(Buffer.from(bytes).toString("utf8"));
  };
  return findSchemaBreaks(await read(earlier.artifactSha256, old), await read(submission.artifactSha256, now)).map((each) => ({ ...each, file: now }));
}

function settingsFile(manifest: Manifest): string | null {
  return manifest.kind === "plugin" ? (manifest.config_schema ?? null) : null;
}

/** What is no JSON promises nothing. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function tell(submission: Checked, earlier: EarlierVersion, { what, before, after, file }: Break, allowed: boolean): ProblemView {
  const place = file === null ? placeInManifest(submission, written(submission.kind, after ?? before ?? "")) : { file, pointer: after ?? before, line: null, column: null };
  const was = before === null || file !== null ? null : placeInManifest({ kind: submission.kind, manifestText: earlier.manifestText }, written(submission.kind, before));
  const there = before === null ? `not in ${earlier.version}` : `${earlier.version}: ${was?.file ?? file ?? ""}${was?.line == null ? "" : ` line ${was.line}`} ${before}`;
  const detail = `${what.charAt(0).toUpperCase()}${what.slice(1)} (${there}).`;
  if (allowed) return finding("compatibility", { code: "compatibility.announced", severity: "I", ...place, detail, suggestion: null });
  return finding("compatibility", { code: "compatibility.breaking", severity: "H", ...place, detail, suggestion: `Publish it as a new major version, or keep what ${earlier.version} had.` });
}

/** A service stands in a list of its file; both are the same in the stored manifest. */
function written(kind: string, pointer: string): string {
  return kind === "service" ? `/services/0${pointer}` : pointer;
}
