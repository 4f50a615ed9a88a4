import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { loadArtifact } from "../artifact/load-artifact.ts";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { fileUnreadable, wrongUsage } from "../command-line/errors.ts";
import { formatSize } from "../command-line/format-size.ts";
import { countProblems } from "../command-line/print-problems.ts";
import { printReport } from "../command-line/print-report.ts";
import { writeResult } from "../command-line/write-result.ts";

export const packCommand: Command = {
  name: "pack",
  group: "begin",
  summary: "Make a reproducible package of a folder",
  usage: ["kos pack FOLDER [--out FILE]"],
  positionals: { min: 1, max: 1 },
  options: { out: { value: "FILE", text: "where to write; ID-VERSION.zip here" } },
  notes: ["The same files give the same bytes on every machine. `.kosignore` names what stays out, in the manner of .gitignore. Nothing is written when a check blocks."],
  run: pack,
};

async function pack({ args, terminal }: CommandContext): Promise<Outcome> {
  const [folder = ""] = args.positionals;
  await requireFolder(folder);
  const artifact = await loadArtifact(folder, { publishing: true });
  if (artifact.bytes === null || !artifact.ok) {
    await printReport(terminal.line, artifact.problems, artifact.source);
    terminal.note({ style: "red", text: `Not packed: ${countProblems(artifact.problems)}.` });
    return { exit: "problems", json: { ok: false, problems: artifact.problems } };
  }
  const path = args.text("out") ?? artifact.fileName;
  // Packing again gives the same bytes, so that nothing is lost by overwriting.
  await writeResult(path, artifact.bytes, { overwrite: true, hint: "" });
  await printReport(terminal.note, artifact.problems, artifact.source);
  terminal.line({ style: "bold", text: path });
  terminal.line(`sha256 ${artifact.sha256}`);
  terminal.line(`size   ${formatSize(artifact.bytes.length)}`);
  const { id, version, kind, sha256, problems } = artifact;
  return { exit: "ok", json: { ok: true, path: resolve(path), sha256, size: artifact.bytes.length, kind, id, version, problems } };
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileUnreadable(path, error);
  });
  if (!found.isDirectory()) throw wrongUsage(`\`${path}\` is not a folder`);
}
