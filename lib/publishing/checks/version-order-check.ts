import { compareVersions } from "@kosmarket/kit";
import { versionTooLow } from "../errors.ts";
import type { RegistryCheck } from "./check.ts";

/** A version must be higher than every published one of its channel. */
export const versionOrderCheck: RegistryCheck = {
  id: "version-order",
  title: "Version order",
  severity: "B",
  kinds: ["service", "plugin"],
  async run({ db }, { listingSlug, channel, version }) {
    const rows = await db.version.findMany({ where: { listing: { slug: listingSlug }, channel }, select: { version: true } });
    const highest = rows.map((row) => row.version).sort(compareVersions).at(-1);
    const lookedAt = highest === undefined ? `No version is published in the channel ${channel} yet.` : `${version} against ${highest}, the highest in the channel ${channel}.`;
    const tooLow = highest !== undefined && compareVersions(version, highest) <= 0;
    return { lookedAt, findings: tooLow ? [versionTooLow(version, highest, channel)] : [] };
  },
};
