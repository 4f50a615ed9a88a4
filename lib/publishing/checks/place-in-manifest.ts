import { readStrictYaml } from "@kosmarket/kit";
import type { ProblemView } from "#lib/http/schema.ts";
import type { Checked } from "./check.ts";

type Place = Pick<ProblemView, "file" | "pointer" | "line" | "column">;

/** Where a field stands in the manifest as it was uploaded. */
export function placeInManifest(submission: Pick<Checked, "kind" | "manifestText">, pointer: string): Place {
  const place = readStrictYaml(new TextEncoder().encode(submission.manifestText)).locate(pointer);
  return { file: submission.kind === "plugin" ? "plugin.yaml" : "service.yaml", pointer, line: place?.line ?? null, column: place?.column ?? null };
}

/** Where a dependency stands: in a list of maps, in a plain map, or below `npm`. */
export function placeOfDependency(submission: Pick<Checked, "kind" | "manifestText">, name: string): Place {
  const { value } = readStrictYaml(new TextEncoder().encode(submission.manifestText));
  const written = (value as { dependencies?: unknown } | undefined)?.dependencies;
  const maps = Array.isArray(written) ? written.map((map: unknown, at) => ({ map, at: `/dependencies/${at}` })) : [{ map: written, at: "/dependencies" }];
  const key = name.replaceAll("~", "~0").replaceAll("/", "~1");
  for (const { map, at } of maps) {
    if (typeof map !== "object" || map === null) continue;
    if (Object.hasOwn(map, name)) return placeInManifest(submission, `${at}/${key}`);
    const npm: unknown = "npm" in map ? map.npm : null;
    if (typeof npm === "object" && npm !== null && Object.hasOwn(npm, name)) return placeInManifest(submission, `${at}/npm/${key}`);
  }
  return placeInManifest(submission, "/dependencies");
}
