/** One question put to running programs, ours and its peers, and answered with numbers. */
export interface Benchmark {
  /** What is measured, in one line. */
  question: string;
  /** Runs within minutes, leaves no process and no temporary file behind, and throws when an answer is wrong. */
  run(say: (line: string) => void): Promise<Measured>;
}

export interface Measured {
  /** Table for people: names of the columns, then the rows. */
  columns: string[];
  rows: string[][];
  /** The commands that were run, with the machine's own folders left out. */
  commands: string[];
  /** Facts about the input and the tools: sizes, versions, the load. */
  facts: Record<string, string | number | boolean>;
  /** Every single measurement behind the table. */
  raw: unknown;
  /** Peers that could not be measured, each with the reason. */
  skipped: string[];
}
