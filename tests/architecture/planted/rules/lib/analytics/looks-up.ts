// dependency-cruiser: layer-analytics
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
