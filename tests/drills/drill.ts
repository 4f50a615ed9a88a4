export interface DrillTable {
  title: string;
  columns: string[];
  rows: string[][];
}

export interface DrillResult {
  tables: DrillTable[];
  /** One sentence for each promise that did not hold. */
  broken: string[];
}

export interface DrillInput {
  /** By the names of `options`; numbers where the default is one. */
  options: Record<string, string>;
  say: (line: string) => void;
  /** Aborted when the operator has seen enough: the drill ends early, with what it has. */
  signal: AbortSignal;
}

/** A practised accident, or a long quiet run: what may not break meanwhile is what the registry promises. */
export interface Drill {
  question: string;
  /** Options by name, with what they are unless given. */
  options: Record<string, string>;
  run: (input: DrillInput) => Promise<DrillResult>;
}
