// dependency-cruiser: layer-jobs
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
