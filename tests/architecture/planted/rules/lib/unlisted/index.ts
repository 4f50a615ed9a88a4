// dependency-cruiser: every-module-has-a-layer
import { platform } from "#lib/platform/index.ts";

export const unlisted = platform;
