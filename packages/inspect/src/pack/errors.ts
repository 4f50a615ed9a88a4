import type { Problem } from "@kosmarket/kit";

/** Raised while packing; `problems` says what stands in the way, in the form that `kos validate` prints. */
export class PackError extends Error {
  readonly problems: readonly Problem[];
  constructor(message: string, problems: readonly Problem[]) {
    super(message);
    this.name = "PackError";
    this.problems = problems;
  }
}

export function manifestNotValid(folder: string, problems: readonly Problem[]): PackError {
  const first = problems.find((problem) => problem.severity === "B");
  return new PackError(`the manifest in \`${folder}\` is not valid: ${first?.detail ?? "no manifest"}`, problems);
}

export function linkInFolder(path: string): PackError {
  return new PackError(`\`${path}\` is a link; pack the file itself or leave it out with .kosignore`, []);
}

export function folderTooLarge(folder: string, limit: string): PackError {
  return new PackError(`\`${folder}\` holds more than ${limit}; leave files out with .kosignore`, []);
}
