import { encodeSigned, encodeUnsigned, encodeVector, I32, readInteger } from "./encode-binary.ts";
import type { Expression } from "./parse-text-format.ts";

/** Opcodes without operands: WebAssembly Core Specification, section 5.4 "Instructions". */
const PLAIN: Readonly<Record<string, number>> = {
  "i32.eqz": 0x45,
  "i32.eq": 0x46,
  "i32.ne": 0x47,
  "i32.le_u": 0x4d,
  "i32.ge_u": 0x4f,
  "i32.add": 0x6a,
  "i32.and": 0x71,
  "i32.or": 0x72,
  "i32.shl": 0x74,
};
const BLOCKS: Readonly<Record<string, number>> = { block: 0x02, loop: 0x03, if: 0x04 };
const NO_RESULT = 0x40;

/** One function in the binary format: its type, and its body with the local variables in front. */
export interface AssembledFunction {
  type: number[];
  code: number[];
}

/** Assembles `(func ...)`; `functions` maps `$name` to the function's index. */
export function assembleFunction(field: Expression[], functions: ReadonlyMap<string, number>): AssembledFunction {
  const start = functionName(field) === null ? 1 : 2;
  const firstInstruction = field.findIndex((part, index) => index >= start && typeof part === "string");
  const header = field.slice(start, firstInstruction);
  const params = declared(header, "param");
  const locals = declared(header, "local");
  const results = header.filter((part) => part[0] === "result").map(() => [I32]);
  const localIndex = new Map([...params, ...locals].map((name, index) => [name, index]));
  const body = new Assembler(field.slice(firstInstruction), localIndex, functions).run();
  return {
    type: [0x60, ...encodeVector(params.map(() => [I32])), ...encodeVector(results)],
    code: [...encodeVector(locals.length === 0 ? [] : [[...encodeUnsigned(locals.length), I32]]), ...body, 0x0b],
  };
}

/** `$name` of a function, or null when it has none. */
export function functionName(field: Expression[]): string | null {
  const name = field[1];
  return typeof name === "string" && name.startsWith("$") ? name : null;
}

function declared(header: Expression[], kind: "param" | "local"): string[] {
  return header.flatMap((part) => (part[0] === kind ? [String(part[1])] : []));
}

class Assembler {
  readonly #code: Expression[];
  readonly #locals: ReadonlyMap<string, number>;
  readonly #functions: ReadonlyMap<string, number>;
  readonly #labels: string[] = [];
  #at = 0;

  constructor(code: Expression[], locals: ReadonlyMap<string, number>, functions: ReadonlyMap<string, number>) {
    this.#code = code;
    this.#locals = locals;
    this.#functions = functions;
  }

  run(): number[] {
    const out: number[] = [];
    while (this.#at < this.#code.length) out.push(...this.#instruction());
    return out;
  }

  #instruction(): number[] {
    const name = this.#word();
    const plain = PLAIN[name];
    if (plain !== undefined) return [plain];
    const block = BLOCKS[name];
    if (block !== undefined) return this.#openBlock(block);
    switch (name) {
      case "i32.const":
        return [0x41, ...encodeSigned(readInteger(this.#word()))];
      case "i32.load8_u":
        return [0x2d, 0x00, ...encodeUnsigned(this.#offset())];
      case "local.get":
        return [0x20, ...encodeUnsigned(this.#lookUp(this.#locals))];
      case "local.set":
        return [0x21, ...encodeUnsigned(this.#lookUp(this.#locals))];
      case "call":
        return [0x10, ...encodeUnsigned(this.#lookUp(this.#functions))];
      case "br":
        return [0x0c, ...encodeUnsigned(this.#depth())];
      case "br_if":
        return [0x0d, ...encodeUnsigned(this.#depth())];
      case "else":
        return [0x05];
      case "end":
        this.#labels.pop();
        return [0x0b];
      default:
        throw new SyntaxError(`unknown instruction "${name}"`);
    }
  }

  #openBlock(opcode: number): number[] {
    const next = this.#code[this.#at];
    this.#labels.push(typeof next === "string" && next.startsWith("$") ? this.#word() : "");
    const result = this.#code[this.#at];
    if (!Array.isArray(result) || result[0] !== "result") return [opcode, NO_RESULT];
    this.#at += 1;
    return [opcode, I32];
  }

  #word(): string {
    const part = this.#code[this.#at];
    if (typeof part !== "string") throw new SyntaxError("folded instructions are not known here: write them in order");
    this.#at += 1;
    return part;
  }

  #offset(): number {
    const next = this.#code[this.#at];
    if (typeof next !== "string" || !next.startsWith("offset=")) return 0;
    this.#at += 1;
    return readInteger(next.slice("offset=".length));
  }

  #lookUp(names: ReadonlyMap<string, number>): number {
    const name = this.#word();
    const index = names.get(name);
    if (index === undefined) throw new SyntaxError(`"${name}" is not declared`);
    return index;
  }

  #depth(): number {
    const label = this.#word();
    const place = this.#labels.lastIndexOf(label);
    if (place < 0) throw new SyntaxError(`no block is labelled "${label}"`);
    return this.#labels.length - 1 - place;
  }
}
