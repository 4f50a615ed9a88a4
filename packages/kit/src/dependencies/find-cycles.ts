/**
 * The circles in a graph of listings, each once, as the way round: `["a", "b"]` stands for a → b → a. For every group of
 * listings that need each other (Tarjan's strongly connected components) the shortest way round from its first member.
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  return groupsOf(edges).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [shortestWayRound(first, new Set(group), edges)];
  });
}

interface Visit {
  id: string;
  next: number;
}

/** Groups of more than one, and those that need themselves. Keeps its own stack: a hostile graph may be deep. */
function groupsOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];
  const enter = (id: string): Visit => {
    order.set(id, order.size);
    low.set(id, order.size - 1);
    open.push(id);
    isOpen.add(id);
    return { id, next: 0 };
  };
  const lower = (id: string, to: number): void => void low.set(id, Math.min(low.get(id) ?? to, to));
  for (const start of edges.keys()) {
    const visits = order.has(start) ? [] : [enter(start)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { id } = visit;
      const to = edges.get(id)?.[visit.next++];
      if (to === undefined) {
        visits.pop();
        const parent = visits.at(-1);
        if (parent !== undefined) lower(parent.id, low.get(id) ?? 0);
        if (low.get(id) !== order.get(id)) continue;
        const group = open.splice(open.indexOf(id));
        for (const member of group) isOpen.delete(member);
        if (group.length > 1 || edges.get(id)?.includes(id) === true) groups.push(group);
      } else if (!order.has(to)) {
        visits.push(enter(to));
      } else if (isOpen.has(to)) {
        lower(id, order.get(to) ?? 0);
      }
    }
  }
  return groups;
}

function shortestWayRound(start: string, group: ReadonlySet<string>, edges: ReadonlyMap<string, readonly string[]>): string[] {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const to of edges.get(way.at(-1) ?? start) ?? []) {
      if (to === start) return way;
      if (!group.has(to) || seen.has(to)) continue;
      seen.add(to);
      ways.push([...way, to]);
    }
  }
  return [start];
}
