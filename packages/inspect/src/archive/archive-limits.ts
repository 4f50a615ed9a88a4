export interface ArchiveLimits {
  packedBytes: number;
  unpackedBytes: number;
  entries: number;
  /** unpacked bytes per packed byte, counted only above `ratioFreeBytes` */
  ratio: number;
  ratioFreeBytes: number;
  pathBytes: number;
  segmentBytes: number;
  depth: number;
}

const MIB = 1024 * 1024;

/** The caps of the product contract, "Plugin manifest": 50 MiB packed, 250 MiB unpacked, 5,000 entries. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  packedBytes: 50 * MIB,
  unpackedBytes: 250 * MIB,
  entries: 5_000,
  ratio: 200,
  ratioFreeBytes: MIB,
  pathBytes: 1_024,
  segmentBytes: 255,
  depth: 32,
};
