// Runs the real tools with the project's own configuration on two small trees that break every rule once: a linter that
// has stopped catching anything fails here. A planted file names what it breaks in its first lines (`// eslint: rule`);
// one that names nothing must pass, so that a rule that forbids too much fails here as well.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { ESLint } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const rulesTree = join(import.meta.dirname, "planted", "rules");
const unusedTree = join(import.meta.dirname, "planted", "unused");

/** File → the rules that it breaks, sorted. */
type Broken = Record<string, string[]>;

function plantedFor(tool: "eslint" | "dependency-cruiser"): Broken {
  const files = readdirSync(rulesTree, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name));
  const named = files.map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    return [relative(rulesTree, path), readFileSync(path, "utf8")];
  });
  const pattern = new RegExp(`^// ${tool}: (\\S+)$`, "gm");
  return collect(named.flatMap(([file, text]) => [...text.matchAll(pattern)].map((match): [string, string] => [file, match[1] ?? ""])));
}

function collect(pairs: [file: string, rule: string][]): Broken {
  const found: Broken = {};
  for (const [file, rule] of pairs) found[file] = [...new Set([...(found[file] ?? []), rule])].sort();
  return found;
}

/** What a tool's own command line, run by this Node, prints. With JSON some exit with 0 whatever they find: only a silent one has failed. */
function runTool(script: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(root, "node_modules", script), ...args], { cwd, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      if (stdout !== "") resolve(stdout);
      else reject(new Error(`${script} did not run: ${stderr}`));
    });
  });
}

describe("dependency-cruiser", () => {
  const { forbidden } = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs")) as { forbidden: { name: string }[] };

  it("catches each planted import, and nothing else", async () => {
    const args = ["--config", join(root, ".dependency-cruiser.cjs"), "--output-type", "json", "."];
    const { summary } = JSON.parse(await runTool("dependency-cruiser/bin/dependency-cruiser.mjs", args, rulesTree)) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    expect(collect(summary.violations.map(({ from, rule }) => [from, rule.name]))).toEqual(plantedFor("dependency-cruiser"));
  });

  it("has no rule without a planted violation", () => {
    expect([...new Set(Object.values(plantedFor("dependency-cruiser")).flat())].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });
});

describe("eslint", () => {
  const planted = new ESLint({ cwd: rulesTree, overrideConfigFile: join(root, "eslint.config.js") });
  const project = new ESLint({ cwd: root });
  let results: ESLint.LintResult[] = [];

  beforeAll(async () => {
    results = await planted.lintFiles(["."]);
  });

  it("catches each planted fault, and nothing else", () => {
    const found = results.flatMap(({ filePath, messages }) =>
      messages.filter(({ severity }) => severity === 2).map(({ ruleId, message }): [string, string] => [relative(rulesTree, filePath), ruleId ?? message]),
    );
    expect(collect(found)).toEqual(plantedFor("eslint"));
  });

  it.each([
    { lines: 300, rules: [] },
    { lines: 301, rules: ["max-lines"] },
  ])("judges a source file of $lines lines", async ({ lines, rules }) => {
    const [result] = await planted.lintText(`export const inner = 1;\n${"// so long\n".repeat(lines - 1)}`, { filePath: join(rulesTree, "lib/platform/inner.ts") });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(rules);
  });

  it("has no rule without a planted violation", async () => {
    const rules = (await enabledRules(join(root, "components/ui/button.tsx"))).filter((name) => !name.startsWith("react-hooks/"));
    const caught = Object.values(plantedFor("eslint")).flat();
    expect([...new Set(caught), "max-lines"].filter((name) => !name.startsWith("react-hooks/")).sort()).toEqual(rules.sort());
  });

  it.each(["server.ts", "app/layout.tsx", "lib/platform/index.ts", "packages/kit/src/index.ts", "worker/main.ts", "tests/architecture/planted.test.ts"])("reads %s of the project", async (file) => {
    expect(await project.isPathIgnored(join(root, file))).toBe(false);
    expect(await enabledRules(join(root, file))).toContain("@typescript-eslint/no-floating-promises");
  });

  async function enabledRules(file: string): Promise<string[]> {
    const { rules } = (await project.calculateConfigForFile(file)) as { rules: Record<string, [severity: number]> };
    return Object.entries(rules).flatMap(([name, [severity]]) => (severity === 2 ? [name] : []));
  }
});

describe("knip", () => {
  it("catches the planted unused file, exports and dependency, and nothing else", async () => {
    const output = await runTool("knip/bin/knip.js", ["--config", join(root, "knip.json"), "--reporter", "json"], unusedTree);
    const { issues } = JSON.parse(output) as { issues: ({ file: string } & Record<string, { name: string }[] | string>)[] };
    const found = issues.flatMap(({ file, ...kinds }) => Object.entries(kinds).flatMap(([kind, names]) => (Array.isArray(names) ? names.map(({ name }) => `${kind} ${file} ${name}`) : [])));
    expect(found.sort()).toEqual([
      "dependencies package.json semver",
      "exports lib/platform/index.ts forgotten",
      "exports lib/platform/names.ts forgotten",
      "files lib/platform/unreached.ts lib/platform/unreached.ts",
    ]);
  });
});
