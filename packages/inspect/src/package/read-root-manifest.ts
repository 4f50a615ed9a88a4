import { makeProblem, parsePluginYaml, parseServicesYaml, readStrictYaml, type Manifest, type PluginManifest, type Problem, type ServiceManifest } from "@kosmarket/kit";
import type { ArchiveFiles } from "../archive/index.ts";
import type { PackageKind } from "./package-report.ts";

/** The manifest of a package or a bare file, with every problem that was met on the way to it. */
export interface RootManifest {
  kind: PackageKind | null;
  file: string | null;
  text: string | null;
  manifest: Manifest | null;
  plugin: PluginManifest | null;
  service: ServiceManifest | null;
  problems: Problem[];
  locate: (pointer: string) => { line: number; column: number } | null;
}

const LARGEST_MANIFEST = 1024 * 1024;

/** Finds and parses the one manifest at the root: `plugin.yaml` or `service.yaml`, never both. */
export async function readRootManifest(files: ArchiveFiles): Promise<RootManifest> {
  const found = (["plugin.yaml", "service.yaml"] as const).filter((name) => files.has(name));
  const [file] = found;
  if (file === undefined) return noManifest(report("package.no-manifest", null, "There is neither `plugin.yaml` nor `service.yaml` at the root of the package.", describeNearMiss(files)));
  if (found.length > 1) return noManifest(report("package.two-manifests", "service.yaml", "The package has `plugin.yaml` and `service.yaml`; it can be only one of them.", "Publish them as two packages."));
  const bytes = await files.read(file, LARGEST_MANIFEST);
  if (bytes === null) return noManifest(report("yaml.too-large", file, "The manifest is far larger than any manifest.", null));
  return file === "plugin.yaml" ? readPlugin(bytes, file) : readService(bytes, file, true);
}

export function noManifest(...problems: Problem[]): RootManifest {
  return { kind: null, file: null, text: null, manifest: null, plugin: null, service: null, problems, locate: () => null };
}

function report(code: "package.no-manifest" | "package.two-manifests" | "yaml.too-large", file: string | null, detail: string, suggestion: string | null): Problem {
  return makeProblem({ code, check: "manifest", severity: "B", file, detail, suggestion });
}

function describeNearMiss(files: ArchiveFiles): string {
  const near = files.paths.find((path) => /(?:^|\/)(?:plugin|services?)\.ya?ml$/i.test(path));
  if (near === undefined) return "Add one; `kos init` writes it.";
  return near.includes("/") ? `\`${near}\` is not at the root: pack the folder's content, not the folder.` : `Rename \`${near}\` to \`${/plugin/i.test(near) ? "plugin" : "service"}.yaml\`.`;
}

/** A plugin manifest from its bytes. */
export function readPlugin(bytes: Uint8Array, file: string): RootManifest {
  const { plugin, problems } = parsePluginYaml(bytes, { file });
  const manifest: Manifest | null = plugin === null ? null : { kind: "plugin", ...plugin };
  return { kind: "plugin", file, text: decode(bytes), manifest, plugin, service: null, problems, locate: locator(bytes) };
}

/** A service manifest from its bytes; of several services (never when publishing) no single manifest is named. */
export function readService(bytes: Uint8Array, file: string, publishing: boolean): RootManifest {
  const { services, problems } = parseServicesYaml(bytes, { file, publishing });
  const only = services.length === 1 && problems.every((problem) => problem.severity !== "B") ? services[0] : undefined;
  const manifest: Manifest | null = only === undefined ? null : { kind: "service", ...only };
  return { kind: "service", file, text: decode(bytes), manifest, plugin: null, service: only ?? null, problems, locate: locator(bytes) };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function locator(bytes: Uint8Array): RootManifest["locate"] {
  let yaml: ReturnType<typeof readStrictYaml> | null = null;
  return (pointer) => {
    yaml ??= readStrictYaml(bytes);
    const place = yaml.locate(pointer);
    return place === null ? null : { line: place.line, column: place.column };
  };
}
