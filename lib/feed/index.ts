export { latestVersions, writeAtom } from "./atom.ts";
export { buildSnapshot } from "./build-snapshot.ts";
export { feedInMemory, followFeed, loadFeed, refreshFeed } from "./feed-memory.ts";
export { downloadPath, handleDownload } from "./handle-download.ts";
export { FEED_PATHS, handleFeed } from "./handle-feed.ts";
export { isWithheldObject } from "./withheld-object.ts";
