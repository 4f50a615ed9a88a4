// dependency-cruiser: layer-admin
import { unlisted } from "#lib/unlisted/index.ts";

export const seen = unlisted;
