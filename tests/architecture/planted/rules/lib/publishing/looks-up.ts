// dependency-cruiser: layer-publishing
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
