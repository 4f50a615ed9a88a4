// dependency-cruiser: no-tests-in-the-product
import { built } from "#tests/support/builder.ts";

export const seen = built;
