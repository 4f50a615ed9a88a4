// dependency-cruiser: layer-runtime
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
