import { describe, expect, it } from "vitest";
import { buildIndex } from "../../../examples/folder-search/build-index.ts";
import { findExcerpt } from "../../../examples/folder-search/find-excerpt.ts";
import * as plugin from "../../../examples/folder-search/main.ts";
import { searchIndex } from "../../../examples/folder-search/search-index.ts";
import { splitWords } from "../../../examples/folder-search/split-words.ts";
import { createMemoryHost } from "./memory-host.ts";

const FILES = {
  "tax/2025.md": "Tax return for 2025.\nThe tax office wants the return by May.",
  "letters/aunt.txt": "Dear aunt, the weather is fine. I did my tax yesterday.",
  "recipes/soup.md": "Caf\u00e9 soup: onions, and a constructor of taste.",
  "photo.jpg": "tax",
};

describe("splitWords", () => {
  it("drops case, accents and punctuation in any script", () => {
    expect(splitWords("Caf\u00e9-Men\u00fc 2026, \u65e5\u672c \u041f\u0440\u0438\u0432\u0435\u0442!")).toEqual(["cafe", "menu", "2026", "\u65e5\u672c", "\u043f\u0440\u0438\u0432\u0435\u0442"]);
  });
});

describe("searchIndex", () => {
  const index = buildIndex(Object.entries(FILES).map(([path, text]) => ({ path, text })));
  const paths = (query: string): string[] => searchIndex(index, query, 10).map((match) => match.path);

  it("puts the file that is most about the words first", () => {
    expect(paths("tax return")).toEqual(["tax/2025.md"]);
    expect(paths("tax")).toEqual(["tax/2025.md", "photo.jpg", "letters/aunt.txt"]);
  });

  it("takes the last word as the beginning of a word, the others whole", () => {
    expect(paths("weath")).toEqual(["letters/aunt.txt"]);
    expect(paths("weath fine")).toEqual([]);
  });

  it("treats the names of object members as words", () => {
    expect(paths("constructor")).toEqual(["recipes/soup.md"]);
    expect(paths("hasownproperty tax")).toEqual([]);
  });

  it("finds nothing for a query without words", () => {
    expect(paths(" ?! ")).toEqual([]);
  });
});

describe("findExcerpt", () => {
  it("shows the line with most of the words, shortened", () => {
    expect(findExcerpt(FILES["tax/2025.md"], "office return", 20)).toEqual({ line: 2, text: "The tax office want\u2026" });
    expect(findExcerpt("nothing here", "soup")).toBeNull();
  });
});

describe("the plugin", () => {
  it("indexes text files only and searches what it kept", async () => {
    const { host, call, stored } = createMemoryHost("folder-search", { files: { ...FILES, "huge.log": "x".repeat(1_000_001) } });
    await plugin.init(host);
    expect(await call("index", {})).toEqual({ indexed: 3, skipped: ["huge.log"] });
    expect([...stored.values()].join()).not.toContain("weather is fine");
    expect(await call("search", { query: "cafe soup" })).toMatchObject([{ path: "recipes/soup.md", excerpt: { line: 1 } }]);
  });

  it("says that nothing is indexed yet", async () => {
    const { host, call } = createMemoryHost("folder-search", { files: FILES });
    await plugin.init(host);
    await expect(call("search", { query: "tax" })).rejects.toThrow("no folder has been indexed yet");
  });
});
