import { describe, expect, it } from "vitest";
import { inspectPackage } from "@kosmarket/inspect";
import { buildZip, validEntries, VALID_PLUGIN } from "#tests/support/archive-builder.ts";

async function judgeReadme(markup: string): Promise<string[]> {
  const entries = validEntries().map((entry) => (entry.name === "README.md" ? { ...entry, data: `${VALID_PLUGIN["README.md"] ?? ""}\n${markup}\n` } : entry));
  const { problems } = await inspectPackage(buildZip(entries));
  return problems.filter((problem) => problem.severity === "B").map((problem) => `${problem.code} line ${problem.line ?? 0}`);
}

const HOSTILE: readonly [string, string, string][] = [
  ["a link that runs", "[a](javascript:alert(1))", "readme.unsafe-link"],
  ["a link with a tab inside its scheme", "[a](java\tscript:alert(1))", "readme.unsafe-link"],
  ["a link written in entities", "[a](&#x6a;avascript&colon;alert(1))", "readme.unsafe-link"],
  ["a link by reference", "[a]: <vbscript:x>", "readme.unsafe-link"],
  ["a link to a page of its own", "[a](data:text/html,<b>x</b>)", "readme.unsafe-link"],
  ["an HTML link", "<A HREF = 'javascript:x'>a</A>", "readme.unsafe-link"],
  ["a script", "<ScRiPt>x</ScRiPt>", "readme.active-content"],
  ["a frame", "<iframe src=//evil.example>", "readme.active-content"],
  ["an event handler", "<img src=x onerror=alert(1)>", "readme.active-content"],
  ["a script behind a code span that does not close it", "``<script>` `` <script>", "readme.active-content"],
];

describe("the markup of a README", () => {
  it.each(HOSTILE)("is refused for %s", async (_name, markup, code) => {
    expect(await judgeReadme(markup)).toEqual([`${code} line 7`]);
  });

  it.each([
    ["code", "`<script>`, and\n\n```html\n<script>[a](javascript:x)</script>\n```\n\n~~~\n<iframe>\n~~~"],
    ["a picture in the address", "![p](data:image/png;base64,AAAA)"],
    ["ordinary HTML", '<details><summary>On = off</summary><img src="a.png" alt="on = 3"></details>'],
    ["a scheme in a path", "[a](https://docs.example/javascript:notes)"],
  ])("is accepted with %s", async (_name, markup) => {
    expect(await judgeReadme(markup)).toEqual([]);
  });

  it("costs no more than its length, whatever is in it", async () => {
    for (const part of ["`", "` ", "](", "<a ", "\t"]) expect(await judgeReadme(part.repeat(200_000 / part.length))).toEqual([]);
  });
});
