import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { toPointer } from "../json-pointer.ts";
import { makeProblem } from "../problem.ts";
import type { Problem, ProblemInput } from "../problem.ts";
import { findCharacterFaults } from "./character-faults.ts";
import type { Place, TextPlaces } from "./text-places.ts";

/** Where a value and its key stand, and how a plain scalar was written. */
export interface NodeRecord {
  key: Place | null;
  value: Place;
  source: string | null;
}

export interface ConvertedYaml {
  value: unknown;
  problems: Problem[];
  /** By JSON pointer. */
  records: Map<string, NodeRecord>;
}

/** Keys that reach an object's prototype in careless readers. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Turns a parsed node into plain data and reports what plain data cannot hold:
 * keys that are not strings, repeated or dangerous keys, merge keys, numbers
 * that readers disagree on, and hidden characters that an escape smuggled in.
 * The caller has bounded the depth.
 */
export function convertYamlNode(node: unknown, places: TextPlaces): ConvertedYaml {
  const converter = new Converter(places);
  const value = converter.convert(node, [], null);
  return { value, problems: converter.problems, records: converter.records };
}

class Converter {
  readonly problems: Problem[] = [];
  readonly records = new Map<string, NodeRecord>();
  readonly #places: TextPlaces;

  constructor(places: TextPlaces) {
    this.#places = places;
  }

  convert(node: unknown, path: readonly (string | number)[], key: Place | null): unknown {
    const offset = startOf(node);
    const value = offset === null ? (key ?? { line: 1, column: 1 }) : this.#places.at(offset);
    const source = isScalar(node) && node.type === "PLAIN" ? (node.source ?? null) : null;
    this.records.set(toPointer(path), { key, value, source });
    if (isMap(node)) return this.#convertMap(node, path);
    if (isSeq(node)) return this.#convertSeq(node, path);
    if (isScalar(node)) return this.#convertScalar(node, path, value);
    return isAlias(node) ? null : (node ?? null);
  }

  #convertMap(map: YAMLMap, path: readonly (string | number)[]): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const seen = new Map<string, Place>();
    for (const pair of map.items) {
      const place = this.#places.at(startOf(pair.key) ?? startOf(pair.value) ?? 0);
      const name = this.#readKey(pair, path, place);
      if (name === null) continue;
      const first = seen.get(name);
      if (first !== undefined) {
        this.#report(path, place, { code: "yaml.duplicate-key", detail: `The key \`${name}\` already stands in line ${first.line}.`, suggestion: "Keep one of the two." }, name);
        continue;
      }
      seen.set(name, place);
      result[name] = this.convert(pair.value, [...path, name], place);
    }
    return result;
  }

  /** The key as a string, or null (after reporting) when it may not be used. */
  #readKey(pair: Pair, path: readonly (string | number)[], place: Place): string | null {
    const { key } = pair;
    if (!isScalar(key) || typeof key.value !== "string") {
      const written = isScalar(key) && key.source !== undefined ? key.source : null;
      const suggestion = written === null ? "Use a plain word as the key." : `Quote it: "${written}".`;
      this.#report(path, place, { code: "yaml.non-string-key", detail: "Every key must be a string.", suggestion });
      return null;
    }
    const name = key.value;
    this.#checkHiddenCharacters(key, path, place);
    if (name === "<<" && key.type === "PLAIN") {
      this.#report(path, place, { code: "yaml.merge-key", detail: "A merge key copies another map into this one.", suggestion: "Write the fields out." }, name);
      return null;
    }
    if (FORBIDDEN_KEYS.has(name)) {
      this.#report(path, place, { code: "yaml.forbidden-key", detail: `The key \`${name}\` is never allowed.`, suggestion: "Choose another name." }, name);
      return null;
    }
    return name;
  }

  #convertSeq(seq: YAMLSeq, path: readonly (string | number)[]): unknown[] {
    return seq.items.map((item, index) => this.convert(item, [...path, index], null));
  }

  #convertScalar(scalar: Scalar, path: readonly (string | number)[], place: Place): unknown {
    const { value } = scalar;
    this.#checkHiddenCharacters(scalar, path, place);
    if (typeof value === "number" && !isPlainNumber(value, scalar.source ?? "")) {
      const suggestion = `Write a plain decimal number, or quote it: "${scalar.source ?? value}".`;
      this.#report(path, place, { code: "yaml.number-range", detail: "Readers of YAML disagree on this number.", suggestion });
      return null;
    }
    return value;
  }

  /** Escapes such as `\u202e` are harmless in the source and not in the value. */
  #checkHiddenCharacters(scalar: Scalar, path: readonly (string | number)[], place: Place): void {
    if (typeof scalar.value !== "string" || scalar.type !== "QUOTE_DOUBLE") return;
    const seen = new Set<string>();
    for (const fault of findCharacterFaults(scalar.value)) {
      if (seen.has(fault.name) || fault.name === "U+FFFD") continue;
      seen.add(fault.name);
      this.#report(path, place, { code: fault.code, detail: `The text holds the character ${fault.name}, written as an escape.`, suggestion: "Remove the escape." });
    }
  }

  #report(path: readonly (string | number)[], place: Place, problem: ProblemInput, key?: string): void {
    const pointer = toPointer(key === undefined ? path : [...path, key]);
    this.problems.push(makeProblem({ ...problem, ...place, pointer }));
  }
}

function startOf(node: unknown): number | null {
  const range: unknown = typeof node === "object" && node !== null && "range" in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : null;
}

/** Decimal, finite, exact as a double, and without the leading zero that YAML 1.1 reads as octal. */
function isPlainNumber(value: number, source: string): boolean {
  if (!Number.isFinite(value) || /^[-+]?0[0-9ox]/i.test(source)) return false;
  return !Number.isInteger(value) || Number.isSafeInteger(value);
}
