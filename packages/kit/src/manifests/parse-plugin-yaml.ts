import { hasNoBlocker } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { readStrictYaml } from "../yaml/read-strict-yaml.ts";
import type { StrictYaml } from "../yaml/read-strict-yaml.ts";
import { checkPluginRules } from "./check-plugin-rules.ts";
import { judgeManifest } from "./judge-manifest.ts";
import { normalisePlugin } from "./normalise-plugin.ts";
import { PluginFileSchema } from "./plugin-schema.ts";
import type { PluginManifest } from "./plugin-schema.ts";

export interface ParsedPlugin {
  /** The normalised plugin, null when anything blocks. */
  plugin: PluginManifest | null;
  problems: Problem[];
}

/** Reads a `plugin.yaml` and reports every fault with its place. Never throws. */
export function parsePluginYaml(bytes: Uint8Array, opts: { file?: string } = {}): ParsedPlugin {
  const file = opts.file ?? "plugin.yaml";
  return judgePlugin(readStrictYaml(bytes, { file }), { file });
}

/** As {@link parsePluginYaml}, for text that has been read already. */
export function judgePlugin(yaml: StrictYaml, opts: { file: string }): ParsedPlugin {
  const judged = judgeManifest({
    yaml,
    file: opts.file,
    schema: PluginFileSchema,
    rules: checkPluginRules,
    rootDescription: "A plugin file is a map of fields, beginning with `id:`.",
  });
  const isAccepted = judged.value !== null && hasNoBlocker(judged.problems);
  return { plugin: isAccepted && judged.value !== null ? normalisePlugin(judged.value) : null, problems: judged.problems };
}
