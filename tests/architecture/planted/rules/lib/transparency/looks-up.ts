// dependency-cruiser: layer-transparency
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
