import { makeProblem, PERMISSIONS, type PluginManifest, type Problem } from "@kosmarket/kit";
import type { PackageContents } from "../package/package-contents.ts";
import type { Check } from "./check.ts";

const NEEDS_A_PERSON: ReadonlySet<string> = new Set(["file_read", "file_write", "spawn_process", "credentials"]);

/** Tells what the plugin may do, and holds what a person must weigh: files, programs, credentials, unbounded network. */
export const permissionsCheck: Check = {
  id: "permissions",
  severity: "H",
  title: "Permissions asked for",
  needs: "manifest",
  run(contents) {
    const { plugin } = contents;
    if (plugin === null) return { lookedAt: "Nothing: a service asks for no permissions.", findings: [] };
    const findings = [summarise(plugin, contents), ...checkHosts(plugin, contents)];
    for (const [index, id] of plugin.permissions.entries()) {
      if (!NEEDS_A_PERSON.has(id)) continue;
      findings.push(report(contents, "permission.high-risk", "H", `/permissions/${index}`, `\`${id}\`: ${sentenceOf(id)} A person decides whether the plugin needs it.`, "Say in the README what it is for, or leave it out."));
    }
    return { lookedAt: "`permissions`, `network` and `ui` of the manifest.", findings };
  },
};

type PermissionCode = "permission.high-risk" | "permission.summary" | "permission.network-without-hosts" | "permission.wildcard-host";

function report(contents: PackageContents, code: PermissionCode, severity: "H" | "I", pointer: string, detail: string, suggestion: string | null): Problem {
  return makeProblem({ code, check: "permissions", severity, file: contents.manifestFile, pointer, ...contents.locate(pointer), detail, suggestion });
}

function sentenceOf(id: string): string {
  return PERMISSIONS.find((permission) => permission.id === id)?.sentence ?? "";
}

function summarise(plugin: PluginManifest, contents: PackageContents): Problem {
  const detail = plugin.permissions.length === 0 ? "It asks for nothing." : plugin.permissions.map(sentenceOf).join(" ");
  return report(contents, "permission.summary", "I", "/permissions", detail, null);
}

function checkHosts(plugin: PluginManifest, contents: PackageContents): Problem[] {
  const findings: Problem[] = [];
  if (plugin.permissions.includes("network") && plugin.network.length === 0) {
    findings.push(report(contents, "permission.network-without-hosts", "H", "/permissions", "The plugin asks for the network and names no hosts, so it could reach none or any.", "List the hosts under `network`."));
  }
  for (const [index, host] of plugin.network.entries()) {
    if (!host.includes("*")) continue;
    findings.push(report(contents, "permission.wildcard-host", "H", `/network/${index}`, `\`${host}\` stands for hosts that nobody can list.`, "Name each host."));
  }
  return findings;
}
