// dependency-cruiser: host-sees-kit-and-inspect
import { platform } from "../../../lib/platform/index.ts";

export const seen = platform;
