import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import type { Topology } from "#tests/support/start-topology.ts";

export interface Sample {
  process: string;
  quantity: "rss MB" | "heap MB" | "descriptors" | "threads" | "connections";
  value: number;
}

const MB = 1024 * 1024;
/** Programs of the S3 server, which the drill knows by nothing but their names. */
const STORE_PROGRAMS = /^(?:radosgw|ceph-)/;

/** What every process of the topology holds at this moment. What is not there to be read is left out. */
export async function sampleProcesses(topology: Topology, workerMetrics: string): Promise<Sample[]> {
  const trees: [string, number[]][] = [
    ...topology.webs.map((web): [string, number[]] => [web.name, [web.pid()]]),
    ...(topology.worker === null ? [] : [["worker", [topology.worker.pid()]] as [string, number[]]]),
    ["postgres", withChildren(topology.postgres.pid())],
    ...(topology.proxy === null ? [] : [["nginx", withChildren(topology.proxy.pid())] as [string, number[]]]),
    ...(topology.store === null ? [] : [["store", withChildren(process.pid).filter((pid) => STORE_PROGRAMS.test(nameOf(pid)))] as [string, number[]]]),
  ];
  const heaps = await Promise.all([...topology.webs.map(async (web) => heapOf(web.name, `${web.url}/metrics`)), heapOf("worker", workerMetrics)]);
  return [...trees.flatMap(([name, pids]) => sampleTree(name, pids)), ...heaps.flat(), ...(await countConnections(topology.postgres.url))];
}

/** Sums over a program and what it started. Pages that they share count once for each, as `ps` counts them. */
function sampleTree(name: string, pids: number[]): Sample[] {
  const sums = { "rss MB": 0, descriptors: 0, threads: 0 };
  for (const pid of pids) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      sums["rss MB"] += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
      sums.threads += Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      sums.descriptors += readdirSync(`/proc/${pid}/fd`).length;
    } catch {
      // It ended since it was listed.
    }
  }
  return Object.entries(sums).filter(([, value]) => value > 0).map(([quantity, value]) => ({ process: name, quantity: quantity as Sample["quantity"], value }));
}

async function heapOf(name: string, address: string): Promise<Sample[]> {
  const text = await fetch(address).then((answer) => answer.text(), () => "");
  const bytes = Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)?.[1] ?? Number.NaN);
  return Number.isFinite(bytes) ? [{ process: name, quantity: "heap MB", value: bytes / MB }] : [];
}

/** Open connections by what they are for. */
async function countConnections(url: string): Promise<Sample[]> {
  const client = new pg.Client({ connectionString: url, application_name: "kos-drill" });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string; count: number }>("SELECT coalesce(nullif(application_name, ''), 'application') AS name, count(*)::int AS count FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'kos-drill' GROUP BY 1");
    const all = rows.reduce((sum, { count }) => sum + count, 0);
    return [...rows, { name: "all", count: all }].map(({ name, count }) => ({ process: `postgres from ${name}`, quantity: "connections", value: count }));
  } finally {
    await client.end();
  }
}

function withChildren(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(withChildren)];
}

/** A child belongs to the thread that started it. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter((text) => text.trim() !== "").map(Number));
  } catch {
    return [];
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}
