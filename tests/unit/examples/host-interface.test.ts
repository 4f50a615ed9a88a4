import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as calendar from "../../../examples/calendar/main.ts";
import * as folderSearch from "../../../examples/folder-search/main.ts";
import * as meetingNotes from "../../../examples/meeting-notes/main.ts";
import * as readingList from "../../../examples/reading-list/main.ts";
import type { Plugin } from "../../../examples/text-tidy/host.ts";
import * as textTidy from "../../../examples/text-tidy/main.ts";
import * as timeAgent from "../../../examples/time-agent/main.ts";

// The type is the first half of the rule: each module must fit `Plugin` to stand here.
const modules: Record<string, Plugin> = {
  calendar,
  "folder-search": folderSearch,
  "meeting-notes": meetingNotes,
  "reading-list": readingList,
  "text-tidy": textTidy,
  "time-agent": timeAgent,
};

const examples = new URL("../../../examples/", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, examples), "utf8");
const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const typescriptPlugins = folders.filter((folder) => read(`${folder}/plugin.yaml`).includes("runtime: typescript"));

describe("the host interface of the examples", () => {
  it("is the same file in every TypeScript plugin", () => {
    expect(typescriptPlugins).toHaveLength(6);
    const texts = new Set(typescriptPlugins.map((folder) => read(`${folder}/host.ts`)));
    expect(texts.size).toBe(1);
  });

  it.each(typescriptPlugins)("%s exports the hooks that its manifest names, and nothing else", (folder) => {
    const named = [...read(`${folder}/plugin.yaml`).matchAll(/^ {2}(init|onReady|onEvent|onDestroy): (\w+)$/gm)].map((match) => match[2]);
    expect(Object.keys(modules[folder] ?? {}).sort()).toEqual(named.sort());
  });

  it("is printed in the README as it is", () => {
    expect(read("README.md")).toContain("```ts\n" + read("text-tidy/host.ts") + "```");
  });

  it.each(folders)("%s comes with everything a package should hold", (folder) => {
    const files = readdirSync(new URL(`${folder}/`, examples));
    expect(files).toEqual(expect.arrayContaining(["plugin.yaml", "README.md", "LICENSE", "CHANGELOG.md", "icon.svg"]));
    const readme = read(`${folder}/README.md`);
    for (const section of ["## Usage", "## Permissions", "## Data"]) expect(readme).toContain(section);
  });
});
