// dependency-cruiser: layer-platform
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
