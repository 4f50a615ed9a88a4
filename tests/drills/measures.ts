import type { Answer } from "./caller.ts";

export interface Cell {
  requests: number;
  /** Answers that were not the right one, and connections that broke, by status or fault. */
  errors: Map<string, number>;
  /** Milliseconds of each request. */
  times: number[];
}

/** What came back, by kind of request and by phase: the one in which it began, or the one in which it ended. */
export class Measures {
  phase = "before";
  private readonly cells = new Map<string, Cell>();
  private readonly by: "began" | "ended";

  constructor(by: "began" | "ended") {
    this.by = by;
  }

  /** Runs a request and notes how it went; `isRight` returns what is wrong with the answer, or null. Null when it failed. */
  async time(kind: string, send: () => Promise<Answer>, isRight: (answer: Answer) => string | null): Promise<Answer | null> {
    const started = performance.now();
    const began = this.by === "began" ? this.phase : undefined;
    try {
      const answer = await send();
      const fault = isRight(answer);
      this.note(kind, fault, performance.now() - started, began);
      return fault === null ? answer : null;
    } catch (error) {
      this.note(kind, faultName(error), performance.now() - started, began);
      return null;
    }
  }

  note(kind: string, fault: string | null, ms: number, phase = this.phase): void {
    const cell = this.cell(kind, phase);
    cell.requests++;
    cell.times.push(ms);
    if (fault !== null) cell.errors.set(fault, (cell.errors.get(fault) ?? 0) + 1);
  }

  cell(kind: string, phase: string): Cell {
    const key = `${kind}\n${phase}`;
    let cell = this.cells.get(key);
    if (cell === undefined) this.cells.set(key, (cell = { requests: 0, errors: new Map(), times: [] }));
    return cell;
  }

  kinds(): string[] {
    return [...new Set([...this.cells.keys()].map((key) => key.split("\n")[0] ?? ""))];
  }
}

function faultName(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error as NodeJS.ErrnoException).code ?? error.message;
}

export function errorsOf(cell: Cell): number {
  return [...cell.errors.values()].reduce((sum, count) => sum + count, 0);
}

/** All of them as one. */
export function merge(cells: Cell[]): Cell {
  const errors = new Map<string, number>();
  for (const cell of cells) for (const [fault, count] of cell.errors) errors.set(fault, (errors.get(fault) ?? 0) + count);
  return { requests: cells.reduce((sum, { requests }) => sum + requests, 0), errors, times: cells.flatMap(({ times }) => times) };
}

export function describeErrors(cell: Cell): string {
  return cell.errors.size === 0 ? "0" : [...cell.errors].map(([fault, count]) => `${count} × ${fault}`).join(", ");
}

/** In milliseconds, with the unit left out; a dash where nothing was measured. */
export function percentile(times: number[], share: number): string {
  if (times.length === 0) return "-";
  const sorted = Float64Array.from(times).sort();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** The right answer is one of these. */
export function oneOf(...statuses: number[]): (answer: Answer) => string | null {
  return ({ status }) => (statuses.includes(status) ? null : String(status));
}
