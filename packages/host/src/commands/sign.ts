import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { fileExists, wrongUsage } from "../command-line/errors.ts";
import { readInput } from "../command-line/read-input.ts";
import { writeResult } from "../command-line/write-result.ts";
import { chosenWay, makeSignature, SIGNING_OPTIONS } from "../signing/make-signature.ts";

const HINT = "Overwrite it with --force, or name another with --out.";

export const signCommand: Command = {
  name: "sign",
  group: "sign",
  summary: "Sign a package or a manifest file",
  usage: ["kos sign FILE --key private.asc [--out FILE.asc]", "kos sign FILE --gpg [--user ID] [--out FILE.asc]"],
  positionals: { min: 1, max: 1 },
  options: { ...SIGNING_OPTIONS, out: { value: "FILE", text: "where to write; FILE.asc" }, force: { text: "overwrite an existing signature" } },
  notes: ["With a key of OpenSSH (Ed25519, or ECDSA on P-256) the signature is `ssh-keygen -Y sign -n kos-artifact`'s.", "The signature is detached, armored and over exactly the file's bytes: `gpg --verify FILE.asc FILE` says so."],
  run: sign,
};

async function sign(context: CommandContext): Promise<Outcome> {
  const { args, terminal } = context;
  const [file = ""] = args.positionals;
  const way = chosenWay(args, ["key", "gpg"]);
  if (way === null) throw wrongUsage("with which key? Give --key FILE or --gpg");
  const path = args.text("out") ?? `${file}.asc`;
  const overwrite = args.flag("force");
  // Before a hardware key is touched for nothing; the write below decides.
  if (!overwrite && existsSync(path)) throw fileExists(path, HINT);
  const data = await readInput(file);
  await writeResult(path, await makeSignature(context, way, data), { overwrite, hint: HINT });
  terminal.line({ style: "bold", text: path });
  return { exit: "ok", json: { ok: true, file: resolve(file), signature: resolve(path) } };
}
