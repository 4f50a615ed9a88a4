// Assembles the package as it is published, in `dist/`: this package with kit and inspect in it, as JavaScript, since
// Node runs no TypeScript below node_modules. Then: `npm pack ./packages/host/dist`.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..");
const target = join(here, "dist");
const INSIDE = ["kit", "inspect", "host"];

const COMPILER = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  removeComments: false,
};

function build(name) {
  const source = join(packages, name, "src");
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith(".d.ts")) continue;
    const path = relative(source, join(entry.parentPath, entry.name));
    const output = join(target, "lib", name, path.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(output), { recursive: true });
    if (entry.name.endsWith(".ts")) writeFileSync(output, toJavaScript(join(source, path), output));
    else cpSync(join(source, path), output);
  }
}

function toJavaScript(path, output) {
  const { outputText, diagnostics } = ts.transpileModule(readFileSync(path, "utf8"), { fileName: path, compilerOptions: COMPILER, reportDiagnostics: true });
  if (diagnostics.length > 0) throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, " ")}`);
  return outputText.replace(/(from\s+|import\s*\(?\s*)"@kosmarket\/(kit|inspect)"/g, (_, before, name) => `${before}"${relative(dirname(output), join(target, "lib", name, "index.js"))}"`);
}

/** What the three packages need from outside, each at the one version that all of them name. */
function outsideDependencies(manifests) {
  const needed = {};
  for (const { dependencies = {} } of manifests) {
    for (const [name, version] of Object.entries(dependencies)) {
      if (name.startsWith("@kosmarket/")) continue;
      if (needed[name] !== undefined && needed[name] !== version) throw new Error(`${name} is wanted as ${needed[name]} and as ${version}`);
      needed[name] = version;
    }
  }
  return Object.fromEntries(Object.entries(needed).sort(([a], [b]) => (a < b ? -1 : 1)));
}

rmSync(target, { recursive: true, force: true });
for (const name of INSIDE) build(name);
const manifests = INSIDE.map((name) => JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")));
const { name, version, description, license, bin } = manifests.at(-1);
const published = { name, version, description, license, type: "module", bin, engines: { node: ">=22.13" }, files: ["bin", "lib"], dependencies: outsideDependencies(manifests) };
writeFileSync(join(target, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
cpSync(join(here, "bin"), join(target, "bin"), { recursive: true });
for (const file of [join(here, "README.md"), join(packages, "..", "LICENSE")]) {
  if (existsSync(file)) cpSync(file, join(target, file.slice(dirname(file).length + 1)));
}
process.stdout.write(`${relative(process.cwd(), target)}: ${name} ${version}\n`);
