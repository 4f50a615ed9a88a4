import { LineCounter, parseAllDocuments } from "yaml";
import type { Document } from "yaml";
import { capProblems, makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { parentPointer } from "../json-pointer.ts";
import { checkYamlTokens } from "./check-yaml-tokens.ts";
import { convertYamlNode } from "./convert-yaml-node.ts";
import type { NodeRecord } from "./convert-yaml-node.ts";
import { decodeManifestText } from "./decode-manifest-text.ts";
import type { Place, TextPlaces } from "./text-places.ts";

/** Ten times the largest manifest we know of. */
export const MAX_YAML_BYTES = 64 * 1024;

export interface StrictYaml {
  /** Plain objects, arrays, strings, finite numbers, booleans and null; undefined when the text could not be read. */
  value: unknown;
  problems: Problem[];
  /** The place of a value (or of its key), of the nearest container when the pointer leads nowhere; null without any. */
  locate(pointer: string, part?: "key" | "value"): Place | null;
  /** The text of a plain scalar as the author wrote it (`1.10`, not 1.1); null for anything else. */
  sourceOf(pointer: string): string | null;
}

/**
 * Reads one YAML 1.2 document in the part of YAML that every reader understands
 * alike. Everything else is refused, and all faults come in one answer.
 *
 * @param bytes the file, at most 64 KiB
 * @param opts.file the name that problems carry
 */
export function readStrictYaml(bytes: Uint8Array, opts: { file?: string } = {}): StrictYaml {
  if (bytes.length > MAX_YAML_BYTES) return unread([tooLarge(bytes.length)], opts.file);
  const decoded = decodeManifestText(bytes);
  const tokenProblems = checkYamlTokens(decoded.text, decoded.places);
  const early = [...decoded.problems, ...tokenProblems];
  if (tokenProblems.some((problem) => problem.code === "yaml.too-deep")) return unread(early, opts.file);

  const documents = parseDocuments(decoded.text);
  const first = documents[0];
  if (first === undefined || isBlank(first)) return unread([...early, emptyFile()], opts.file);

  const syntax = documents.flatMap((document) => syntaxProblems(document, decoded.places));
  const extra = documents.slice(1).map((document) => secondDocument(document, decoded.places));
  const converted = convertYamlNode(first.contents, decoded.places);
  const problems = [...early, ...syntax, ...extra, ...converted.problems];
  return finish(syntax.length > 0 ? undefined : converted.value, problems, converted.records, opts.file);
}

function parseDocuments(text: string): Document.Parsed[] {
  const parsed = parseAllDocuments(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    strict: true,
    // Duplicates are found while converting, where the faults of keys are told apart.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    lineCounter: new LineCounter(),
  });
  return Array.isArray(parsed) ? parsed : [];
}

function isBlank(document: Document.Parsed): boolean {
  return document.contents === null && document.errors.length === 0;
}

/** Tags and directives are reported from the tokens already; the parser's own words would repeat them. */
const REPORTED_ELSEWHERE: ReadonlySet<string> = new Set(["TAG_RESOLVE_FAILED", "BAD_DIRECTIVE", "BAD_ALIAS", "MULTIPLE_DOCS"]);

function syntaxProblems(document: Document.Parsed, places: TextPlaces): Problem[] {
  return document.errors
    .filter((error) => !REPORTED_ELSEWHERE.has(error.code))
    .map((error) => makeProblem({ code: "yaml.syntax", ...places.at(error.pos[0]), detail: error.message }));
}

function secondDocument(document: Document.Parsed, places: TextPlaces): Problem {
  return makeProblem({
    code: "yaml.multiple-documents",
    ...places.at(document.range[0]),
    detail: "Another document begins here; a manifest is one document.",
    suggestion: "Put it in a file of its own.",
  });
}

function tooLarge(size: number): Problem {
  return makeProblem({
    code: "yaml.too-large",
    line: 1,
    column: 1,
    detail: `The file has ${size} bytes; at most ${MAX_YAML_BYTES} are read.`,
    suggestion: "Move long texts to README.md.",
  });
}

function emptyFile(): Problem {
  return makeProblem({ code: "yaml.empty", line: 1, column: 1, detail: "The file holds no document." });
}

function unread(problems: Problem[], file: string | undefined): StrictYaml {
  return finish(undefined, problems, new Map(), file);
}

function finish(value: unknown, problems: Problem[], records: ReadonlyMap<string, NodeRecord>, file: string | undefined): StrictYaml {
  return {
    value,
    problems: capProblems(withoutEchoes(problems)).map((problem) => ({ ...problem, file: file ?? null, pointer: problem.pointer ?? pointerAt(problem, records) })),
    locate(pointer, part = "value") {
      for (let at: string | null = pointer; at !== null; at = parentPointer(at)) {
        const record = records.get(at);
        // A container that stands for something missing in it is best shown by its key.
        if (record !== undefined) return part === "key" || at !== pointer ? (record.key ?? record.value) : record.value;
      }
      return null;
    },
    sourceOf: (pointer) => records.get(pointer)?.source ?? null,
  };
}

/** A hidden character in a quoted text is found in the source and again in the value; once is enough. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const identity = `${problem.code} ${problem.line}`;
    const isEcho = problem.pointer !== null && seen.has(identity);
    if (problem.pointer === null) seen.add(identity);
    return !isEcho;
  });
}

/** The value that a place in the text belongs to: the next one that begins in the same line, else the last before it. */
function pointerAt(problem: Problem, records: ReadonlyMap<string, NodeRecord>): string | null {
  const { line, column } = problem;
  if (line === null || column === null) return null;
  let before: string | null = null;
  for (const [pointer, { value }] of records) {
    if (value.line === line && value.column >= column) return pointer === "" ? before : pointer;
    if (value.line < line || (value.line === line && value.column < column)) before = pointer;
  }
  return before;
}
