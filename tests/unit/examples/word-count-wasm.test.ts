import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleModule } from "../../../examples/word-count-wasm/assemble-module.ts";

const folder = new URL("../../../examples/word-count-wasm/", import.meta.url);
const source = readFileSync(new URL("word-count.wat", folder), "utf8");
const binary = readFileSync(new URL("word-count.wasm", folder));

interface Exports {
  memory: WebAssembly.Memory;
  input: WebAssembly.Global;
  capacity: WebAssembly.Global;
  words(length: number): number;
  lines(length: number): number;
  characters(length: number): number;
}

const instance = new WebAssembly.Instance(new WebAssembly.Module(binary));
const wasm = instance.exports as unknown as Exports;

function count(method: "words" | "lines" | "characters", text: string): number {
  const bytes = new TextEncoder().encode(text);
  new Uint8Array(wasm.memory.buffer).set(bytes, wasm.input.value);
  return wasm[method](bytes.length);
}

describe("word-count.wasm", () => {
  it("is what build.ts makes of the source", () => {
    expect(WebAssembly.validate(binary)).toBe(true);
    expect(Buffer.from(assembleModule(source)).equals(binary)).toBe(true);
  });

  it("imports nothing", () => {
    expect(WebAssembly.Module.imports(new WebAssembly.Module(binary))).toEqual([]);
  });

  it.each([
    ["", 0, 0, 0],
    ["  ", 0, 1, 2],
    ["two words", 2, 1, 9],
    ["one\ntwo\n", 2, 2, 8],
    ["na\u00efve \u65e5\u672c\u3000\u8a9e \u{1f600}", 4, 1, 12],
  ])("counts %j", (text, words, lines, characters) => {
    expect([count("words", text), count("lines", text), count("characters", text)]).toEqual([words, lines, characters]);
  });

  it("agrees with Unicode's white space on any text", () => {
    const unit = fc.oneof(fc.constantFrom(" ", "\n", "\t", "\u0085", "\u00a0", "\u1680", "\u2003", "\u2028", "\u202f", "\u205f", "\u3000", "\u200b", "\ufeff"), fc.string({ unit: "binary", maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        // Lone surrogates have no UTF-8 form, so both sides count what the encoder made of them.
        const text = parts.join("").toWellFormed();
        expect(count("words", text)).toBe(text.match(/\P{White_Space}+/gu)?.length ?? 0);
        expect(count("characters", text)).toBe([...text].length);
      }),
    );
  });

  it("takes a text that fills its whole capacity, cut in the middle of a character", () => {
    const capacity: number = wasm.capacity.value;
    new Uint8Array(wasm.memory.buffer).fill(0x61, 0, capacity).fill(0xf0, capacity - 1, capacity);
    expect(wasm.words(capacity)).toBe(1);
  });
});

describe("the assembler", () => {
  it.each([
    ["(module (func nop))", /unknown instruction "nop"/],
    ["(module (func local.get $x))", /"\$x" is not declared/],
    ["(module (table 1))", /only func, memory and global/],
    ["(module\n(func", /line 2: "\(" is never closed/],
    ["(module))", /"\)" without "\("/],
  ])("refuses %j", (text, message) => {
    expect(() => assembleModule(text)).toThrow(message);
  });
});
