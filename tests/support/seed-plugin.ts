import { randomUUID } from "node:crypto";
import { channelOf, idSkeleton, parsePluginYaml, toPointer } from "@kosmarket/kit";
import { versionSortKey } from "#lib/catalog/index.ts";
import type { Prisma } from "#lib/platform/index.ts";
import { refreshLatest } from "#lib/publishing/publish-version.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { uniqueName } from "./accounts.ts";

export interface SeededPlugin {
  publisher: string;
  id?: string;
  version?: string;
  permissions?: string[];
  /** Lines after those that every manifest here has. */
  manifest?: string[];
}

/** The text of a `plugin.yaml` that begins as every one here does. */
function manifestText({ id, version, permissions = [], manifest = [] }: SeededPlugin): string {
  const listed = permissions.length === 0 ? [] : ["permissions:", ...permissions.map((permission) => `  - ${permission}`)];
  return [`id: ${id}`, "name: Harbour Lights", "entrypoint: main.ts", `version: "${version}"`, ...listed, ...manifest, ""].join("\n");
}

/**
 * The row of a submission as checks see it, in the state "checking", with a manifest that the real reader accepts and
 * without bytes: many are made in the time that one real submission takes.
 */
export async function seedSubmission(deps: Deps, input: SeededPlugin, state = "checking"): Promise<Prisma.SubmissionGetPayload<Record<never, never>>> {
  const seeded = { ...input, id: input.id ?? uniqueName("seeded"), version: input.version ?? "1.0.0" };
  const text = manifestText(seeded);
  const { plugin, problems } = parsePluginYaml(new TextEncoder().encode(text));
  if (plugin === null) throw new Error(`${problems.map((problem) => `${problem.pointer ?? toPointer([])} ${problem.detail}`).join("; ")}\n${text}`);
  const publisher = await deps.db.publisher.findUniqueOrThrow({ where: { slug: input.publisher } });
  const sha256 = randomUUID().replaceAll("-", "").repeat(2);
  await deps.db.artifact.create({ data: { sha256, size: text.length, mediaType: "application/zip", key: `artifacts/seeded/${sha256}` } });
  return await deps.db.submission.create({
    data: {
      id: randomUUID(),
      listingSlug: plugin.id,
      skeleton: idSkeleton(plugin.id),
      version: seeded.version,
      channel: channelOf(seeded.version),
      kind: "plugin",
      name: plugin.name,
      publisherId: publisher.id,
      state,
      artifactSha256: sha256,
      fileName: `${plugin.id}.zip`,
      manifest: { kind: "plugin", ...plugin } as unknown as Prisma.InputJsonValue,
      manifestText: text,
      files: [],
      permissions: plugin.permissions,
      permissionHash: sha256,
      signature: null,
    },
  });
}

/** A published version of a plugin; its listing is made where it is the first. Returns the listing's id. */
export async function seedPlugin(deps: Deps, input: SeededPlugin): Promise<string> {
  const submission = await seedSubmission(deps, input, "published");
  const { listingSlug: slug, version, channel, publisherId, skeleton, name } = submission;
  const listing = await deps.db.listing.upsert({ where: { slug }, create: { id: randomUUID(), slug, skeleton, kind: "plugin", type: "user_plugin", publisherId, name }, update: {} });
  await deps.db.version.create({
    data: {
      id: randomUUID(),
      listingId: listing.id,
      version,
      channel,
      sortKey: versionSortKey(version),
      manifest: submission.manifest as Prisma.InputJsonValue,
      manifestText: submission.manifestText,
      permissions: submission.permissions,
      permissionHash: submission.permissionHash,
      files: [],
      artifactSha256: submission.artifactSha256,
      fileName: submission.fileName,
      signature: "-----BEGIN PGP SIGNATURE-----",
      signer: "registry",
      signerFingerprint: "0".repeat(40),
      submissionId: submission.id,
    },
  });
  await deps.db.$transaction((tx) => refreshLatest(tx, listing.id));
  return slug;
}
