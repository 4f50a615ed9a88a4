import { versionCommand } from "../registry/change-version.ts";

export const yankCommand = versionCommand({
  verb: "yank",
  summary: "Keep a version from new installs",
  means: "new installs skip it, pinned ones still resolve",
});
