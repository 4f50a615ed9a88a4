// dependency-cruiser: layer-artifacts
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
