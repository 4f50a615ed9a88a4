import type { ApiParameter, ApiSchema } from "#components/api-docs/api-document.ts";
import { boundsText, shapeWithin, typeText } from "#components/api-docs/type-text.ts";

/** Text, or the name of a shared shape to link. */
export type Piece = string | { shape: string };

const DEEPEST = 5;

/** Parameters, one to a line: name, type, where it stands, what bounds it. */
export function parameterPieces(parameters: readonly ApiParameter[]): Piece[] {
  return merge(parameters.flatMap(({ name, required, schema, in: place }, index) => [index === 0 ? "" : "\n", ...fieldPieces({ name, schema, required, remark: `in the ${place}` }, 0)]));
}

/** A body or an answer in the manner of a TypeScript type; shared shapes are named, nested objects indented. */
export function shapePieces(schema: ApiSchema): Piece[] {
  return merge(typePieces(schema, 0));
}

interface Field {
  name: string;
  schema: ApiSchema;
  required: boolean;
  remark?: string;
}

function fieldPieces({ name, schema, required, remark }: Field, depth: number): Piece[] {
  const remarks = [remark ?? "", boundsText(schema)].filter((text) => text !== "").join(", ");
  return [`${"  ".repeat(depth)}${name}${required ? "" : "?"}: `, ...typePieces(schema, depth), remarks === "" ? "" : `  // ${remarks}`];
}

function typePieces(schema: ApiSchema, depth: number): Piece[] {
  const nullable = schema.anyOf?.length === 2 && schema.anyOf.some((option) => option.type === "null");
  const inner = nullable ? schema.anyOf?.find((option) => option.type !== "null") : schema;
  if (inner?.properties && depth < DEEPEST) return [...objectPieces(inner, depth), nullable ? " or null" : ""];
  if (inner?.items?.properties && depth < DEEPEST) return [...objectPieces(inner.items, depth), nullable ? "[] or null" : "[]"];
  return namePieces(schema);
}

function objectPieces(object: ApiSchema, depth: number): Piece[] {
  const required = new Set(object.required);
  const fields = Object.entries(object.properties ?? {}).flatMap(([name, schema]) => [...fieldPieces({ name, schema, required: required.has(name) }, depth + 1), "\n"]);
  return ["{\n", ...fields, `${"  ".repeat(depth)}}`];
}

function namePieces(schema: ApiSchema): Piece[] {
  const text = typeText(schema);
  const shape = shapeWithin(schema);
  if (shape === null) return [text];
  const at = text.indexOf(shape);
  return [text.slice(0, at), { shape }, text.slice(at + shape.length)];
}

/** Neighbouring texts as one: a page has hundreds of them. */
function merge(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === "string" && typeof last === "string") merged[merged.length - 1] = last + piece;
    else if (piece !== "") merged.push(piece);
  }
  return merged;
}
