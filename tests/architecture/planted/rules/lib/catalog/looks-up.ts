// dependency-cruiser: layer-catalog
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
