import { makeProblem, permissionRisk, type PluginManifest, type Problem } from "@kosmarket/kit";
import { findActiveReadme } from "../readme/find-active-readme.ts";
import type { Check } from "./check.ts";

const USAGE = /usage|\buse\b|using|how to|get(?:ting)? started|quick ?start|example|try it/i;
const PERMISSIONS = /permission|privacy|access|security/i;
const DATA = /data|privacy|stor(?:es|age)|sends/i;

/** A README that tells how to use the package, what it may do, and where data goes, and that runs nothing. */
export const readmeCheck: Check = {
  id: "readme",
  severity: "B",
  title: "README",
  needs: "sound-package",
  run(contents) {
    const { archive } = contents;
    const path = archive?.files.paths.find((each) => /^readme\.md$/i.test(each));
    if (archive === null || path === undefined) return { lookedAt: "The root of the package.", findings: [report("readme.missing", null, "There is no `README.md` at the root of the package.", "Add one: it is the listing's page.")] };
    const text = contents.text(path);
    if (text === null) return { lookedAt: path, findings: [report("readme.not-text", path, "The README is not UTF-8 text, or larger than 2 MiB.", "Save it as UTF-8.")] };
    const active = findActiveReadme(text).map(({ code, detail, line, column }) => makeProblem({ code, check: "readme", severity: "B", file: path, line, column, detail, suggestion: "Take it out; put it into backticks where it is an example." }));
    const missing = missingSections(text, contents.plugin).map((name) => report("readme.section", path, `No heading of the README is about ${name}.`, `Add a section on ${name}.`));
    return { lookedAt: `The headings, links and HTML of ${path}.`, findings: [...active, ...missing] };
  },
};

function report(code: "readme.missing" | "readme.not-text" | "readme.section", file: string | null, detail: string, suggestion: string): Problem {
  return makeProblem({ code, check: "readme", severity: "W", file, detail, suggestion });
}

function missingSections(text: string, plugin: PluginManifest | null): string[] {
  const headings = [...text.matchAll(/^#{1,6}[ \t]+(.+)$|^(.+)\n(?:=+|-+)[ \t]*$/gm)].map((match) => match[1] ?? match[2] ?? "");
  const has = (pattern: RegExp): boolean => headings.some((heading) => pattern.test(heading));
  const missing: string[] = [];
  if (!has(USAGE)) missing.push("usage");
  if (plugin !== null && plugin.permissions.length > 0 && !has(PERMISSIONS)) missing.push("permissions");
  if (plugin !== null && plugin.permissions.some((id) => permissionRisk(id) !== "low") && !has(DATA)) missing.push("data");
  return missing;
}
