import { versionCommand } from "../registry/change-version.ts";

export const unyankCommand = versionCommand({
  verb: "unyank",
  summary: "Take a yank back",
  means: "new installs may take it again; its bytes were the same all along",
});
