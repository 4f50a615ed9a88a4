export { expect } from "./expect.ts";

/** Stands in for the test runner in Deno and in a page: the kit's tests import `vitest` and get this. */
type Body = (...row: never[]) => unknown;

export interface Outcome {
  file: string;
  name: string;
  /** Null when it passed. */
  fault: string | null;
}

interface Case {
  file: string;
  name: string;
  run: () => unknown;
}

const cases: Case[] = [];
const around: string[] = [];
let current = "";

export function test(name: string, body: () => unknown): void {
  cases.push({ file: current, name: [...around, name].join(" > "), run: body });
}

export function describe(name: string, body: () => void): void {
  around.push(name);
  try {
    body();
  } finally {
    around.pop();
  }
}

const rows = (table: readonly unknown[], each: (name: string, run: () => unknown) => void) => (name: string, body: Body) => {
  for (const [place, row] of table.entries()) each(`${name} [${place}]`, () => (body as (...all: unknown[]) => unknown)(...(Array.isArray(row) ? row : [row])));
};
test.each = (table: readonly unknown[]) => rows(table, test);
describe.each = (table: readonly unknown[]) => rows(table, describe);

/** Loads each test file and runs what it declares, one after the other. */
export async function runFiles(files: Record<string, () => Promise<unknown>>): Promise<Outcome[]> {
  for (const [file, load] of Object.entries(files)) {
    current = file;
    await load();
  }
  const outcomes: Outcome[] = [];
  for (const { file, name, run } of cases) {
    try {
      await run();
      outcomes.push({ file, name, fault: null });
    } catch (error) {
      outcomes.push({ file, name, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return outcomes;
}
