import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runProgram, temporaryFolder } from "./run-kos.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Unpacks what `npm pack` makes of the build into an empty folder; what it depends on is linked, not fetched. */
function install(folder: string): { kos: string; dependencies: string[] } {
  execFileSync(process.execPath, [join(root, "packages/host/build.mjs")], { cwd: root });
  execFileSync("npm", ["pack", join(root, "packages/host/dist"), "--pack-destination", folder], { cwd: folder, stdio: "pipe" });
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const place = join(folder, "node_modules", "@kosmarket", "host");
  mkdirSync(place, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", place, "--strip-components=1"]);
  const { dependencies } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  return { kos: join(place, "bin", "kos.mjs"), dependencies: Object.keys(dependencies) };
}

it("runs from a packed tarball in an empty folder, with six dependencies", { timeout: 240_000 }, async () => {
  using folder = temporaryFolder();
  const { kos, dependencies } = install(folder.path);
  expect(dependencies).toEqual(["openpgp", "oxc-parser", "semver", "spdx-expression-parse", "yaml", "zod"]);
  const run = (...argv: string[]) => runProgram(process.execPath, [kos, ...argv], { cwd: folder.path });
  for (const [argv, words] of [
    [["init", "hello", "--kind", "typescript", "--license", "0BSD"], "kos validate hello"],
    [["validate", "hello"], "hello: 1 note"],
    [["pack", "hello"], "hello-0.1.0.zip"],
    [["keygen", "--name", "Ada", "--email", "ada@example.org", "--out", "keys"], "fingerprint"],
    [["sign", "hello-0.1.0.zip", "--key", "keys/private.asc"], "hello-0.1.0.zip.asc"],
    [["verify", "hello-0.1.0.zip", "--signature", "hello-0.1.0.zip.asc", "--keys", "keys/public.asc"], "good signature"],
    [["help"], "kos help COMMAND"],
  ] as const) {
    const ran = await run(...argv);
    expect([argv, ran.code, ran.stdout]).toEqual([argv, 0, expect.stringContaining(words)]);
  }
});
