import type { Style, Terminal } from "../command-line/open-terminal.ts";
import { printProblems } from "../command-line/print-problems.ts";
import type { CheckProgress, Submission } from "./answers.ts";

const STATUS_STYLES: Readonly<Record<string, Style>> = { passed: "green", warned: "yellow", failed: "red", errored: "red", running: "cyan" };
export const STATE_STYLES: Readonly<Record<string, Style>> = { published: "green", approved: "green", needs_changes: "red", rejected: "red" };

/** One line per check, with its findings below. */
export function printCheck({ line }: Terminal, check: CheckProgress): void {
  line({ style: STATUS_STYLES[check.status] ?? "dim", text: check.status.padEnd(8) }, check.title ?? check.id);
  printProblems((...pieces) => line("  ", ...pieces), check.findings);
}

/** State, place in the queue, what was decided and what comes next. */
export function printSubmission({ line }: Terminal, submission: Submission, registry: string): void {
  const { listing, version, state, position, queueAgeSeconds, decisions, next, url, id } = submission;
  line({ style: "bold", text: `${listing} ${version}` }, " is ", { style: STATE_STYLES[state] ?? "cyan", text: state });
  if (position !== null) line(`place ${position} in the review queue${typeof queueAgeSeconds === "number" ? `, whose oldest entry has waited ${formatAge(queueAgeSeconds)}` : ""}`);
  for (const { decision, reason, decider, note } of decisions) line(`${decision}${decider === undefined ? "" : ` by ${decider}`}: ${reason}${note === undefined || note === null ? "" : ` (${note})`}`);
  if (next !== null) line(next);
  line({ style: "dim", text: URL.parse(url ?? `/submissions/${id}`, registry)?.href ?? registry });
}

function formatAge(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
