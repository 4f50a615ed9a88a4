import { assembleFunction, functionName } from "./assemble-function.ts";
import { encodeName, encodeSection, encodeUnsigned, encodeVector, I32, readInteger, encodeSigned } from "./encode-binary.ts";
import { parseTextFormat } from "./parse-text-format.ts";
import type { Expression } from "./parse-text-format.ts";

const EXPORT_KIND = { func: 0, memory: 2, global: 3 } as const;

interface Export {
  name: string;
  kind: number;
  index: number;
}

/**
 * Turns a module of the WebAssembly text format into the binary format. Knows the part of the language that
 * `word-count.wat` uses: i32 functions, one memory, constant globals, exports. Anything else throws `SyntaxError`.
 * Binary layout: WebAssembly Core Specification, section 5.5 "Modules".
 */
export function assembleModule(source: string): Uint8Array {
  const [module] = parseTextFormat(source);
  if (!Array.isArray(module) || module[0] !== "module") throw new SyntaxError("the file must hold one (module ...)");
  const fields = module.slice(1).filter((field) => Array.isArray(field));
  const functions = fields.filter((field) => field[0] === "func");
  const memories = fields.filter((field) => field[0] === "memory");
  const globals = fields.filter((field) => field[0] === "global");
  if (functions.length + memories.length + globals.length !== module.length - 1) throw new SyntaxError("only func, memory and global fields are known");

  const indexOf = new Map(functions.map((field, index) => [functionName(field) ?? "", index] as const));
  const bodies = functions.map((field) => assembleFunction(field, indexOf));
  const exports = [...readExports(functions, "func"), ...readExports(memories, "memory"), ...readExports(globals, "global")];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...encodeSection(1, encodeVector(bodies.map((body) => body.type))),
    ...encodeSection(3, encodeVector(bodies.map((_, index) => encodeUnsigned(index)))),
    ...encodeSection(5, encodeVector(memories.map(encodeMemory))),
    ...encodeSection(6, encodeVector(globals.map(encodeGlobal))),
    ...encodeSection(7, encodeVector(exports.map((entry) => [...encodeName(entry.name), entry.kind, ...encodeUnsigned(entry.index)]))),
    ...encodeSection(10, encodeVector(bodies.map((body) => [...encodeUnsigned(body.code.length), ...body.code]))),
  ]);
}

function readExports(fields: Expression[][], kind: keyof typeof EXPORT_KIND): Export[] {
  return fields.flatMap((field, index) =>
    field
      .filter((part) => Array.isArray(part) && part[0] === "export")
      .map((part) => ({ name: String(part[1]).slice(1, -1), kind: EXPORT_KIND[kind], index })),
  );
}

function encodeMemory(field: Expression[]): number[] {
  const [minimum, maximum] = field.slice(1).filter((part) => typeof part === "string");
  if (minimum === undefined || maximum === undefined) throw new SyntaxError("a memory needs a minimum and a maximum");
  return [0x01, ...encodeUnsigned(readInteger(minimum)), ...encodeUnsigned(readInteger(maximum))];
}

function encodeGlobal(field: Expression[]): number[] {
  const value = field.find((part) => Array.isArray(part) && part[0] === "i32.const");
  if (!field.includes("i32") || value === undefined) throw new SyntaxError("a global needs the type i32 and a constant");
  return [I32, 0x00, 0x41, ...encodeSigned(readInteger(String(value[1]))), 0x0b];
}
