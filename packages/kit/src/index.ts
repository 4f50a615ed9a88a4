export { PROBLEM_CODES } from "./problem-codes.ts";
export type { ProblemCode } from "./problem-codes.ts";
export { hasNoBlocker, makeProblem } from "./problem.ts";
export type { Problem, ProblemInput, Severity } from "./problem.ts";
export { isWithinPointer, parentPointer, toPointer } from "./json-pointer.ts";
export { editDistance, suggestNearest } from "./suggest-nearest.ts";

export { checkListingId, isListingId, LISTING_ID_PATTERN } from "./ids/check-listing-id.ts";
export { idSkeleton } from "./ids/id-skeleton.ts";
export { RESERVED_IDS } from "./ids/reserved-ids.ts";
export { suggestSlug } from "./ids/suggest-slug.ts";

export { checkVersion, checkVersionRange, isCanonicalVersion, isVersionRange } from "./versions/check-version.ts";
export { compareVersions, satisfiesRange } from "./versions/compare-versions.ts";
export { channelOf } from "./versions/channel-of.ts";
export type { Channel } from "./versions/channel-of.ts";

export { findBreakingChanges, mayBreak } from "./compatibility/find-breaking-changes.ts";
export type { BreakingChange } from "./compatibility/find-breaking-changes.ts";
export { findSchemaBreaks } from "./compatibility/find-schema-breaks.ts";

export { explainConflict } from "./dependencies/explain-conflict.ts";
export { findCycles } from "./dependencies/find-cycles.ts";
export type { Conflict, Released, ReleaseTable, Resolution, TargetHost } from "./dependencies/released.ts";
export { isUnbounded, parseRequirement, satisfiesRequirement } from "./dependencies/requirement.ts";
export { resolveDependencies } from "./dependencies/resolve-dependencies.ts";

export { CAPABILITY_IDS, capabilityClass, LISTING_TYPES, TAXONOMY } from "./taxonomy/taxonomy.ts";
export type { CapabilityClass, CapabilityContract, CapabilityId, ListingType } from "./taxonomy/taxonomy.ts";
export { DECLARED_PERMISSIONS, foldPermission, permissionRisk, PERMISSIONS } from "./taxonomy/permissions.ts";
export type { DeclaredPermission, PermissionId, PermissionRisk } from "./taxonomy/permissions.ts";
export { TRUST_LEVEL_IDS, TRUST_LEVELS } from "./taxonomy/trust-levels.ts";
export type { TrustLevel } from "./taxonomy/trust-levels.ts";

export { MAX_YAML_DEPTH } from "./yaml/check-yaml-tokens.ts";
export { findCharacterFaults } from "./yaml/character-faults.ts";
export type { CharacterFault } from "./yaml/character-faults.ts";
export { MAX_YAML_BYTES, readStrictYaml } from "./yaml/read-strict-yaml.ts";
export type { StrictYaml } from "./yaml/read-strict-yaml.ts";
export type { Place } from "./yaml/text-places.ts";

export { checkCapabilityContracts } from "./manifests/check-capability-contracts.ts";
export { findSecrets } from "./manifests/find-secrets.ts";
export { isNpmName } from "./manifests/normalise-plugin.ts";
export { parseManifestYaml } from "./manifests/parse-manifest-yaml.ts";
export type { Manifest, ParsedManifest } from "./manifests/parse-manifest-yaml.ts";
export { parsePluginYaml } from "./manifests/parse-plugin-yaml.ts";
export type { ParsedPlugin } from "./manifests/parse-plugin-yaml.ts";
export { parseServicesYaml } from "./manifests/parse-services-yaml.ts";
export type { ParsedServices, ServicesOptions } from "./manifests/parse-services-yaml.ts";
export { CHANNELS, PLATFORMS, PluginFileSchema, RUNTIMES } from "./manifests/plugin-schema.ts";
export type { PluginDependencies, PluginFile, PluginManifest } from "./manifests/plugin-schema.ts";
export { ServiceEntrySchema, ServicesFileSchema } from "./manifests/service-schema.ts";
export type { ServiceEntry, ServiceManifest } from "./manifests/service-schema.ts";

export { FeedEntrySchema, FeedSchema } from "./feed/feed-schema.ts";
export type { Feed, FeedEntry } from "./feed/feed-schema.ts";
export { feedJsonSchema, pluginJsonSchema, serviceJsonSchema } from "./json-schemas/publish-json-schemas.ts";

export { fromHex, toBase64, toHex } from "./log/bytes.ts";
export { checkpointText, openCheckpoint, parseCheckpointText } from "./log/checkpoint.ts";
export type { Checkpoint } from "./log/checkpoint.ts";
export { LEAF_TYPES, LeafSchema, readLeaf, writeLeaf } from "./log/leaf-schema.ts";
export type { Leaf, LeafType } from "./log/leaf-schema.ts";
export { proveConsistency, proveInclusion, treeRoot } from "./log/prove.ts";
export type { ReadNode } from "./log/prove.ts";
export { noteSignatureLine, noteVerifier, parseNote, parseVerifierKey, verifyNote, writeVerifierKey } from "./log/signed-note.ts";
export type { NoteVerifier, SignedNote } from "./log/signed-note.ts";
export { newTiles, nodesFromTiles, parseTilePath, readEntryBundle, TILE_WIDTH, tilePath, tileWidth } from "./log/tiles.ts";
export type { TilePlace } from "./log/tiles.ts";
export { emptyRoot, leafHash, nodeHash } from "./log/tree-hash.ts";
export { verifyConsistency, verifyInclusion } from "./log/verify-proof.ts";
export type { ConsistencyClaim, InclusionClaim } from "./log/verify-proof.ts";

export { sha256Hex } from "./digest/sha256-hex.ts";

export { checkCertificate } from "./openpgp/check-certificate.ts";
export type { CertificateInfo, CheckedCertificate, SubkeyInfo } from "./openpgp/check-certificate.ts";
export { SigningKeyError } from "./openpgp/errors.ts";
export { generateSigningKey } from "./openpgp/generate-signing-key.ts";
export type { SigningKey } from "./openpgp/generate-signing-key.ts";
export { signDetached } from "./openpgp/sign-detached.ts";
export { beginVerification } from "./signatures/begin-verification.ts";
export type { ContentVerification, VerifiedContent } from "./signatures/begin-verification.ts";
export { isSshSignature } from "./signatures/open-signature.ts";
export { isReadByGnupg } from "./signatures/is-read-by-gnupg.ts";
export { checkSshKey } from "./ssh/check-ssh-key.ts";
export type { CheckedSshKey, SshKeyInfo } from "./ssh/check-ssh-key.ts";
export { SSH_NAMESPACE } from "./ssh/parse-ssh-signature.ts";
export { verifyDetached } from "./signatures/verify-detached.ts";
export type { SignatureClaim, VerifiedSignature } from "./signatures/verified-signature.ts";
export type { VerifyInput } from "./signatures/verify-detached.ts";
export type { HashName, RunningHash, StartHash } from "./digest/running-hash.ts";
