// dependency-cruiser: layer-storage
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
