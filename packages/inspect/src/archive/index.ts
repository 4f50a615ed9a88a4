export { ARCHIVE_LIMITS } from "./archive-limits.ts";
export type { ArchiveLimits } from "./archive-limits.ts";
export type { ArchiveEntry, ArchiveFiles, ArchiveFormat, ArchiveVerdict } from "./archive-types.ts";
export { inspectArchive } from "./inspect-archive.ts";
export { readEntry } from "./read-entry.ts";
