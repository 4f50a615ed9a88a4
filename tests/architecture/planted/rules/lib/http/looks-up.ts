// dependency-cruiser: layer-http
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
