import { isWithinPointer } from "../json-pointer.ts";
import type { Problem } from "../problem.ts";
import { readStrictYaml } from "../yaml/read-strict-yaml.ts";
import type { StrictYaml } from "../yaml/read-strict-yaml.ts";
import { checkServiceRules } from "./check-service-rules.ts";
import { judgeManifest } from "./judge-manifest.ts";
import { parseWithSchema } from "./parse-with-schema.ts";
import { ServiceEntrySchema, ServicesFileSchema } from "./service-schema.ts";
import type { ServiceManifest } from "./service-schema.ts";

export interface ParsedServices {
  /** The entries without a blocking problem, in the file's order. */
  services: ServiceManifest[];
  problems: Problem[];
}

export interface ServicesOptions {
  /** The name that problems carry; `services.yaml` by default. */
  file?: string;
  /** Require what publishing requires: exactly one service, with a version. */
  publishing?: boolean;
}

/** Reads a `services.yaml` of one or many services and reports every fault with its place. Never throws. */
export function parseServicesYaml(bytes: Uint8Array, opts: ServicesOptions = {}): ParsedServices {
  const file = opts.file ?? "services.yaml";
  return judgeServices(readStrictYaml(bytes, { file }), { ...opts, file });
}

/** As {@link parseServicesYaml}, for text that has been read already. */
export function judgeServices(yaml: StrictYaml, opts: { file: string; publishing?: boolean }): ParsedServices {
  const judged = judgeManifest({
    yaml,
    file: opts.file,
    schema: ServicesFileSchema,
    rules: (root) => checkServiceRules(root, opts.publishing ?? false),
    rootDescription: "A services file is a map with the list `services:`.",
  });
  return { services: acceptedEntries(yaml.value, judged.problems), problems: judged.problems };
}

function acceptedEntries(root: unknown, problems: readonly Problem[]): ServiceManifest[] {
  const listed: unknown = typeof root === "object" && root !== null ? Reflect.get(root, "services") : null;
  const entries: unknown[] = Array.isArray(listed) ? listed : [];
  const blockers = problems.filter((problem) => problem.severity === "B");
  const blocksAll = blockers.some((problem) => !entries.some((_, index) => isWithinPointer(problem.pointer ?? "", `/services/${index}`)));
  if (blocksAll) return [];
  return entries.flatMap((entry, index) => {
    if (blockers.some((problem) => isWithinPointer(problem.pointer ?? "", `/services/${index}`))) return [];
    const { value } = parseWithSchema(ServiceEntrySchema, entry);
    return value === null ? [] : [{ ...value, trust_level: value.trust_level ?? "unverified" }];
  });
}
