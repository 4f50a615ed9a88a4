import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packReproducible } from "@kosmarket/inspect";

export interface PackageInput {
  id: string;
  version?: string;
  permissions?: string[];
  /** Lines after those that every `plugin.yaml` here has. */
  manifest?: string[];
  /** More files, or other text for those that every package has. */
  files?: Record<string, string>;
}

/** A small sound plugin package, packed as `kos pack` does. */
export async function packPlugin(input: PackageInput): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "kos-test-package-"));
  try {
    for (const [name, text] of Object.entries({ ...pluginFiles(input), ...input.files })) writeFileSync(join(folder, name), text);
    return (await packReproducible(folder)).bytes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pluginFiles({ id, version = "1.0.0", permissions = ["log_output"], manifest = [] }: PackageInput): Record<string, string> {
  return {
    "plugin.yaml": [`id: ${id}`, "name: Harbour Lights", "description: Writes the time of the next high tide to the log.", "entrypoint: main.ts", `version: ${version}`, "permissions:", ...permissions.map((permission) => `  - ${permission}`), "trust_level: unverified", "license: Apache-2.0", ...manifest, ""].join("\n"),
    "main.ts": `export function init(host: { log: (line: string) => void }): void {\n  host.log("high tide at ${version}");\n}\n`,
    "README.md": `# Harbour Lights\n\n## Usage\nInstall it; it writes one line.\n\n## Permissions\n\`log_output\` for that line.\n\n## Data\nNothing leaves the host.\n`,
    LICENSE: "Apache License 2.0: http://www.apache.org/licenses/LICENSE-2.0\n",
    "CHANGELOG.md": `# Changes\n\n## ${version}\nFirst light.\n`,
  };
}

/** A sound `services.yaml` with one entry. */
export function serviceManifest(id: string, version = "1.0.0", description = "Answers questions about tides."): Uint8Array {
  const lines = ["services:", `  - id: ${id}`, "    name: Tide Talk", "    type: llm", "    provider: harbour", `    description: ${description}`, "    endpoint: https://tides.example.org/v1", "    auth:", "      type: bearer_token", "      token_env: TIDES_API_KEY", "    capabilities:", "      - chat", "    license: Apache-2.0", "    trust_level: unverified", `    version: "${version}"`, ""];
  return new TextEncoder().encode(lines.join("\n"));
}

/** The bytes as a file on disk while `work` runs, as an upload has been by the time `lib` sees it. */
export async function withStagedFile<T>(bytes: Uint8Array, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "kos-test-upload-"));
  try {
    const path = join(folder, "upload");
    writeFileSync(path, bytes);
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
