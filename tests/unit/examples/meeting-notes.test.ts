import { describe, expect, it } from "vitest";
import { formatMinutes } from "../../../examples/meeting-notes/format-minutes.ts";
import * as plugin from "../../../examples/meeting-notes/main.ts";
import { readMinutes } from "../../../examples/meeting-notes/read-minutes.ts";
import { splitTranscript } from "../../../examples/meeting-notes/split-transcript.ts";
import { createMemoryHost } from "./memory-host.ts";

const ANSWER = '```json\n{"title":"Launch","summary":"We agreed.","decisions":["Ship on Friday",""],"actions":[{"task":"Write notes","owner":"Ana","due":null},{"owner":"Bo"}]}\n```';

describe("splitTranscript", () => {
  it("keeps every piece within the limit and every word", () => {
    const transcript = Array.from({ length: 50 }, (_, index) => `Ana: sentence number ${index} of the meeting`).join("\n");
    const pieces = splitTranscript(transcript, 100);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(100);
    expect(pieces.join(" ").split(/\s+/)).toEqual(transcript.split(/\s+/));
  });

  it("cuts a line that is longer than the limit", () => {
    expect(splitTranscript("abcdefgh ij", 4)).toEqual(["abcd", "efgh", "ij"]);
  });

  it("gives nothing for an empty transcript", () => {
    expect(splitTranscript(" \n ", 10)).toEqual([]);
  });
});

describe("readMinutes", () => {
  it("reads JSON in a fence and drops what is empty", () => {
    expect(readMinutes(ANSWER)).toEqual({
      title: "Launch",
      summary: "We agreed.",
      decisions: ["Ship on Friday"],
      actions: [{ task: "Write notes", owner: "Ana", due: null }],
    });
  });

  it("refuses an answer without an object", () => {
    expect(() => readMinutes("I cannot help with that.")).toThrow(SyntaxError);
  });
});

describe("formatMinutes", () => {
  it("leaves out sections without content", () => {
    const markdown = formatMinutes({ title: "T", summary: "", decisions: [], actions: [{ task: "Do", owner: "Bo", due: "2026-03-05" }] }, "2026-03-02");
    expect(markdown).toBe("# T\n\n2026-03-02\n\n## Actions\n\n- [ ] Do (Bo), due 2026-03-05\n");
  });
});

describe("the plugin", () => {
  it("asks llm.chat, keeps the minutes and lists them", async () => {
    const asked: string[] = [];
    const { host, call, stored } = createMemoryHost("meeting-notes", {
      answer: (service, method) => {
        asked.push(`${service}.${method}`);
        return { text: ANSWER };
      },
    });
    await plugin.init(host);
    const first = (await call("summarise", { transcript: "Ana: we ship", heldOn: "2026-03-02" })) as { key: string; markdown: string };
    await call("summarise", { transcript: "Bo: again", heldOn: "2026-03-02" });
    expect(asked).toEqual(["llm.chat.complete", "llm.chat.complete"]);
    expect(first.markdown).toContain("## Decisions\n\n- Ship on Friday");
    expect(await call("list", {})).toEqual(["minutes/2026-03-02-001", "minutes/2026-03-02-002"]);
    expect(await call("read", { key: first.key })).toMatchObject({ heldOn: "2026-03-02", minutes: { title: "Launch" } });
    expect([...stored.values()].join()).not.toContain("we ship");
  });

  it("summarises a long transcript in parts and merges them", async () => {
    const requests: string[] = [];
    const { host, call } = createMemoryHost("meeting-notes", {
      answer: (_service, _method, params) => {
        requests.push(JSON.stringify(params));
        return { text: ANSWER };
      },
    });
    await plugin.init(host);
    await call("summarise", { transcript: "Ana: hello there\n".repeat(1500), heldOn: "2026-03-02" });
    expect(requests).toHaveLength(4);
    expect(requests.at(-1)).toContain("Merge these minutes");
  });

  it("keeps nothing when the model's answer is not usable", async () => {
    const { host, call, stored } = createMemoryHost("meeting-notes", { answer: () => ({ text: "no" }) });
    await plugin.init(host);
    await expect(call("summarise", { transcript: "Ana: hi" })).rejects.toThrow(SyntaxError);
    expect(stored.size).toBe(0);
  });
});
