import { signDetached } from "@kosmarket/kit";
import type { CommandContext } from "../command-line/command.ts";
import { keyUnusable } from "../command-line/errors.ts";
import { readInputText } from "../command-line/read-input.ts";
import { findPassphrase } from "../keys/find-passphrase.ts";
import { makeKeptKey, readKeptKey, type KeptKey } from "../keys/kept-key.ts";
import { registerKey, standingOfKey } from "../keys/register-key.ts";
import { makeSignature } from "../signing/make-signature.ts";
import { unlockPrivateKey } from "../signing/unlock-private-key.ts";
import { accountOf, withKeysScope, type Session } from "./open-session.ts";

export type SigningWay = "signature" | "key" | "gpg" | "unsigned" | null;

interface SigningInput {
  way: SigningWay;
  session: Session;
  publisher: string;
  data: Uint8Array;
}

/**
 * The signature over the bytes, in the way that was asked for; without one, by the key that is kept here for the
 * publisher, which is made and registered at the first time. Null for none.
 */
export async function signArtifact(context: CommandContext, { way, session, publisher, data }: SigningInput): Promise<string | null> {
  if (way === "signature") return readInputText(context.args.text("signature") ?? "");
  if (way === "key" || way === "gpg") return makeSignature(context, way, data);
  const kept = way === "unsigned" ? null : await ensureKey(context, session, publisher);
  if (kept !== null) return await signWithKept(context, kept, data);
  context.terminal.note({ style: "yellow", text: "Unsigned: the version will stay unverified." }, way === "unsigned" ? "" : " Sign with --key, --gpg, or a key that --new-key makes.");
  return null;
}

async function ensureKey(context: CommandContext, session: Session, publisher: string): Promise<KeptKey | null> {
  const owner = { registry: session.registry, publisher };
  const kept = (await readKeptKey(context.env, owner)) ?? (await makeKey(context, session, publisher));
  if (kept === null) return null;
  const standing = await standingOfKey(session.registry, publisher, kept.fingerprint);
  if (standing === "revoked") throw keyUnusable(`the key ${kept.fingerprint} is revoked`, `Move ${kept.paths.privateKey} with its folder away, and the next publish makes a new one.`);
  if (standing === "unknown") await register(context, session, publisher, kept);
  return kept;
}

async function makeKey(context: CommandContext, session: Session, publisher: string): Promise<KeptKey | null> {
  const { prompts, terminal } = context;
  if (prompts === null && !context.args.flag("new-key")) return null;
  const { name, email } = await accountOf(session);
  const passphrase = (await findPassphrase(context)) ?? (prompts === null ? "" : await askNewPassphrase(prompts));
  const kept = await makeKeptKey(context.env, { registry: session.registry, publisher, name: name ?? publisher, email, passphrase });
  terminal.note({ style: "green", text: "Made" }, ` a signing key${passphrase === "" ? "" : ", locked by its passphrase"}: ${kept.paths.privateKey}`);
  terminal.note({ style: "dim", text: "It never leaves this machine, and nobody can restore it: keep a copy, and revocation.asc beside it." });
  return kept;
}

/** Asked twice, since a slip would lock the key for good; Enter alone is none. */
async function askNewPassphrase(prompts: NonNullable<CommandContext["prompts"]>): Promise<string> {
  for (;;) {
    const passphrase = await prompts.secret("Passphrase for your new signing key (Enter for none):");
    if (passphrase === "" || passphrase === (await prompts.secret("The same again:"))) return passphrase;
  }
}

async function register(context: CommandContext, session: Session, publisher: string, kept: KeptKey): Promise<void> {
  const role = (await accountOf(session)).publishers.find(({ slug }) => slug === publisher)?.role;
  if (role !== "owner") throw keyUnusable(`the key ${kept.fingerprint} is not registered for \`${publisher}\`, which its owners can do`, `Send an owner ${kept.paths.certificate}, or publish with --unsigned until then.`);
  await withKeysScope(context, session, (token) => registerKey(session.registry, token, publisher, kept.certificate));
  context.terminal.note({ style: "green", text: "Registered" }, ` its public half, ${kept.fingerprint}, for ${publisher}`);
}

async function signWithKept(context: CommandContext, kept: KeptKey, data: Uint8Array): Promise<string> {
  const given = await findPassphrase(context);
  const isLocked = given === undefined && context.prompts !== null && (await unlockPrivateKey(kept.privateKey, undefined).catch(() => null)) === null;
  const passphrase = isLocked ? await context.prompts?.secret("Passphrase of your signing key:") : given;
  return await signDetached(data, await unlockPrivateKey(kept.privateKey, passphrase));
}
