import type { RegistryCheck } from "./check.ts";
import { compatibilityCheck } from "./compatibility-check.ts";
import { dependenciesCheck } from "./dependencies-check.ts";
import { dependencyNamesCheck } from "./dependency-names-check.ts";
import { permissionChangesCheck } from "./permission-changes-check.ts";
import { publisherChangedCheck } from "./publisher-changed-check.ts";
import { shadowedNameCheck } from "./shadowed-name-check.ts";
import { signatureCheck } from "./signature-check.ts";
import { similarNameCheck } from "./similar-name-check.ts";
import { versionOrderCheck } from "./version-order-check.ts";
import { vulnerabilitiesCheck } from "./vulnerabilities-check.ts";
import { youngKeyCheck } from "./young-key-check.ts";

export type { Checked, RegistryCheck } from "./check.ts";

/** Checks that need the registry beside the bytes; they run in the worker only. */
export const REGISTRY_CHECKS: readonly RegistryCheck[] = [
  signatureCheck,
  versionOrderCheck,
  similarNameCheck,
  shadowedNameCheck,
  publisherChangedCheck,
  youngKeyCheck,
  permissionChangesCheck,
  compatibilityCheck,
  dependenciesCheck,
  dependencyNamesCheck,
  vulnerabilitiesCheck,
];
