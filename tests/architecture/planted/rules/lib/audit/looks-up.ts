// dependency-cruiser: layer-audit
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
