// dependency-cruiser: layer-mail
import { admin } from "#lib/admin/index.ts";

export const seen = admin;
