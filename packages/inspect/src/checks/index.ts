import { archiveCheck } from "./archive-check.ts";
import { binariesCheck } from "./binaries-check.ts";
import type { Check } from "./check.ts";
import { dataHandlingCheck } from "./data-handling-check.ts";
import { dynamicCodeCheck } from "./dynamic-code-check.ts";
import { entrypointCheck } from "./entrypoint-check.ts";
import { fileTypesCheck } from "./file-types-check.ts";
import { hiddenFilesCheck } from "./hidden-files-check.ts";
import { iconCheck } from "./icon-check.ts";
import { installHooksCheck } from "./install-hooks-check.ts";
import { invisibleCharactersCheck } from "./invisible-characters-check.ts";
import { knownBadCheck } from "./known-bad-check.ts";
import { licenceCheck } from "./licence-check.ts";
import { manifestCheck } from "./manifest-check.ts";
import { minifiedCheck } from "./minified-check.ts";
import { permissionUseCheck } from "./permission-use-check.ts";
import { permissionsCheck } from "./permissions-check.ts";
import { promptInjectionCheck } from "./prompt-injection-check.ts";
import { readmeCheck } from "./readme-check.ts";
import { secretsCheck } from "./secrets-check.ts";
import { sizeCheck } from "./size-check.ts";

export type { Check, CheckNeeds, CheckOutcome } from "./check.ts";
export { LICENCE_FILE } from "./licence-check.ts";

/** Every check that needs only the bytes, in the order in which people read them (`docs/governance.md`, "Automated checks"). */
export const PACKAGE_CHECKS: readonly Check[] = [
  manifestCheck,
  archiveCheck,
  entrypointCheck,
  permissionsCheck,
  permissionUseCheck,
  dynamicCodeCheck,
  knownBadCheck,
  dataHandlingCheck,
  secretsCheck,
  invisibleCharactersCheck,
  promptInjectionCheck,
  binariesCheck,
  installHooksCheck,
  minifiedCheck,
  fileTypesCheck,
  hiddenFilesCheck,
  iconCheck,
  licenceCheck,
  readmeCheck,
  sizeCheck,
];
