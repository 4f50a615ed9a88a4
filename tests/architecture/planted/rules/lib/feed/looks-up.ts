// dependency-cruiser: layer-feed
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
