/** One `#id` that the picture points to, with the ids of the elements around it. */
export interface SvgReference {
  target: string;
  inside: readonly string[];
}

/**
 * How many times parts of the picture are drawn when every reference is followed.
 * A few nested references can ask a browser for billions; a circle asks for infinitely many.
 */
export function countExpansion(references: readonly SvgReference[]): number {
  const below = new Map<string, string[]>();
  for (const { target, inside } of references) {
    for (const id of inside) below.set(id, [...(below.get(id) ?? []), target]);
  }
  const known = new Map<string, number>();
  const costOf = (id: string, path: ReadonlySet<string>): number => {
    if (path.has(id)) return Number.POSITIVE_INFINITY;
    const cost = known.get(id) ?? 1 + (below.get(id) ?? []).reduce((sum, next) => sum + costOf(next, new Set([...path, id])), 0);
    known.set(id, cost);
    return cost;
  };
  return references.reduce((sum, { target }) => sum + costOf(target, new Set()), 0);
}
