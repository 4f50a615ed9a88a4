import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as plugin from "../../../examples/text-tidy/main.ts";
import { normaliseHeadings } from "../../../examples/text-tidy/normalise-headings.ts";
import { normaliseWhitespace } from "../../../examples/text-tidy/normalise-whitespace.ts";
import { smartenQuotes } from "../../../examples/text-tidy/smarten-quotes.ts";
import { tidyText } from "../../../examples/text-tidy/tidy-text.ts";
import { createMemoryHost } from "./memory-host.ts";

describe("normaliseWhitespace", () => {
  it("leaves one space between words and one blank line between paragraphs", () => {
    expect(normaliseWhitespace("a \t b  \n\n\n\nc\u00a0\u2003d")).toBe("a b\n\nc d");
  });

  it("keeps indentation and hard breaks", () => {
    expect(normaliseWhitespace("- a\n    - b\nfirst  \nsecond")).toBe("- a\n    - b\nfirst  \nsecond");
  });
});

describe("normaliseHeadings", () => {
  it("writes underlined and closed headings with leading hashes", () => {
    expect(normaliseHeadings("Title\n=====\ntext\n\nPart\n---\n### Deep ###\nmore")).toBe("# Title\n\ntext\n\n## Part\n\n### Deep\n\nmore");
  });

  it("leaves a rule below a list alone", () => {
    expect(normaliseHeadings("- item\n---\ntext")).toBe("- item\n---\ntext");
  });
});

describe("smartenQuotes", () => {
  it.each([
    [`He said "hi".`, "He said \u201chi\u201d."],
    [`it's the '90s`, "it\u2019s the \u201990s"],
    [`("a" and 'b')`, "(\u201ca\u201d and \u2018b\u2019)"],
    ["wait...", "wait\u2026"],
    ["1990--2000", "1990\u20132000"],
    ['`"code"` and <a title="x">', '`"code"` and <a title="x">'],
  ])("%s", (given, wanted) => {
    expect(smartenQuotes(given)).toBe(wanted);
  });
});

describe("tidyText", () => {
  it("does not touch fenced code", () => {
    const code = '```js\nconst a   =  "x";\n# no heading\n\n\n\n```';
    expect(tidyText(`"a"\n\n${code}\n`).text).toBe(`\u201ca\u201d\n\n${code}\n`);
  });

  it("says whether anything changed", () => {
    expect(tidyText("tidy\n")).toEqual({ text: "tidy\n", changed: false });
    expect(tidyText("tidy").changed).toBe(true);
  });

  it("gives the same when run twice", () => {
    const line = fc.stringMatching(/^[ab "'.#=\-\t`]{0,12}$/);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const once = tidyText(lines.join("\n")).text;
        expect(tidyText(once).text).toBe(once);
      }),
    );
  });
});

describe("the plugin", () => {
  it("answers over the bus and logs no content", async () => {
    const { host, call, logged, registered } = createMemoryHost("text-tidy");
    await plugin.init(host);
    expect(registered).toEqual(["text_processing"]);
    expect(await call("tidy", { text: 'secret "word"', options: { quotes: false } })).toEqual({ text: 'secret "word"\n', changed: true });
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toContain("secret");
  });

  it("refuses a request without text", async () => {
    const { host, call } = createMemoryHost("text-tidy");
    await plugin.init(host);
    await expect(call("tidy", { options: {} })).rejects.toThrow(TypeError);
  });
});
