import { loadArtifact, type LoadedArtifact } from "../artifact/load-artifact.ts";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { wrongUsage } from "../command-line/errors.ts";
import { countProblems } from "../command-line/print-problems.ts";
import { printReport } from "../command-line/print-report.ts";
import { readInputText } from "../command-line/read-input.ts";
import { REGISTRY_OPTIONS, TOKEN_OPTIONS } from "../command-line/shared-options.ts";
import { PASSPHRASE_OPTIONS } from "../keys/find-passphrase.ts";
import { choosePublisher } from "../publishing/choose-publisher.ts";
import { openSession } from "../publishing/open-session.ts";
import { followVersion, sendVersion } from "../publishing/send-version.ts";
import { signArtifact } from "../publishing/sign-artifact.ts";
import { registryAddress } from "../registry/registry-address.ts";
import { chosenWay, SIGNING_OPTIONS } from "../signing/make-signature.ts";

export const publishCommand: Command = {
  name: "publish",
  group: "publish",
  summary: "Check, sign and submit a version, and follow its checks",
  usage: ["kos publish PATH", "kos publish PATH --publisher SLUG [--key FILE | --gpg [--user ID] | --signature FILE | --unsigned]"],
  positionals: { min: 1, max: 1 },
  options: {
    publisher: { value: "SLUG", text: "whom you publish for; needed only where it is not plain" },
    "create-publisher": { text: "create that publisher if it is not yours yet" },
    "publisher-name": { value: "NAME", text: "its name, when it is created; your own, or the slug" },
    "new-key": { text: "make and register a signing key if none is kept here" },
    ...PASSPHRASE_OPTIONS,
    ...SIGNING_OPTIONS,
    signature: { value: "FILE", text: "a detached signature that you made before, of a packed file or a manifest" },
    unsigned: { text: "send no signature; the version stays unverified" },
    attestation: { value: "FILE", text: "a Sigstore bundle with SLSA provenance of the packed file, made by the build" },
    "no-wait": { text: "return when the registry has accepted the bytes" },
    ...REGISTRY_OPTIONS,
    ...TOKEN_OPTIONS,
  },
  notes: [
    "PATH is a folder (packed first), a .zip or .tgz, or a service's YAML file with exactly one service.",
    "The first time, at a terminal, it signs you in through the browser, creates your publisher, and makes and registers a signing key; later it asks nothing. Without a terminal it never asks: it fails, and says what to run.",
    "The token comes from --token, KOS_TOKEN or ~/.config/kos/credentials.json, and needs the scope `publish`. In a CI job that a publisher trusts none is needed: the job's identity is exchanged for one. The key it keeps lies below ~/.config/kos/keys.",
  ],
  run: publish,
};

async function publish(context: CommandContext): Promise<Outcome> {
  const { args, terminal } = context;
  const [path = ""] = args.positionals;
  const way = chosenWay(args, ["signature", "key", "gpg", "unsigned"]);
  const registry = registryAddress(context);
  const artifact = await loadArtifact(path, { publishing: true });
  if (artifact.bytes === null || !artifact.ok) {
    await printReport(terminal.line, artifact.problems, artifact.source);
    terminal.note({ style: "red", text: `Not published: ${countProblems(artifact.problems)}.` });
    return { exit: "problems", json: { ok: false, problems: artifact.problems } };
  }
  requirePublishable(artifact, path);
  await printReport(terminal.note, artifact.problems, artifact.source);
  const session = await openSession(context, registry);
  const publisher = await choosePublisher(context, session, { path, id: artifact.id });
  const signature = await signArtifact(context, { way, session, publisher, data: artifact.bytes });
  const statement = args.text("attestation");
  const attestation = statement === undefined ? null : await readInputText(statement);
  const sending = { session, publisher, artifact, signature, attestation };
  return followVersion(context, sending, await sendVersion(context, sending));
}

function requirePublishable(artifact: LoadedArtifact, path: string): void {
  if (artifact.part === "manifest" && artifact.kind === "plugin") throw wrongUsage(`\`${path}\` is only the manifest of a plugin`, "Give the folder that holds it, or the packed file.");
}
