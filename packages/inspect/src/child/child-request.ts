import type { InspectManifestOptions, InspectOptions } from "../package/index.ts";

/** The one message from parent to child. */
export type ChildRequest = { what: "package"; path: string; options: InspectOptions } | { what: "manifest"; path: string; options: InspectManifestOptions };
