import { makeProblem } from "@kosmarket/kit";
import { inspectArchive, type ArchiveVerdict } from "../archive/index.ts";
import { LICENCE_FILE } from "../checks/index.ts";
import { isSourcePath, parseSource, type ParsedSource } from "../source/index.ts";
import type { PackageContents, TextFile } from "./package-contents.ts";
import type { PackageKind, PackageReport } from "./package-report.ts";
import { readRootManifest, type RootManifest } from "./read-root-manifest.ts";
import { readText, readTextFiles } from "./read-text-files.ts";
import { runChecks } from "./run-checks.ts";

export interface InspectOptions {
  /** what the caller expects; another kind is a blocking problem */
  kindHint?: PackageKind;
}

/**
 * Everything that can be said of a package (a path, or its bytes) without
 * running it and without a registry. Hostile input gives problems, never an exception;
 * what may exhaust memory or time belongs into {@link inspectInChild}.
 */
export async function inspectPackage(source: string | Uint8Array, options: InspectOptions = {}): Promise<PackageReport> {
  const archive = await inspectArchive(source);
  const root = expectKind(await readRootManifest(archive.files), options.kindHint);
  const contents = gatherContents(archive, root);
  const checks = await runChecks(contents);
  return buildReport(contents, checks);
}

function expectKind(root: RootManifest, hint: PackageKind | undefined): RootManifest {
  if (hint === undefined || root.kind === null || root.kind === hint) return root;
  const problem = makeProblem({ code: "package.kind-mismatch", check: "manifest", severity: "B", file: root.file, detail: `This is a ${root.kind}, and a ${hint} was expected; a listing never changes its kind.` });
  return { ...root, problems: [...root.problems, problem] };
}

/** Puts what the checks look at into one place; archive null stands for a bare manifest. */
export function gatherContents(archive: ArchiveVerdict | null, root: RootManifest): PackageContents {
  let texts: TextFile[] | null = null;
  let sources: ParsedSource[] | null = null;
  const readTexts = (): TextFile[] => (texts ??= archive === null ? [] : readTextFiles(archive.files));
  return {
    archive,
    kind: root.kind,
    manifest: root.manifest,
    plugin: root.plugin,
    service: root.service,
    manifestFile: root.file,
    manifestText: root.text,
    manifestProblems: root.problems,
    locate: root.locate,
    texts: readTexts,
    text: (path) => (archive === null ? null : readText(archive.files, path)),
    sources: () => (sources ??= readTexts().filter(({ path }) => isSourcePath(path)).map(({ path, text }) => parseSource(path, text))),
    icon: null,
  };
}

/** The report from what the checks said; plain JSON. */
export function buildReport(contents: PackageContents, checks: PackageReport["checks"], whole?: { sha256: string; size: number }): PackageReport {
  const { archive } = contents;
  const problems = checks.flatMap((check) => check.findings);
  const sound = archive !== null && archive.problems.length === 0;
  const find = (pattern: RegExp): string | null => (sound ? (archive.files.paths.find((path) => pattern.test(path)) ?? null) : null);
  const textOf = (path: string | null): string | null => (path === null ? null : contents.text(path));
  return {
    ok: problems.every((problem) => problem.severity !== "B"),
    sha256: whole?.sha256 ?? archive?.sha256 ?? "",
    size: whole?.size ?? archive?.size ?? 0,
    format: archive?.format ?? null,
    kind: contents.kind,
    manifest: contents.manifest,
    manifestText: contents.manifestText,
    files: (archive?.entries ?? []).filter((entry) => !entry.isDirectory).map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    readme: textOf(find(/^readme\.md$/i)),
    changelog: textOf(find(/^changelog(?:\.md|\.txt)?$/i)),
    licenseFile: find(LICENCE_FILE),
    icon: contents.icon,
    permissions: contents.plugin?.permissions ?? [],
    checks,
    problems,
  };
}
