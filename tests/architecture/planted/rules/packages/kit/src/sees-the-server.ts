// dependency-cruiser: kit-is-alone
import { platform } from "../../../lib/platform/index.ts";

export const seen = platform;
