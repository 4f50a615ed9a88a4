import { checkSshKey, generateSigningKey } from "@kosmarket/kit";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { fileExists, fileUnwritable, wrongUsage } from "../command-line/errors.ts";
import { readInputText } from "../command-line/read-input.ts";
import { writeResult } from "../command-line/write-result.ts";
import { lockPrivateKey } from "../signing/lock-private-key.ts";
import { makeSshKey } from "../signing/run-ssh-keygen.ts";

const OWNER_ONLY = 0o600;
const HINT = "A key is never overwritten: choose another --out folder.";

export const keygenCommand: Command = {
  name: "keygen",
  group: "sign",
  summary: "Make a signing key (Ed25519), its certificate and its revocation",
  usage: ["kos keygen --name NAME --email ADDRESS [--out DIR]", "kos keygen --format ssh [--name NAME] [--out DIR]"],
  positionals: { min: 0, max: 0 },
  options: {
    format: { value: "openpgp|ssh", text: "which kind of key; openpgp by default" },
    name: { value: "NAME", text: "who signs" },
    email: { value: "ADDRESS", text: "where to reach them" },
    out: { value: "DIR", text: "folder for private.asc, public.asc and revocation.asc; here by default" },
  },
  notes: ["With KOS_KEY_PASSPHRASE set, the private key is locked by it. Keep private.asc and revocation.asc to yourself; register public.asc with the registry. With --format ssh the files are id_kos and id_kos.pub, made by the installed OpenSSH."],
  run: keygen,
};

async function keygen(context: CommandContext): Promise<Outcome> {
  const format = context.args.text("format") ?? "openpgp";
  if (format !== "openpgp" && format !== "ssh") throw wrongUsage("--format is openpgp or ssh");
  return format === "ssh" ? keygenSsh(context) : keygenOpenpgp(context);
}

/** The installed OpenSSH makes the key, so that it locks the private half in its own form. */
async function keygenSsh({ args, terminal, env }: CommandContext): Promise<Outcome> {
  const folder = args.text("out") ?? ".";
  const paths = { privateKey: join(folder, "id_kos"), publicKey: join(folder, "id_kos.pub") };
  await makeFolder(folder);
  for (const path of Object.values(paths)) if (existsSync(path)) throw fileExists(path, HINT);
  const passphrase = env.KOS_KEY_PASSPHRASE ?? "";
  await makeSshKey(paths.privateKey, args.text("name")?.trim() ?? "", passphrase);
  const checked = await checkSshKey(await readInputText(paths.publicKey));
  if (!checked.ok) throw new TypeError("a key that was just made cannot be read");
  const { fingerprint } = checked.key;
  terminal.line("fingerprint ", { style: "bold", text: fingerprint });
  terminal.line(`private key ${paths.privateKey}${passphrase === "" ? " (no passphrase)" : " (locked by KOS_KEY_PASSPHRASE)"}`);
  terminal.line(`public key  ${paths.publicKey}`);
  return { exit: "ok", json: { ok: true, format: "ssh", fingerprint, locked: passphrase !== "", ...paths } };
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileUnwritable(folder, error);
  });
}

async function keygenOpenpgp({ args, terminal, env }: CommandContext): Promise<Outcome> {
  const name = args.text("name")?.trim() ?? "";
  const email = args.text("email")?.trim() ?? "";
  if (name === "" || /[<>()\u0000-\u001f]/.test(name)) throw wrongUsage("--name is needed, without brackets");
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(email)) throw wrongUsage("--email is needed, such as ada@example.org");
  const folder = args.text("out") ?? ".";
  const key = await generateSigningKey({ name, email });
  const passphrase = env.KOS_KEY_PASSPHRASE ?? "";
  const privateKey = passphrase === "" ? key.privateKey : await lockPrivateKey(key.privateKey, passphrase);
  const paths = { privateKey: join(folder, "private.asc"), publicKey: join(folder, "public.asc"), revocation: join(folder, "revocation.asc") };
  await makeFolder(folder);
  await writeResult(paths.privateKey, privateKey, { overwrite: false, mode: OWNER_ONLY, hint: HINT });
  await writeResult(paths.revocation, key.revocationCertificate, { overwrite: false, mode: OWNER_ONLY, hint: HINT });
  await writeResult(paths.publicKey, key.publicKey, { overwrite: false, hint: HINT });
  terminal.line("fingerprint ", { style: "bold", text: key.fingerprint });
  terminal.line(`private key ${paths.privateKey}${passphrase === "" ? " (no passphrase)" : " (locked by KOS_KEY_PASSPHRASE)"}`);
  terminal.line(`certificate ${paths.publicKey}`);
  terminal.line(`revocation  ${paths.revocation}`);
  return { exit: "ok", json: { ok: true, fingerprint: key.fingerprint, locked: passphrase !== "", ...paths } };
}
