// dependency-cruiser: layer-submissions
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
