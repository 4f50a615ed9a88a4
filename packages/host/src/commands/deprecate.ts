import { versionCommand } from "../registry/change-version.ts";

export const deprecateCommand = versionCommand({
  verb: "deprecate",
  summary: "Say that a version should no longer be used",
  means: "it stays installable, and says that it should no longer be used",
  options: { successor: { value: "ID", text: "the listing, or the version of this one, that takes its place" } },
});
