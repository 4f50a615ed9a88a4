// dependency-cruiser: layer-review
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
