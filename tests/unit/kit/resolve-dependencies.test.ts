import { explainConflict, findCycles, parseRequirement, resolveDependencies, satisfiesRequirement, type Released, type ReleaseTable } from "@kosmarket/kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

function release(version: string, requires: Record<string, string> = {}, more: Partial<Released> = {}): Released {
  return { version, channel: version.includes("-") ? "beta" : "stable", yanked: false, requires, platforms: null, engine: null, ...more };
}
const table = (entries: Record<string, Released[]>): ReleaseTable => new Map(Object.entries(entries));
const resolve = (requires: Record<string, string>, entries: Record<string, Released[]>, host = {}) => resolveDependencies({ root: { id: "root", release: release("1.0.0", requires) }, releases: table(entries), host });

function chosenOf(requires: Record<string, string>, entries: Record<string, Released[]>, host = {}): Record<string, string> {
  const resolution = resolve(requires, entries, host);
  if (resolution.outcome !== "resolved") throw new Error(JSON.stringify(resolution));
  return Object.fromEntries(resolution.chosen);
}
function whyNot(requires: Record<string, string>, entries: Record<string, Released[]>, host = {}): string[] {
  const resolution = resolve(requires, entries, host);
  if (resolution.outcome !== "unsatisfiable") throw new Error(resolution.outcome);
  return resolution.conflicts.map((conflict) => explainConflict(conflict, host));
}

describe("what is chosen", () => {
  test("is the highest that fits, through others too", () => {
    const entries = { b: [release("1.0.0"), release("1.9.0", { c: "~2.1.0" }), release("2.0.0")], c: [release("2.1.0"), release("2.1.7"), release("2.2.0")] };
    expect(chosenOf({ b: "^1.0.0" }, entries)).toEqual({ b: "1.9.0", c: "2.1.7" });
  });

  test("goes down where the highest leads nowhere", () => {
    const entries = { b: [release("1.0.0"), release("1.1.0", { c: "^9.0.0" })], c: [release("1.0.0")] };
    expect(chosenOf({ b: "^1.0.0", c: "*" }, entries)).toEqual({ b: "1.0.0", c: "1.0.0" });
  });

  test("is never a yanked version, unless that very version is named", () => {
    const entries = { b: [release("1.0.0"), release("1.1.0", {}, { yanked: true })] };
    expect(chosenOf({ b: "^1.0.0" }, entries)).toEqual({ b: "1.0.0" });
    expect(chosenOf({ b: "1.1.0" }, entries)).toEqual({ b: "1.1.0" });
    expect(whyNot({ b: ">=1.1.0" }, entries)).toEqual(["`root` 1.0.0 needs `b` >=1.1.0; every version of `b` in that range was yanked"]);
  });

  test("follows the channel: prereleases only where they are asked for, lts only where it is", () => {
    const entries = { b: [release("1.0.0"), release("1.1.0-beta.2"), release("1.2.0-nightly.3", {}, { channel: "nightly" }), release("0.9.0", {}, { channel: "lts" })] };
    expect(chosenOf({ b: "*" }, entries)).toEqual({ b: "1.0.0" });
    expect(chosenOf({ b: "beta" }, entries)).toEqual({ b: "1.1.0-beta.2" });
    expect(chosenOf({ b: "nightly" }, entries)).toEqual({ b: "1.2.0-nightly.3" });
    expect(chosenOf({ b: "lts" }, entries)).toEqual({ b: "0.9.0" });
    expect(chosenOf({ b: "beta <1.1.0" }, entries)).toEqual({ b: "1.1.0-beta.2" });
    expect(chosenOf({ b: "stable ^1.0.0" }, entries)).toEqual({ b: "1.0.0" });
  });

  test("runs on the machine that is asked for", () => {
    const entries = { b: [release("1.0.0"), release("2.0.0", {}, { platforms: ["linux"] }), release("3.0.0", {}, { engine: ">=9" })] };
    expect(chosenOf({ b: "*" }, entries, { platform: "macos", kos: "1.0.0" })).toEqual({ b: "1.0.0" });
    expect(chosenOf({ b: "*" }, entries, { platform: "linux", kos: "1.0.0" })).toEqual({ b: "2.0.0" });
    expect(whyNot({ b: "^2.0.0" }, entries, { platform: "macos" })).toEqual(["`root` 1.0.0 needs `b` ^2.0.0; no version of `b` in that range runs on macos"]);
    expect(whyNot({ b: "^3.0.0" }, entries, { kos: "1.2.0" })).toEqual(["`root` 1.0.0 needs `b` ^3.0.0; no version of `b` in that range runs on kOS 1.2.0"]);
  });
});

describe("what cannot be is told as a chain", () => {
  test("without more comparisons than a search may take, however often the same dead end comes back", () => {
    let looks = 0;
    const bottom: Released = { ...release("1.0.0"), get yanked() { looks++; return false; } };
    const middle = Array.from({ length: 10 }, (_, at): [string, Released[]] => [`p${at}`, ["1.1.0", "1.0.0"].map((version) => release(version, { bottom: "*" }))]);
    const entries = { ...Object.fromEntries(middle), q: [release("1.0.0", { bottom: "^99.0.0" })], bottom: [bottom] };
    const resolution = resolve({ ...Object.fromEntries(middle.map(([id]) => [id, "*"])), q: "*" }, entries);
    expect(resolution).toMatchObject({ outcome: "unsatisfiable", conflicts: [{ id: "bottom", demands: [{ by: "q", range: "^99.0.0" }] }] });
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(resolution.steps);
  });

  test("of two who ask for different things", () => {
    const entries = { a: [release("1.2.0", { b: "^2" })], c: [release("1.0.0", { b: "^1" })], b: [release("1.0.0"), release("2.0.0")] };
    expect(whyNot({ a: "*", c: "*" }, entries)).toEqual(["`root` 1.0.0 needs `a` *; `root` 1.0.0 needs `c` *; `a` 1.2.0 needs `b` ^2; `c` 1.0.0 needs `b` ^1; no version of `b` satisfies both"]);
  });

  test("of a listing that is not there, and of a range that nothing is in", () => {
    expect(whyNot({ nowhere: "^1.0.0" }, {})).toEqual(["`root` 1.0.0 needs `nowhere` ^1.0.0; there is no listing `nowhere` that could be installed"]);
    expect(whyNot({ b: "^4.0.0" }, { b: [release("1.0.0")] })).toEqual(["`root` 1.0.0 needs `b` ^4.0.0; no version of `b` is in that range"]);
  });

  test("of a listing that leads back to the root in another version", () => {
    expect(whyNot({ b: "^1.0.0" }, { b: [release("1.0.0", { root: "^2.0.0" })] })).toEqual(["`root` 1.0.0 needs `b` ^1.0.0; `b` 1.0.0 needs `root` ^2.0.0; and `root` is 1.0.0 there"]);
  });

  test("of every dead end, where each version has its own", () => {
    const entries = { b: [release("2.0.0", { c: "^9" }), release("1.0.0", { d: "^9" })], c: [release("1.0.0")], d: [release("1.0.0")] };
    expect(whyNot({ b: "*" }, entries)).toEqual([
      "`root` 1.0.0 needs `b` *; `b` 2.0.0 needs `c` ^9; no version of `c` is in that range",
      "`root` 1.0.0 needs `b` *; `b` 1.0.0 needs `d` ^9; no version of `d` is in that range",
    ]);
  });
});

describe("a hostile graph", () => {
  // One listing more than there are versions, and no two may have the same: no choice is wrong before the last.
  const pigeons = (holes: number): Record<string, Released[]> => {
    const ids = Array.from({ length: holes + 1 }, (_, at) => `p${at}`);
    const versions = Array.from({ length: holes }, (_, at) => at + 1);
    return Object.fromEntries(ids.map((id) => [id, versions.map((major) => release(`${major}.0.0`, Object.fromEntries(ids.filter((other) => other !== id).map((other) => [other, `<${major} || >${major}`]))))]));
  };

  test("ends with a clear answer, after a number of steps that is known", () => {
    const entries = pigeons(10);
    const { outcome, steps } = resolve(Object.fromEntries(Object.keys(entries).map((id) => [id, "*"])), entries);
    expect([outcome, steps]).toEqual(["too-complex", 100_001]);
  });

  test("of great depth is resolved", () => {
    const entries = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`d${at}`, [release("1.0.0", at === 1_999 ? {} : { [`d${at + 1}`]: "^1.0.0" })]]));
    expect(Object.keys(chosenOf({ d0: "*" }, entries))).toHaveLength(2_000);
  });
});

// Small graphs, where every combination can be tried.
const IDS = ["a", "b", "c", "d"];
const VERSIONS = ["1.0.0", "1.1.0", "2.0.0", "2.0.1-beta.1"];
const RANGES = ["*", "^1.0.0", "^2.0.0", "1.0.0", "1.1.0", "<2.0.0", ">=1.1.0", "beta", "~1.0.0", "^3.0.0"];
const requires = fc.dictionary(fc.constantFrom(...IDS, "root"), fc.constantFrom(...RANGES), { maxKeys: 3, noNullPrototype: true });
const releases = fc.uniqueArray(fc.record({ version: fc.constantFrom(...VERSIONS), requires, yanked: fc.boolean() }), { selector: (each) => each.version, maxLength: 4 }).map((list) => list.map((each) => release(each.version, each.requires, { yanked: each.yanked })));
const graph = fc.record({ a: releases, b: releases, c: releases, d: releases });

type Choice = Map<string, Released>;
const holds = (choice: Choice): boolean =>
  [...choice.values()].every((one) =>
    Object.entries(one.requires).every(([id, range]) => {
      const [other, requirement] = [choice.get(id), parseRequirement(range)];
      return other !== undefined && requirement !== null && ((id === "root" && requirement.range.test(other.version)) || satisfiesRequirement(requirement, other));
    }),
  );
/** Every set of versions, with any listing left out, in which all ranges hold. */
function everyAnswer(root: Released, entries: Record<string, Released[]>): Choice[] {
  let choices: Choice[] = [new Map([["root", root]])];
  for (const id of IDS) choices = choices.flatMap((choice) => [choice, ...(entries[id] ?? []).map((one) => new Map([...choice, [id, one]]))]);
  return choices.filter(holds);
}

test("agrees with trying everything: an answer where there is one, none where there is none", () => {
  let resolved = 0;
  fc.assert(
    fc.property(requires, graph, (needed, entries) => {
      const root = release("1.0.0", needed);
      const resolution = resolveDependencies({ root: { id: "root", release: root }, releases: table(entries) });
      const answers = everyAnswer(root, entries);
      expect(resolution.outcome).toBe(answers.length > 0 ? "resolved" : "unsatisfiable");
      if (resolution.outcome !== "resolved") return;
      resolved++;
      const chosen: Choice = new Map([["root", root], ...[...resolution.chosen].map(([id, version]) => [id, entries[id as "a"].find((one) => one.version === version) as Released] as const)]);
      expect(holds(chosen)).toBe(true);
      // No single listing could be higher with all others as they are.
      for (const [id, one] of chosen) {
        const higher = (entries[id as "a"] ?? []).filter((other) => VERSIONS.indexOf(other.version) > VERSIONS.indexOf(one.version));
        for (const other of higher) expect(holds(new Map([...chosen, [id, other]]))).toBe(false);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(resolved).toBeGreaterThan(300);
});

test("what it says of a dead end is true of every version", () => {
  fc.assert(
    fc.property(requires, graph, (needed, entries) => {
      const resolution = resolveDependencies({ root: { id: "root", release: release("1.0.0", needed) }, releases: table(entries) });
      if (resolution.outcome !== "unsatisfiable") return;
      expect(resolution.conflicts.length).toBeGreaterThan(0);
      for (const { id, demands, reason, chosen } of resolution.conflicts) {
        const all = id === "root" ? [release("1.0.0", needed)] : (entries[id as "a"] ?? []);
        const told = reason === "chosen" ? all.filter((one) => one.version === chosen) : all;
        if (reason === "chosen") expect(told).toHaveLength(1);
        expect(told.filter((one) => demands.every(({ range }) => satisfiesRequirement(parseRequirement(range) as never, one)))).toEqual([]);
      }
    }),
    { numRuns: 1_000 },
  );
});

describe("circles", () => {
  test("are found once each, by the shortest way round", () => {
    const edges = new Map([["a", ["b"]], ["b", ["c", "a"]], ["c", ["a"]], ["d", ["d"]], ["e", ["a"]]]);
    expect(findCycles(edges).map((cycle) => cycle.length).sort()).toEqual([1, 2]);
  });

  test("are told exactly where a listing can be reached from itself", () => {
    const edge = fc.tuple(fc.nat(5), fc.nat(5));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 12 }), (list) => {
        const edges = new Map(Array.from({ length: 6 }, (_, at) => [String(at), list.filter(([from]) => from === at).map(([, to]) => String(to))]));
        const reaches = (from: string): Set<string> => {
          const seen = new Set<string>();
          for (const waiting = [from]; waiting.length > 0; ) for (const to of edges.get(waiting.pop() ?? "") ?? []) if (!seen.has(to)) { seen.add(to); waiting.push(to); }
          return seen;
        };
        const cycles = findCycles(edges);
        expect(cycles.length > 0).toBe([...edges.keys()].some((id) => reaches(id).has(id)));
        for (const cycle of cycles) for (const [at, id] of cycle.entries()) expect(edges.get(id)).toContain(cycle[(at + 1) % cycle.length]);
      }),
    );
  });
});
