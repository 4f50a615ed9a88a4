import { basename } from "node:path";
import { loadArtifact, type LoadedArtifact } from "../artifact/load-artifact.ts";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { wrongUsage } from "../command-line/errors.ts";
import { formatSize } from "../command-line/format-size.ts";
import { countProblems, printProblems } from "../command-line/print-problems.ts";
import { readInputText } from "../command-line/read-input.ts";
import { REGISTRY_OPTIONS, TOKEN_OPTIONS } from "../command-line/shared-options.ts";
import { PublishAnswer, type SubmissionReference } from "../registry/answers.ts";
import { findToken } from "../registry/find-token.ts";
import { followSubmission, isSentBack } from "../registry/follow-submission.ts";
import { printCheck, printSubmission } from "../registry/print-submission.ts";
import { registryAddress } from "../registry/registry-address.ts";
import { signaturePart, uploadForm } from "../registry/upload-form.ts";
import { chosenWay, makeSignature, SIGNING_OPTIONS } from "../signing/make-signature.ts";

export const publishCommand: Command = {
  name: "publish",
  summary: "Check, sign and submit a version, and follow its checks",
  usage: ["kos publish PATH --publisher SLUG [--key FILE | --gpg [--user ID] | --signature FILE]"],
  positionals: { min: 1, max: 1 },
  options: {
    publisher: { value: "SLUG", text: "the publisher that you publish for" },
    signature: { value: "FILE", text: "a detached signature that you made before, of a packed file or a manifest" },
    ...SIGNING_OPTIONS,
    "no-wait": { text: "return when the registry has accepted the bytes" },
    ...REGISTRY_OPTIONS,
    ...TOKEN_OPTIONS,
  },
  notes: ["PATH is a folder (packed first), a .zip or .tgz, or a service's YAML file with exactly one service. Unsigned versions are accepted; they stay unverified, and say so.", "The token comes from --token, KOS_TOKEN or ~/.config/kos/credentials.json, and needs the scope `publish`."],
  run: publish,
};

interface Target {
  registry: string;
  token: string;
  publisher: string;
}

async function publish(context: CommandContext): Promise<Outcome> {
  const { args, terminal } = context;
  const [path = ""] = args.positionals;
  const way = chosenWay(args, ["signature", "key", "gpg"]);
  const target = await readTarget(context);
  const artifact = await loadArtifact(path, { publishing: true });
  if (artifact.bytes === null || !artifact.ok) {
    printProblems(terminal.line, artifact.problems);
    terminal.note({ style: "red", text: `Not published: ${countProblems(artifact.problems)}.` });
    return { exit: "problems", json: { ok: false, problems: artifact.problems } };
  }
  requirePublishable(artifact, path);
  printProblems(terminal.note, artifact.problems);
  const signature = await readOrMakeSignature(context, way, artifact.bytes);
  const submission = await upload(context, target, artifact, signature);
  terminal.line({ style: "bold", text: `${submission.listing} ${submission.version}` }, ` was submitted (${formatSize(artifact.bytes.length)}, sha256 ${artifact.sha256})`);
  return follow(context, target, submission, { sha256: artifact.sha256, size: artifact.bytes.length, fileName: artifact.fileName, signed: signature !== null });
}

async function readTarget(context: CommandContext): Promise<Target> {
  const publisher = context.args.text("publisher");
  if (publisher === undefined) throw wrongUsage("for whom? Give --publisher SLUG");
  const registry = registryAddress(context);
  return { registry, token: await findToken(context, registry), publisher };
}

function requirePublishable(artifact: LoadedArtifact, path: string): void {
  if (artifact.part === "manifest" && artifact.kind === "plugin") throw wrongUsage(`\`${path}\` is only the manifest of a plugin`, "Give the folder that holds it, or the packed file.");
}

async function readOrMakeSignature(context: CommandContext, way: "signature" | "key" | "gpg" | null, data: Uint8Array): Promise<string | null> {
  if (way === "signature") return readInputText(context.args.text("signature") ?? "");
  if (way !== null) return makeSignature(context, way, data);
  context.terminal.note({ style: "yellow", text: "Unsigned: the version will stay unverified. Sign with --key or --gpg." });
  return null;
}

async function upload({ terminal }: CommandContext, { registry, token, publisher }: Target, artifact: LoadedArtifact, signature: string | null): Promise<SubmissionReference> {
  const files = { [artifact.part]: { bytes: artifact.bytes, fileName: basename(artifact.fileName) }, ...signaturePart(signature) };
  const onProgress = (sent: number, total: number): void => terminal.progress(`Uploading ${formatSize(sent)} of ${formatSize(total)} (${Math.floor((100 * sent) / total)} %)`);
  const { submission } = await uploadForm({ url: `${registry}/api/v1/publish`, token, fields: { publisher }, files, onProgress }, PublishAnswer).finally(() => terminal.progress(null));
  return submission;
}

async function follow({ args, terminal }: CommandContext, { registry, token }: Target, submission: SubmissionReference, artifact: Record<string, unknown>): Promise<Outcome> {
  if (args.flag("no-wait")) {
    terminal.line(`follow it with \`kos status ${submission.id} --watch\``);
    return { exit: "ok", json: { ok: true, artifact, submission } };
  }
  const ended = await followSubmission({
    registry,
    token,
    id: submission.id,
    throughReview: false,
    onCheck: (check) => printCheck(terminal, check),
    onState: ({ state }) => terminal.progress(`${state} ...`),
  });
  terminal.progress(null);
  printSubmission(terminal, ended, registry);
  const sentBack = isSentBack(ended.state);
  return { exit: sentBack ? "problems" : "ok", json: { ok: !sentBack, artifact, submission: ended } };
}
