// dependency-cruiser: layer-people
import { unlisted } from "#lib/unlisted/index.ts";

export const seen = unlisted;
