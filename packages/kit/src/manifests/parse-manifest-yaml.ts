import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { readStrictYaml } from "../yaml/read-strict-yaml.ts";
import type { StrictYaml } from "../yaml/read-strict-yaml.ts";
import { judgePlugin } from "./parse-plugin-yaml.ts";
import { judgeServices } from "./parse-services-yaml.ts";
import type { ServicesOptions } from "./parse-services-yaml.ts";
import type { PluginManifest } from "./plugin-schema.ts";
import type { ServiceManifest } from "./service-schema.ts";

/** One listing's manifest, told apart by `kind`. */
export type Manifest = ({ kind: "service" } & ServiceManifest) | ({ kind: "plugin" } & PluginManifest);

export interface ParsedManifest {
  /** What the file means to be; null when it cannot be told. */
  kind: "service" | "plugin" | null;
  services: ServiceManifest[];
  plugin: PluginManifest | null;
  problems: Problem[];
}

/** Fields by which a bare service entry without its `services:` list is recognised. */
const SERVICE_FIELDS = ["auth", "endpoint", "launch"];

/** Reads a manifest of either kind: `services:` at the root makes it a services file. Never throws. */
export function parseManifestYaml(bytes: Uint8Array, opts: ServicesOptions = {}): ParsedManifest {
  const yaml = readStrictYaml(bytes, { file: opts.file });
  const kind = kindOfManifest(yaml.value);
  const file = opts.file ?? (kind === "service" ? "services.yaml" : "plugin.yaml");
  if (kind === "service") return { kind, plugin: null, ...judgeServices(yaml, { ...opts, file }) };
  if (kind === "plugin") return { kind, services: [], ...judgePlugin(yaml, { file }) };
  return { kind, services: [], plugin: null, problems: undecided(yaml, file) };
}

function kindOfManifest(value: unknown): "service" | "plugin" | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  if (Object.hasOwn(value, "services")) return "service";
  const looksLikeService = !Object.hasOwn(value, "entrypoint") && SERVICE_FIELDS.some((field) => Object.hasOwn(value, field));
  return looksLikeService ? null : "plugin";
}

function undecided(yaml: StrictYaml, file: string): Problem[] {
  const found = yaml.problems.map((problem) => ({ ...problem, file }));
  if (yaml.value === undefined) return found;
  const isMap = typeof yaml.value === "object" && yaml.value !== null && !Array.isArray(yaml.value);
  const detail = isMap ? "A service stands in the list `services:`." : "A manifest is a map: `services:` with a list, or the fields of a plugin.";
  const suggestion = isMap ? "Put the fields below `services:`, as `- id: ...`." : null;
  return [...found, makeProblem({ code: "manifest.wrong-kind", check: "manifest", file, line: 1, column: 1, pointer: "", detail, suggestion })];
}
