import { execFile } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** A Chromium that Playwright can drive, with what this machine needs for it to start. */
export interface Chromium {
  executablePath: string;
  args: string[];
  /** More environment for its process; absent where it takes the inherited one. */
  env?: Record<string, string>;
}

const root = join(import.meta.dirname, "../..");
const NAMES = ["chromium", "google-chrome", "google-chrome-stable"];
const QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/**
 * Chromium from CHROMIUM_PATH, else from PATH, else the one in the npm package, which is unpacked into the temporary
 * folder at first and needs neither root nor a network. Throws where none of the three can run.
 */
export async function findChromium(environment: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  // Only the pages of the instance under test are opened; as root Chromium does not start with its sandbox.
  const args = process.getuid?.() === 0 ? ["--no-sandbox", ...QUIET] : QUIET;
  const installed = environment["CHROMIUM_PATH"] || fromPath(environment["PATH"] ?? "");
  if (installed) return { executablePath: installed, args };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`The packaged Chromium is for Linux on x64, this is ${process.platform} on ${process.arch}: install Chromium or set CHROMIUM_PATH.`);
  }
  return { ...(await fromPackage(environment)), args: ["--no-sandbox", "--no-zygote", ...QUIET] };
}

function fromPath(path: string): string | null {
  const candidates = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fromPackage(environment: NodeJS.ProcessEnv): Promise<Pick<Chromium, "executablePath" | "env">> {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules/@sparticuz/chromium/package.json"), "utf8")) as { version: string };
  // One copy per account: nobody runs a program that somebody else may have put there.
  const folder = join(tmpdir(), `kos-chromium-${version}-${userInfo().uid}`);
  const executablePath = join(folder, "chromium");
  if (!isExecutable(executablePath)) await unpack(folder);
  return { executablePath, env: libraryEnvironment(folder, environment) };
}

/** The package unpacks into whatever the temporary folder is, file by file: a child with its own one makes that a single rename. */
async function unpack(folder: string): Promise<void> {
  const staging = mkdtempSync(join(tmpdir(), "kos-chromium-"));
  const script = `
    import { default as chromium, inflate } from "@sparticuz/chromium";
    await chromium.executablePath();
    await inflate("node_modules/@sparticuz/chromium/bin/al2023.tar.br");`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { cwd: root, env: { NODE_ENV: "test", PATH: process.env["PATH"], TMPDIR: staging } });
  mkdirSync(join(staging, "cache"));
  writeFileSync(join(staging, "fonts", "fonts.conf"), `<?xml version="1.0"?><fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "cache")}</cachedir></fontconfig>\n`);
  try {
    renameSync(staging, folder);
  } catch (error) {
    // Another run was faster; its copy has the same name only when it has the same version.
    rmSync(staging, { recursive: true, force: true });
    if (!isExecutable(join(folder, "chromium"))) throw error;
  }
}

/** NSS and its like come with the package, so that none need be installed; its one font is for machines that have none. */
function libraryEnvironment(folder: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const needed = Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
  if (!isReadable("/etc/fonts/fonts.conf")) needed["FONTCONFIG_PATH"] = join(folder, "fonts");
  return { ...needed, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
