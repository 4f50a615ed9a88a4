import { verifyFile } from "@kosmarket/inspect";
import { verifyDetached, type SignatureClaim, type VerifiedContent, type VerifiedSignature } from "@kosmarket/kit";
import type { Command, CommandContext, Outcome } from "../command-line/command.ts";
import { fileUnreadable, wrongUsage } from "../command-line/errors.ts";
import { printProblems } from "../command-line/print-problems.ts";
import { readInput, readInputText } from "../command-line/read-input.ts";
import { REGISTRY_OPTIONS } from "../command-line/shared-options.ts";
import { fetchVersion } from "../registry/fetch-version.ts";
import { registryAddress } from "../registry/registry-address.ts";
import { splitCertificates } from "../signing/split-certificates.ts";

export const verifyCommand: Command = {
  name: "verify",
  group: "sign",
  summary: "Verify a file's signature, or what a registry delivers",
  usage: ["kos verify FILE --signature FILE.asc --keys keys.asc", "kos verify FILE --signature FILE.sig --keys ada.pub", "kos verify ID[@VERSION] [--registry URL] [--keys keys.asc]"],
  positionals: { min: 1, max: 1 },
  options: {
    signature: { value: "FILE", text: "the detached signature; makes this a local verification" },
    keys: { value: "FILE", text: "whom to trust: OpenPGP certificates, OpenSSH public keys, or an allowed_signers file" },
    ...REGISTRY_OPTIONS,
  },
  notes: ["With ID, the bytes are downloaded, held against the announced checksum, and their signature is verified. Without --keys the certificates come from the registry too: that shows that its parts agree, not that the publisher is who you think."],
  run: (context) => (context.args.text("signature") === undefined ? verifyListing(context) : verifyLocal(context)),
};

async function verifyLocal({ args, terminal }: CommandContext): Promise<Outcome> {
  const [file = ""] = args.positionals;
  const keys = args.text("keys");
  if (keys === undefined) throw wrongUsage("which certificates do you trust? Give --keys FILE");
  const certificates = await splitCertificates(await readInputText(keys));
  const signature = await readInput(args.text("signature") ?? "");
  const { verdict, sha256 } = await verifyContent(file, { signature, certificates, receivedAt: new Date() });
  return report(terminal, file, verdict, { file, sha256 });
}

async function verifyContent(file: string, claim: SignatureClaim): Promise<VerifiedContent> {
  try {
    return await verifyFile(file, claim);
  } catch (error) {
    throw fileUnreadable(file, error);
  }
}

async function verifyListing(context: CommandContext): Promise<Outcome> {
  const { args, terminal } = context;
  const [name = ""] = args.positionals;
  const { id, version } = parseName(name);
  const fetched = await fetchVersion({ registry: registryAddress(context), id, version, onProgress: (text) => terminal.progress(text) });
  terminal.progress(null);
  const pinned = args.text("keys");
  const keys = pinned === undefined ? null : await readInputText(pinned);
  // A key is judged at the time when the registry took the bytes, since a later expiry does not undo a signature.
  const verify = async (signature: string, certificates: string): Promise<VerifiedSignature> =>
    verifyDetached({ data: fetched.bytes, signature, certificates: await splitCertificates(certificates), receivedAt: fetched.publishedAt ?? new Date() });
  terminal.line(`sha256 ${fetched.sha256} as announced`);
  const { provenance } = fetched;
  if (provenance !== null) terminal.line(`built from ${provenance.repository} at ${provenance.commit} by ${provenance.workflow}, says ${provenance.issuer}, as the registry verified; the attestation is at ${provenance.attestationUrl}`);
  const what = `${id} ${fetched.version}`;
  const facts = { listing: id, version: fetched.version, sha256: fetched.sha256, size: fetched.bytes.length, keys: keys === null ? "registry" : "pinned", provenance };
  const { own } = fetched;
  if (own === null) return report(terminal, what, await verify(fetched.signature, keys ?? (await fetched.keys())), { ...facts, signer: fetched.signer });
  // Two signatures: the feed's, which is the registry's, and the publisher's. Keys that were given are the publisher's.
  const feeds = keys === null ? await verify(fetched.signature, await fetched.keys()) : null;
  if (feeds?.ok === false) return report(terminal, what, feeds, { ...facts, signer: "registry" });
  return report(terminal, what, await verify(own.signature, keys ?? (await own.keys())), { ...facts, signer: "publisher" });
}

function parseName(name: string): { id: string; version: string | null } {
  const [, id, version] = /^([a-z0-9-]+)(?:@(.+))?$/.exec(name) ?? [];
  if (id === undefined) throw wrongUsage(`\`${name}\` is not the id of a listing`, "To verify a local file, give --signature and --keys.");
  return { id, version: version ?? null };
}

function report(terminal: CommandContext["terminal"], what: string, verdict: VerifiedSignature, facts: Record<string, unknown>): Outcome {
  if (!verdict.ok) {
    printProblems(terminal.line, verdict.problems);
    terminal.line(`${what}: `, { style: "red", text: "not verified" });
    return { exit: "problems", json: { ok: false, ...facts, problems: verdict.problems } };
  }
  const { format, fingerprint, signingFingerprint, signedAt, hash } = verdict;
  const signer = typeof facts.signer === "string" ? `the ${facts.signer}'s key ` : "";
  terminal.line(`${what}: `, { style: "green", text: "good signature" }, ` by ${signer}${fingerprint}${signingFingerprint === fingerprint ? "" : ` (subkey ${signingFingerprint})`}, ${signedAt === null ? "" : `made ${signedAt}, `}${hash}`);
  return { exit: "ok", json: { ok: true, ...facts, format, fingerprint, signingFingerprint, signedAt, hash, problems: [] } };
}
