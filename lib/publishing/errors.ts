import { RegistryError } from "#lib/http/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";

const summary = (errors: ProblemView[], what: string) => (errors.length === 1 ? (errors[0]?.detail ?? "One fault.") : `The ${what} has ${errors.length} faults; each is listed with its place.`);

export const packageInvalid = (errors: ProblemView[]) => new RegistryError("package-invalid", summary(errors, "package"), { errors });
export const manifestInvalid = (errors: ProblemView[]) => new RegistryError("manifest-invalid", summary(errors, "manifest"), { errors });
export const idTaken = (detail: string) => new RegistryError("id-taken", detail);
export const versionExists = (id: string, version: string) => new RegistryError("version-exists", `\`${id}\` ${version} is published; a published version never changes. Raise the version.`);
export const submissionOpen = (id: string, version: string, submissionId: string, publicUrl: string) =>
  new RegistryError("submission-open", `A submission of \`${id}\` ${version} is open: ${publicUrl}/submissions/${submissionId}`, { members: { submission: submissionId, url: `${publicUrl}/submissions/${submissionId}` } });
export const versionTooLow = (version: string, highest: string, channel: string): ProblemView => ({
  code: "version.not-higher",
  severity: "B",
  check: "version-order",
  file: null,
  line: null,
  column: null,
  pointer: "/version",
  detail: `The version ${version} is not higher than ${highest}, the highest one published in the channel ${channel}.`,
  suggestion: `Use a version above ${highest}.`,
});
export const pluginWithoutPackage = (): ProblemView => ({
  code: "manifest.wrong-kind",
  severity: "B",
  check: "manifest",
  file: null,
  line: 1,
  column: 1,
  pointer: "",
  detail: "A plugin's manifest alone holds nothing to run; only a service is published as one YAML file.",
  suggestion: "Pack the plugin's folder and send it as `package`.",
});
