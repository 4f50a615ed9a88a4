export { catalogChangedJob } from "./jobs.ts";
export { listingSummaries } from "./listing-summaries.ts";
export { readHome, type HomeView } from "./read-home.ts";
export { readListing } from "./read-listing.ts";
export { readPublisher } from "./read-publisher.ts";
export { downloadUrl, readVersion, readVersions } from "./read-version.ts";
export { classesOf, searchListings } from "./search-listings.ts";
export { versionSortKey } from "./version-sort-key.ts";
