import { isCanonicalVersion, PLATFORMS } from "@kosmarket/kit";
import { z } from "zod";
import {
  AccountProfile, AccountProfileBody, AssertionAnswer, CreatePublisherBody, CreateTokenBody, DeviceCodeAnswer, DeviceCodeBody, DeviceGrant, DeviceTokenAnswer, EmailBody, EmailChangeRequest,
  EndSessionsBody, FactorsView, IdentitySummary, INSTANCE_ROLES, LeakReportBody, MailChoiceBody, OneTimeToken, PasskeyName, PasskeyView, RecoveryCodeText, RegistrationAnswer, SessionSummary,
  TokenView, TotpCode, TotpSetupView, UserCodeBody, ViewAsBody, Viewer, type InstanceRole, type TokenScope,
} from "#lib/accounts/schema.ts";
import {
  AdminMail, AdminMailDetail, AdminPublisher, AdminPublishersQuery, AdminUser, AdminUserDetail, AnnouncementBody, AnnouncementView, AuditEventView, AuditQuery, FailedJobView, GrantBody, MailQuery, PolicyBody, PolicyView,
  ReasonBody, StorageView, UsersQuery,
} from "#lib/admin/schema.ts";
import { Dependencies, ListingDetail, ListingQuery, ListingSummary, PublisherDetail, SearchResult, VersionDetail, VersionDiff, VersionSummary } from "#lib/catalog/schema.ts";
import { MAX_PACKAGE_BYTES, type LimitName } from "#lib/http/index.ts";
import { page, ProblemSchema } from "#lib/http/schema.ts";
import { DeleteAccountBody } from "#lib/people/schema.ts";
import { ATTESTATION_TYPE, MAX_ATTESTATION_BYTES } from "#lib/provenance/schema.ts";
import { DecisionBody, QueueItem, SubmissionRef, SubmissionView } from "#lib/submissions/schema.ts";
import { AnswerInvitationBody, ClaimBody, ClaimQuery, ClaimView, DecideClaimBody, InvitationView, InviteBody, MemberView, ObjectBody, OfferBody, PageQuery, ProfileBody, ProfileView, RoleBody, TransferView } from "#lib/teams/schema.ts";
import { ConsistencyQuery, ConsistencyView, EntriesQuery, EntryView, InclusionQuery, InclusionView } from "#lib/transparency/schema.ts";
import { ExchangeAnswer, ExchangeBody, TrustedWorkflowView, TrustWorkflowBody } from "#lib/workflows/schema.ts";
import { NameBody, NameDetail, RevokeKeyBody, SigningKeyView } from "#lib/trust/schema.ts";

/** Who may call: anyone, whoever is signed in (a token needs the scope), or holders of an instance role. `workflow`: the token of a build workflow too, to which everything else is shut. */
export type Who = { who: "anyone" } | { who: "member"; scope: TokenScope; workflow?: true } | { who: "role"; roles: readonly InstanceRole[]; scope: TokenScope };

export interface Rule {
  auth: Who;
  limit: LimitName;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** For bodies that are not JSON. */
  bodyType?: string;
  status?: number;
  answer?: z.ZodType;
  answerType?: string;
}

const anyone = { who: "anyone" } as const;
const member = (scope: TokenScope) => ({ who: "member", scope }) as const;
/** For members, and for build workflows, which publish and follow what they published. */
const publishing = (scope: TokenScope) => ({ who: "member", scope, workflow: true }) as const;
/** Every instance role may look; which of them may decide is the active policy's rule, applied to the stored roles. */
const reviewer = (scope: TokenScope) => ({ who: "role", roles: INSTANCE_ROLES, scope }) as const;

const id = z.object({ id: z.string() });
const idVersion = z.object({ id: z.string(), version: z.string() });
const slug = z.object({ slug: z.string() });
const slugId = z.object({ slug: z.string(), id: z.uuid() });
const rowId = z.object({ id: z.uuid() });
/** Whoever may decide on names. */
const namesDecider = { who: "role", roles: ["council", "administrator"], scope: "review:decide" } as const;
const Done = z.object({ ok: z.literal(true) });
const Problems = z.object({ ok: z.boolean(), problems: z.array(ProblemSchema) }).meta({ id: "Validation" });
const administrator = { who: "role", roles: ["administrator"], scope: "admin" } as const;
const Flag = z.object({ reason: z.string().trim().min(1, "Give a reason: hosts and readers see it.").max(1000), successor: z.string().max(256).optional() });
const Until = z.iso.date().or(z.iso.datetime()).optional().describe("Until when it is kept as it is: 90 days from now at least, and exactly that unless given.");
const Deprecate = Flag.extend({ until: Until });
const ListingChanged = z.object({ id: z.string(), state: z.string(), dependents: z.number().int().describe("Listings whose current version needs it.") }).meta({ id: "ListingChanged" });
const Suspension = z.object({ slug: z.string(), suspended: z.boolean() });
const UploadBody = z.object({ size: z.number().int().min(1).max(MAX_PACKAGE_BYTES), sha256: z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits") });
const CompleteBody = z.object({ publisher: z.string(), part: z.enum(["package", "manifest"]).default("package"), signature: z.string().max(20_000).nullish(), attestation: z.string().max(MAX_ATTESTATION_BYTES).nullish() });

const CredentialOptions = z.record(z.string(), z.unknown());

/** Every address of the interface: who may use it, what goes in, what comes out, which limit counts. Walked by a test, role by role. */
export const RULES = {
  "GET /api/feed.json": { auth: anyone, limit: "none", summary: "The update feed", answer: z.record(z.string(), z.unknown()) },
  "GET /.kai/updates.json": { auth: anyone, limit: "none", summary: "The update feed, under its older address", answer: z.record(z.string(), z.unknown()) },
  "GET /api/service/{id}/download": { auth: anyone, limit: "none", summary: "302 to the bytes of a version", params: id, query: z.object({ version: z.string().optional() }), status: 302 },
  "GET /api/v1/listings": { auth: anyone, limit: "search", summary: "Search the listings", query: ListingQuery, answer: page(ListingSummary).extend({ total: z.number().int(), counts: SearchResult.shape.counts }) },
  "GET /api/v1/listings/{id}": { auth: anyone, limit: "read", summary: "One listing", params: id, answer: ListingDetail },
  "GET /api/v1/listings/{id}/icon": { auth: anyone, limit: "read", summary: "The listing's sanitised icon", params: id, answerType: "image/*" },
  "GET /api/v1/listings/{id}/versions": { auth: anyone, limit: "read", summary: "Versions, highest first", params: id, answer: page(VersionSummary) },
  "GET /api/v1/listings/{id}/versions/{version}": { auth: anyone, limit: "read", summary: "One version with manifest, signature and ladder", params: idVersion, answer: VersionDetail },
  "GET /api/v1/listings/{id}/versions/{a}...{b}": { auth: anyone, limit: "read", summary: "What changed between two versions: permissions, manifest, files", params: z.object({ id: z.string(), version: z.string() }), answer: VersionDiff },
  "GET /api/v1/listings/{id}/versions/{version}/signature.asc": { auth: anyone, limit: "read", summary: "The detached signature over the version's bytes", params: idVersion, answerType: "application/pgp-signature" },
  "GET /api/v1/listings/{id}/versions/{version}/sbom.json": { auth: anyone, limit: "read", summary: "What a version consists of and needs, as CycloneDX 1.6", params: idVersion, answerType: "application/vnd.cyclonedx+json" },
  "GET /api/v1/listings/{id}/versions/{version}/publisher-signature": { auth: anyone, limit: "read", summary: "The publisher's own signature, where the feed's is the registry's", params: idVersion, answerType: "text/plain" },
  "GET /api/v1/listings/{id}/versions/{version}/attestation.json": { auth: anyone, limit: "read", summary: "The attestation of the version's build, a Sigstore bundle, as it came", params: idVersion, answerType: ATTESTATION_TYPE },
  "POST /api/v1/listings/{id}/versions/{version}/yank": { auth: member("yank"), limit: "none", summary: "Yank a version", params: idVersion, body: Flag, answer: VersionDetail },
  "POST /api/v1/listings/{id}/versions/{version}/unyank": { auth: member("yank"), limit: "none", summary: "Take a yank back", params: idVersion, body: Flag, answer: VersionDetail },
  "POST /api/v1/listings/{id}/versions/{version}/deprecate": { auth: member("yank"), limit: "none", summary: "Deprecate a version", params: idVersion, body: Deprecate, answer: VersionDetail },
  "POST /api/v1/listings/{id}/versions/{version}/undeprecate": { auth: member("yank"), limit: "none", summary: "Take a version's deprecation back", params: idVersion, body: Flag, answer: VersionDetail },
  "POST /api/v1/listings/{id}/versions/{version}/delete": { auth: member("yank"), limit: "none", summary: "Delete a version, within 72 hours and while nothing needs it", params: idVersion, body: Flag, answer: Done },
  "POST /api/v1/listings/{id}/hide": { auth: member("yank"), limit: "none", summary: "Hide a listing from lists and search; the feed keeps it", params: id, body: Flag, answer: ListingChanged },
  "POST /api/v1/listings/{id}/show": { auth: member("yank"), limit: "none", summary: "Show a hidden listing again", params: id, body: Flag, answer: ListingChanged },
  "POST /api/v1/listings/{id}/deprecate": { auth: member("yank"), limit: "none", summary: "Deprecate a listing, with a successor and at least 90 days' notice", params: id, body: Deprecate, answer: ListingChanged },
  "POST /api/v1/listings/{id}/undeprecate": { auth: member("yank"), limit: "none", summary: "Take a listing's deprecation back", params: id, body: Flag, answer: ListingChanged },
  "POST /api/v1/listings/{id}/delete": { auth: member("yank"), limit: "none", summary: "Delete a listing, within 72 hours and while nothing needs it", params: id, body: Flag, answer: ListingChanged },
  "GET /api/v1/listings/{id}/dependencies": { auth: anyone, limit: "read", summary: "What a listing needs, and what needs it", params: id, query: z.object({ version: z.string().max(256).optional(), platform: z.enum(PLATFORMS).optional(), kos: z.string().max(256).refine(isCanonicalVersion, "A version such as 1.4.0").optional() }), answer: Dependencies },
  "GET /schemas/{file}": { auth: anyone, limit: "read", summary: "JSON Schemas: services.v1.json, plugin.v1.json, feed.v1.json", params: z.object({ file: z.string() }), answer: z.unknown() },
  "GET /.well-known/kos-registry.json": { auth: anyone, limit: "read", summary: "What this registry is and which keys it signs with", answer: z.unknown() },
  "GET /.well-known/security.txt": { auth: anyone, limit: "read", summary: "Where to report a vulnerability", answerType: "text/plain" },
  "GET /sitemap.xml": { auth: anyone, limit: "read", summary: "Pages for search engines", answerType: "application/xml" },
  "GET /feed.atom": { auth: anyone, limit: "read", summary: "New versions as Atom", answerType: "application/atom+xml" },
  "GET /listings/{id}/feed.atom": { auth: anyone, limit: "read", summary: "New versions of one listing as Atom", params: id, answerType: "application/atom+xml" },
  "GET /api/v1/publishers/{slug}": { auth: anyone, limit: "read", summary: "One publisher", params: slug, answer: PublisherDetail },
  "GET /api/v1/publishers/{slug}/keys.asc": { auth: anyone, limit: "read", summary: "The publisher's public keys", params: slug, answerType: "application/pgp-keys" },
  "GET /api/v1/publishers/{slug}/allowed_signers": { auth: anyone, limit: "read", summary: "The publisher's OpenSSH keys, for ssh-keygen -Y verify", params: slug, answerType: "text/plain" },
  "GET /api/v1/registry/keys.asc": { auth: anyone, limit: "read", summary: "The registry's own public key", answerType: "application/pgp-keys" },
  "GET /api/v1/taxonomy": { auth: anyone, limit: "read", summary: "Types, capabilities, permissions and trust levels", answer: z.unknown() },
  "GET /api/openapi.json": { auth: anyone, limit: "read", summary: "This description", answer: z.unknown() },
  "GET /log/checkpoint": { auth: anyone, limit: "read", summary: "The record's newest signed tree head (C2SP tlog-checkpoint)", answerType: "text/plain" },
  "GET /log/key": { auth: anyone, limit: "read", summary: "The key that signs the record's checkpoints, as a note's verifier key", answerType: "text/plain" },
  "GET /log/tile/{path}": { auth: anyone, limit: "none", summary: "A tile of hashes or a bundle of entries (C2SP tlog-tiles): `<level>/<index>[.p/<width>]`, `entries/<index>[.p/<width>]`", params: z.object({ path: z.array(z.string().max(32)).max(9) }), answerType: "application/octet-stream" },
  "GET /api/v1/log/entries": { auth: anyone, limit: "read", summary: "The record, newest first", query: EntriesQuery, answer: page(EntryView) },
  "GET /api/v1/log/proofs/inclusion": { auth: anyone, limit: "read", summary: "The proof that an entry, named by `leaf` or `seq`, is in the record", query: InclusionQuery, answer: InclusionView },
  "GET /api/v1/log/proofs/consistency": { auth: anyone, limit: "read", summary: "The proof that the record of `from` entries is the beginning of the one of `to`", query: ConsistencyQuery, answer: ConsistencyView },
  "POST /api/v1/validate": { auth: anyone, limit: "validate", summary: "Check a package or manifest without storing anything", bodyType: "multipart/form-data", answer: Problems },
  "POST /api/v1/publish": { auth: publishing("publish"), limit: "none", summary: "Submit a package or manifest", bodyType: "multipart/form-data", status: 202, answer: z.object({ submission: SubmissionRef }) },
  "POST /api/v1/uploads": { auth: publishing("publish"), limit: "write", summary: "Announce a large upload and get an address to PUT it to", body: UploadBody, status: 201, answer: z.object({ id: z.string(), url: z.string(), method: z.string(), headers: z.record(z.string(), z.string()), expiresAt: z.string() }) },
  "POST /api/v1/uploads/{id}/complete": { auth: publishing("publish"), limit: "none", summary: "Submit an upload that was put", params: id, body: CompleteBody, status: 202, answer: z.object({ submission: SubmissionRef }) },
  "GET /api/v1/submissions": { auth: member("read"), limit: "read", summary: "Your submissions", answer: page(SubmissionView) },
  "GET /api/v1/submissions/{id}": { auth: publishing("read"), limit: "read", summary: "One submission with its checks", params: id, answer: SubmissionView },
  "GET /api/v1/submissions/{id}/files": { auth: member("read"), limit: "read", summary: "The text of one file of a submission", params: id, query: z.object({ path: z.string().max(1024) }), answerType: "text/plain" },
  "POST /api/v1/submissions/{id}/withdraw": { auth: member("publish"), limit: "write", summary: "Withdraw an undecided submission", params: id, answer: SubmissionView },
  "POST /api/v1/submissions/{id}/claim": { auth: reviewer("review:decide"), limit: "write", summary: "Claim a waiting submission", params: id, answer: SubmissionView },
  "POST /api/v1/submissions/{id}/decisions": { auth: reviewer("review:decide"), limit: "write", summary: "Decide on a submission", params: id, body: DecisionBody, status: 201, answer: SubmissionView },
  "GET /api/v1/review/queue": { auth: reviewer("read"), limit: "read", summary: "What waits for a reviewer", answer: page(QueueItem) },
  "POST /api/v1/publishers": { auth: member("keys"), limit: "new-publisher", summary: "Claim a publisher name", body: CreatePublisherBody, status: 201, answer: z.object({ slug: z.string(), name: z.string() }) },
  "GET /api/v1/publishers/{slug}/members": { auth: member("read"), limit: "read", summary: "Members of a publisher of yours", params: slug, answer: page(MemberView) },
  "POST /api/v1/publishers/{slug}/members": { auth: member("keys"), limit: "invite", summary: "Change the role of a member, or invite whoever has the address (it made members at once before; prefer PATCH and invitations)", params: slug, body: InviteBody, status: 201, answer: page(MemberView) },
  "PATCH /api/v1/publishers/{slug}/members/{id}": { auth: member("keys"), limit: "write", summary: "Give a member another role", params: slugId, body: RoleBody, answer: page(MemberView) },
  "DELETE /api/v1/publishers/{slug}/members/{id}": { auth: member("keys"), limit: "write", summary: "Take a member out", params: slugId, answer: page(MemberView) },
  "POST /api/v1/publishers/{slug}/leave": { auth: member("keys"), limit: "write", summary: "End your own membership", params: slug, answer: Done },
  "PATCH /api/v1/publishers/{slug}": { auth: member("keys"), limit: "write", summary: "Change a publisher's name, description and website", params: slug, body: ProfileBody, answer: ProfileView },
  "GET /api/v1/publishers/{slug}/invitations": { auth: member("read"), limit: "read", summary: "Unanswered invitations of a publisher of yours", params: slug, answer: page(InvitationView) },
  "POST /api/v1/publishers/{slug}/invitations": { auth: member("keys"), limit: "invite", summary: "Invite an address; it replaces an earlier invitation", params: slug, body: InviteBody, status: 201, answer: page(InvitationView) },
  "DELETE /api/v1/publishers/{slug}/invitations/{id}": { auth: member("keys"), limit: "write", summary: "Take an invitation back", params: slugId, answer: page(InvitationView) },
  "GET /api/v1/invitations": { auth: member("read"), limit: "read", summary: "Invitations that your verified address got", answer: page(InvitationView) },
  "POST /api/v1/invitations/accept": { auth: member("keys"), limit: "write", summary: "Accept an invitation, by its token or id", body: AnswerInvitationBody, answer: z.object({ publisher: z.string(), role: z.string() }) },
  "POST /api/v1/invitations/decline": { auth: member("keys"), limit: "write", summary: "Decline an invitation, by its token or id", body: AnswerInvitationBody, answer: z.object({ publisher: z.string(), role: z.string() }) },
  "GET /api/v1/publishers/{slug}/names": { auth: member("read"), limit: "read", summary: "Domains of a publisher of yours, with what to publish where", params: slug, answer: page(NameDetail) },
  "POST /api/v1/publishers/{slug}/names": { auth: member("keys"), limit: "write", summary: "Begin to prove a domain", params: slug, body: NameBody, status: 201, answer: NameDetail },
  "POST /api/v1/publishers/{slug}/names/{id}/check": { auth: member("keys"), limit: "check-name", summary: "Look now for the proof of a domain", params: slugId, answer: NameDetail },
  "DELETE /api/v1/publishers/{slug}/names/{id}": { auth: member("keys"), limit: "write", summary: "Take a domain back", params: slugId, answer: page(NameDetail) },
  "POST /api/v1/trusted-publishing/exchange": { auth: anyone, limit: "exchange", summary: "Exchange the identity token of a CI run for a token that publishes, for fifteen minutes", body: ExchangeBody, status: 201, answer: ExchangeAnswer },
  "GET /api/v1/publishers/{slug}/trusted-workflows": { auth: member("read"), limit: "read", summary: "Build workflows that a publisher of yours trusts", params: slug, answer: page(TrustedWorkflowView) },
  "POST /api/v1/publishers/{slug}/trusted-workflows": { auth: member("keys"), limit: "write", summary: "Trust a build workflow to publish, for all listings or for one, which need not exist yet", params: slug, body: TrustWorkflowBody, status: 201, answer: TrustedWorkflowView },
  "POST /api/v1/publishers/{slug}/trusted-workflows/{id}/confirm": { auth: member("keys"), limit: "write", summary: "Take a trusted workflow over from an owner who is none any more", params: slugId, answer: page(TrustedWorkflowView) },
  "DELETE /api/v1/publishers/{slug}/trusted-workflows/{id}": { auth: member("keys"), limit: "write", summary: "End the trust in a build workflow, and its tokens", params: slugId, answer: page(TrustedWorkflowView) },
  "GET /api/v1/publishers/{slug}/transfers": { auth: member("read"), limit: "read", summary: "Listings that a publisher of yours offered or was offered, newest first", params: slug, query: PageQuery, answer: page(TransferView) },
  "POST /api/v1/listings/{id}/transfers": { auth: member("keys"), limit: "invite", summary: "Offer a listing of yours to another publisher", params: id, body: OfferBody, status: 201, answer: rowId },
  "POST /api/v1/transfers/{id}/accept": { auth: member("keys"), limit: "write", summary: "Take an offered listing over", params: rowId, answer: Done },
  "POST /api/v1/transfers/{id}/decline": { auth: member("keys"), limit: "write", summary: "Decline an offered listing", params: rowId, answer: Done },
  "POST /api/v1/transfers/{id}/withdraw": { auth: member("keys"), limit: "write", summary: "Take an offer back", params: rowId, answer: Done },
  "GET /api/v1/claims": { auth: member("read"), limit: "read", summary: "Claims: yours, those on names that you hold, or all that wait for a decision", query: ClaimQuery, answer: page(ClaimView) },
  "POST /api/v1/claims": { auth: member("keys"), limit: "claim", summary: "Claim a community-maintained listing or a dormant publisher", body: ClaimBody, status: 201, answer: rowId },
  "POST /api/v1/claims/{id}/object": { auth: member("keys"), limit: "write", summary: "Object to a claim on a name that you hold", params: rowId, body: ObjectBody, answer: Done },
  "POST /api/v1/claims/{id}/decide": { auth: namesDecider, limit: "write", summary: "Grant or refuse a claim", params: rowId, body: DecideClaimBody, answer: Done },
  "GET /api/v1/publishers/{slug}/keys": { auth: anyone, limit: "read", summary: "Signing keys, revoked ones included", params: slug, answer: page(SigningKeyView.omit({ addedBy: true, lastUsedAt: true })) },
  "POST /api/v1/publishers/{slug}/keys": { auth: member("keys"), limit: "write", summary: "Register a signing key", params: slug, bodyType: "application/pgp-keys", status: 201, answer: SigningKeyView },
  "POST /api/v1/publishers/{slug}/keys/{fingerprint}/revoke": { auth: member("keys"), limit: "write", summary: "Revoke a signing key", params: z.object({ slug: z.string(), fingerprint: z.string() }), body: RevokeKeyBody, answer: SigningKeyView },
  "GET /api/v1/tokens": { auth: member("read"), limit: "read", summary: "Your API tokens", answer: page(TokenView) },
  "POST /api/v1/tokens": { auth: member("admin"), limit: "write", summary: "Issue an API token", body: CreateTokenBody, status: 201, answer: z.object({ token: z.string(), item: TokenView }) },
  "DELETE /api/v1/tokens/{id}": { auth: member("admin"), limit: "write", summary: "Revoke an API token of yours", params: id, answer: TokenView },
  "POST /api/v1/tokens/revoke-self": { auth: anyone, limit: "write", summary: "Revoke the very token that is sent", body: z.object({}), answer: TokenView },
  "POST /api/v1/tokens/report-leak": { auth: anyone, limit: "leak-report", summary: "Report tokens that were found in the open: valid ones are revoked at once, and the answer does not say which", body: LeakReportBody, status: 202, answer: z.object({ received: z.number().int() }) },
  "GET /api/v1/account": { auth: member("read"), limit: "read", summary: "Who you are: roles and publishers", answer: Viewer },
  "PUT /api/v1/account/mail": { auth: member("admin"), limit: "write", summary: "Choose which kinds of mail you do not want", body: MailChoiceBody, answer: MailChoiceBody },
  "GET /api/v1/mail/unsubscribe": { auth: anyone, limit: "read", summary: "Leads to the page that switches one kind of mail off", query: z.object({ t: z.string().max(300) }), status: 303 },
  "POST /api/v1/mail/unsubscribe": { auth: anyone, limit: "write", summary: "Switch one kind of mail off, by the signed address in the mail (RFC 8058)", query: z.object({ t: z.string().max(300) }), bodyType: "application/x-www-form-urlencoded", answer: z.unknown() },
  "POST /api/v1/device/code": { auth: anyone, limit: "sign-in", summary: "Begin the sign-in of a command line (RFC 8628)", body: DeviceCodeBody, answer: DeviceCodeAnswer },
  "POST /api/v1/device/token": { auth: anyone, limit: "read", summary: "Ask for the token of a sign-in that a person approves (RFC 8628); 400 with the standard's `error` until then", body: z.object({ device_code: z.string().max(128) }), answer: DeviceTokenAnswer },
  "POST /api/v1/device/lookup": { auth: member("admin"), limit: "device", summary: "What asks for a sign-in under a short code", body: UserCodeBody, answer: DeviceGrant },
  "POST /api/v1/device/approve": { auth: member("admin"), limit: "device", summary: "Approve what asks under a short code", body: UserCodeBody, answer: z.object({ approved: z.boolean() }) },
  "POST /api/v1/device/deny": { auth: member("admin"), limit: "device", summary: "Deny what asks under a short code", body: UserCodeBody, answer: z.object({ approved: z.boolean() }) },
  "GET /api/v1/factors": { auth: member("read"), limit: "read", summary: "Your second factors", answer: FactorsView },
  "POST /api/v1/factors/passkeys/options": { auth: member("admin"), limit: "write", summary: "What a browser needs to make a passkey (WebAuthn)", answer: CredentialOptions },
  "POST /api/v1/factors/passkeys": { auth: member("admin"), limit: "write", summary: "Add a passkey", body: z.object({ name: PasskeyName, answer: RegistrationAnswer }), status: 201, answer: PasskeyView },
  "PATCH /api/v1/factors/passkeys/{id}": { auth: member("admin"), limit: "write", summary: "Rename a passkey", params: id, body: z.object({ name: PasskeyName }), answer: PasskeyView },
  "DELETE /api/v1/factors/passkeys/{id}": { auth: member("admin"), limit: "write", summary: "Remove a passkey", params: id, answer: PasskeyView },
  "POST /api/v1/factors/totp": { auth: member("admin"), limit: "write", summary: "Begin to set up an authenticator app", status: 201, answer: TotpSetupView },
  "POST /api/v1/factors/totp/confirm": { auth: member("admin"), limit: "second-factor", summary: "Confirm the authenticator app with a first code", body: z.object({ code: TotpCode }), answer: FactorsView },
  "DELETE /api/v1/factors/totp": { auth: member("admin"), limit: "write", summary: "Remove the authenticator app", answer: FactorsView },
  "POST /api/v1/factors/recovery-codes": { auth: member("admin"), limit: "write", summary: "Make ten recovery codes, shown once; older ones count no more", status: 201, answer: z.object({ codes: z.array(z.string()) }) },
  "POST /api/v1/step-up/passkey/options": { auth: member("admin"), limit: "write", summary: "What a browser needs to prove a passkey of yours (WebAuthn)", answer: CredentialOptions },
  "POST /api/v1/step-up/passkey": { auth: member("admin"), limit: "second-factor", summary: "Prove a passkey: the session counts as confirmed for five minutes", body: AssertionAnswer, status: 204 },
  "POST /api/v1/step-up/totp": { auth: member("admin"), limit: "second-factor", summary: "Prove the authenticator app by a code", body: z.object({ code: TotpCode }), status: 204 },
  "POST /api/v1/step-up/recovery-code": { auth: member("admin"), limit: "second-factor", summary: "Use up a recovery code in place of a factor", body: z.object({ code: RecoveryCodeText }), status: 204 },
  "GET /api/v1/admin/jobs": { auth: administrator, limit: "read", summary: "Background jobs that used up their attempts", answer: page(FailedJobView) },
  "POST /api/v1/admin/jobs/{id}/retry": { auth: administrator, limit: "write", summary: "Give a failed job one more attempt", params: id, answer: FailedJobView },
  "GET /api/v1/admin/users": { auth: administrator, limit: "read", summary: "Accounts, newest first", query: UsersQuery, answer: page(AdminUser) },
  "GET /api/v1/admin/users/{id}": { auth: administrator, limit: "read", summary: "One account", params: id, answer: AdminUserDetail },
  "POST /api/v1/admin/users/{id}/grant": { auth: administrator, limit: "write", summary: "Grant an instance role", params: id, body: GrantBody, answer: AdminUserDetail },
  "POST /api/v1/admin/users/{id}/revoke-role": { auth: administrator, limit: "write", summary: "Take an instance role back", params: id, body: GrantBody, answer: AdminUserDetail },
  "POST /api/v1/admin/users/{id}/suspend": { auth: administrator, limit: "write", summary: "Suspend an account", params: id, body: ReasonBody, answer: AdminUserDetail },
  "POST /api/v1/admin/users/{id}/restore": { auth: administrator, limit: "write", summary: "End an account's suspension", params: id, body: ReasonBody, answer: AdminUserDetail },
  "POST /api/v1/admin/users/{id}/end-sessions": { auth: administrator, limit: "write", summary: "End every session of an account", params: id, body: ReasonBody, answer: AdminUserDetail },
  "GET /api/v1/admin/publishers": { auth: administrator, limit: "read", summary: "Publishers, newest first", query: AdminPublishersQuery, answer: page(AdminPublisher) },
  "POST /api/v1/admin/publishers/{slug}/suspend": { auth: administrator, limit: "write", summary: "Take everything of a publisher out of every answer", params: slug, body: ReasonBody, answer: Suspension },
  "POST /api/v1/admin/publishers/{slug}/restore": { auth: administrator, limit: "write", summary: "End a publisher's suspension", params: slug, body: ReasonBody, answer: Suspension },
  "GET /api/v1/admin/policy": { auth: administrator, limit: "read", summary: "The policy in force, and those that could be set", answer: PolicyView },
  "POST /api/v1/admin/policy": { auth: administrator, limit: "write", summary: "Set the policy", body: PolicyBody, answer: PolicyView },
  "GET /api/v1/admin/mail": { auth: administrator, limit: "read", summary: "The outbox, newest first, without texts", query: MailQuery, answer: page(AdminMail) },
  "GET /api/v1/admin/mail/{id}": { auth: administrator, limit: "read", summary: "One message with its text, without what signs its reader in", params: id, answer: AdminMailDetail },
  "POST /api/v1/admin/mail/{id}/retry": { auth: administrator, limit: "write", summary: "Try to send a message again", params: id, answer: AdminMail },
  "GET /api/v1/admin/storage": { auth: administrator, limit: "read", summary: "What the object store holds, by kind", answer: StorageView },
  "GET /api/v1/admin/announcements": { auth: administrator, limit: "read", summary: "Announcements, newest first", answer: page(AnnouncementView) },
  "POST /api/v1/admin/announcements": { auth: administrator, limit: "write", summary: "Tell every visitor something", body: AnnouncementBody, status: 201, answer: AnnouncementView },
  "POST /api/v1/admin/announcements/{id}/end": { auth: administrator, limit: "write", summary: "End an announcement", params: id, body: ReasonBody, answer: AnnouncementView },
  "GET /api/v1/admin/audit": { auth: administrator, limit: "read", summary: "The audit trail, newest first; all of it as JSON lines with `format=jsonl`", query: AuditQuery, answer: page(AuditEventView) },
  "POST /api/v1/session/view-as": { auth: member("admin"), limit: "write", summary: "See the site as someone of a lesser role would, in this session", body: ViewAsBody, answer: ViewAsBody },
  "GET /api/v1/account/export": { auth: member("admin"), limit: "write", summary: "Everything that the registry keeps about your account", answerType: "application/json" },
  "POST /api/v1/account/delete": { auth: member("admin"), limit: "write", summary: "Delete your account", body: DeleteAccountBody, answer: z.object({ deleted: z.boolean() }) },
  "PATCH /api/v1/account": { auth: member("admin"), limit: "write", summary: "Change your shown name or language", body: AccountProfileBody, answer: AccountProfile },
  "POST /api/v1/account/email": { auth: member("admin"), limit: "sign-in", summary: "Ask for another address; a link that confirms it goes there", body: EmailBody, status: 202, answer: EmailChangeRequest },
  "DELETE /api/v1/account/email": { auth: member("admin"), limit: "write", summary: "Take back a change of address that waits for its confirmation", answer: Done },
  "POST /api/v1/account/email/confirm": { auth: member("admin"), limit: "sign-in", summary: "Confirm the new address with the link's token", body: OneTimeToken, answer: z.object({ email: z.string() }) },
  "POST /api/v1/account/email/undo": { auth: anyone, limit: "sign-in", summary: "Take a change of address back with the token that went to the old one", body: OneTimeToken, answer: z.object({ email: z.string() }) },
  "POST /api/v1/account/factors/undo": { auth: anyone, limit: "sign-in", summary: "Take a first second factor away again with the token that was mailed when it was added", body: OneTimeToken, answer: z.object({ email: z.string() }) },
  "GET /api/v1/identities": { auth: member("read"), limit: "read", summary: "Outside identities that sign in to your account", answer: page(IdentitySummary) },
  "POST /api/v1/identities/connect": { auth: member("admin"), limit: "write", summary: "Say which provider this session is about to connect; it counts for ten minutes", body: z.object({ provider: z.string().max(40) }), answer: z.object({ provider: z.string(), until: z.string() }) },
  "DELETE /api/v1/identities/{id}": { auth: member("admin"), limit: "write", summary: "Disconnect an outside identity of yours", params: id, answer: z.object({ id: z.string() }) },
  "GET /api/v1/sessions": { auth: member("admin"), limit: "read", summary: "Your open sessions", answer: page(SessionSummary) },
  "POST /api/v1/sessions/end-all": { auth: member("admin"), limit: "write", summary: "Sign out everywhere, or everywhere else", body: EndSessionsBody, answer: z.object({ ended: z.number().int() }) },
  "DELETE /api/v1/sessions/{id}": { auth: member("admin"), limit: "write", summary: "End a session of yours", params: id, answer: z.object({ id: z.string() }) },
  "POST /api/v1/session/link": { auth: anyone, limit: "sign-in", summary: "Sign in with a one-time link", bodyType: "application/x-www-form-urlencoded", status: 303 },
  "POST /api/v1/session/passkey/options": { auth: anyone, limit: "write", summary: "What a browser needs to sign in with a passkey (WebAuthn)", answer: CredentialOptions },
  "POST /api/v1/session/passkey": { auth: anyone, limit: "sign-in", summary: "Sign in with a passkey alone", body: AssertionAnswer, status: 204 },
  "POST /api/v1/session/sign-out": { auth: anyone, limit: "write", summary: "End this session", bodyType: "application/x-www-form-urlencoded", status: 303 },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

/** Pages and who may see them; the rest redirect to the sign-in page or answer 403. */
export const PAGES = {
  "/": { who: "anyone" },
  "/search": { who: "anyone" },
  "/listings/{id}": { who: "anyone" },
  "/publishers/{slug}": { who: "anyone" },
  "/taxonomy": { who: "anyone" },
  "/log": { who: "anyone" },
  "/api/docs": { who: "anyone" },
  "/docs/errors": { who: "anyone" },
  "/sign-in": { who: "anyone" },
  "/sign-in/sent": { who: "anyone" },
  "/sign-in/link": { who: "anyone" },
  "/sign-in/confirm": { who: "anyone" },
  "/sign-in/error": { who: "anyone" },
  "/outbox": { who: "anyone" },
  "/unsubscribe": { who: "anyone" },
  "/device": { who: "member" },
  "/settings/mail": { who: "member" },
  "/teams": { who: "member" },
  "/teams/{slug}": { who: "member" },
  "/teams/{slug}/trusted-publishing": { who: "member" },
  "/invitations": { who: "anyone" },
  "/claims": { who: "member" },
  "/settings": { who: "member" },
  "/settings/sign-in": { who: "member" },
  "/settings/email/confirm": { who: "member" },
  "/settings/email/undo": { who: "anyone" },
  "/settings/security/undo": { who: "anyone" },
  "/publish": { who: "member" },
  "/publishers/new": { who: "member" },
  "/submissions": { who: "member" },
  "/submissions/{id}": { who: "member" },
  "/keys": { who: "member" },
  "/tokens": { who: "member" },
  "/settings/security": { who: "member" },
  "/review": { who: "role", roles: INSTANCE_ROLES },
  "/review/{id}": { who: "role", roles: INSTANCE_ROLES },
  "/privacy": { who: "anyone" },
  "/settings/data": { who: "member" },
  "/admin": { who: "role", roles: ["administrator"] },
  "/admin/users": { who: "role", roles: ["administrator"] },
  "/admin/users/{id}": { who: "role", roles: ["administrator"] },
  "/admin/publishers": { who: "role", roles: ["administrator"] },
  "/admin/roles": { who: "role", roles: ["administrator"] },
  "/admin/policy": { who: "role", roles: ["administrator"] },
  "/admin/jobs": { who: "role", roles: ["administrator"] },
  "/admin/mail": { who: "role", roles: ["administrator"] },
  "/admin/storage": { who: "role", roles: ["administrator"] },
  "/admin/announcements": { who: "role", roles: ["administrator"] },
  "/admin/audit": { who: "role", roles: ["administrator"] },
} as const satisfies Record<string, { who: "anyone" } | { who: "member" } | { who: "role"; roles: readonly InstanceRole[] }>;
