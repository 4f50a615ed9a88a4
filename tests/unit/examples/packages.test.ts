import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspectPackage, packReproducible } from "@kosmarket/inspect";
import type { PackageReport } from "@kosmarket/inspect";
import { describe, expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);
const foldersOf = (name: string): string[] => readdirSync(new URL(`${name}/`, root), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

async function inspect(path: string): Promise<{ id: string; report: PackageReport }> {
  const packed = await packReproducible(fileURLToPath(new URL(path, root)));
  return { id: packed.manifest.id, report: await inspectPackage(packed.bytes) };
}

describe("the built-in catalogue", () => {
  it("has the twenty services", () => {
    expect(foldersOf("catalog").sort()).toEqual(
      [
        ...["openai", "anthropic", "ollama", "lm-studio", "llama-cpp", "vllm", "open-webui", "hugging-face"],
        ...["a1111", "comfyui", "replicate", "civitai", "qdrant", "chroma", "weaviate", "milvus"],
        ...["n8n", "whisper", "bark", "riffusion"],
      ].sort(),
    );
  });

  it.each(foldersOf("catalog"))("%s passes every check without a remark", async (folder) => {
    const { id, report } = await inspect(`catalog/${folder}`);
    expect(id).toBe(folder);
    expect(report.kind).toBe("service");
    expect(report.problems).toEqual([]);
  });
});

describe("the example plugins", () => {
  it.each(foldersOf("examples"))("%s has nothing that blocks or warns", async (folder) => {
    const { id, report } = await inspect(`examples/${folder}`);
    expect(id).toBe(folder);
    expect(report.kind).toBe("plugin");
    expect(report.problems.filter((problem) => problem.severity === "B" || problem.severity === "W")).toEqual([]);
  });

  it("leave to a person only what reads files", async () => {
    const held: string[] = [];
    for (const folder of foldersOf("examples")) {
      const { report } = await inspect(`examples/${folder}`);
      held.push(...report.problems.filter((problem) => problem.severity === "H").map((problem) => `${folder} ${problem.code}`));
    }
    expect(held.sort()).toEqual(["calendar permission.high-risk", "folder-search permission.high-risk"]);
  });
});
