import { z } from "zod";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { wrongUsage } from "../command-line/errors.ts";
import { REGISTRY_OPTIONS, TOKEN_OPTIONS } from "../command-line/shared-options.ts";
import { SubmissionAnswer } from "../registry/answers.ts";
import { callRegistry } from "../registry/call-registry.ts";
import { findToken } from "../registry/find-token.ts";
import { followSubmission, isSentBack, readSubmission } from "../registry/follow-submission.ts";
import { printCheck, printSubmission, STATE_STYLES } from "../registry/print-submission.ts";
import { registryAddress } from "../registry/registry-address.ts";

/** States that no move leads out of. */
const OVER: ReadonlySet<string> = new Set(["published", "rejected", "withdrawn", "superseded", "expired"]);
const SubmissionList = z.looseObject({ items: z.array(SubmissionAnswer) });

export const statusCommand: Command = {
  name: "status",
  group: "publish",
  summary: "Show your open submissions, or one of them check by check",
  usage: ["kos status", "kos status SUBMISSION [--watch]"],
  positionals: { min: 0, max: 1 },
  options: { watch: { text: "stay, through the review, until the submission has ended" }, all: { text: "without SUBMISSION: those that are over, too" }, ...REGISTRY_OPTIONS, ...TOKEN_OPTIONS },
  notes: ["The exit code is 1 when the submission was sent back or rejected."],
  run: status,
};

async function status(context: CommandContext): Promise<Outcome> {
  const { args, terminal } = context;
  const [id] = args.positionals;
  const registry = registryAddress(context);
  const token = await findToken(context, registry);
  if (id === undefined) return await listSubmissions(context, { registry, token });
  if (args.flag("all")) throw wrongUsage("--all is of use without SUBMISSION only");
  const place = { registry, token, id };
  const watching = args.flag("watch");
  const submission = watching
    ? await followSubmission({ ...place, throughReview: true, onCheck: (check) => printCheck(terminal, check), onState: ({ state }) => terminal.progress(`${state} ...`) })
    : await readSubmission(place);
  terminal.progress(null);
  if (!watching) for (const check of submission.checks) printCheck(terminal, check);
  printSubmission(terminal, submission, registry);
  const sentBack = isSentBack(submission.state);
  return { exit: sentBack ? "problems" : "ok", json: { ok: !sentBack, submission } };
}

async function listSubmissions({ args, terminal }: CommandContext, { registry, token }: { registry: string; token: string }): Promise<Outcome> {
  if (args.flag("watch")) throw wrongUsage("--watch needs one SUBMISSION", "`kos status` lists them.");
  const { items } = await callRegistry({ url: `${registry}/api/v1/submissions`, token }, SubmissionList);
  const submissions = args.flag("all") ? items : items.filter(({ state }) => !OVER.has(state));
  if (submissions.length === 0) terminal.line(args.flag("all") ? "No submissions yet." : "No open submissions. `kos status --all` shows those that are over.");
  const width = Math.max(...submissions.map(({ listing, version }) => listing.length + version.length + 1));
  for (const { id, listing, version, state, position, next } of submissions) {
    terminal.line({ style: "bold", text: `${listing} ${version}`.padEnd(width) }, "  ", { style: STATE_STYLES[state] ?? "cyan", text: state.padEnd(13) }, ` ${id}`);
    const place = position === null ? "" : `place ${position} in the review queue. `;
    if (next !== null) terminal.line({ style: "dim", text: `  ${place}${next}` });
  }
  return { exit: "ok", json: { ok: true, registry, submissions } };
}
