import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { idSkeleton } from "./id-skeleton.ts";
import { RESERVED_IDS, RESERVED_LOOKALIKE_NAMES } from "./reserved-ids.ts";

/** The form of every listing id: 1 to 64 of `a-z`, `0-9` and `-`, no `-` at either end. */
export const LISTING_ID_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

const RESERVED_SKELETONS = new Map(RESERVED_LOOKALIKE_NAMES.map((name) => [idSkeleton(name), name]));

/** True when the text has the form of an id; says nothing about who may take it. */
export function isListingId(text: unknown): boolean {
  return typeof text === "string" && LISTING_ID_PATTERN.test(text) && !text.endsWith("\n");
}

/** What stands against this id before anyone else's ids are considered: its form and the reserved words. */
export function checkListingId(id: string): Problem[] {
  if (!isListingId(id)) return [invalidId(id)];
  if (RESERVED_IDS.has(id)) return [reservedId(id, id)];
  const lookalike = RESERVED_SKELETONS.get(idSkeleton(id));
  return lookalike === undefined ? [] : [reservedId(id, lookalike)];
}

function invalidId(id: string): Problem {
  const repaired = repairId(id);
  return makeProblem({
    code: "id.invalid",
    detail: `An id is 1 to 64 lower-case letters, digits and hyphens, beginning and ending with a letter or digit; this one is ${JSON.stringify(id.slice(0, 80))}.`,
    suggestion: repaired === null ? null : `Use \`${repaired}\`.`,
  });
}

function reservedId(id: string, reserved: string): Problem {
  const detail = id === reserved ? `\`${id}\` is a reserved word.` : `\`${id}\` reads like the reserved word \`${reserved}\`.`;
  return makeProblem({ code: "id.reserved", detail, suggestion: `Choose a longer name, for example \`${id.slice(0, 50)}-agent\`.` });
}

function repairId(id: string): string | null {
  const repaired = id
    .slice(0, 200)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replace(/^-+|-+$/g, "");
  return isListingId(repaired) && !RESERVED_IDS.has(repaired) ? repaired : null;
}
