import { loadArtifact } from "../artifact/load-artifact.ts";
import type { Arguments, Command, CommandContext, Outcome } from "../command-line/command.ts";
import { wrongUsage } from "../command-line/errors.ts";
import { countProblems } from "../command-line/print-problems.ts";
import { printReport } from "../command-line/print-report.ts";
import { readInputText } from "../command-line/read-input.ts";
import { REGISTRY_OPTIONS } from "../command-line/shared-options.ts";
import type { ShownProblem } from "../command-line/shown-problem.ts";
import { ValidateAnswer } from "../registry/answers.ts";
import { registryAddress } from "../registry/registry-address.ts";
import { signaturePart, uploadForm } from "../registry/upload-form.ts";

/** What `POST /api/v1/validate` answers, too. */
interface Verdict {
  ok: boolean;
  problems: readonly ShownProblem[];
}

export const validateCommand: Command = {
  name: "validate",
  group: "begin",
  summary: "Check a folder, a package or a manifest, as the registry will",
  usage: ["kos validate PATH [--online]"],
  positionals: { min: 1, max: 1 },
  options: {
    online: { text: "ask the registry, which stores nothing" },
    publisher: { value: "SLUG", text: "with --online: hold the signature against this publisher's keys" },
    signature: { value: "FILE", text: "with --online: the detached signature" },
    ...REGISTRY_OPTIONS,
  },
  notes: ["PATH is a folder (packed in memory), a .zip or .tgz, or a services.yaml or plugin.yaml; of a bare manifest the package is not checked. A services.yaml may declare several services and leave versions out, which publishing does not allow."],
  run: validate,
};

async function validate(context: CommandContext): Promise<Outcome> {
  const { args, terminal } = context;
  const [path = ""] = args.positionals;
  requireOnline(args);
  const artifact = await loadArtifact(path, { publishing: false });
  const verdict = args.flag("online") && artifact.bytes !== null ? await askRegistry(context, artifact) : artifact;
  await printReport(terminal.line, verdict.problems, artifact.source);
  terminal.line(path, ": ", { style: verdict.ok ? "green" : "red", text: countProblems(verdict.problems) });
  return { exit: verdict.ok ? "ok" : "problems", json: { ok: verdict.ok, problems: verdict.problems } };
}

function requireOnline(args: Arguments): void {
  const stray = ["publisher", "signature"].find((option) => args.text(option) !== undefined);
  if (stray !== undefined && !args.flag("online")) throw wrongUsage(`--${stray} is of use with --online only`);
}

async function askRegistry(context: CommandContext, artifact: { part: "package" | "manifest"; bytes: Uint8Array; fileName: string }): Promise<Verdict> {
  const { args } = context;
  const publisher = args.text("publisher");
  const signature = args.text("signature");
  const files = { [artifact.part]: artifact, ...signaturePart(signature === undefined ? null : await readInputText(signature)) };
  return uploadForm({ url: `${registryAddress(context)}/api/v1/validate`, fields: publisher === undefined ? {} : { publisher }, files }, ValidateAnswer);
}
