// dependency-cruiser: inspect-sees-kit
import { platform } from "../../../lib/platform/index.ts";

export const seen = platform;
