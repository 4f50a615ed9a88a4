import { checkRequirement } from "../dependencies/requirement.ts";
import { checkListingId } from "../ids/check-listing-id.ts";
import { toPointer } from "../json-pointer.ts";
import { makeProblem } from "../problem.ts";
import type { Problem, ProblemInput } from "../problem.ts";
import { checkVersionRange } from "../versions/check-version.ts";
import { checkRepeats } from "./check-service-rules.ts";
import { isNpmName } from "./normalise-plugin.ts";

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** npm's own form for names, scope included. */
const NPM_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** The rules of a plugin file that join several fields or look into `dependencies`. Problems carry a pointer and no place yet. */
export function checkPluginRules(root: unknown): Problem[] {
  if (!isFields(root)) return [];
  return [
    ...checkRepeats(root.permissions, ["permissions"]),
    ...checkRepeats(root.capabilities, ["capabilities"]),
    ...checkDependencies(root.dependencies),
  ];
}

function checkDependencies(written: unknown): Problem[] {
  const maps: { map: unknown; path: Path }[] = Array.isArray(written)
    ? written.map((map: unknown, index) => ({ map, path: ["dependencies", index] }))
    : [{ map: written, path: ["dependencies"] }];
  const seen = new Set<string>();
  return maps.flatMap(({ map, path }) =>
    isFields(map) ? Object.entries(map).flatMap(([name, range]) => checkDependency(name, range, [...path, name], seen)) : [],
  );
}

function checkDependency(name: string, range: unknown, path: Path, seen: Set<string>): Problem[] {
  if (name === "npm" && isFields(range)) return Object.keys(range).flatMap((inner) => checkNpm(inner, [...path, inner], seen));
  if (isFields(range)) {
    return [at(path, { code: "manifest.invalid-type", detail: `The dependency \`${name.slice(0, 60)}\` needs a version range.`, suggestion: "Only `npm:` holds a map of packages." })];
  }
  return isNpmName(name) ? [...checkNpmRange(range, path), ...checkNpm(name, path, seen)] : checkListing(name, path, seen);
}

/** npm has no channels of ours: there a range is a range. */
function checkNpmRange(range: unknown, path: Path): Problem[] {
  if (typeof range !== "string" || checkRequirement(range).length > 0) return [];
  return checkVersionRange(range).map((problem) => at(path, problem));
}

function checkNpm(name: string, path: Path, seen: Set<string>): Problem[] {
  const form = NPM_NAME.test(name) ? [] : [at(path, { code: "manifest.invalid-format", detail: `\`${name.slice(0, 60)}\` is not the name of an npm package.` })];
  return [...form, ...checkOnce(`npm ${name}`, name, path, seen)];
}

function checkListing(name: string, path: Path, seen: Set<string>): Problem[] {
  const isId = checkListingId(name).length === 0;
  const suggestion = "For an npm package without a scope, put it under `npm:`.";
  const form = isId ? [] : [at(path, { code: "id.invalid", detail: `\`${name.slice(0, 60)}\` is not the id of a listing.`, suggestion })];
  return [...form, ...checkOnce(`listing ${name}`, name, path, seen)];
}

function checkOnce(identity: string, name: string, path: Path, seen: Set<string>): Problem[] {
  if (!seen.has(identity)) {
    seen.add(identity);
    return [];
  }
  return [at(path, { code: "yaml.duplicate-key", detail: `The dependency \`${name.slice(0, 60)}\` is given twice.`, suggestion: "Keep one range." })];
}

function at(path: Path, problem: ProblemInput): Problem {
  return makeProblem({ check: "manifest", pointer: toPointer(path), ...problem });
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
