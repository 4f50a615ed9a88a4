import { foldPermission } from "../taxonomy/permissions.ts";
import type { PermissionId } from "../taxonomy/permissions.ts";
import { PLATFORMS } from "./plugin-schema.ts";
import type { PluginDependencies, PluginFile, PluginManifest } from "./plugin-schema.ts";

/**
 * Gives a plugin one form whatever way it was written: permission aliases
 * folded, what other fields imply added, both spellings of `dependencies`
 * merged, defaults filled in.
 */
export function normalisePlugin(file: PluginFile): PluginManifest {
  return {
    ...file,
    permissions: effectivePermissions(file),
    ui: { ...file.ui, menu: file.ui?.menu ?? false, panel: file.ui?.panel ?? false },
    trust_level: file.trust_level ?? "unverified",
    dependencies: collectDependencies(file.dependencies),
    platforms: file.platforms ?? [...PLATFORMS],
    type: file.type ?? "user_plugin",
    capabilities: file.capabilities ?? [],
    runtime: file.runtime ?? "typescript",
    network: file.network ?? [],
    tags: file.tags ?? [],
  };
}

function effectivePermissions(file: PluginFile): PermissionId[] {
  const declared = (file.permissions ?? []).map(foldPermission);
  const implied: PermissionId[] = [];
  if (file.ui?.menu === true) implied.push("ui_menu");
  if (file.ui?.panel === true) implied.push("ui_panel");
  return [...new Set([...declared, ...implied])];
}

function collectDependencies(written: PluginFile["dependencies"]): PluginDependencies {
  const collected: PluginDependencies = { listings: {}, npm: {} };
  const maps = written === undefined ? [] : Array.isArray(written) ? written : [written];
  for (const [name, range] of maps.flatMap((map) => Object.entries(map))) {
    if (typeof range !== "string") Object.assign(collected.npm, range);
    else if (isNpmName(name)) collected.npm[name] = range;
    else collected.listings[name] = range;
  }
  return collected;
}

/** The rule that tells npm packages from listings of this registry when a name stands by itself. */
export function isNpmName(name: string): boolean {
  return name.startsWith("@") || name.includes("/");
}
