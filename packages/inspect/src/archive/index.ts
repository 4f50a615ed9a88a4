export { ARCHIVE_LIMITS } from "./archive-limits.ts";
export type { ArchiveLimits } from "./archive-limits.ts";
export type { ArchiveEntry, ArchiveFiles, ArchiveFormat, ArchiveVerdict } from "./archive-types.ts";
export { checkEntryName } from "./check-entry-name.ts";
export { createFaultList } from "./create-fault-list.ts";
export { inspectArchive } from "./inspect-archive.ts";
export { readEntry } from "./read-entry.ts";
