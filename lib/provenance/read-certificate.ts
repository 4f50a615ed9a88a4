import type { SignedEntity } from "@sigstore/verify";
import type { Config } from "#lib/platform/index.ts";
import { attestationInvalid } from "./errors.ts";
import { RELEASE_EVENTS } from "./release-events.ts";
import type { ProvenanceView } from "./schema.ts";

type Certificate = Extract<SignedEntity["key"], { $case: "certificate" }>["certificate"];

/** https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md: each holds a DER UTF8String. */
const OID = "1.3.6.1.4.1.57264.1";
const EXTENSIONS = { issuer: 8, builder: 9, runner: 11, repository: 12, commit: 13, ref: 14, repositoryId: 15, workflow: 18, event: 20, run: 21 } as const;

/**
 * Which build a verified certificate stands for. Throws `attestation-invalid` for one whose issuer this registry does
 * not trust, that lacks what names the build, or that was given to a run which a stranger's change can start.
 */
export function readCertificate(certificate: Certificate, { trustedIssuers }: Pick<Config, "trustedIssuers">): Omit<ProvenanceView, "predicateType" | "logIndex" | "verifiedAt"> {
  const named = Object.fromEntries(Object.entries(EXTENSIONS).map(([name, number]) => [name, utf8(certificate.extension(`${OID}.${number}`)?.value)])) as Record<keyof typeof EXTENSIONS, string | null>;
  const { issuer, repository, repositoryId, commit, workflow, builder, event } = named;
  const trusted = trustedIssuers.find(({ url }) => url === issuer);
  if (issuer === null || trusted === undefined) throw attestationInvalid("identity", "The certificate's issuer is not one that this registry trusts.", "The operator names issuers in TRUSTED_ISSUERS.");
  if (repository === null || repositoryId === null || commit === null || workflow === null || builder === null || event === null) throw attestationInvalid("identity", "The certificate does not name the repository, commit and workflow of a build.", "Attest in a CI job, not by hand.");
  const allowed: readonly string[] | null = trusted.provider === "generic" ? null : RELEASE_EVENTS[trusted.provider];
  if (allowed !== null && !allowed.includes(event)) throw attestationInvalid("event", `The build ran for the event \`${event}\`, which a stranger's change can start.`, "Attest in the run that releases.");
  return { issuer, repository, repositoryId, commit, ref: named.ref, workflow, builder, event, selfHosted: named.runner !== "github-hosted" && named.runner !== "gitlab-hosted", runUrl: named.run };
}

/** The text of a DER UTF8String; null for anything else, and for what a reader could not see. */
function utf8(der: Buffer | undefined): string | null {
  if (der === undefined || der[0] !== 0x0c) return null;
  const first = der[1] ?? 0;
  const [at, length] = first < 0x80 ? [2, first] : first === 0x81 ? [3, der[2] ?? 0] : first === 0x82 ? [4, der.readUInt16BE(2)] : [0, -1];
  const text = der.subarray(at).toString("utf8");
  return der.length === at + length && /^[\x21-\x7e]{1,1000}$/.test(text) ? text : null;
}
