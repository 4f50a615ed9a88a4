import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { REGISTRY_OPTIONS, TOKEN_OPTIONS } from "../command-line/shared-options.ts";
import { findToken } from "../registry/find-token.ts";
import { followSubmission, isSentBack, readSubmission } from "../registry/follow-submission.ts";
import { printCheck, printSubmission } from "../registry/print-submission.ts";
import { registryAddress } from "../registry/registry-address.ts";

export const statusCommand: Command = {
  name: "status",
  summary: "Show a submission, check by check",
  usage: ["kos status SUBMISSION [--watch]"],
  positionals: { min: 1, max: 1 },
  options: { watch: { text: "stay, through the review, until the submission has ended" }, ...REGISTRY_OPTIONS, ...TOKEN_OPTIONS },
  notes: ["The exit code is 1 when the submission was sent back or rejected."],
  run: status,
};

async function status(context: CommandContext): Promise<Outcome> {
  const { args, terminal } = context;
  const [id = ""] = args.positionals;
  const registry = registryAddress(context);
  const place = { registry, token: await findToken(context, registry), id };
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
