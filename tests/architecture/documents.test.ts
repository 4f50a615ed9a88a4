import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ERRORS, type ErrorCode } from "#lib/http/errors.ts";
import { ERROR_WORDS } from "../../app/(site)/docs/errors/_error-words.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const markdownIn = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
const DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...markdownIn("docs"), ...markdownIn("docs/decisions")];

test.each(Object.keys(ERRORS) as ErrorCode[])("docs/errors.md says of %s what the page says", (code) => {
  const text = read("docs/errors.md");
  expect(text).toContain(`<a id="${code}"></a>\n### \`${code}\`\n\n**${ERRORS[code].status}, ${ERRORS[code].title}.** ${ERROR_WORDS[code].when}\n`);
  expect(text).toContain(`*What to do:* ${ERROR_WORDS[code].next}\n`);
});

test("docs/configuration.md has every variable that the configuration reads", () => {
  const variables = [...read("lib/platform/config.ts").matchAll(/^ {4}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? "");
  expect(variables.length).toBeGreaterThan(15);
  const text = read("docs/configuration.md");
  expect(variables.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

describe("links between documents", () => {
  test.each(DOCUMENTS)("%s leads nowhere that is not there", (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? "");
    // The pictures are made by a test of their own.
    const missing = targets.filter((target) => !target.includes("docs/screens/") && !existsSync(join(root, dirname(path), target)));
    expect(missing).toEqual([]);
  });
});
