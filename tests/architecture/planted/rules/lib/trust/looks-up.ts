// dependency-cruiser: layer-trust
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
