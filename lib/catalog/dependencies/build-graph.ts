import { explainConflict, findCycles, resolveDependencies, type Released, type ReleaseTable, type TargetHost } from "@kosmarket/kit";
import type { DependencyGraphView } from "../schema.ts";

interface Root {
  id: string;
  release: Released;
  npm: Record<string, string>;
}

type Node = DependencyGraphView["nodes"][number];

/** npm packages of other listings are drawn too; a graph of more says that it is cut off. */
const MOST_NODES = 1_000;

/**
 * The graph of what one version needs: every listing with the version that would be chosen for it, and the edges with
 * what is asked. Where no choice holds, what is asked directly, and why nothing holds.
 */
export function buildGraph(root: Root, releases: ReleaseTable, npmOf: (id: string, version: string) => Record<string, string>, host: TargetHost): Omit<DependencyGraphView, "dependents"> {
  const resolution = resolveDependencies({ root, releases, host });
  const chosen = resolution.outcome === "resolved" ? resolution.chosen : new Map<string, string>();
  const rootKey = `listing:${root.id}`;
  const nodes = new Map<string, Node>([[rootKey, { key: rootKey, source: "listing", name: root.id, version: root.release.version, depth: 0, advisories: [] }]]);
  const edges: DependencyGraphView["edges"] = [];
  const waiting: { id: string; release: Released; depth: number }[] = [{ id: root.id, release: root.release, depth: 0 }];
  let whole = true;
  const add = (node: Node): boolean => {
    if (nodes.has(node.key)) return false;
    if (nodes.size >= MOST_NODES) whole = false;
    else nodes.set(node.key, node);
    return nodes.has(node.key);
  };
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    const { id, release, depth } = at;
    for (const [name, range] of Object.entries(release.requires)) {
      const key = `listing:${name}`;
      const version = name === root.id ? root.release.version : (chosen.get(name) ?? null);
      edges.push({ from: `listing:${id}`, to: key, range });
      const next = releases.get(name)?.find((one) => one.version === version);
      if (add({ key, source: "listing", name, version, depth: depth + 1, advisories: [] }) && next !== undefined) waiting.push({ id: name, release: next, depth: depth + 1 });
    }
    for (const [name, range] of Object.entries(id === root.id ? root.npm : npmOf(id, release.version))) {
      edges.push({ from: `listing:${id}`, to: `npm:${name}`, range });
      add({ key: `npm:${name}`, source: "npm", name, version: null, depth: depth + 1, advisories: [] });
    }
  }
  return {
    root: rootKey,
    outcome: resolution.outcome,
    conflicts: resolution.outcome === "unsatisfiable" ? resolution.conflicts.map((conflict) => explainConflict(conflict, host)) : [],
    nodes: [...nodes.values()],
    edges: edges.filter((edge) => nodes.has(edge.to)),
    cycles: cyclesOf(edges),
    complete: whole,
  };
}

function cyclesOf(edges: DependencyGraphView["edges"]): string[][] {
  const by = Map.groupBy(edges, (edge) => edge.from);
  return findCycles(new Map([...by].map(([from, list]) => [from, list.map((edge) => edge.to)])));
}
