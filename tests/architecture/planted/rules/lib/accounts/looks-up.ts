// dependency-cruiser: layer-accounts
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
